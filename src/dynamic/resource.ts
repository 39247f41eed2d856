import * as pulumi from "@pulumi/pulumi";
import { assertFound } from "./programFolder";
import { withoutNulls } from "../compile/nulls";
import { type ProviderName, providerText } from "./thunk";
import type { ConnectionArgs } from "../args/connection";

/** The properties of a resource that a program can read. */
export interface DeclaredOutputs {
    /** Those that the provider answers with. */
    outputs?: string[];
    /** Those that are secret, beside the access token. */
    secretOutputs?: string[];
    /** Inputs that a preview does not show: what they are made of is shown elsewhere. */
    hidden?: string[];
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
        { outputs = [], secretOutputs = [], hidden = [] }: DeclaredOutputs = {},
    ) {
        assertFound();
        const provider = (kind[0].toLowerCase() + kind.slice(1)) as ProviderName;
        const { import: adopt = props.adopt as pulumi.Input<string> | undefined, ...others } = opts ?? {};
        super(
            typeOf(kind),
            name,
            { ...declared(outputs), ...givenInputs({ ...props, adopt }), __provider: providerText(provider) },
            pulumi.mergeOptions(others, {
                additionalSecretOutputs: ["accessToken", ...secretOutputs],
                hideDiffs: ["__provider", ...hidden],
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

/**
 * Arguments with what is null left out; what an output holds, the provider looks at when it is known. Pulumi makes an output, four
 * promises with a stack trace each, of every property that it is told, so nothing is told that is left out.
 */
export function givenInputs<A>(args: A): A {
    return withoutNulls(args, (value) => (isOutput(value) || pulumi.Resource.isInstance(value) ? value : undefined));
}

/** Whether a value comes only later: another resource's output, or a promise. */
export function isOutput<T>(value: pulumi.Input<T>): value is pulumi.Output<T> | Promise<T> {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Marks the token as a secret before it becomes an input, whatever the program did. */
export function withSecretToken<T extends ConnectionArgs>(args: T): T {
    return (args.accessToken ?? undefined) === undefined
        ? args
        : { ...args, accessToken: pulumi.secret(args.accessToken) };
}

/**
 * What a generated name is made of, beside the object's own content: who in which stack wants it. The stack is told with
 * a name of the program's own as well, for what is left of a create that is interrupted.
 */
export function generatedNameInputs(name: string, given: pulumi.Input<string> | undefined): pulumi.Inputs {
    const nameSeed = `${organization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    return given === undefined ? { namePrefix: name, nameSeed } : { name: given, nameSeed };
}

/** In a unit test, Pulumi's mocks have none unless the test names one; backends without organizations have this one. */
function organization(): string {
    try {
        return pulumi.getOrganization();
    } catch {
        return "organization";
    }
}
