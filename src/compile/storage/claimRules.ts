import { AccessMode } from "../../args/enums";
import { checkLabelText, checkQualifiedName } from "../rules/kubernetesNames";
import { objectName, switches } from "../namespace/partRules";
import { checkAbsolutePath } from "./paths";
import { quote, show } from "../rules/problems";
import { checkSize } from "../rules/quantities";
import {
    at,
    decided,
    eachKey,
    eachValue,
    isGiven,
    onlyKeys,
    presence,
    type Rule,
    UNKNOWN,
    value,
    whole,
} from "../rules/rules";
import { checkFilled, oneOf } from "../rules/checks";

const QUANTITY = "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/";
const CLAIMS = "https://kubernetes.io/docs/concepts/storage/persistent-volumes/";
const MODES = `${CLAIMS}#access-modes`;
const STATIC = `${CLAIMS}#reserving-a-persistentvolume`;
const NFS = "https://kubernetes.io/docs/concepts/storage/volumes/#nfs";
const CSI = "https://kubernetes.io/docs/concepts/storage/volumes/#csi";
const NAMESPACES = "https://kubernetes.io/docs/tasks/administer-cluster/namespaces/#deleting-a-namespace";
const PULUMI_COMPONENTS = "https://www.pulumi.com/docs/iac/concepts/components/";

/** What is said of a volume that is there already. */
export const VOLUME_KEYS = ["nfs", "csi", "size", "accessModes", "mountOptions"];

/** How much a claim is and how it is mounted. */
function amountRules(at: string): Rule[] {
    return [
        value(`${at}size`, "string", checkSize, QUANTITY),
        value(`${at}accessModes`, "list", undefined, MODES),
        eachValue(`${at}accessModes`, oneOf(AccessMode), MODES),
    ];
}

/** A volume that is there already, wherever its claim is used. `at` is the path to it, with the dot behind it. */
export function volumeRules(at: string): Rule[] {
    return [
        decided(`${at}nfs`, "object", PULUMI_COMPONENTS),
        decided(`${at}csi`, "object", PULUMI_COMPONENTS),
        onlyKeys(`${at}nfs`, ["server", "path"], NFS),
        onlyKeys(`${at}csi`, ["driver", "volumeHandle", "volumeAttributes", "fsType"], CSI),
        ...required(`${at}nfs`, "server", checkFilled, NFS, 'write the name or address of the server, like "10.0.0.5"'),
        ...required(
            `${at}nfs`,
            "path",
            checkAbsolutePath,
            NFS,
            'write the path that it exports, like "/exports/genomes"',
        ),
        ...required(`${at}csi`, "driver", checkFilled, CSI, 'write the name of the driver, like "efs.csi.aws.com"'),
        ...required(`${at}csi`, "volumeHandle", checkFilled, CSI, "write what the driver calls the volume"),
        value(`${at}csi.fsType`, "string", checkFilled, CSI),
        value(`${at}csi.volumeAttributes`, "object", undefined, CSI),
        value(`${at}csi.volumeAttributes.*`, "string", undefined, CSI),
        value(`${at}mountOptions`, "list", undefined, CLAIMS),
        eachValue(`${at}mountOptions`, checkFilled, CLAIMS),
    ];
}

/** A member that an object needs, where the object is given at all. */
function required(
    property: string,
    key: string,
    check: (text: string) => string | undefined,
    source: string,
    remedy: string,
): Rule[] {
    return [
        value(`${property}.${key}`, "string", check, source),
        whole(
            property,
            (given) => (given[key] === undefined || given[key] === null ? `has no ${key}; ${remedy}` : undefined),
            source,
        ),
    ];
}

const has = (given: Record<string, unknown>, key: string) => given[key] !== undefined && given[key] !== null;

/** What goes with a volume that is there already, and what only with one. */
function furtherClaimFault(given: Record<string, unknown>): string | undefined {
    if (has(given, "nfs") && has(given, "csi")) {
        return "has both nfs and csi, which are two volumes; write one of the two";
    }
    const other = VOLUME_KEYS.slice(2).find((key) => has(given, key));
    return other === undefined || has(given, "nfs") || has(given, "csi")
        ? undefined
        : `has ${other}, which belongs to a claim that is made; write nfs or csi as well, or leave it out for a claim that is there already`;
}

