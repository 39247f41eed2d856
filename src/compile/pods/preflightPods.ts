import { claimMountPath } from "../storage/paths";
import { headPodSpec } from "./platformPods";
import { securityContext, toleration } from "./podParts";
import { yaml } from "./podSpecs";
import { kubernetesMemory, toMebibytes } from "../rules/quantities";
import { sorted } from "../sorting";
import type { EnvironmentParts } from "../environment";

/** A pod as the API server takes it. */
export interface TrialPod {
    apiVersion: "v1";
    kind: "Pod";
    metadata: { name: string; namespace: string; labels: Record<string, string> };
    spec: Record<string, unknown>;
}

/** Never pulled: what is tried is whether the pod would be let in. */
const IMAGE = "registry.k8s.io/pause:3.10";

function pod(kind: "head" | "task", namespace: string, spec: Record<string, unknown>): TrialPod {
    const metadata = { name: `seqera-preflight-${kind}`, namespace, labels: { "seqera.io/preflight": kind } };
    return { apiVersion: "v1", kind: "Pod", metadata, spec: { restartPolicy: "Never", ...spec } };
}

function requests(cpus: number | undefined, memory: string | undefined): Record<string, string> {
    return {
        ...(cpus === undefined || cpus === null ? {} : { cpu: String(cpus) }),
        ...(memory === undefined || memory === null ? {} : { memory: kubernetesMemory(toMebibytes(memory)) }),
    };
}

/** A head pod of the environment, as far as the Platform makes it of what the environment says. */
export function trialHeadPod(given: EnvironmentParts): TrialPod {
    const text = headPodSpec(given);
    const own = text === undefined ? {} : (yaml().parse(text) as { spec: Record<string, unknown> }).spec;
    const { containers: _containers, volumes: _volumes, ...spec } = own;
    const asked = requests(given.headCpus, given.headMemory);
    return pod("head", given.namespace, {
        serviceAccountName: given.headServiceAccount,
        ...spec,
        containers: [{ name: "head", image: IMAGE, resources: { requests: asked } }],
    });
}

/** A task's pod of the environment, as far as Nextflow makes it of the settings that all tasks have. */
export function trialTaskPod(given: EnvironmentParts): TrialPod {
    const { podOptions = {}, computeResources = {}, storageClaims = [] } = given;
    const asked = requests(computeResources.cpus, computeResources.memory);
    const memory = asked.memory === undefined ? {} : { memory: asked.memory };
    const cpu = computeResources.cpuLimits === true && asked.cpu !== undefined ? { cpu: asked.cpu } : {};
    const context = securityContext(podOptions.securityContext ?? {});
    const extra: Record<string, unknown>[] = podOptions.extra ?? [];
    const hostPaths = extra.filter(({ hostPath }) => hostPath !== undefined);
    const volumes = [
        ...(given.claimName
            ? [{ persistentVolumeClaim: { claimName: given.claimName }, at: claimMountPath(given) }]
            : []),
        ...storageClaims.map((claim) => ({
            persistentVolumeClaim: { claimName: claim.claimName },
            at: claim.mountPath,
        })),
        ...hostPaths.map((entry) => ({ hostPath: { path: entry.hostPath }, at: entry.mountPath })),
    ];
    const privileged = extra.some((entry) => entry.privileged === true);
    return pod("task", given.namespace, {
        serviceAccountName: given.computeServiceAccount,
        ...(podOptions.nodeSelector ? { nodeSelector: sorted(podOptions.nodeSelector) } : {}),
        ...(podOptions.tolerations?.length ? { tolerations: podOptions.tolerations.map(toleration) } : {}),
        ...(podOptions.affinity ? { affinity: podOptions.affinity } : {}),
        ...(Object.keys(context).length > 0 ? { securityContext: context } : {}),
        ...(podOptions.priorityClassName ? { priorityClassName: podOptions.priorityClassName } : {}),
        ...(podOptions.runtimeClassName ? { runtimeClassName: podOptions.runtimeClassName } : {}),
        containers: [
            {
                name: "task",
                image: IMAGE,
                resources: { requests: asked, limits: { ...memory, ...cpu } },
                volumeMounts: volumes.map(({ at }, index) => ({ name: `volume-${index}`, mountPath: at })),
                ...(privileged ? { securityContext: { privileged } } : {}),
            },
        ],
        volumes: volumes.map(({ at: _at, ...source }, index) => ({ name: `volume-${index}`, ...source })),
    });
}
