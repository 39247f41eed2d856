import * as pulumi from "@pulumi/pulumi";
import { type ProviderName, providerText } from "./thunk";

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

/** The properties of a resource that a program can read. */
export interface DeclaredOutputs {
    /** Those that the provider answers with. */
    outputs?: string[];
    /** Those that are secret, beside the access token. */
    secretOutputs?: string[];
}

/**
 * Registers a dynamic resource with the constant provider line, without Pulumi's closure serialiser.
 * The URN type is the one `pulumi.dynamic.Resource` gives to module `seqera`.
 *
 * Pulumi's `import` option becomes `adopt`: the engine asks a provider to read what it imports without a word of its
 * inputs, and so without the provider line, at which the dynamic-provider process fails
 * (https://github.com/pulumi/pulumi/issues/3550).
 */
export abstract class PlatformResource extends pulumi.CustomResource {
    constructor(
        kind: Capitalize<ProviderName>,
        name: string,
        props: pulumi.Inputs,
        opts: pulumi.CustomResourceOptions | undefined,
        { outputs = [], secretOutputs = [] }: DeclaredOutputs = {},
    ) {
        const provider = (kind[0].toLowerCase() + kind.slice(1)) as ProviderName;
        const { import: adopt = props.adopt as pulumi.Input<string> | undefined, ...others } = opts ?? {};
        super(
            typeOf(kind),
            name,
            { ...declared(outputs), ...given({ ...props, adopt }), __provider: providerText(provider) },
            pulumi.mergeOptions(others, {
                additionalSecretOutputs: ["accessToken", ...secretOutputs],
                hideDiffs: ["__provider"],
            }),
        );
    }
}

function typeOf(kind: Capitalize<ProviderName>): string {
    return `pulumi-nodejs:dynamic/seqera:${kind}`;
}

/**
 * The URN that a resource is going to have, which the engine does not tell a dynamic provider. It is a promise: an output of the
 * parent's would have the resource depend on its parent.
 */
export function resourceUrn(
    kind: Capitalize<ProviderName>,
    name: string,
    { parent }: pulumi.CustomResourceOptions = {},
): Promise<string> {
    return new Promise((resolve) => pulumi.createUrn(name, typeOf(kind), parent).apply(resolve));
}

/** Outputs that are there as soon as the resource is: Pulumi finds a value for each when the provider has answered. */
function declared(outputs: string[]): pulumi.Inputs {
    return Object.fromEntries(outputs.map((output) => [output, undefined]));
}

/** Without what is left out: Pulumi makes an output, four promises with a stack trace each, of every property that it is told. */
function given(props: pulumi.Inputs): pulumi.Inputs {
    return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

/** Marks the token as a secret before it becomes an input, whatever the program did. */
export function withSecretToken<T extends ConnectionArgs>(args: T): T {
    return args.accessToken === undefined ? args : { ...args, accessToken: pulumi.secret(args.accessToken) };
}

/**
 * What a generated name is made of, beside the object's own content: who in which stack wants it. The stack is told with
 * a name of the program's own as well, for what is left of a create that is interrupted.
 */
export function generatedNameInputs(name: string, given: pulumi.Input<string> | undefined): pulumi.Inputs {
    const nameSeed = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    return given === undefined ? { namePrefix: name, nameSeed } : { name: given, nameSeed };
}
