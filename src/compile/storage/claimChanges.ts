import { canonicalJson } from "../rules/names";
import type { Problem } from "../../platform/problem";
import { show } from "../rules/problems";
import type { HeldClaim } from "./volumes";

/** What Kubernetes cannot change of a claim: it would be deleted, its data with it, and made anew. */
export const FIXED_OF_CLAIM = [
    "storageClassName",
    "volumeName",
    "accessModes",
    "matchLabels",
    "matchExpressions",
] as const;

const WORDS: Record<(typeof FIXED_OF_CLAIM)[number] | "namespace" | "claimName", string> = {
    namespace: "the namespace",
    claimName: "the claim's name",
    storageClassName: "the storage class",
    volumeName: "the volume",
    accessModes: "the access modes",
    matchLabels: "the selector",
    matchExpressions: "the selector",
};

/** The guard comes before the claim, so that a run that fails between the two leaves the guard of a claim that is not there. */
const GIVE_UP =
    "to discard the data, or if no run has created the claim yet, set storage.replaceable to true for one pulumi up";

const REMEDY = `write the old value again; to move the data, copy it first; ${GIVE_UP}`;

/** The provider that the engine makes by itself; behind colons its settings, and the cluster that these name, where that is known. */
export const DEFAULT_PROVIDER = "default";

/** https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/#clusteridentifier_nodejs */
const PROVIDER_REMEDY =
    'if it is the same cluster, restore the provider, set its clusterIdentifier, like "production", run pulumi up, and only then change it; ' +
    `to keep the data of another cluster, set storage.retainOnDelete to true and run pulumi up first; ${GIVE_UP}`;

/**
 * What a changed claim would lose. A claim that is kept when it goes loses nothing, as long as the new one has a place of its
 * own. The size is left to Kubernetes, which refuses a smaller one at preview and knows how large the claim really is.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
 */
export function claimLosses(before: HeldClaim, after: HeldClaim): Problem[] {
    const differs = (key: keyof HeldClaim) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null);
    const anotherProvider = before.clusterProvider != null && !sameProvider(before, after);
    const moved = anotherProvider || differs("namespace") || differs("claimName");
    const leaves = before.referred !== true && after.referred === true;
    if (before.ofVolume === true || ((moved || leaves) && before.retainOnDelete === true)) {
        return [];
    }
    if (leaves || (after.ofVolume === true && before.referred !== true)) {
        const [property, now, remedy] = leaves
            ? ["create", "is now false, which deletes", "set storage.retainOnDelete to true and run pulumi up first"]
            : ["ofVolume", "nfs or csi gives the claim another volume, which replaces", "copy the data there first"];
        return [
            {
                property,
                reason: `${now} the claim ${show(before.claimName)} and loses its data (${remedy}; ${GIVE_UP})`,
            },
        ];
    }
    const what =
        before.referred === true
            ? `the namespace ${show(before.namespace)} and loses the claim ${show(before.claimName)} in it`
            : `the claim ${show(before.claimName)} and loses its data`;
    const keys =
        before.referred === true ? (["namespace"] as const) : (["namespace", "claimName", ...FIXED_OF_CLAIM] as const);
    return [
        ...(anotherProvider
            ? [
                  {
                      property: "clusterProvider",
                      reason: `is another Kubernetes provider, or one that will be replaced, which replaces ${what} (${PROVIDER_REMEDY})`,
                  },
              ]
            : []),
        ...keys.filter(differs).map((key) => ({
            property: key,
            reason: `changes ${WORDS[key]} from ${said(before[key])} to ${said(after[key])}, which replaces ${what} (${REMEDY})`,
        })),
    ];
}

/**
 * A provider that is to be replaced has another id, or one that is not known yet: the engine replaces all that it made. The
 * default provider is replaced where its settings changed, both name a cluster, not the same, and no identifier says that it is.
 */
function sameProvider(before: HeldClaim, after: HeldClaim): boolean {
    if (before.clusterIdentifier != null && after.clusterIdentifier != null) {
        return before.clusterIdentifier === after.clusterIdentifier;
    }
    const [old, now] = [before, after].map(({ clusterProvider }) => String(clusterProvider).split(":"));
    const [settings, cluster] = [1, 2].map((part) => old[part] === now[part]);
    const oneIsUnknown = old[2] === undefined || now[2] === undefined;
    return old[0] === now[0] && (settings || cluster || (old[0] === DEFAULT_PROVIDER && oneIsUnknown));
}

function said(value: unknown): string {
    return value === undefined || value === null ? "none" : show(value);
}