/** The claim's name is part of its resource's name, so a program must know it by itself. */
const madeClaimName: Rule = {
    property: "storageClaims.*.claimName",
    source: PULUMI_COMPONENTS,
    judge: (args) => {
        const claims = at(args, "storageClaims");
        return (Array.isArray(claims) ? claims : []).flatMap((claim, index) =>
            at(claim, "claimName") === UNKNOWN && (isGiven(claim, "nfs") || isGiven(claim, "csi"))
                ? [
                      {
                          property: `storageClaims[${index}].claimName`,
                          reason: "is another resource's output, but decides what is made; write a plain value",
                      },
                  ]
                : [],
        );
    },
};

/** What of the claims beside the work claim is about volumes. */
export const furtherClaimRules: Rule[] = [
    decided("storageClaims", "list", PULUMI_COMPONENTS),
    ...volumeRules("storageClaims.*."),
    ...amountRules("storageClaims.*."),
    whole("storageClaims.*", furtherClaimFault, STATIC),
    madeClaimName,
];

/** The arguments of a claim on a volume by itself. */
export const volumeClaimRules: Rule[] = [
    objectName("claimName"),
    presence(
        "nfs",
        (args) =>
            isGiven(args, "nfs") || isGiven(args, "csi")
                ? undefined
                : 'is missing, and so is csi; write where the volume is, like { server: "10.0.0.5", path: "/exports/genomes" }',
        STATIC,
    ),
    ...volumeRules(""),
    ...amountRules(""),
    twoVolumes(""),
    value("readOnly", "boolean", undefined, CLAIMS),
];

/** True when both stand there, whatever they are; nothing can be said of what lies in something that is not known yet. */
function bothGiven(args: unknown, prefix: string, one: string, other: string): boolean {
    const group = prefix === "" ? args : at(args, prefix.slice(0, -1));
    return group !== UNKNOWN && isGiven(group, one) && isGiven(group, other);
}

function twoVolumes(prefix: string): Rule {
    return presence(
        `${prefix}csi`,
        (args) =>
            bothGiven(args, prefix, "nfs", "csi")
                ? `is given together with ${prefix}nfs, which is another volume; write one of the two`
                : undefined,
        STATIC,
    );
}

/** What other members of a claim a volume of its own leaves no room for. */
function staticFaults(prefix: string): Rule[] {
    const volumes = ["nfs", "csi"];
    const others = ["storageClassName", "volumeName", "selector"];
    return volumes.flatMap((volume) => [
        ...others.map((other) =>
            presence(
                `${prefix}${other}`,
                (args) =>
                    bothGiven(args, prefix, volume, other)
                        ? `is given together with ${prefix}${volume}, which says already what volume it is; leave one of the two out`
                        : undefined,
                STATIC,
            ),
        ),
        presence(
            `${prefix}${volume}`,
            (args) =>
                bothGiven(args, prefix, volume, "create") && at(args, `${prefix}create`) === false
                    ? `is given, but ${prefix}create is false, so that no claim on it is made; leave one of the two out`
                    : undefined,
            STATIC,
        ),
    ]);
}

/** Pods on several nodes write to the work directory at once. */
function workModesFault(modes: unknown): string | undefined {
    const writable: string[] = [AccessMode.ReadWriteMany, AccessMode.ReadWriteOnce];
    return Array.isArray(modes) &&
        modes.every((mode) => typeof mode === "string") &&
        !modes.some((mode) => writable.includes(mode))
        ? `${show(modes)} let no pod write, but every task writes to the work directory; write ${quote(AccessMode.ReadWriteMany)}`
        : undefined;
}

