import type * as pulumi from "@pulumi/pulumi";

/** When a token is replaced by another one: arguments of {@link TokenRotation}. */
export interface TokenRotationArgs {
    /** Any text, such as `2026-11`; another text asks for another token. Default: none. */
    request?: pulumi.Input<string>;
    /**
     * Days after which the next `up` asks for another token: a whole number from 1 to 3650, counted in UTC. Nothing rotates without an
     * `up`, so run one on a schedule. Default: never by itself.
     */
    everyDays?: pulumi.Input<number>;
}

/** Arguments of {@link LauncherToken}. */
export interface LauncherTokenArgs {
    /** Namespace of the service account. */
    namespace: pulumi.Input<string>;
    /** Service account that the token is for. It must be there. */
    serviceAccount: pulumi.Input<string>;
    /** Name of the Secret that holds the token, without what a rotation adds. Default: `seqera-launcher-token`. */
    secretName?: string;
    /**
     * When the token is replaced by another one. The name of its Secret then has a generated ending: a rotation makes another Secret,
     * and deletes the old one, which revokes its token, once all that uses the token has been updated. Saying it for the first time
     * rotates, too. Default: never; the Secret has the plain name.
     */
    rotation?: TokenRotationArgs;
}
