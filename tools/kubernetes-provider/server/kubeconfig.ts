/** Which cluster the provider's configuration means, and how to reach it. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { Cluster } from "@kubernetes/client-node";
// Deep: the package's main module loads every model of the API, which the start of a provider must not pay for.
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { isFields, isUnknown, plain, type Fields, type Plain, type Value } from "../../plugin/server/values";

export interface ClusterChoice {
    /** Content or path, as given to the provider; nothing means the ambient configuration. */
    readonly kubeconfig?: Plain | undefined;
    readonly context?: string | undefined;
    readonly cluster?: string | undefined;
}

export function clusterChoice(config: Fields): ClusterChoice {
    const text = (value: Value | undefined): string | undefined =>
        typeof value === "string" && value !== "" ? value : undefined;
    const { kubeconfig, context, cluster } = plain(config) as Record<string, Plain>;
    return { kubeconfig, context: text(context), cluster: text(cluster) };
}

const isGiven = (kubeconfig: Plain | undefined): kubeconfig is Plain =>
    kubeconfig !== undefined && kubeconfig !== null && kubeconfig !== "" && !isUnknown(kubeconfig);

/** The configuration, with the chosen context and cluster made current. Throws where it cannot be read. */
export function loadKubeConfig(choice: ClusterChoice): KubeConfig {
    const config = new KubeConfig();
    if (!isGiven(choice.kubeconfig)) {
        config.loadFromDefault();
    } else if (isFields(choice.kubeconfig)) {
        config.loadFromString(JSON.stringify(choice.kubeconfig));
    } else {
        const text = `${choice.kubeconfig as string}`;
        const path = text === "~" || text.startsWith("~/") ? resolve(homedir(), text.slice(2)) : text;
        if (!text.includes("\n") && existsSync(path)) {
            config.loadFromFile(path);
        } else {
            config.loadFromString(text);
        }
    }
    if (choice.context !== undefined) {
        config.setCurrentContext(choice.context);
    }
    const context = config.getContextObject(config.getCurrentContext());
    if (choice.cluster !== undefined && context) {
        config.contexts = config.contexts.map((one) =>
            one === context ? { ...one, cluster: choice.cluster as string } : one,
        );
    }
    return config;
}

/** The cluster that is in use; undefined where the configuration names none. Used to see that it changed. */
export function activeCluster(choice: ClusterChoice): Cluster | undefined {
    if (!isGiven(choice.kubeconfig)) {
        return undefined;
    }
    return loadKubeConfig(choice).getCurrentCluster() ?? undefined;
}

export function defaultNamespace(config: KubeConfig | undefined): string {
    const context = config?.getContextObject(config.getCurrentContext());
    return context?.namespace || "default";
}
