import * as pulumi from "@pulumi/pulumi";

/**
 * An explicit provider of the Platform's resources, for a stack that allows no default providers
 * (`pulumi:disable-default-providers`). Pass it beside the cluster's provider: `{ providers: [cluster, new Provider("seqera")] }`. It
 * reads the stack's `seqera:*` configuration, as the default provider does. See https://www.pulumi.com/docs/iac/concepts/resources/providers/#disabling-default-providers
 */
export class Provider extends pulumi.ProviderResource {
    constructor(name: string, opts?: pulumi.ResourceOptions) {
        super("pulumi-nodejs", name, seqeraConfiguration(), opts);
    }
}

/**
 * What the engine gives to the default provider on its own, and to no other: the stack's configuration, of which ours is enough. As
 * secrets, since the SDK does not say which of them the stack keeps as such.
 */
function seqeraConfiguration(): pulumi.Inputs {
    const ours = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith("seqera:"));
    return Object.fromEntries(ours.map(([key, value]) => [key, pulumi.secret(value)]));
}
