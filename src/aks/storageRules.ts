import { checkAddressRange } from "../compile/clouds/addressRanges";
import { tags } from "../compile/clouds/cloudRules";
import { decision } from "../compile/namespace/partRules";
import { checkFilled, oneOf } from "../compile/rules/checks";
import { type Check, quote, show } from "../compile/rules/problems";
import { always, at, isGiven, type Rule, whenKnown } from "../compile/rules/rules";
import { argumentRules, boolean, choice, list, number, plain, string } from "../compile/rules/shapes";
import type { AzureFilesStorageArgs, NetAppFilesStorageArgs } from "./args";
import { NAMING, neededName } from "./argumentRules";
import { NetAppServiceLevel, NfsVersion, ShareProtocol, ShareSku } from "./enums";

const NFS_SHARES = "https://learn.microsoft.com/azure/storage/files/files-nfs-protocol";
const NETWORKS = "https://learn.microsoft.com/azure/storage/common/storage-network-security";
const SCALE = "https://learn.microsoft.com/azure/storage/files/storage-files-scale-targets";
const BILLING = "https://learn.microsoft.com/azure/storage/files/understanding-billing";
const NETAPP = "https://learn.microsoft.com/azure/azure-netapp-files/";
const NETAPP_LIMITS = `${NETAPP}azure-netapp-files-resource-limits`;

const SUBNET =
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i;

const checkSubnetId: Check<string> = (id) =>
    SUBNET.test(id)
        ? undefined
        : `${show(id)} is not the id of a subnet (write it like "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…")`;

const checkAccountName: Check<string> = (name) =>
    /^[a-z0-9]{3,24}$/.test(name)
        ? undefined
        : `${show(name)} is not a valid storage account name (use 3 to 24 lower-case letters and digits; the name must be unique in Azure)`;

const checkShareName: Check<string> = (name) =>
    /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
        ? undefined
        : `${show(name)} is not a valid share name (use 3 to 63 lower-case letters, digits and single dashes; begin and end with a letter or digit)`;

const checkProtocol: Check<string> = (protocol) =>
    protocol === ShareProtocol.Smb
        ? 'cannot be "SMB": Git cannot lock its files on it, so pipelines cannot be pulled, and it only imitates the symbolic links that Nextflow stages inputs with (write "NFS", or remove this argument)'
        : oneOf(ShareProtocol)(protocol);

function whole(unit: string, least: number, most: number): Check<number> {
    return (given) =>
        Number.isSafeInteger(given) && given >= least && given <= most
            ? undefined
            : `must be a whole number of ${unit} from ${least} to ${most}, not ${given} (write ${Number.isFinite(given) ? Math.min(most, Math.max(least, Math.ceil(given))) : least})`;
}

function skuOf(args: unknown): string {
    const sku = at(args, "sku");
    return typeof sku === "string" ? sku : ShareSku.PremiumLocal;
}

function isProvisioned(args: unknown): boolean {
    return skuOf(args).startsWith("PremiumV2");
}

function shareSizeFault(args: unknown): string | undefined {
    const size = at(args, "sizeGiB");
    if (typeof size !== "number") {
        return undefined;
    }
    return isProvisioned(args) ? whole("GiB", 32, 262_144)(size) : whole("GiB", 100, 102_400)(size);
}

/** Operations and throughput are chosen apart from the size in the second generation alone. */
function provisionedOnly(property: string): Rule {
    return whenKnown(
        property,
        ["sku"],
        (args) =>
            isGiven(args, property) && !isProvisioned(args)
                ? `cannot be used with the sku ${quote(skuOf(args))}, where it follows from the size (set sku to "PremiumV2_LRS" or "PremiumV2_ZRS", or remove this argument)`
                : undefined,
        BILLING,
    );
}

const NO_SUBNETS =
    "must contain a subnet: the share has no other access control, so no node could reach it (write the ids of the nodes' subnets)";

