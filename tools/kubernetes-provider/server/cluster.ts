/** The cluster of a configured provider: whether it answers, and the objects in it. */

import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { ApiClient } from "./apiClient";
import { messageOf } from "./apiError";
import { providerOptions, type ProviderOptions } from "./configuration";
import { Discovery, NoSuchKindError } from "./discovery";
import { isNamespaced } from "./kinds";
import { clusterChoice, defaultNamespace, loadKubeConfig } from "./kubeconfig";
import type { GroupVersionKind } from "./kubeObject";
import { ObjectsApi } from "./objects";
import type { Fields } from "../../plugin/server/values";

export class Cluster {
    readonly options: ProviderOptions;
    readonly namespace: string;
    readonly objects: ObjectsApi;
    /** Why the cluster cannot be used; undefined where it can. Asked once: a provider lives as long as one operation. */
    readonly unreachable: Promise<string | undefined>;

    constructor(config: Fields, environment: NodeJS.ProcessEnv, userAgent: string, signal: AbortSignal) {
        this.options = providerOptions(config, environment);
        let loaded: KubeConfig | undefined;
        let unreadable: string | undefined;
        try {
            loaded = loadKubeConfig(clusterChoice(config));
        } catch (error) {
            unreadable = `failed to read the kubeconfig: ${messageOf(error)}`;
        }
        this.namespace = this.options.namespace || defaultNamespace(loaded);
        const client = new ApiClient(loaded ?? loadNothing(), userAgent, signal);
        this.objects = new ObjectsApi(client, new Discovery(client));
        this.unreachable = unreadable === undefined ? probe(client) : Promise.resolve(unreadable);
    }

    async knows(gvk: GroupVersionKind): Promise<boolean> {
        if ((await this.unreachable) !== undefined) {
            return false;
        }
        try {
            await this.objects.discovery.find(gvk);
            return true;
        } catch (error) {
            if (error instanceof NoSuchKindError) {
                return false;
            }
            throw error;
        }
    }

    /** Undefined where nobody can say: the kind is a custom one, and the API server does not answer or know it. */
    async isNamespaced(gvk: GroupVersionKind): Promise<boolean | undefined> {
        const known = isNamespaced(gvk);
        if (known !== undefined || (await this.unreachable) !== undefined) {
            return known;
        }
        try {
            return (await this.objects.discovery.find(gvk)).namespaced;
        } catch {
            return undefined;
        }
    }

    /** Throws in the official plugin's words where nothing can be done without the cluster. */
    async mustBeReachable(): Promise<void> {
        const reason = await this.unreachable;
        if (reason !== undefined) {
            throw new Error(`configured Kubernetes cluster is unreachable: ${reason}`);
        }
    }
}

/** Two calls that every authenticated user may make; the second needs the credentials to be good. */
async function probe(client: ApiClient): Promise<string | undefined> {
    try {
        await client.request({ method: "GET", path: "/version" });
        await client.request({ method: "GET", path: "/apis" });
        return undefined;
    } catch (error) {
        return `unable to reach the API server: ${messageOf(error)}`;
    }
}

function loadNothing(): KubeConfig {
    return loadKubeConfig({ kubeconfig: { apiVersion: "v1", kind: "Config" } });
}
