/** The provider behind the protocol: one configured cluster, and the operations on it. */

import { Cluster } from "./cluster";
import type { Log } from "./engineLog";
import type { Context } from "./operations/context";
import type { Fields } from "../../plugin/server/values";

export interface ProviderIdentity {
    /** Of the official plugin that it stands in for. */
    readonly version: string;
    readonly environment: NodeJS.ProcessEnv;
}

export class StandInProvider {
    private readonly cancellation = new AbortController();
    private cluster: Cluster | undefined;

    constructor(
        readonly identity: ProviderIdentity,
        private readonly log: Log,
    ) {}

    configure(config: Fields): void {
        if (this.cluster === undefined) {
            this.log.info(
                `a stand-in for the official Kubernetes plugin ${this.identity.version} is in use, as that one was not found`,
            );
        }
        const userAgent = `pulumi-kubernetes-stand-in/${this.identity.version}`;
        this.cluster = new Cluster(config, this.identity.environment, userAgent, this.cancellation.signal);
    }

    /** What operations work with; throws where the engine has not configured the provider. */
    get context(): Context {
        if (this.cluster === undefined) {
            throw new Error("the provider has not been configured");
        }
        return { cluster: this.cluster, log: this.log, signal: this.cancellation.signal };
    }

    cancel(): void {
        this.cancellation.abort();
    }
}
