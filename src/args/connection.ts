import type * as pulumi from "@pulumi/pulumi";

/**
 * How to reach the Seqera Platform. Each part is taken from its argument, else from stack configuration, else from the
 * environment, so that most programs give none of them.
 */
export interface ConnectionArgs {
    /**
     * Address of the Platform's API. A self-hosted Platform serves it below `/api`, as in
     * `https://platform.example.com/api`. Must be `https`, unless it is a loopback address or
     * `allowInsecureEndpoint` is set. Default: stack configuration `seqera:endpoint`, else `TOWER_API_ENDPOINT`, else
     * `https://api.cloud.seqera.io`. See https://docs.seqera.io/platform-api
     */
    endpoint?: pulumi.Input<string>;
    /**
     * Personal access token of a user with the role Owner or Admin in the workspace. Kept as a secret. Default: stack
     * configuration `seqera:accessToken` (set it with `--secret`), else `TOWER_ACCESS_TOKEN`, which alone is never stored in
     * state. A `refresh` or `destroy` takes `TOWER_ACCESS_TOKEN` first, else the token of the last `up`. See
     * https://docs.seqera.io/platform-api/seqera-platform-api#authentication
     */
    accessToken?: pulumi.Input<string>;
    /**
     * Numeric id of the workspace; a change replaces the object. Default: stack configuration `seqera:workspaceId`, else
     * `TOWER_WORKSPACE_ID`, else the user's personal workspace.
     */
    workspaceId?: pulumi.Input<number>;
    /**
     * Allows an `http` endpoint that is not a loopback address. The access token then crosses the network in plain
     * text. Default: false.
     */
    allowInsecureEndpoint?: pulumi.Input<boolean>;
}
