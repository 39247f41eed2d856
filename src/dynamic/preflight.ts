import * as pulumi from "@pulumi/pulumi";
import { PlatformResource } from "./resource";

/** A claim that must be there, and the argument that names it. */
export interface NeededClaimArgs {
    /** Argument that names it, for messages. */
    property: pulumi.Input<string>;
    /** Name of the claim. */
    claimName: pulumi.Input<string>;
}

/** A rule of a Role, each verb on each resource of which is needed. */
export interface NeededRuleArgs {
    /** API groups. */
    apiGroups: pulumi.Input<pulumi.Input<string>[]>;
    /** Resources. */
    resources: pulumi.Input<pulumi.Input<string>[]>;
    /** Verbs. */
    verbs: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of {@link Preflight}. */
export interface PreflightArgs {
    /** Address of the API server. */
    server: pulumi.Input<string>;
    /** Certificate authority of the API server: PEM, or base64 of PEM. */
    certificateAuthority: pulumi.Input<string>;
    /** Token of the launcher's service account. Kept as a secret. */
    token: pulumi.Input<string>;
    /** Namespace of all pods. */
    namespace: pulumi.Input<string>;
    /** Claims that must be there. */
    claims: pulumi.Input<pulumi.Input<NeededClaimArgs>[]>;
    /** Rights that the token's service account must have in the namespace. */
    rights: pulumi.Input<pulumi.Input<NeededRuleArgs>[]>;
    /** A head pod to be tried, as Kubernetes writes it. */
    headPod: pulumi.Input<object>;
    /** A task's pod to be tried, as Kubernetes writes it. */
    taskPod: pulumi.Input<object>;
}

/**
 * Asks the cluster, with the launcher's own token as the Platform will, whether an environment could work: whether claims and
 * rights are there, and whether service accounts, quotas, limits, Pod Security, priority and runtime classes let its pods in. The
 * pods are dry runs: nothing is left. It runs when one of its arguments has changed, and never at preview. Fails with all that it found.
 * See https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export class Preflight extends PlatformResource {
    constructor(name: string, args: PreflightArgs, opts?: pulumi.CustomResourceOptions) {
        super("Preflight", name, { ...args, token: pulumi.secret(args.token) }, opts, {
            secretOutputs: ["token"],
        });
    }
}
