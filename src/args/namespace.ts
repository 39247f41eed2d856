import type * as pulumi from "@pulumi/pulumi";
import type { NetworkProtocol, PodSecurityLevel } from "./enums";

/**
 * Pod Security levels of a namespace that is created. They become labels `pod-security.kubernetes.io/…`. A change is made in place and
 * applies to new pods. See https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export interface PodSecurityArgs {
    /**
     * Level that is enforced: pods that violate it are rejected. `restricted` is an error, since Nextflow cannot write the container
     * settings that it requires. Default: `baseline`, which Nextflow's pods meet; `privileged` with `fusionEnabled`, whose task pods
     * are privileged.
     */
    enforce?: pulumi.Input<PodSecurityLevel>;
    /**
     * Level that is warned of: clients that create a pod which violates it get a warning. Default: `restricted`; `privileged` with
     * `fusionEnabled`.
     */
    warn?: pulumi.Input<PodSecurityLevel>;
    /** Level that is audited: pods that violate it are noted in the cluster's audit log. Default: the cluster's own. */
    audit?: pulumi.Input<PodSecurityLevel>;
}

/** A range of addresses outside the namespace that pods may connect to. */
export interface EgressArgs {
    /** Range of addresses in CIDR notation, such as `10.20.0.0/16`. */
    cidr: pulumi.Input<string>;
    /** Ports, from 1 to 65535. Default: all. */
    ports?: pulumi.Input<pulumi.Input<number>[]>;
    /** Protocol of the ports: `TCP`, `UDP` or `SCTP`. Requires `ports`. Default: `TCP`. */
    protocol?: pulumi.Input<NetworkProtocol>;
}

/**
 * Network policies of a namespace; `{}` for the defaults. No connection from the network reaches a pod. Pods can connect to DNS in
 * `kube-system` and to HTTPS, head and service pods also to the API server. A policy takes effect only where the cluster's network
 * plugin enforces policies. See https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export interface NetworkPolicyArgs {
    /** Address ranges that all pods may connect to on port 443. Default: all addresses except the cloud's metadata address. */
    egressCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Address ranges of the API server's own addresses, which head and service pods may connect to. `kubectl get endpoints kubernetes`
     * shows them. Default: all addresses.
     */
    apiServerCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /** Port of the API server, in addition to 443. Default: 6443. */
    apiServerPort?: pulumi.Input<number>;
    /**
     * Whether pods may connect to the cloud's metadata address, which provides the identities of nodes and some workload identities.
     * GKE's workload identity requires it. Without it, a pod cannot take on the identity of its node. Default: false.
     */
    metadataAccess?: pulumi.Input<boolean>;
    /** Further address ranges that all pods may connect to, such as those of a database or a licence server. Default: none. */
    egress?: pulumi.Input<pulumi.Input<EgressArgs>[]>;
}

/**
 * Resource quota of a namespace: the total that its pods and claims may request. Set `advanced.computeResourceType` to `Job` with it,
 * since a Job waits until the quota has room; a plain pod is rejected and its task fails.
 * See https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export interface ResourceQuotaArgs {
    /**
     * Hard limits by the name of the resource, as Kubernetes quantities, such as
     * `{ "requests.cpu": "200", "requests.memory": "800Gi", "requests.nvidia.com/gpu": "8", pods: "500" }`. They must allow `headJob`;
     * `limits.cpu` requires `computeResources.cpuLimits`. A name that Kubernetes does not count is an error.
     */
    hard: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * Limit range of a namespace: defaults and bounds of the resources of each container. Amounts are Kubernetes quantities by the name of
 * the resource: `cpu`, `memory`, `ephemeral-storage`, `hugepages-…`, or that of a device plugin, such as `nvidia.com/gpu`. Another name is
 * an error. See https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface LimitRangeArgs {
    /** Default limits of a container that sets none, such as `{ memory: "4Gi" }`. They must allow `headJob`. Default: none. */
    default?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Default requests of a container that sets none, such as that of the Platform's service pod. Default: none. */
    defaultRequest?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Maximum resources of a container, and its limits where `default` sets none. They must allow `headJob` and `computeResources`.
     * Default: none.
     */
    max?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Minimum resources that a container must request. Default: none. */
    min?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Guard rails of a namespace, in addition to its labels. */
export interface GuardArgs {
    /**
     * Pod Security levels of a namespace that is created. Default: `baseline` is enforced, `restricted` is warned of; `privileged` with
     * Fusion.
     * @example
     * podSecurity: { enforce: "baseline", audit: "restricted" }
     */
    podSecurity?: pulumi.Input<PodSecurityArgs>;
    /**
     * Network policies of the namespace; `{}` for the defaults. Default: no policy, so that pods can connect to everything.
     * @example
     * networkPolicy: { egress: [{ cidr: "10.20.0.0/16", ports: [5432], protocol: "TCP" }] }
     */
    networkPolicy?: NetworkPolicyArgs;
    /**
     * Total resources that all pods and claims of the namespace may request. Default: no quota.
     * @example
     * resourceQuota: { hard: { "requests.cpu": "200", "requests.memory": "800Gi", pods: "500" } }
     */
    resourceQuota?: ResourceQuotaArgs;
    /**
     * Defaults and bounds of the resources of each container in the namespace. Default: no limits.
     * @example
     * limitRange: { defaultRequest: { cpu: "100m", memory: "128Mi" } }
     */
    limitRange?: LimitRangeArgs;
}

/** Arguments of {@link NextflowNamespace}. */
export interface NextflowNamespaceArgs extends GuardArgs {
    /**
     * Name of the namespace: an RFC 1123 label of at most 63 characters. Plain text, since the trust policies of clouds name it.
     * Default: `nextflow`.
     */
    name?: string;
    /** Whether to create the namespace. False refers to an existing namespace, such as `default`. Default: true. */
    create?: boolean;
    /**
     * Whether Pulumi refuses to delete the namespace, and with it everything in it. Default: false.
     * See https://www.pulumi.com/docs/iac/concepts/options/protect/
     */
    protect?: boolean;
    /**
     * Whether a namespace that is created stays in the cluster, with everything in it, when it is removed from the program. Default:
     * false.
     */
    retainOnDelete?: boolean;
    /** Further labels of a namespace that is created, which override those that the component sets. Default: none. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Further annotations of a namespace that is created, which override those that the component sets. Default: none. */
    annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Whether the namespace admits privileged pods by default, such as those of Fusion: the defaults of `podSecurity` are then
     * `privileged`. Default: false.
     */
    privileged?: pulumi.Input<boolean>;
}
