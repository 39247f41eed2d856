import type * as pulumi from "@pulumi/pulumi";

/** When to replace a token: arguments of {@link TokenRotation}. */
export interface TokenRotationArgs {
    /** Any text, such as `2026-11`. A change of the text replaces the token. Default: none. */
    request?: pulumi.Input<string>;
    /**
     * Number of days after which the next `pulumi up` replaces the token: a whole number from 1 to 3650, counted in UTC. A token is
     * replaced only by a `pulumi up`, so run one on a schedule. Default: never.
     */
    everyDays?: pulumi.Input<number>;
}

/** Arguments of {@link LauncherToken}. */
export interface LauncherTokenArgs {
    /** Namespace of the service account. */
    namespace: pulumi.Input<string>;
    /** Name of the service account that the token is for. The service account must exist. */
    serviceAccount: pulumi.Input<string>;
    /** Name of the Secret that holds the token, without the suffix that a rotation adds. Default: `seqera-launcher-token`. */
    secretName?: string;
    /**
     * When to replace the token. The name of its Secret then has a generated suffix: a rotation creates another Secret, and deletes the
     * old one, which revokes its token, once everything that uses the token has been updated. Setting it for the first time replaces
     * the token, too. Default: never; the Secret has the plain name.
     */
    rotation?: TokenRotationArgs;
}
