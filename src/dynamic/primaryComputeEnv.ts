import * as pulumi from "@pulumi/pulumi";
import { PlatformResource, withSecretToken } from "./resource";
import type { PrimaryComputeEnvArgs } from "../args/workspace";

/**
 * Makes a compute environment the primary one of its workspace. The Platform has one primary environment a workspace and
 * no call to have none, so removing this resource changes nothing there, and two of them for one workspace take turns.
 * See https://docs.seqera.io/platform-cloud/compute-envs/overview
 */
export class PrimaryComputeEnv extends PlatformResource {
    /** Id of the primary compute environment. */
    declare public readonly computeEnvId: pulumi.Output<string>;

    constructor(name: string, args: PrimaryComputeEnvArgs, opts?: pulumi.CustomResourceOptions) {
        super("PrimaryComputeEnv", name, withSecretToken(args), opts);
    }
}
