import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { registrySecretRules } from "../compile/namespace/partRules";
import { nameOf } from "./outputs";
import { validArguments } from "./validate";
import type { RegistryArgs, RegistrySecretArgs } from "../args/registries";

/**
 * A Secret of type `kubernetes.io/dockerconfigjson` for any number of registries. Service accounts refer to it by name, so that it
 * applies to head, task and service pods; Nextflow itself can name only one Secret.
 * See https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
 */
export class RegistrySecret extends pulumi.ComponentResource {
    /** Name of the Secret. */
    public readonly secretName: pulumi.Output<string>;

    constructor(name: string, args: RegistrySecretArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validArguments(`RegistrySecret "${name}"`, registrySecretRules, args);
        const registries = pulumi.secret(args.registries);
        super("pulumi-seqera-kubernetes:index:RegistrySecret", name, { ...args, registries }, opts);
        this.secretName = makeRegistrySecret(name, args, { parent: this });
        this.registerOutputs({ secretName: this.secretName });
    }
}

/**
 * Creates what a {@link RegistrySecret} consists of. Returns the name of the Secret, known once it exists. Kubernetes' provider
 * replaces a Secret to change it, and a Secret with a fixed name must be deleted first.
 */
export function makeRegistrySecret(
    name: string,
    args: RegistrySecretArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const auths = pulumi.secret(args.registries).apply(dockerAuths);
    const { secretName } = args;
    const secret = new kubernetes.core.v1.Secret(
        name,
        {
            metadata: { name: secretName, namespace: args.namespace },
            type: "kubernetes.io/dockerconfigjson",
            stringData: { ".dockerconfigjson": pulumi.jsonStringify({ auths }) },
        },
        opts,
    );
    return secretName === undefined ? secret.metadata.name : nameOf(secret, secretName);
}

/** The `auths` part of a Docker configuration file. */
function dockerAuths(registries: pulumi.Unwrap<RegistryArgs>[] = []) {
    return Object.fromEntries(
        registries.map(({ server, username, password }) => [
            server,
            { username, password, auth: Buffer.from(`${username}:${password}`).toString("base64") },
        ]),
    );
}
