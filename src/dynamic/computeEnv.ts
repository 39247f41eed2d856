import * as pulumi from "@pulumi/pulumi";
import { generatedNameInputs, PlatformResource, resourceUrn, withSecretToken } from "./resource";
import type { ComputeEnvArgs } from "../args/computeEnv";

/**
 * A Kubernetes-family compute environment of the Seqera Platform.
 *
 * Creation waits until it is AVAILABLE. One that ends ERRORED or INVALID, or takes too long, stays in state with the
 * Platform's reason, so that the next `up` mends it: it waits again, validates again, or replaces it.
 * See https://docs.seqera.io/platform-cloud/compute-envs/overview
 */
export class ComputeEnv extends PlatformResource {
    /** Id of the compute environment. */
    public readonly computeEnvId: pulumi.Output<string>;
    /** Name in the workspace. */
    declare public readonly name: pulumi.Output<string>;
    /** `CREATING`, `AVAILABLE`, `DISABLED`, `DELETING`, `ERRORED`, `INVALID` or `DELETED`, when last looked at. */
    declare public readonly status: pulumi.Output<string>;
    /** What the Platform says about the status; empty when it says nothing. */
    declare public readonly message: pulumi.Output<string>;
    /** When it was made, as the Platform says it (ISO 8601). */
    declare public readonly dateCreated: pulumi.Output<string>;
    /** When it last changed, as the Platform says it (ISO 8601). */
    declare public readonly lastUpdated: pulumi.Output<string>;
    /** Where to launch pipelines in the workspace, for a web browser. */
    declare public readonly launchUrl: pulumi.Output<string>;

    constructor(name: string, args: ComputeEnvArgs, opts?: pulumi.CustomResourceOptions) {
        const outputs = ["name", "status", "message", "dateCreated", "lastUpdated", "launchUrl"];
        const urn = resourceUrn("ComputeEnv", name, opts);
        const props = { ...withSecretToken(args), ...generatedNameInputs(name, args.name), resourceUrn: urn };
        super("ComputeEnv", name, props, opts, { outputs });
        // The id, unlike an output, stays known when an update is previewed, so that nothing behind it seems to change.
        this.computeEnvId = this.id;
    }
}
