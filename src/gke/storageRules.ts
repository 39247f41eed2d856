import { checkAddressRange } from "../compile/clouds/addressRanges";
import { tags } from "../compile/clouds/cloudRules";
import { decision } from "../compile/namespace/partRules";
import { checkDnsSubdomain } from "../compile/rules/names";
import { type Check, quote, show } from "../compile/rules/problems";
import { always, at, isGiven, type Rule, whenKnown } from "../compile/rules/rules";
import { argumentRules, choice, number, plain, string } from "../compile/rules/shapes";
import type { FilestoreStorageArgs } from "./args";
import { projectId } from "./argumentRules";
import { FilestoreConnection, FilestoreTier } from "./enums";
import { isRegional, parseNetwork, SIZES } from "./filestore";
import { checkLocation } from "./gcpNames";

const FILESTORE = "https://cloud.google.com/filestore/docs/";
const TIERS = `${FILESTORE}service-tiers`;
const NETWORKING = `${FILESTORE}networking`;
const DRIVER = "https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/filestore-csi-driver";

const checkNetwork: Check<string> = (network) =>
    parseNetwork(network) === undefined
        ? `${show(network)} is not the name of a network (write the cluster's network, like "projects/research-1/global/networks/research")`
        : undefined;

/** The tier that holds, where it is one. */
function tierOf(args: unknown): FilestoreTier | undefined {
    const tier = at(args, "tier") ?? FilestoreTier.Zonal;
    return Object.values(FilestoreTier).find((each) => each === tier);
}

function sizeFault(args: unknown): string | undefined {
    const [size, tier] = [at(args, "sizeGiB"), tierOf(args)];
    if (typeof size !== "number" || tier === undefined) {
        return undefined;
    }
    const ranges = SIZES[tier];
    if (ranges.some(({ least, most, step }) => size >= least && size <= most && size % step === 0)) {
        return undefined;
    }
    const known = ranges
        .map(({ least, most, step }) => `${least} to ${most}${step === 1 ? "" : ` in steps of ${step}`}`)
        .join(", or ");
    const next = ranges
        .map(({ least, most, step }) => ({ most, fits: Math.max(least, Math.ceil(size / step) * step) }))
        .find(({ most, fits }) => fits <= most)?.fits;
    return `${size} is not a size of the tier ${quote(tier)}, which supports ${known} GiB (write ${next ?? (size > 0 ? ranges[ranges.length - 1].most : ranges[0].least)})`;
}

function locationFault(args: unknown): string | undefined {
    const [location, tier] = [at(args, "location"), tierOf(args)];
    if (typeof location !== "string" || tier === undefined || checkLocation(location) !== undefined) {
        return undefined;
    }
    const isZone = /-[a-z]$/.test(location);
    if (isRegional(tier)) {
        return isZone
            ? `${quote(location)} is a zone, but an instance of the tier ${quote(tier)} is in a region (write ${quote(location.replace(/-[a-z]$/, ""))})`
            : undefined;
    }
    return isZone
        ? undefined
        : `${quote(location)} is a region, but an instance of the tier ${quote(tier)} is in one zone (write a zone of the nodes, like ${quote(`${location}-b`)})`;
}

function connectionFault(args: unknown): string | undefined {
    const [network, project] = [at(args, "network"), at(args, "projectId")];
    const owner = typeof network === "string" ? parseNetwork(network)?.projectId : undefined;
    const isShared = owner !== undefined && typeof project === "string" && owner !== project;
    return isShared && at(args, "connection") !== FilestoreConnection.PrivateServiceAccess
        ? `must be ${quote(FilestoreConnection.PrivateServiceAccess)}: the project ${quote(owner)} shares the network, and Filestore cannot reach a shared network in another way (write this value, and set up private services access in the network)`
        : undefined;
}

const isDynamic = (args: unknown) => isGiven(args, "storageClassName");

/** What belongs to an instance that is made here, and not to those that the driver makes. */
function instanceOnly(property: string): Rule {
    return always(
        property,
        (args) =>
            isDynamic(args) && isGiven(args, property)
                ? "cannot be used with storageClassName: the driver creates an instance for each claim (remove one of the two)"
                : undefined,
        DRIVER,
    );
}

const checkKeyName: Check<string> = (name) =>
    /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.test(name)
        ? undefined
        : `${show(name)} is not the name of a key (write it like "projects/…/locations/…/keyRings/…/cryptoKeys/…")`;

export const filestoreRules: Rule[] = argumentRules<FilestoreStorageArgs>(
    {
        projectId,
        network: string(checkNetwork, { source: NETWORKING, missing: "write the cluster's network" }),
        connection: choice(FilestoreConnection, { source: NETWORKING }),
        tier: choice(FilestoreTier),
        location: string(checkLocation),
        sizeGiB: number(),
        kmsKeyName: string(checkKeyName, { source: `${FILESTORE}cmek` }),
        allowedClients: plain.list(string(checkAddressRange), {
            source: `${FILESTORE}creating-instances#configuring_ip-based_access_control`,
        }),
        storageClassName: plain.string(checkDnsSubdomain, { source: DRIVER }),
        protect: decision,
        retainOnDelete: decision,
        labels: tags,
    },
    TIERS,
    [
        whenKnown("connection", ["network", "projectId"], connectionFault, NETWORKING),
        always(
            "location",
            (args) =>
                isDynamic(args) || isGiven(args, "location")
                    ? undefined
                    : "required (write a zone of the nodes, or their region with the tiers REGIONAL and ENTERPRISE)",
            TIERS,
        ),
        whenKnown("location", ["tier"], locationFault, TIERS),
        whenKnown("sizeGiB", ["tier"], sizeFault, TIERS),
        ...["location", "allowedClients", "protect", "retainOnDelete", "labels"].map(instanceOnly),
    ],
);
