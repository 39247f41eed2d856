import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";

/** A Kubernetes credential: either a service account token or an X.509 client certificate with its key. */
export interface KubernetesKeysArgs {
    /**
     * Token of the launcher service account, as in `data.token` of its token Secret, decoded. Kept as a secret. See
     * https://docs.seqera.io/platform-cloud/compute-envs/k8s
     */
    token?: pulumi.Input<string>;
    /** Client certificate, PEM. Goes with `privateKey`. */
    certificate?: pulumi.Input<string>;
    /** Private key of the client certificate, PEM. Kept as a secret. */
    privateKey?: pulumi.Input<string>;
}

/** An AWS credential: an access key, a role, or an access key that assumes a role. */
export interface AwsKeysArgs {
    /** Access key id, such as `AKIA…`. Goes with `secretKey`. */
    accessKey?: pulumi.Input<string>;
    /** Secret access key. Kept as a secret. */
    secretKey?: pulumi.Input<string>;
    /**
     * ARN of the role to assume. Given alone, the Platform assumes it with an external id of its own, which the
     * `externalId` output gives for the role's trust policy. See https://docs.seqera.io/platform-cloud/compute-envs/eks
     */
    assumeRoleArn?: pulumi.Input<string>;
}

/** A Google credential. */
export interface GoogleKeysArgs {
    /** The JSON text of a service account key. Kept as a secret. See https://docs.seqera.io/platform-cloud/compute-envs/gke */
    data: pulumi.Input<string>;
}

/** Arguments of {@link Credentials}. Exactly one of `kubernetes`, `aws` and `google` is given. */
export interface CredentialsArgs extends ConnectionArgs {
    /**
     * Name in the workspace: unique there, 1 to 100 letters, digits, dashes and underscores. Default: the resource's
     * name and a generated ending. Changed in place.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform. Changed in place. */
    description?: pulumi.Input<string>;
    /** Keys for a `k8s-platform` compute environment. Changed in place, so that rotating them keeps the environments. */
    kubernetes?: pulumi.Input<KubernetesKeysArgs>;
    /** Keys for an `eks-platform` compute environment. Changed in place. */
    aws?: pulumi.Input<AwsKeysArgs>;
    /** Keys for a `gke-platform` compute environment. Changed in place. */
    google?: pulumi.Input<GoogleKeysArgs>;
    /**
     * Id or name of a credential that is there already, to be managed from now on instead of a new one; also
     * `<workspaceId>/<id or name>`. It must be of the kind given here. Its keys become those given here, since nobody can
     * read the ones that it has; compute environments go on using it under the same id. A name of the program's own or a
     * description that differs is refused at preview, with both values. Read when the resource is created, ignored afterwards. The
     * resource option `import` says the same.
     */
    adopt?: pulumi.Input<string>;
    /** What of it may be overwritten: `name`, `description`. Read once, with `adopt`, and refused without it. Default: nothing. */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
}
