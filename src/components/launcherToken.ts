import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { launcherTokenRules } from "../compile/namespace/partRules";
import { TokenRotation } from "../dynamic/tokenRotation";
import { mockRun, plainError } from "./plainError";
import { validArguments } from "./validate";
import type { LauncherTokenArgs } from "../args/launcherToken";

/**
 * A token of a service account that does not expire, in a Secret that Kubernetes fills. Since Kubernetes 1.24, a service account does
 * not have one by default. See https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#add-token
 */
export class LauncherToken extends pulumi.ComponentResource {
    /** The token. A secret. */
    public readonly token: pulumi.Output<string>;
    /** Certificate authority of the cluster as pods know it, base64 of PEM. Public, so not a secret. */
    public readonly certificateAuthority: pulumi.Output<string>;

    constructor(name: string, args: LauncherTokenArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validArguments(`LauncherToken "${name}"`, launcherTokenRules, args);
        super("pulumi-seqera-kubernetes:index:LauncherToken", name, args, opts);
        const { token, certificateAuthority } = makeLauncherToken(name, args, { parent: this });
        this.token = token;
        this.certificateAuthority = certificateAuthority;
        // The record in state of the Secret has both; one place less that keeps the token.
        this.registerOutputs({});
    }
}

/** A token, and what comes with it. */
export interface TokenObjects {
    /** The token. A secret. */
    token: pulumi.Output<string>;
    /** Certificate authority of the cluster as pods know it, base64 of PEM. Public, and so no secret. */
    certificateAuthority: pulumi.Output<string>;
}

/** Makes what a {@link LauncherToken} consists of. */
export function makeLauncherToken(
    name: string,
    args: LauncherTokenArgs,
    opts: pulumi.CustomResourceOptions,
): TokenObjects {
    const secretName = nameOfSecret(args.secretName ?? "seqera-launcher-token");
    const secret = new kubernetes.core.v1.Secret(
        name,
        {
            metadata: {
                name: secretName,
                namespace: args.namespace,
                annotations: { "kubernetes.io/service-account.name": args.serviceAccount },
            },
            type: "kubernetes.io/service-account-token",
        },
        opts,
    );
    const filled = pulumi
        .all([secretName, secret.data])
        // Pulumi's mocks make the Secret, and nobody fills it.
        .apply(([named, data]) =>
            mockRun() === undefined ? filledIn(named, data) : { token: "", "ca.crt": "", ...(data ?? {}) },
        );
    return {
        token: pulumi.secret(filled.apply(({ token }) => Buffer.from(token, "base64").toString("utf8"))),
        certificateAuthority: pulumi.unsecret(filled.apply((data) => data["ca.crt"])),
    };

    /** Another name is another Secret, which is made before the old one goes. */
    function nameOfSecret(plain: string): pulumi.Input<string> {
        if (args.rotation === undefined) {
            return plain;
        }
        const rotation = new TokenRotation(
            `${name}-rotation`,
            { request: args.rotation.request, everyDays: args.rotation.everyDays },
            opts,
        );
        return pulumi.interpolate`${plain}-${rotation.generation}`;
    }
}

function filledIn(secretName: string, data: Record<string, string> | undefined): Record<string, string> {
    const missing = ["token", "ca.crt"].filter((key) => !data?.[key]);
    if (data === undefined || missing.length > 0) {
        throw plainError(
            new Error(
                `The Secret "${secretName}" has no ${missing.join(" and no ")}. Kubernetes adds them when the service account exists and the controller manager is running. Check both and run \`pulumi up\` again.`,
            ),
        );
    }
    return data;
}
