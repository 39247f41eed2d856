/** The five things that are done to one object, by its group, version, kind, namespace and name. */

import type { ApiClient } from "./apiClient";
import type { Discovery } from "./discovery";
import { gvkOf, type KubeObject, nameOf, namespaceOf } from "./kubeObject";

export interface WriteOptions {
    readonly fieldManager?: string;
    readonly dryRun?: boolean;
}

export type PropagationPolicy = "Foreground" | "Background" | "Orphan";

const dryRunQuery = (dryRun?: boolean): string | undefined => (dryRun ? "All" : undefined);

export class ObjectsApi {
    constructor(
        private readonly client: ApiClient,
        readonly discovery: Discovery,
    ) {}

    async get(object: KubeObject): Promise<KubeObject> {
        return await this.client.request({ method: "GET", path: await this.pathOf(object) });
    }

    async create(object: KubeObject, { fieldManager, dryRun }: WriteOptions): Promise<KubeObject> {
        return await this.client.request({
            method: "POST",
            path: await this.collectionOf(object),
            query: { fieldManager, dryRun: dryRunQuery(dryRun) },
            body: object,
        });
    }

    async replace(object: KubeObject, { fieldManager, dryRun }: WriteOptions): Promise<KubeObject> {
        return await this.client.request({
            method: "PUT",
            path: await this.pathOf(object),
            query: { fieldManager, dryRun: dryRunQuery(dryRun) },
            body: object,
        });
    }

    /** Server-side apply. https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
    async apply(object: KubeObject, options: WriteOptions & { readonly force: boolean }): Promise<KubeObject> {
        return await this.client.request({
            method: "PATCH",
            path: await this.pathOf(object),
            query: {
                fieldManager: options.fieldManager,
                force: `${options.force}`,
                dryRun: dryRunQuery(options.dryRun),
            },
            // JSON is YAML, the only format that apply patches have.
            contentType: "application/apply-patch+yaml",
            body: object,
        });
    }

    async jsonPatch(object: KubeObject, operations: readonly unknown[]): Promise<KubeObject> {
        return await this.client.request({
            method: "PATCH",
            path: await this.pathOf(object),
            contentType: "application/json-patch+json",
            body: operations,
        });
    }

    async delete(object: KubeObject, propagationPolicy: PropagationPolicy): Promise<void> {
        await this.client.request({
            method: "DELETE",
            path: await this.pathOf(object),
            body: { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy },
        });
    }

    async list(like: KubeObject): Promise<KubeObject[]> {
        const { items } = await this.client.request<{ items?: KubeObject[] }>({
            method: "GET",
            path: await this.collectionOf(like),
        });
        return items ?? [];
    }

    private async pathOf(object: KubeObject): Promise<string> {
        return `${await this.collectionOf(object)}/${encodeURIComponent(nameOf(object))}`;
    }

    private async collectionOf(object: KubeObject): Promise<string> {
        const { path, plural, namespaced } = await this.discovery.find(gvkOf(object));
        const namespace = namespaced ? `/namespaces/${encodeURIComponent(namespaceOf(object) || "default")}` : "";
        return `${path}${namespace}/${plural}`;
    }
}
