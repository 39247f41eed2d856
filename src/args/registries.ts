import type * as pulumi from "@pulumi/pulumi";

/** A container registry that asks for a user name and password. */
export interface RegistryArgs {
    /** Address of the registry as image names begin with it, such as `ghcr.io`, or `https://index.docker.io/v1/` for Docker Hub. */
    server: pulumi.Input<string>;
    /** User name. */
    username: pulumi.Input<string>;
    /** Password or token. Kept as a secret. */
    password: pulumi.Input<string>;
}

/** Arguments of {@link RegistrySecret}. */
export interface RegistrySecretArgs {
    /** Namespace of the Secret. */
    namespace: pulumi.Input<string>;
    /**
     * Name of the Secret. Default: the component's name and a generated ending, so that for another password another Secret is made before
     * the old one goes. Under a name of your own there is none for a moment.
     */
    secretName?: string;
    /** The registries that it opens. */
    registries: pulumi.Input<pulumi.Input<RegistryArgs>[]>;
}