/** The work claim's arguments, alone and within the whole. */
export function claimRules(prefix = ""): Rule[] {
    return [
        objectName(`${prefix}claimName`),
        ...amountRules(prefix),
        {
            property: `${prefix}accessModes`,
            source: MODES,
            judge: (args) => {
                const reason = workModesFault(at(args, `${prefix}accessModes`));
                return reason === undefined ? [] : [{ property: `${prefix}accessModes`, reason }];
            },
        },
        value(`${prefix}selector`, "object", undefined, CLAIMS),
        eachKey(`${prefix}selector`, checkQualifiedName, CLAIMS),
        eachValue(`${prefix}selector`, checkLabelText, CLAIMS),
        presence(
            `${prefix}selector`,
            (args) =>
                bothGiven(args, prefix, "selector", "volumeName")
                    ? `is given together with ${prefix}volumeName, which says already what volume it is; leave one of the two out`
                    : undefined,
            CLAIMS,
        ),
        ...switches(...["create", "protect", "retainOnDelete", "replaceable", "skipAwait"].map((key) => prefix + key)),
    ];
}

/** The storage of an environment: the work claim, or a volume of its own. */
export const storageRules: Rule[] = [
    ...claimRules("storage."),
    ...volumeRules("storage."),
    twoVolumes("storage."),
    ...staticFaults("storage."),
    presence(
        "storage.mountOptions",
        (args) =>
            isGiven(args, "storage.mountOptions") && !isGiven(args, "storage.nfs") && !isGiven(args, "storage.csi")
                ? "are given without a volume that they could be of; write storage.nfs or storage.csi as well, or set the options in the storage class"
                : undefined,
        CLAIMS,
    ),
];

/** Classes of AKS's own that make shares of Azure Files with the SMB protocol. */
const SMB_CLASSES = ["azurefile", "azurefile-csi", "azurefile-premium", "azurefile-csi-premium"];
const AKS_CLASSES = "https://learn.microsoft.com/azure/aks/azure-files-csi";

/** https://docs.seqera.io/platform-cloud/troubleshooting_and_faqs/azure_troubleshooting */
function smbClass(property: string): Rule {
    return value(
        property,
        "string",
        (name: string) =>
            SMB_CLASSES.includes(name)
                ? `${quote(name)} is a class of AKS with the SMB protocol, on which Git cannot lock its files, so that pipelines fail to be pulled; write a class with the parameter protocol: nfs, or set storage.csi to an NFS share`
                : undefined,
        AKS_CLASSES,
    );
}

/** A claim of the user's own goes with the namespace that is made around it. */
function lostWithNamespace(args: unknown): string | undefined {
    const kept = ["storage.retainOnDelete", "storage.protect"].some((key) => at(args, key) === true);
    return kept || at(args, "createNamespace") === false
        ? undefined
        : "is deleted, with its data, when the namespace is destroyed, since the namespace is made here; set createNamespace to false, or storage.retainOnDelete or storage.protect to true";
}

const isReferredTo = (claim: unknown) => !isGiven(claim, "nfs") && !isGiven(claim, "csi");

/** What can work, but likely not as meant. */
export const storageWarnings: Rule[] = [
    presence(
        "storage.create",
        (args) => {
            const lost = at(args, "storage.create") === false ? lostWithNamespace(args) : undefined;
            return lost && `is false, so the claim is not made here; it ${lost}`;
        },
        NAMESPACES,
    ),
    presence(
        "storageClaims",
        (args) => {
            const claims = at(args, "storageClaims");
            const lost = Array.isArray(claims) && claims.some(isReferredTo) ? lostWithNamespace(args) : undefined;
            return lost && `has a claim that is not made here; it ${lost}`;
        },
        NAMESPACES,
    ),
    smbClass("storage.storageClassName"),
    smbClass("advanced.storageClassName"),
    presence(
        "storage.accessModes",
        (args) => {
            const modes = at(args, "storage.accessModes");
            return Array.isArray(modes) && modes.length > 0 && !modes.includes(AccessMode.ReadWriteMany)
                ? 'have no "ReadWriteMany", so all pods of all runs must find room on one node; write "ReadWriteMany" where the storage class offers it'
                : undefined;
        },
        MODES,
    ),
];
