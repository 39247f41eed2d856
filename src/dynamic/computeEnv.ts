import * as pulumi from "@pulumi/pulumi";
import { generatedNameInputs, givenInputs, PlatformResource, resourceUrn, withSecretToken } from "./resource";
import type { ComputeEnvArgs } from "../args/computeEnv";

/**
 * A compute environment of the Seqera Platform on Kubernetes.
 *
 * Creation waits until the environment is AVAILABLE. An environment that ends ERRORED or INVALID, or takes too long, stays in state
 * with the Platform's reason, so that the next `pulumi up` repairs it: waits again, validates it again, or replaces it.
 * See https://docs.seqera.io/platform-cloud/compute-envs/overview
 */
export class ComputeEnv extends PlatformResource {
    /** Id of the compute environment. */
    public readonly computeEnvId: pulumi.Output<string>;
    /** Name of the compute environment in the workspace. */
    declare public readonly name: pulumi.Output<string>;
    /** Status when it was last read: `CREATING`, `AVAILABLE`, `DISABLED`, `DELETING`, `ERRORED`, `INVALID` or `DELETED`. */
    declare public readonly status: pulumi.Output<string>;
    /** Message of the Platform about the status; empty without one. */
    declare public readonly message: pulumi.Output<string>;
    /** Time at which the Platform created the compute environment, in ISO 8601. */
    declare public readonly dateCreated: pulumi.Output<string>;
    /** Time of the last change of the compute environment in the Platform, in ISO 8601. */
    declare public readonly lastUpdated: pulumi.Output<string>;
    /** Address of the page in the Platform where the workspace's pipelines are launched. */
    declare public readonly launchUrl: pulumi.Output<string>;

    constructor(name: string, args: ComputeEnvArgs, opts?: pulumi.CustomResourceOptions) {
        args = givenInputs(args);
        const outputs = ["name", "status", "message", "dateCreated", "lastUpdated", "launchUrl"];
        const urn = resourceUrn("ComputeEnv", name, opts);
        const props = { ...withSecretToken(args), ...generatedNameInputs(name, args.name), resourceUrn: urn };
        super("ComputeEnv", name, props, opts, { outputs });
        // The id, unlike an output, stays known when an update is previewed, so that nothing behind it seems to change.
        this.computeEnvId = this.id;
    }
}
