import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import * as pulumi from "@pulumi/pulumi";
import { activeCluster } from "../compile/activeCluster";
import { DEFAULT_PROVIDER } from "../compile/storage/claimChanges";

/** By what the guard of a claim knows the Kubernetes provider. */
export interface ClusterProvider {
    clusterProvider: pulumi.Input<string>;
    clusterIdentifier?: string;
}

/** `resource` has the provider. The default provider has no id that a program could see, so that the stack's configuration speaks for it. */
export function clusterProviderOf(resource: pulumi.Resource): ClusterProvider {
    const given = resource.getProvider("kubernetes:core/v1:PersistentVolumeClaim");
    if (given !== undefined) {
        return { clusterProvider: given.id };
    }
    const config = new pulumi.Config("kubernetes");
    const [context, cluster] = [config.get("context"), config.get("cluster")];
    const known = config.getSecret("kubeconfig")?.apply((kubeconfig) => {
        const settings = hash(JSON.stringify([kubeconfig, context, cluster]));
        const used = activeClusterOf(kubeconfig, context, cluster);
        return [DEFAULT_PROVIDER, settings, ...(used === undefined ? [] : [hash(used)])].join(":");
    });
    return {
        // Hashes, which are no secret.
        clusterProvider: known === undefined ? DEFAULT_PROVIDER : pulumi.unsecret(known),
        clusterIdentifier: config.get("clusterIdentifier"),
    };
}

/** A kubeconfig is given as a text or as a path. What cannot be read is left to the provider, which says what is wrong with it. */
function activeClusterOf(kubeconfig: string, context?: string, cluster?: string): string | undefined {
    const path = kubeconfig.replace(/^~(?=\/|$)/, homedir());
    try {
        return activeCluster(existsSync(path) ? readFileSync(path, "utf8") : kubeconfig, context, cluster);
    } catch {
        return undefined;
    }
}

function hash(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
