import type { ComputeEnvRecord, LabelRecord } from "../state/store";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesBackendOptions } from "../options";
import { KubernetesClient } from "./client";
import { KubernetesError } from "./kubernetesError";
import { headPodTemplate, objectName, serviceDeployment } from "./objects";

export { KubernetesError } from "./kubernetesError";

/** The Platform's objects in a cluster. Failures that belong in a compute environment's message are {@link KubernetesError}. */
export interface ClusterBackend {
    create(
        env: ComputeEnvRecord,
        keys: Record<string, string>,
        labels: LabelRecord[],
        signal: AbortSignal,
    ): Promise<void>;
    remove(env: ComputeEnvRecord, keys: Record<string, string>, signal: AbortSignal): Promise<void>;
    /** Cancels what is under way. */
    close(): void;
}

/** Never connects anywhere: for emulators whose compute environments are not about a cluster. */
export class NoCluster implements ClusterBackend {
    create(): Promise<void> {
        return Promise.resolve();
    }

    remove(): Promise<void> {
        return Promise.resolve();
    }

    close(): void {}
}

interface DeploymentStatus {
    status?: { availableReplicas?: number };
}

/**
 * Makes what the Platform makes when a compute environment is created, with the credential and the address that the
 * compute environment has and nothing else: a Deployment (the "service pod", with the work claim mounted) and a
 * PodTemplate for head jobs (https://docs.seqera.io/platform-cloud/resource-labels/overview, "Kubernetes"). A right
 * that is missing in production is therefore missing here too. EKS and GKE clusters are reached through their cloud's
 * API, which an emulator does not have: nothing is made for them.
 */
export class KubernetesBackend implements ClusterBackend {
    private readonly closing = new AbortController();
    private readonly image: string;
    private readonly waitForServicePod: boolean;
    private readonly servicePodTimeoutMs: number;
    private readonly requestTimeoutMs: number;
    private readonly authorizationGraceMs: number;

    constructor(options: KubernetesBackendOptions) {
        this.image = options.image ?? "registry.k8s.io/pause:3.10";
        this.waitForServicePod = options.waitForServicePod ?? false;
        this.servicePodTimeoutMs = options.servicePodTimeoutMs ?? 300_000;
        this.requestTimeoutMs = options.requestTimeoutMs ?? 10_000;
        this.authorizationGraceMs = options.authorizationGraceMs ?? 1000;
    }

    async create(
        env: ComputeEnvRecord,
        keys: Record<string, string>,
        labels: LabelRecord[],
        signal: AbortSignal,
    ): Promise<void> {
        if (env.platform !== "k8s-platform") {
            return;
        }
        const client = this.client(env, keys);
        const { namespace, storageClaimName } = env.config;
        const base = `api/v1/namespaces/${namespace}`;
        const claim = await client.get(`${base}/persistentvolumeclaims/${storageClaimName}`);
        if (claim === undefined) {
            throw new KubernetesError(`Storage claim '${storageClaimName}' not found in namespace '${namespace}'`);
        }
        signal.throwIfAborted();
        await client.create(deployments(env), serviceDeployment(env, labels, this.image));
        signal.throwIfAborted();
        await client.create(podTemplates(env), headPodTemplate(env, labels, this.image));
        if (this.waitForServicePod) {
            await this.servicePodRuns(client, env, signal);
        }
    }

    async remove(env: ComputeEnvRecord, keys: Record<string, string>, signal: AbortSignal): Promise<void> {
        if (env.platform !== "k8s-platform") {
            return;
        }
        const client = this.client(env, keys);
        await client.remove(`${podTemplates(env)}/${objectName(env)}`);
        signal.throwIfAborted();
        await client.remove(`${deployments(env)}/${objectName(env)}`);
    }

    close(): void {
        this.closing.abort();
    }

    /** The cluster of a compute environment, with nothing but what the compute environment has. */
    client(env: ComputeEnvRecord, keys: Record<string, string>): KubernetesClient {
        return new KubernetesClient(env.config, keys, {
            requestTimeoutMs: this.requestTimeoutMs,
            authorizationGraceMs: this.authorizationGraceMs,
            signal: this.closing.signal,
        });
    }

    private async servicePodRuns(client: KubernetesClient, env: ComputeEnvRecord, signal: AbortSignal): Promise<void> {
        const deadline = performance.now() + this.servicePodTimeoutMs;
        for (;;) {
            const deployment = (await client.get(`${deployments(env)}/${objectName(env)}`)) as
                DeploymentStatus | undefined;
            if ((deployment?.status?.availableReplicas ?? 0) > 0) {
                return;
            }
            if (performance.now() > deadline) {
                const seconds = Math.round(this.servicePodTimeoutMs / 1000);
                throw new KubernetesError(
                    `Service pod of deployment '${objectName(env)}' is not running after ${seconds} s`,
                );
            }
            await sleep(500, undefined, { signal });
        }
    }
}

function deployments(env: ComputeEnvRecord): string {
    return `apis/apps/v1/namespaces/${env.config.namespace}/deployments`;
}

function podTemplates(env: ComputeEnvRecord): string {
    return `api/v1/namespaces/${env.config.namespace}/podtemplates`;
}
