import type * as pulumi from "@pulumi/pulumi";

/** A container registry that requires a user name and a password. */
export interface RegistryArgs {
    /** Address of the registry, as image names begin with it, such as `ghcr.io`; `https://index.docker.io/v1/` for Docker Hub. */
    server: pulumi.Input<string>;
    /** User name in the registry. */
    username: pulumi.Input<string>;
    /** Password or token of the user. Stored in state as a secret. */
    password: pulumi.Input<string>;
}

/** Arguments of {@link RegistrySecret}. */
export interface RegistrySecretArgs {
    /** Namespace of the Secret. */
    namespace: pulumi.Input<string>;
    /**
     * Name of the Secret. With a name of your own, a change of a password deletes the Secret before it creates the new one. Default:
     * the component's name and a generated suffix, so that the new Secret is created before the old one is deleted.
     */
    secretName?: string;
    /** Registries that the Secret has the passwords of. */
    registries: pulumi.Input<pulumi.Input<RegistryArgs>[]>;
}
