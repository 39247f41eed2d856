import type { core } from "@pulumi/kubernetes/types/input";
import { ordered, picked } from "../sorting";
import type { Known } from "../known";

const TOLERATION = ["key", "operator", "value", "effect", "tolerationSeconds"] as const;

/** A toleration as Kubernetes writes it. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export function toleration(given: Known<core.v1.Toleration>): Record<string, string | number> {
    return picked(given, TOLERATION);
}

const CONTEXT = [
    "runAsUser",
    "runAsGroup",
    "runAsNonRoot",
    "fsGroup",
    "fsGroupChangePolicy",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "seccompProfile",
    "appArmorProfile",
    "seLinuxOptions",
    "seLinuxChangePolicy",
    "sysctls",
    "windowsOptions",
] as const;

/**
 * A pod's security context as Kubernetes writes it. With `fsGroup` a volume's files are given to the group only where its
 * root is not yet, else every pod would walk the whole work directory.
 * https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 */
export function securityContext(given: Known<core.v1.PodSecurityContext>): Record<string, never> {
    const policy = given.fsGroup === undefined || given.fsGroup === null ? undefined : "OnRootMismatch";
    const context = picked({ ...given, fsGroupChangePolicy: given.fsGroupChangePolicy ?? policy }, CONTEXT);
    return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, ordered(value)])) as Record<
        string,
        never
    >;
}
