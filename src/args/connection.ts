import type * as pulumi from "@pulumi/pulumi";

/**
 * Connection to the Seqera Platform. Each value is taken from its argument, else from the stack's configuration, else from the
 * environment, so that most programs set none of them.
 */
export interface ConnectionArgs {
    /**
     * Address of the Platform's API. A self-hosted Platform serves it below `/api`, as in `https://platform.example.com/api`. Must be
     * `https`, unless it is a loopback address or `allowInsecureEndpoint` is set. Default: the stack's configuration `seqera:endpoint`,
     * else `TOWER_API_ENDPOINT`, else `https://api.cloud.seqera.io`. See https://docs.seqera.io/platform-api
     */
    endpoint?: pulumi.Input<string>;
    /**
     * Personal access token of a user with the role Owner or Admin in the workspace; Maintain is enough for pipelines and data-links,
     * Launch for datasets. Stored in state as a secret. A `pulumi refresh` or `pulumi destroy` uses `TOWER_ACCESS_TOKEN` first, else the token of the last `pulumi up`. Default: the stack's configuration
     * `seqera:accessToken` (set it with `--secret`), else `TOWER_ACCESS_TOKEN`, the only one of the three that is never stored in
     * state. See https://docs.seqera.io/platform-api/seqera-platform-api#authentication
     */
    accessToken?: pulumi.Input<string>;
    /**
     * Numeric id of the workspace, such as `75887156211590`. A change replaces the object. Default: the stack's configuration
     * `seqera:workspaceId`, else `TOWER_WORKSPACE_ID`, else the user's personal workspace.
     */
    workspaceId?: pulumi.Input<number>;
    /**
     * Whether to allow an `http` endpoint that is not a loopback address. The access token then crosses the network in plain text.
     * Default: the stack's configuration `seqera:allowInsecureEndpoint`, else false.
     */
    allowInsecureEndpoint?: pulumi.Input<boolean>;
}
