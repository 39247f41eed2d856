import { canonicalJson } from "./names";
import { type Problem, show } from "./problems";
import { parseQuantity } from "./quantities";
import type { HeldClaim } from "./volumes";

/** What Kubernetes cannot change of a claim: it would be deleted, its data with it, and made anew. */
const FIXED = ["storageClassName", "volumeName", "accessModes", "matchLabels"] as const;
const PLACE = ["namespace", "claimName"] as const;

const WORDS: Record<(typeof FIXED)[number] | (typeof PLACE)[number], string> = {
    namespace: "the namespace",
    claimName: "the claim's name",
    storageClassName: "the storage class",
    volumeName: "the volume",
    accessModes: "the access modes",
    matchLabels: "the selector",
};

const REMEDY =
    "write the old value again; to keep the data elsewhere, copy it first; to give it up, set storage.replaceable to true";

/**
 * What a changed claim would lose. A claim that is kept when it goes loses nothing, as long as the new one has a place of its
 * own. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
 */
export function claimLosses(before: HeldClaim, after: HeldClaim): Problem[] {
    const moved = PLACE.some((key) => before[key] !== after[key]);
    if (moved && before.retainOnDelete === true) {
        return [];
    }
    const changed = [...PLACE, ...FIXED].filter((key) => !same(before[key], after[key]));
    const losses = changed.map((key) => ({
        property: key,
        reason: `changes ${WORDS[key]} from ${said(before[key])} to ${said(after[key])}, which replaces the claim ${show(before.claimName)} and loses what is on it; ${REMEDY}`,
    }));
    return losses.length > 0 ? losses : shrunk(before, after);
}

function shrunk(before: HeldClaim, after: HeldClaim): Problem[] {
    const [old, now] = [before.size, after.size].map((size) => parseQuantity(size));
    return old !== undefined && now !== undefined && now < old
        ? [
              {
                  property: "size",
                  reason: `shrinks the claim ${show(before.claimName)} from ${show(before.size)} to ${show(after.size)}, which Kubernetes cannot; write ${show(before.size)} or more`,
              },
          ]
        : [];
}

function same(a: unknown, b: unknown): boolean {
    return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

function said(value: unknown): string {
    return value === undefined || value === null ? "none" : show(value);
}
