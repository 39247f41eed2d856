import { parse } from "yaml";
import { mountPath } from "../operations/computeConfig";
import type { ComputeEnvRecord, LabelRecord } from "../state/store";
import { KubernetesError } from "./kubernetesError";

export interface Container {
    name: string;
    env?: { name: string; value?: string }[];
    volumeMounts?: { mountPath: string; [field: string]: unknown }[];
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
    return {
        apiVersion: "v1",
        kind: "PodTemplate",
        metadata: metadata(env, labels),
        template: headPod(env, labels, { image, cpus: headJobCpus, memoryMb: headJobMemoryMb }),
    };
}

/** What sets the pod of one run apart from the template. */
export interface HeadPodOptions {
    image: string;
    cpus?: number;
    memoryMb?: number;
    command?: string[];
    env?: { name: string; value: string }[];
    labels?: Record<string, string>;
}

/** Metadata and spec of a head job's pod. */
export function headPod(
    env: ComputeEnvRecord,
    labels: LabelRecord[],
    { image, cpus, memoryMb, command, env: variables, labels: more }: HeadPodOptions,
): { metadata: object; spec: object } {
    const requests = {
        ...(cpus === undefined ? {} : { cpu: String(cpus) }),
        ...(memoryMb === undefined ? {} : { memory: `${memoryMb}Mi` }),
    };
    const container: Container = {
        name: "head",
        image,
        ...(command === undefined ? {} : { args: command }),
        ...(variables === undefined ? {} : { env: variables }),
        resources: { requests },
        volumeMounts: workVolumeMounts(env),
    };
    return {
        metadata: { labels: { ...objectLabels(env, labels), ...more, ...component("head") } },
        spec: { restartPolicy: "Never", ...podSpec(env, container, "headPodSpec") },
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

function workVolumeMounts(env: ComputeEnvRecord): { name: string; mountPath: string }[] {
    return [{ name: "work", mountPath: mountPath(env.config) }];
}

/** Our pod with the user's pod spec over it: what containers and volumes have in common with ours is merged by name. */
function podSpec(env: ComputeEnvRecord, own: Container, field: "servicePodSpec" | "headPodSpec"): PodSpec {
    const { containers = [], volumes = [], ...rest } = customSpec(env, field);
    const same = containers.find(({ name }) => name === own.name);
    return {
        serviceAccountName: env.config.headServiceAccount,
        ...rest,
        containers: [merged(own, same), ...containers.filter((container) => container !== same)],
        volumes: [{ name: "work", persistentVolumeClaim: { claimName: env.config.storageClaimName } }, ...volumes],
    };
}

/** A user's container over ours of the same name. Lists that Kubernetes merges by a key are merged by it. */
function merged(own: Container, given: Container | undefined): Container {
    if (given === undefined) {
        return own;
    }
    const env = byKey("name", own.env, given.env);
    const volumeMounts = byKey("mountPath", own.volumeMounts, given.volumeMounts);
    return { ...own, ...given, ...(env && { env }), ...(volumeMounts && { volumeMounts }) };
}

function byKey<K extends string, T extends Record<K, string>>(key: K, own?: T[], given?: T[]): T[] | undefined {
    if (own === undefined || given === undefined) {
        return given ?? own;
    }
    return [...own.filter((one) => !given.some((other) => other[key] === one[key])), ...given];
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
