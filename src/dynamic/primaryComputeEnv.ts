import * as pulumi from "@pulumi/pulumi";
import { PlatformResource, withSecretToken } from "./resource";
import type { PrimaryComputeEnvArgs } from "../args/workspace";

/**
 * Makes a compute environment the primary one of its workspace. A workspace has one primary environment, and the Platform has no call
 * to have none: deleting this resource changes nothing there, and two such resources for one workspace overwrite each other.
 * See https://docs.seqera.io/platform-cloud/compute-envs/overview
 */
export class PrimaryComputeEnv extends PlatformResource {
    /** Id of the primary compute environment. */
    declare public readonly computeEnvId: pulumi.Output<string>;

    constructor(name: string, args: PrimaryComputeEnvArgs, opts?: pulumi.CustomResourceOptions) {
        super("PrimaryComputeEnv", name, withSecretToken(args), opts);
    }
}
