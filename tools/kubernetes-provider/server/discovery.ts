/** From a kind to its address, asked of the API server once a group and version, and only when an object needs it. */

import type { ApiClient } from "./apiClient";
import { isNotFound } from "./apiError";
import { apiVersionOf, type GroupVersionKind } from "./kubeObject";

interface ApiResource {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
}

/** The API server does not have the kind: its CustomResourceDefinition is missing, or the version is gone. */
export class NoSuchKindError extends Error {
    constructor(gvk: GroupVersionKind) {
        super(`no matches for kind "${gvk.kind}" in version "${apiVersionOf(gvk)}"`);
        this.name = "NoSuchKindError";
    }
}

export interface KindAddress {
    readonly path: string;
    readonly plural: string;
    readonly namespaced: boolean;
}

export class Discovery {
    private readonly resources = new Map<string, Promise<ApiResource[]>>();

    constructor(private readonly client: ApiClient) {}

    async find(gvk: GroupVersionKind): Promise<KindAddress> {
        const path = gvk.group === "" ? `/api/${gvk.version}` : `/apis/${gvk.group}/${gvk.version}`;
        const resources = await this.load(path);
        const found = resources.find(({ kind, name }) => kind === gvk.kind && !name.includes("/"));
        if (!found) {
            throw new NoSuchKindError(gvk);
        }
        return { path, plural: found.name, namespaced: found.namespaced };
    }

    /** After a CustomResourceDefinition was made or removed. */
    forget(): void {
        this.resources.clear();
    }

    private async load(path: string): Promise<ApiResource[]> {
        const known = this.resources.get(path);
        if (known) {
            return await known;
        }
        const loading = this.client
            .request<{ resources?: ApiResource[] }>({ method: "GET", path })
            .then(({ resources }) => resources ?? [])
            .catch((error: unknown) => {
                this.resources.delete(path);
                if (isNotFound(error)) {
                    return [];
                }
                throw error;
            });
        this.resources.set(path, loading);
        return await loading;
    }
}