export const azureFilesRules: Rule[] = argumentRules<AzureFilesStorageArgs>(
    {
        resourceGroupName: neededName("research"),
        location: string(),
        subnetIds: list(string(checkSubnetId), { source: NETWORKS }),
        accountName: string(checkAccountName, { source: NAMING }),
        shareName: string(checkShareName, { source: NAMING }),
        protocol: string(checkProtocol, { source: NFS_SHARES }),
        sku: choice(ShareSku, { source: BILLING }),
        sizeGiB: number(),
        provisionedIops: number(whole("operations per second", 500, 102_400)),
        provisionedThroughputMiBps: number(whole("MiB/s", 60, 10_340)),
        encryptInTransit: boolean({ source: NFS_SHARES }),
        protect: decision,
        retainOnDelete: decision,
        tags,
    },
    SCALE,
    [
        always(
            "subnetIds",
            (args) => {
                const given = at(args, "subnetIds");
                return given === undefined || (Array.isArray(given) && given.length === 0) ? NO_SUBNETS : undefined;
            },
            NETWORKS,
        ),
        whenKnown("sizeGiB", ["sku"], shareSizeFault, SCALE),
        provisionedOnly("provisionedIops"),
        provisionedOnly("provisionedThroughputMiBps"),
    ],
);

const GIB_PER_TIB = 1024;

function poolFault(args: unknown): string | undefined {
    const [size, pool] = [at(args, "sizeGiB"), at(args, "poolSizeTiB")];
    const room = (typeof pool === "number" ? pool : 1) * GIB_PER_TIB;
    return at(args, "createPool") === false || typeof size !== "number" || size <= room
        ? undefined
        : `sizeGiB (${size}) exceeds the pool, which has ${room} GiB (set poolSizeTiB to ${Math.ceil(size / GIB_PER_TIB)}, or reduce sizeGiB)`;
}

/** What a pool that is there already needs to be found by. */
function existingPool(property: string, what: string): Rule {
    return always(
        property,
        (args) =>
            at(args, "createPool") === false && !isGiven(args, property)
                ? `required when createPool is false (write the name of the existing ${what})`
                : undefined,
        NETAPP,
    );
}

const checkVolumePath: Check<string> = (path) =>
    /^[A-Za-z][A-Za-z0-9-]{0,79}$/.test(path)
        ? undefined
        : `${show(path)} is not a valid volume path (use at most 80 letters, digits and dashes; begin with a letter)`;

const EXPORT_POLICY = `${NETAPP}azure-netapp-files-configure-export-policy`;

export const netAppFilesRules: Rule[] = argumentRules<NetAppFilesStorageArgs>(
    {
        resourceGroupName: neededName("research"),
        location: string(),
        subnetId: string(checkSubnetId, {
            source: `${NETAPP}azure-netapp-files-delegate-subnet`,
            missing: "write the id of a subnet that is delegated to Microsoft.NetApp/volumes",
        }),
        createPool: decision,
        accountName: string(checkFilled, { source: NAMING }),
        poolName: string(checkFilled, { source: NAMING }),
        poolSizeTiB: number(whole("TiB", 1, 2048)),
        sizeGiB: number(whole("GiB", 50, 102_400)),
        serviceLevel: choice(NetAppServiceLevel, { source: `${NETAPP}azure-netapp-files-service-levels` }),
        nfsVersion: choice(NfsVersion, { source: `${NETAPP}network-attached-storage-protocols` }),
        allowedClients: plain.list(string(checkAddressRange), { source: EXPORT_POLICY }),
        volumePath: string(checkVolumePath, { source: NAMING }),
        protect: decision,
        retainOnDelete: decision,
        tags,
    },
    NETAPP_LIMITS,
    [
        existingPool("accountName", "account"),
        existingPool("poolName", "capacity pool"),
        whenKnown("sizeGiB", ["poolSizeTiB"], poolFault, NETAPP_LIMITS),
        always(
            "allowedClients",
            (args) => {
                const given = at(args, "allowedClients");
                return given === undefined || (Array.isArray(given) && given.length === 0)
                    ? 'must contain a CIDR range: without one, no node could mount the volume (write the ranges of the nodes\' subnets, like "10.0.0.0/16")'
                    : undefined;
            },
            EXPORT_POLICY,
        ),
    ],
);
