import * as pulumi from "@pulumi/pulumi";
import { PlatformResource } from "./resource";

/** A claim that must exist, and the argument that names it. */
export interface NeededClaimArgs {
    /** Argument that names the claim, for messages. */
    property: pulumi.Input<string>;
    /** Name of the claim. */
    claimName: pulumi.Input<string>;
}

/** Arguments of {@link Preflight}. */
export interface PreflightArgs {
    /** Address of the API server. */
    server: pulumi.Input<string>;
    /** Certificate authority of the API server: PEM, or base64 of PEM. */
    certificateAuthority: pulumi.Input<string>;
    /** Token of the launcher's service account. Stored in state as a secret. */
    token: pulumi.Input<string>;
    /** Namespace of all pods. */
    namespace: pulumi.Input<string>;
    /** Guard rails that the program gives the namespace, as they are in the environment's arguments. */
    guards: pulumi.Input<object>;
    /** Claims that must exist. */
    claims: pulumi.Input<pulumi.Input<NeededClaimArgs>[]>;
    /** Head pod to try, as a Kubernetes object. */
    headPod: pulumi.Input<object>;
    /** Task pod to try, as a Kubernetes object. */
    taskPod: pulumi.Input<object>;
}

/**
 * Checks the cluster, with the launcher's token as the Platform will use it, before a compute environment is created: that claims and
 * the launcher's rights exist, and that service accounts, quotas, limits, Pod Security, priority and runtime classes admit the
 * environment's pods. The pods are dry runs, which leave nothing. Runs when one of its arguments has changed, and never at preview. Fails
 * with everything that it found, and only warns of a quota that has no room left beside the pods that are running.
 * See https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export class Preflight extends PlatformResource {
    constructor(name: string, args: PreflightArgs, opts?: pulumi.CustomResourceOptions) {
        super("Preflight", name, { ...args, token: pulumi.secret(args.token) }, opts, {
            hidden: ["certificateAuthority", "guards", "claims", "headPod", "taskPod"],
        });
    }
}
