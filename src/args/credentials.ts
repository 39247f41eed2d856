import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";

/** Keys of a Kubernetes credential: either a service account token, or an X.509 client certificate with its private key. */
export interface KubernetesKeysArgs {
    /**
     * Token of the launcher's service account: the decoded `data.token` of its token Secret. Stored in state as a secret. Conflicts
     * with `certificate`. See https://docs.seqera.io/platform-cloud/compute-envs/k8s
     */
    token?: pulumi.Input<string>;
    /** Client certificate, as PEM. Requires `privateKey`. */
    certificate?: pulumi.Input<string>;
    /** Private key of the client certificate, as PEM. Stored in state as a secret. Requires `certificate`. */
    privateKey?: pulumi.Input<string>;
}

/** Keys of an AWS credential: an access key, a role, or an access key that assumes a role. */
export interface AwsKeysArgs {
    /** Access key id, such as `AKIA…`. Requires `secretKey`. */
    accessKey?: pulumi.Input<string>;
    /** Secret access key. Stored in state as a secret. Requires `accessKey`. */
    secretKey?: pulumi.Input<string>;
    /**
     * ARN of the role to assume. Without an access key, the Platform assumes the role with an external id of its own, which the output
     * `externalId` shows for the role's trust policy. See https://docs.seqera.io/platform-cloud/compute-envs/eks
     */
    assumeRoleArn?: pulumi.Input<string>;
}

/** Keys of a Google credential. */
export interface GoogleKeysArgs {
    /**
     * Key of a service account, as JSON text. Stored in state as a secret. See https://docs.seqera.io/platform-cloud/compute-envs/gke
     */
    data: pulumi.Input<string>;
}

/** Arguments of {@link Credentials}, with exactly one of `kubernetes`, `aws` and `google`. */
export interface CredentialsArgs extends ConnectionArgs {
    /**
     * Name of the credential in the workspace: unique there, 1 to 100 letters, digits, dashes and underscores. Changed in place.
     * Default: the resource's name and a generated suffix.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform, at most 2,000 characters. Changed in place. */
    description?: pulumi.Input<string>;
    /** Keys for a `k8s-platform` compute environment. Changed in place, so that compute environments stay when keys rotate. */
    kubernetes?: pulumi.Input<KubernetesKeysArgs>;
    /** Keys for an `eks-platform` compute environment. Changed in place. */
    aws?: pulumi.Input<AwsKeysArgs>;
    /** Keys for a `gke-platform` compute environment. Changed in place. */
    google?: pulumi.Input<GoogleKeysArgs>;
    /**
     * Id or name of an existing credential to manage from now on, instead of creating one; also `<workspaceId>/<id or name>`. It must
     * be of the kind given here. Its keys become those given here, since its own cannot be read; compute environments keep using it
     * under the same id. A name of the program's own or a description that differs is an error at preview, which shows both values.
     * Read when the resource is created, ignored afterwards. The resource option `import` has the same effect.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Properties of the adopted credential that may be overwritten: `name`, `description`. Read once, with `adopt`; an error without
     * it. Default: none.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
}
