import type * as pulumi from "@pulumi/pulumi";
import { PlatformResource } from "./resource";
import type { ConnectionArgs } from "../args/connection";

/** Arguments of {@link PlatformPreflight}, beside the connection that it checks. */
export interface PlatformPreflightArgs extends ConnectionArgs {
    /** Id of a credential that must exist in the workspace. Default: none is looked for. */
    credentialsId?: pulumi.Input<string>;
    /** Whether to check at preview as well, and so in every run. Default: false. */
    atPreview?: pulumi.Input<boolean>;
}

/**
 * Checks, before anything is created in the cluster or the Platform, that the endpoint is the Platform's API, that it accepts the token,
 * and that the token's user has access to the workspace, and the credential exists in it. Runs when one of its arguments has changed, or
 * with `atPreview` in every run. It has no object behind it.
 */
export class PlatformPreflight extends PlatformResource {
    constructor(name: string, args: PlatformPreflightArgs, opts?: pulumi.CustomResourceOptions) {
        super("PlatformPreflight", name, args, opts);
    }
}
