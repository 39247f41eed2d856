import type * as pulumi from "@pulumi/pulumi";
import type { PodSecurityLevel } from "./enums";

/**
 * How much the pods of a namespace may ask of their nodes. A change is made in place and holds for new pods.
 * See https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export interface PodSecurityArgs {
    /**
     * Level that pods must keep to. Default: `baseline`, which Nextflow's pods pass; `privileged` with `fusionEnabled`, whose
     * task pods are privileged. `restricted` is refused: Nextflow cannot write the container settings that it asks for.
     */
    enforce?: pulumi.Input<PodSecurityLevel>;
    /** Level below which whoever makes a pod is warned. Default: `restricted`; `privileged` with `fusionEnabled`. */
    warn?: pulumi.Input<PodSecurityLevel>;
    /** Level below which pods are noted in the cluster's audit log. Default: the cluster's own. */
    audit?: pulumi.Input<PodSecurityLevel>;
}

/** Addresses outside that pods may reach too. */
export interface EgressArgs {
    /** Range of addresses, such as `10.20.0.0/16`. */
    cidr: pulumi.Input<string>;
    /** Ports. Default: all. */
    ports?: pulumi.Input<pulumi.Input<number>[]>;
    /** `TCP`, `UDP` or `SCTP`; with `ports` alone. Default: `TCP`. */
    protocol?: pulumi.Input<string>;
}

/**
 * What the pods of a namespace may reach; `{}` for the defaults. Nothing reaches them from the network. They reach DNS in
 * `kube-system` and HTTPS, the head and service pods the API server as well. Holds only where the cluster's network plugin
 * enforces policies. See https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export interface NetworkPolicyArgs {
    /** Ranges that all pods reach on port 443. Default: everything but the cloud's metadata address. */
    egressCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Ranges of the API server's own addresses (`kubectl get endpoints kubernetes` shows them), which the head and service
     * pods reach. Default: everything.
     */
    apiServerCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /** Port of the API server, beside 443. Default: 6443. */
    apiServerPort?: pulumi.Input<number>;
    /**
     * Lets pods reach the cloud's metadata address, where node and some workload identities come from: GKE's needs it. Without it, a
     * pod cannot take on its node's identity. Default: false.
     */
    metadataAccess?: pulumi.Input<boolean>;
    /** What else all pods reach, such as a database or a licence server. Default: nothing. */
    egress?: pulumi.Input<pulumi.Input<EgressArgs>[]>;
}

/**
 * What the pods and claims of a namespace may ask for together. Give a task as a `Job` (`advanced.computeResourceType`), which
 * waits for room; a plain pod is refused and its task fails. See https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export interface ResourceQuotaArgs {
    /** Amount by the resource's name, such as `{ "requests.cpu": "200", "requests.memory": "800Gi", pods: "500" }`. */
    hard: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** What each container gets and may ask for. See https://kubernetes.io/docs/concepts/policy/limit-range/ */
export interface LimitRangeArgs {
    /** Limits of containers that set none, such as `{ memory: "4Gi" }`. Must leave room for `headJob`. Default: none. */
    default?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Requests of containers that make none: those of the Platform's service pod, for one. Default: none. */
    defaultRequest?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * The most that a container may ask for, and its limit where `default` says none. Must leave room for `headJob` and
     * `computeResources`. Default: none.
     */
    max?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** The least that a container must ask for. Default: none. */
    min?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Guard rails of a namespace, beside its labels. */
export interface GuardArgs {
    /** How much pods may ask of their nodes. Default: `baseline` is enforced, `restricted` warned of. */
    podSecurity?: pulumi.Input<PodSecurityArgs>;
    /** What pods may reach; `{}` for the defaults. Default: no policy, so everything. */
    networkPolicy?: NetworkPolicyArgs;
    /** What all pods and claims may ask for together. Default: no quota. */
    resourceQuota?: ResourceQuotaArgs;
    /** What each container gets and may ask for. Default: no limits. */
    limitRange?: LimitRangeArgs;
}

/** Arguments of {@link NextflowNamespace}. */
export interface NextflowNamespaceArgs extends GuardArgs {
    /** Name of the namespace: an RFC 1123 label. Plain text, since cloud trust policies name it. Default: `nextflow`. */
    name?: string;
    /** Make the namespace; false refers to one that is there already. Default: true. */
    create?: boolean;
    /**
     * Refuses to delete the namespace, and with it everything in it. Default: false.
     * See https://www.pulumi.com/docs/iac/concepts/options/protect/
     */
    protect?: boolean;
    /** Leaves a namespace that is made in the cluster, with everything in it, when it leaves the program. Default: false. */
    retainOnDelete?: boolean;
    /** Labels to add to a namespace that is made. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Annotations to add to a namespace that is made. */
    annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Lets privileged pods in by default, such as those of Fusion. Default: false. */
    privileged?: pulumi.Input<boolean>;
}
