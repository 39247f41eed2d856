import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { secretRules } from "../compile/partRules";
import { plainError } from "./plainError";
import { refuseFaults } from "./validate";

/** Arguments of {@link LauncherToken}. */
export interface LauncherTokenArgs {
    /** Namespace of the service account. */
    namespace: pulumi.Input<string>;
    /** Service account that the token is for. It must be there. */
    serviceAccount: pulumi.Input<string>;
    /** Name of the Secret that holds the token. Default: `seqera-launcher-token`. */
    secretName?: string;
}

/**
 * A token that does not expire for a service account, in a Secret that Kubernetes fills. Since Kubernetes 1.24 a service
 * account has none by itself.
 * See https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#add-token
 */
export class LauncherToken extends pulumi.ComponentResource {
    /** The token. A secret. */
    public readonly token: pulumi.Output<string>;
    /** Certificate authority of the cluster as pods know it, base64 of PEM. Public, and so no secret. */
    public readonly certificateAuthority: pulumi.Output<string>;

    constructor(name: string, args: LauncherTokenArgs, opts?: pulumi.ComponentResourceOptions) {
        refuseFaults(`LauncherToken "${name}"`, secretRules, args);
        super("pulumi-seqera-kubernetes:index:LauncherToken", name, args, opts);

        const secretName = args.secretName ?? "seqera-launcher-token";
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
            { parent: this },
        );
        const filled = secret.data.apply((data) => filledIn(secretName, data));

        this.token = pulumi.secret(filled.apply(({ token }) => Buffer.from(token, "base64").toString("utf8")));
        this.certificateAuthority = pulumi.unsecret(filled.apply((data) => data["ca.crt"]));
        this.registerOutputs({ token: this.token, certificateAuthority: this.certificateAuthority });
    }
}

function filledIn(secretName: string, data: Record<string, string> | undefined): Record<string, string> {
    const missing = ["token", "ca.crt"].filter((key) => !data?.[key]);
    if (data === undefined || missing.length > 0) {
        throw plainError(
            new Error(
                `The Secret "${secretName}" has no ${missing.join(" and no ")}; Kubernetes fills it where the service account exists and its controller manager runs: see to that and run \`pulumi up\` again.`,
            ),
        );
    }
    return data;
}
