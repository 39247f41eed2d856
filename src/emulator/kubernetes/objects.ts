import { parse } from "yaml";
import { mountPath } from "../compute-config";
import type { ComputeEnvRecord, LabelRecord } from "../store";
import { KubernetesError } from "./error";

interface Container {
    name: string;
    [field: string]: unknown;
}

interface PodSpec {
    containers?: Container[];
    volumes?: unknown[];
    [field: string]: unknown;
}

/** Name of the Platform's objects of a compute environment. */
export function objectName(env: ComputeEnvRecord): string {
    return `tower-${env.id.toLowerCase()}`;
}

/** The service pod's Deployment. */
export function serviceDeployment(env: ComputeEnvRecord, labels: LabelRecord[], image: string): object {
    const selector = { "seqera.io/compute-env": env.id, ...component("service") };
    const container: Container = { name: "service", image, volumeMounts: workVolumeMounts(env) };
    return {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: metadata(env, labels),
        spec: {
            replicas: 1,
            selector: { matchLabels: selector },
            template: {
                metadata: { labels: { ...objectLabels(env, labels), ...selector } },
                spec: podSpec(env, container, "servicePodSpec"),
            },
        },
    };
}

/** The template of head jobs' pods. */
export function headPodTemplate(env: ComputeEnvRecord, labels: LabelRecord[], image: string): object {
    const { headJobCpus, headJobMemoryMb } = env.config;
    const requests = {
        ...(headJobCpus === undefined ? {} : { cpu: String(headJobCpus) }),
        ...(headJobMemoryMb === undefined ? {} : { memory: `${headJobMemoryMb}Mi` }),
    };
    const container: Container = { name: "head", image, resources: { requests }, volumeMounts: workVolumeMounts(env) };
    return {
        apiVersion: "v1",
        kind: "PodTemplate",
        metadata: metadata(env, labels),
        template: {
            metadata: { labels: { ...objectLabels(env, labels), ...component("head") } },
            spec: { restartPolicy: "Never", ...podSpec(env, container, "headPodSpec") },
        },
    };
}

/** Tells service pods from head pods, so that the Deployment's selector never matches a head. */
function component(name: "service" | "head"): Record<string, string> {
    return { "app.kubernetes.io/component": name };
}

function metadata(env: ComputeEnvRecord, labels: LabelRecord[]): object {
    return { name: objectName(env), namespace: env.config.namespace, labels: objectLabels(env, labels) };
}

/** Resource labels become Kubernetes labels; dynamic ones such as `${workflowId}` have a value only in a run. */
function objectLabels(env: ComputeEnvRecord, labels: LabelRecord[]): Record<string, string> {
    const own = { "app.kubernetes.io/managed-by": "seqera-platform", "seqera.io/compute-env": env.id };
    const given = labels
        .filter(({ value }) => value === null || !value.startsWith("${"))
        .map(({ name, value }) => [name, value ?? ""] as const);
    return { ...Object.fromEntries(given), ...own };
}

function workVolumeMounts(env: ComputeEnvRecord): object[] {
    return [{ name: "work", mountPath: mountPath(env.config) }];
}

/** Our pod with the user's pod spec over it: what containers and volumes have in common with ours is merged by name. */
function podSpec(env: ComputeEnvRecord, own: Container, field: "servicePodSpec" | "headPodSpec"): PodSpec {
    const { containers = [], volumes = [], ...rest } = customSpec(env, field);
    const same = containers.find(({ name }) => name === own.name);
    return {
        serviceAccountName: env.config.headServiceAccount,
        ...rest,
        containers: [{ ...own, ...same }, ...containers.filter((container) => container !== same)],
        volumes: [{ name: "work", persistentVolumeClaim: { claimName: env.config.storageClaimName } }, ...volumes],
    };
}

/** The YAML of a pod spec field: a mapping with the one key `spec`. */
function customSpec(env: ComputeEnvRecord, field: "servicePodSpec" | "headPodSpec"): PodSpec {
    const text = env.config[field];
    if (text === undefined || text.trim() === "") {
        return {};
    }
    let document: unknown;
    try {
        document = parse(text);
    } catch (error) {
        throw new KubernetesError(`Invalid ${field}: ${(error as Error).message}`);
    }
    const spec = (document as { spec?: unknown } | null)?.spec;
    if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
        throw new KubernetesError(`Invalid ${field}: it must be YAML that begins with 'spec:'`);
    }
    return spec as PodSpec;
}
