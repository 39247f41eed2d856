import { AccessMode } from "../../args/enums";
import type { Problem } from "../../platform/problem";
import type { StorageArgs, WorkClaimArgs } from "../../args/volumes";
import { quote, show } from "../rules/problems";
import { always, at, found, isGiven, noEffect, type Rule, value } from "../rules/rules";
import { labelSelector } from "../rules/selectors";
import { argumentRules, list, plain, string } from "../rules/shapes";
import { checkMountPath } from "./paths";
import {
    accessMode,
    bothGiven,
    CLAIMS,
    claimName,
    csi,
    MODES,
    mountOptions,
    nfs,
    PULUMI_COMPONENTS,
    size,
    STATIC,
    twoVolumes,
} from "./volumeRules";

const NAMESPACES = "https://kubernetes.io/docs/tasks/administer-cluster/namespaces/#deleting-a-namespace";

/** The work claim unless another one is named. */
export const DEFAULT_CLAIM = "nextflow-work";

/** Other members of a claim that cannot be used with a volume of its own. */
function staticFaults(prefix: string): Rule[] {
    const volumes = ["nfs", "csi"];
    const others = ["storageClassName", "volumeName", "selector"];
    return [
        ...others.map((other) =>
            always(
                `${prefix}${other}`,
                (args) => {
                    const volume = volumes.find((each) => bothGiven(args, prefix, each, other));
                    return volume === undefined || at(args, `${prefix}create`) === false
                        ? undefined
                        : `cannot be used with ${prefix}${volume}, which already selects the volume (remove one of the two)`;
                },
                STATIC,
            ),
        ),
        ...volumes.flatMap((volume) => [
            noEffect(
                `${prefix}skipAwait`,
                (args) =>
                    isGiven(args, `${prefix}${volume}`)
                        ? `claim and volume of ${prefix}${volume} find each other and are never awaited (remove it)`
                        : undefined,
                STATIC,
                true,
            ),
            always(
                `${prefix}${volume}`,
                (args) =>
                    bothGiven(args, prefix, volume, "create") && at(args, `${prefix}create`) === false
                        ? `has no effect because ${prefix}create is false, so no claim is created (remove one of the two)`
                        : undefined,
                STATIC,
            ),
        ]),
    ];
}

/** Pods on several nodes write to the work directory at once. */
function workModesFault(modes: unknown[]): string | undefined {
    return modes.every((mode) => mode === AccessMode.ReadOnlyMany)
        ? `${show(modes)} does not allow pods to write, but every task writes to the work directory (write ${quote(AccessMode.ReadWriteMany)})`
        : undefined;
}

const decided = plain.boolean({ source: PULUMI_COMPONENTS });

/** What a work claim is told, alone and within the whole. */
const claimMembers = {
    claimName,
    create: decided,
    size,
    storageClassName: string(),
    accessModes: list(accessMode, { source: MODES, fault: workModesFault }),
    selector: labelSelector,
    volumeName: string(),
    protect: decided,
    retainOnDelete: decided,
    replaceable: decided,
    skipAwait: decided,
};

function selectorFault(prefix: string): Rule {
    return always(
        `${prefix}selector`,
        (args) =>
            bothGiven(args, prefix, "selector", "volumeName")
                ? `cannot be used with ${prefix}volumeName, which already selects the volume (remove one of the two)`
                : undefined,
        CLAIMS,
    );
}

/** What is said of a claim that is made. */
const OF_MADE_CLAIMS = ["size", "storageClassName", "accessModes", "selector", "volumeName", "skipAwait"];

/** What keeps a claim that is made, or the namespace that is made around one, each with what it says where it is left out. */
const KEEPING: [key: string, silent: boolean][] = [
    ["protect", false],
    ["retainOnDelete", false],
    ["replaceable", false],
];

const isFalse = (property: string) => (args: unknown) => at(args, property) === false;

/** A claim that is there already is nobody's here to change. */
function ofMadeClaim(property: string, prefix: string, silent?: boolean): Rule {
    return noEffect(
        property,
        (args) =>
            isFalse(`${prefix}create`)(args)
                ? `${prefix}create is false and an existing claim stays as it is (remove it, or set ${prefix}create to true)`
                : undefined,
        CLAIMS,
        silent,
    );
}

/** The arguments of a work claim by itself. */
export const claimRules: Rule[] = argumentRules<WorkClaimArgs>({ namespace: string(), ...claimMembers }, CLAIMS, [
    selectorFault(""),
    ...OF_MADE_CLAIMS.map((key) => ofMadeClaim(key, "")),
    ...KEEPING.map(([key, silent]) => ofMadeClaim(key, "", silent)),
]);

export const storage = plain.object<StorageArgs>(
    { ...claimMembers, nfs, csi, mountOptions, mountPath: string(checkMountPath) },
    { source: CLAIMS },
);

