import { volumeName } from "../rules/names";
import { headPlacement, type Placement, servicePlacement } from "./placement";
import { securityContext, toleration } from "./podParts";
import { yaml } from "./podSpecs";
import { ordered, picked, sorted } from "../sorting";
import { strategicMerge } from "./strategicMerge";
import type { PlatformPodOptionsArgs, StorageClaimArgs } from "../../args/tasks";
import type { PodSpecArguments } from "../environment";
import type { Known } from "../known";

type PodSpec = Record<string, unknown>;

const PLAIN = ["priorityClassName", "runtimeClassName", "schedulerName"] as const;

/** The head pods' spec: from the options, with the user's own YAML over it. */
export function headPodSpec(spec: PodSpecArguments): string | undefined {
    const { podOptions, headPodOptions } = spec;
    const options = ranked(headPodOptions, podOptions);
    return written(generated(options, headPlacement(podOptions, headPodOptions), spec.storageClaims), spec.headPodSpec);
}

/** The service pod's spec, likewise. */
export function servicePodSpec(spec: PodSpecArguments): string | undefined {
    const { podOptions, headPodOptions, servicePodOptions } = spec;
    const options = ranked(servicePodOptions, ranked(headPodOptions, podOptions));
    const placement = servicePlacement(podOptions, headPodOptions, servicePodOptions);
    return written(generated(options, placement, spec.storageClaims), spec.servicePodSpec);
}

/**
 * Options with the priority class of others where they have none. A pending task preempts a pod of lower priority, which could be
 * its own head pod, so that must not have a lower one.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
function ranked(
    own: Known<PlatformPodOptionsArgs> | undefined,
    base: { priorityClassName?: string } | undefined,
): Known<PlatformPodOptionsArgs> {
    return { ...own, priorityClassName: own?.priorityClassName ?? base?.priorityClassName };
}

/** What the options of a kind of pod say themselves, and its spec must not take away. */
export function ownPodSpec(options: Known<PlatformPodOptionsArgs>, claims?: Known<StorageClaimArgs>[]): PodSpec {
    return generated(options, options, claims);
}

function generated(
    options: Known<PlatformPodOptionsArgs>,
    { nodeSelector, tolerations }: Placement,
    claims: Known<StorageClaimArgs>[] = [],
): PodSpec {
    const context = securityContext(options.securityContext ?? {});
    const mounts = options.mountStorageClaims === true && claims.length > 0 && options.containerName !== undefined;
    return {
        ...picked(options, PLAIN),
        ...(Object.keys(nodeSelector ?? {}).length === 0 ? {} : { nodeSelector: sorted(nodeSelector!) }),
        ...(tolerations?.length ? { tolerations: tolerations.map(toleration) } : {}),
        ...(options.affinity ? { affinity: ordered(options.affinity) } : {}),
        ...(Object.keys(context).length === 0 ? {} : { securityContext: context }),
        ...(mounts ? mountedClaims(options.containerName!, claims) : {}),
    };
}

/** One volume a claim, however often it is mounted; a claim is mounted by its volume's name in the Platform's container. */
function mountedClaims(containerName: string, claims: Known<StorageClaimArgs>[]): PodSpec {
    const names = new Map<string, string>();
    for (const { name, claimName } of claims) {
        names.set(claimName, names.get(claimName) ?? volumeName(name ?? claimName));
    }
    const volumes = [...names].map(([claimName, name]) => ({ name, persistentVolumeClaim: { claimName } }));
    const volumeMounts = claims.map(({ claimName, mountPath, readOnly, subPath }) => ({
        name: names.get(claimName),
        mountPath,
        ...(readOnly ? { readOnly } : {}),
        ...(subPath ? { subPath } : {}),
    }));
    return { containers: [{ name: containerName, volumeMounts }], volumes };
}

/** The user's own text as it is, where there is nothing to merge it with. */
function written(ours: PodSpec, own: string | undefined | null): string | undefined {
    const given = own ?? undefined;
    if (Object.keys(ours).length === 0) {
        return given;
    }
    const theirs = given === undefined ? {} : (yaml().parse(given) as { spec: PodSpec }).spec;
    const spec = strategicMerge(ours, theirs);
    return yaml().stringify({ spec }, { sortMapEntries: true, aliasDuplicateObjects: false, lineWidth: 0 });
}
