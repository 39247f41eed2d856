import { PodSecurityLevel } from "../../args/enums";
import { literal } from "../nextflow/groovyLiteral";
import { scan } from "../nextflow/groovyScan";
import type { LimitRangeArgs, NetworkPolicyArgs, PodSecurityArgs } from "../../args/namespace";
import type { Known } from "../known";

const POD_SECURITY = "pod-security.kubernetes.io";

/**
 * Pod Security `baseline` is what Nextflow's pods pass and keeps privileged ones out; `restricted` asks for container
 * settings that Nextflow cannot write, so it only warns. Fusion's task pods are privileged unless the configuration says
 * otherwise. https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityLabels(
    given: Known<PodSecurityArgs> | undefined,
    privileged: boolean,
): Record<string, string> {
    const levels = {
        enforce: given?.enforce ?? podSecurityDefault(privileged),
        warn: given?.warn ?? (privileged ? PodSecurityLevel.Privileged : PodSecurityLevel.Restricted),
        audit: given?.audit,
    };
    return Object.fromEntries(
        Object.entries(levels).flatMap(([mode, level]) =>
            level === undefined ? [] : [[`${POD_SECURITY}/${mode}`, level]],
        ),
    );
}

/** The level that is enforced unless another one is given. */
export function podSecurityDefault(privileged: boolean): PodSecurityLevel {
    return privileged ? PodSecurityLevel.Privileged : PodSecurityLevel.Baseline;
}

/** Fusion mounts its file system in privileged pods, but with a device plugin and this switch in the configuration. */
export function needsPrivileged(fusionEnabled: unknown, nextflowConfig: unknown): boolean {
    const unprivileged =
        typeof nextflowConfig === "string" &&
        scan(nextflowConfig).settings.some(
            ({ path, value }) => path === "fusion.privileged" && literal(value) === false,
        );
    return fusionEnabled === true && !unprivileged;
}

/** The cloud's metadata address hands the node's own identity to whoever asks. */
const METADATA = "169.254.169.254/32";
const ANYWHERE = "0.0.0.0/0";
const HTTPS = 443;

/** The label by which Nextflow marks the pods of its tasks; those of the Platform have none of it. */
const TASK_LABEL = "nextflow.io/app";

const DNS = {
    to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
    ports: [
        { protocol: "UDP", port: 53 },
        { protocol: "TCP", port: 53 },
    ],
};

/** A NetworkPolicy's `spec`. */
export interface NetworkPolicyRules {
    podSelector: object;
    policyTypes: string[];
    egress: object[];
}

/** The policies of a namespace: nothing comes in; what goes out is what a pipeline needs, tasks and Platform's pods apart. */
export interface NetworkPolicies {
    tasks: NetworkPolicyRules;
    platform: NetworkPolicyRules;
}

/**
 * Nothing reaches a pod, since the Platform comes in through the API server alone. Out go DNS, HTTPS (the Platform, Wave,
 * Git, object stores) and, for the head and service pods only, the API server. Images and volumes are the node's own
 * traffic, which no policy holds. A policy sees the API server's own address, not that of its Service.
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicies(given: Known<NetworkPolicyArgs>): NetworkPolicies {
    const { egressCidrs = [ANYWHERE], apiServerCidrs = [ANYWHERE], apiServerPort = 6443, egress = [] } = given;
    const outside = {
        to: egressCidrs.map((cidr) => block(cidr, given.metadataAccess === true)),
        ports: [{ protocol: "TCP", port: HTTPS }],
    };
    const apiServer = {
        to: apiServerCidrs.map((cidr) => block(cidr, given.metadataAccess === true)),
        ports: [...new Set([apiServerPort, HTTPS])].map((port) => ({ protocol: "TCP", port })),
    };
    const metadata =
        given.metadataAccess === true
            ? [{ to: [{ ipBlock: { cidr: METADATA } }], ports: [{ protocol: "TCP", port: 80 }] }]
            : [];
    const further = egress.map(({ cidr, ports, protocol }) => ({
        to: [block(cidr, true)],
        ...(ports === undefined ? {} : { ports: ports.map((port) => ({ protocol: protocol ?? "TCP", port })) }),
    }));
    const closed = { policyTypes: ["Ingress", "Egress"] };
    return {
        tasks: {
            podSelector: { matchExpressions: [{ key: TASK_LABEL, operator: "Exists" }] },
            ...closed,
            egress: [DNS, outside, ...metadata, ...further],
        },
        platform: {
            podSelector: { matchExpressions: [{ key: TASK_LABEL, operator: "DoesNotExist" }] },
            ...closed,
            egress: [DNS, outside, apiServer, ...metadata, ...further],
        },
    };
}

function block(cidr: string, metadataAccess: boolean): object {
    return { ipBlock: cidr === ANYWHERE && !metadataAccess ? { cidr, except: [METADATA] } : { cidr } };
}

/** A LimitRange's `spec`. */
export function limitRange({ default: limits, defaultRequest, max, min }: Known<LimitRangeArgs>) {
    return { limits: [{ type: "Container", default: limits, defaultRequest, max, min }] };
}