/** A claim that is created for a volume can be mounted twice, but not created twice. */
const createdTwice: Rule = {
    property: "storageClaims.*.claimName",
    source: CLAIMS,
    validate: (args) => {
        const withoutWork = at(args, "fusionEnabled") === true && !isGiven(args, "storage");
        const made = new Map<unknown, string>(
            withoutWork ? [] : [[at(args, "storage.claimName") ?? DEFAULT_CLAIM, "the work claim"]],
        );
        return found(args, "storageClaims.*").flatMap(([property, claim]): Problem[] => {
            const name = at(claim, "claimName");
            const other = made.get(name);
            if (typeof name !== "string" || !(isGiven(claim, "nfs") || isGiven(claim, "csi"))) {
                return [];
            }
            made.set(name, other ?? `the claim of ${property}`);
            return other === undefined
                ? []
                : [
                      {
                          property: `${property}.claimName`,
                          reason: `${show(name)} is already ${other} (write another name, or remove nfs and csi to mount that claim here as well)`,
                      },
                  ];
        });
    },
};

/** What the storage of an environment must fulfil beside others: the work claim, or a volume of its own. */
export const storageRules: Rule[] = [
    selectorFault("storage."),
    ...[...OF_MADE_CLAIMS, "mountOptions"].map((key) => ofMadeClaim(`storage.${key}`, "storage.")),
    ofMadeClaim("advanced.storageClassName", "storage."),
    ...["nfs", "csi"].map((volume) =>
        noEffect(
            "advanced.storageClassName",
            (args) =>
                isGiven(args, `storage.${volume}`)
                    ? `storage.${volume} already selects the volume (remove one of the two)`
                    : undefined,
            STATIC,
        ),
    ),
    ...["advanced.storageClassName", "advanced.storageMountPath"].map((property) =>
        noEffect(
            property,
            (args) =>
                at(args, "fusionEnabled") === true && !isGiven(args, "storage")
                    ? "no claim is created with Fusion (remove it, or set storage)"
                    : undefined,
            CLAIMS,
        ),
    ),
    ...KEEPING.map(([key, silent]) =>
        noEffect(
            `storage.${key}`,
            (args) => {
                const own = ["nfs", "csi"].find((volume) => isGiven(args, `storage.${volume}`));
                const [why, remedy] =
                    own !== undefined && key !== "replaceable"
                        ? [`the data of storage.${own} stays in any case`, "remove it"]
                        : [
                              isFalse("storage.create")(args) ? "storage.create is false" : undefined,
                              "remove it, or set storage.create to true",
                          ];
                return why !== undefined && isFalse("createNamespace")(args)
                    ? `${why} and createNamespace is false (${remedy})`
                    : undefined;
            },
            NAMESPACES,
            silent,
        ),
    ),
    twoVolumes("storage."),
    createdTwice,
    ...staticFaults("storage."),
    always(
        "storage.mountOptions",
        (args) =>
            isGiven(args, "storage.mountOptions") &&
            at(args, "storage.create") !== false &&
            !isGiven(args, "storage.nfs") &&
            !isGiven(args, "storage.csi")
                ? "has no effect without storage.nfs or storage.csi (set one of the two, or set the options in the storage class)"
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
                ? `${quote(name)} is an AKS storage class with the SMB protocol, on which Git cannot lock its files, so pipelines cannot be pulled (use a storage class with the parameter protocol: nfs, or set storage.csi to an NFS share)`
                : undefined,
        AKS_CLASSES,
    );
}

/** A claim of the user's own goes with the namespace that is made around it. */
function lostWithNamespace(args: unknown): string | undefined {
    const kept = ["storage.retainOnDelete", "storage.protect"].some((key) => at(args, key) === true);
    return kept || at(args, "createNamespace") === false
        ? undefined
        : "but the namespace is: destroying the namespace deletes the claim and its data (set createNamespace to false, or storage.retainOnDelete or storage.protect to true)";
}

/** Whether a claim is neither created for a volume nor the work claim. */
function isReferredTo(claim: unknown, args: unknown): boolean {
    const work = at(args, "storage.claimName") ?? DEFAULT_CLAIM;
    return !isGiven(claim, "nfs") && !isGiven(claim, "csi") && at(claim, "claimName") !== work;
}

/** What can work, but likely not as meant. */
export const storageWarnings: Rule[] = [
    always(
        "storage.create",
        (args) => {
            const lost = at(args, "storage.create") === false ? lostWithNamespace(args) : undefined;
            return lost && `is false, so the claim is not created here, ${lost}`;
        },
        NAMESPACES,
    ),
    always(
        "storageClaims",
        (args) => {
            const claims = at(args, "storageClaims");
            const lost =
                Array.isArray(claims) && claims.some((claim) => isReferredTo(claim, args))
                    ? lostWithNamespace(args)
                    : undefined;
            return lost && `has a claim that is not created here, ${lost}`;
        },
        NAMESPACES,
    ),
    smbClass("storage.storageClassName"),
    smbClass("advanced.storageClassName"),
    always(
        "storage.accessModes",
        (args) => {
            const modes = at(args, "storage.accessModes");
            return Array.isArray(modes) && modes.length > 0 && !modes.includes(AccessMode.ReadWriteMany)
                ? 'does not contain "ReadWriteMany", so all pods of all runs must fit on one node (write "ReadWriteMany" if the storage class supports it)'
                : undefined;
        },
        MODES,
    ),
];
