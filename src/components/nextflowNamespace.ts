import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
    limitRange,
    networkPolicies,
    type NetworkPolicyRules,
    podSecurityLabels,
} from "../compile/namespace/guardRails";
import { namespaceRules } from "../compile/namespace/partRules";
import type { NextflowNamespaceArgs } from "../args/namespace";
import { nameOf } from "./outputs";
import { heardInTests, plainError } from "./plainError";
import { validArguments } from "./validate";

/** The namespace unless another one is named. */
export const DEFAULT_NAMESPACE = "nextflow";

/** Service-mesh sidecars never end, and so keep a task's pod from ever completing. */
const WITHOUT_SIDECARS = {
    labels: { "istio-injection": "disabled" },
    annotations: { "linkerd.io/inject": "disabled" },
};

/**
 * The namespace of Nextflow's pods, created with guard rails, or existing. Keep nothing else in it: a user who may create pods in a
 * namespace can reach every Secret and service account of it.
 */
export class NextflowNamespace extends pulumi.ComponentResource {
    /** Name of the namespace. Known once the namespace exists. */
    public readonly name: pulumi.Output<string>;

    constructor(name: string, args: NextflowNamespaceArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        args = validArguments(`NextflowNamespace "${name}"`, namespaceRules, args);
        super("pulumi-seqera-kubernetes:index:NextflowNamespace", name, args, opts);
        this.name = makeNamespace(name, args, { parent: this }).name;
        this.registerOutputs({ name: this.name });
    }
}

/** A namespace, made or referred to, and its guard rails. */
export interface NamespaceObjects {
    /** Name of the namespace. Known once the namespace is there. */
    name: pulumi.Output<string>;
    /** The namespace itself, if it is made. */
    namespace: kubernetes.core.v1.Namespace | undefined;
    /** The guard rails that are made. */
    guards: pulumi.Resource[];
}

/** Makes what a {@link NextflowNamespace} consists of. */
export function makeNamespace(
    name: string,
    args: NextflowNamespaceArgs,
    opts: pulumi.CustomResourceOptions,
): NamespaceObjects {
    const namespaceName = args.name ?? DEFAULT_NAMESPACE;
    const made = args.create === false ? undefined : createNamespace();
    const namespace = made === undefined ? pulumi.output(namespaceName) : nameOf(made, namespaceName);
    const guards = [...createNetworkPolicies(), ...createResourceQuota(), ...createLimitRange()];
    return { name: namespace, namespace: made, guards };

    function createNamespace() {
        const security = pulumi
            .all([args.podSecurity, args.privileged])
            .apply(([levels, privileged]) => podSecurityLabels(levels, privileged === true));
        const made = new kubernetes.core.v1.Namespace(
            name,
            {
                metadata: {
                    name: namespaceName,
                    labels: pulumi
                        .all([security, args.labels])
                        .apply(([levels, own]) => ({ ...WITHOUT_SIDECARS.labels, ...levels, ...own })),
                    annotations: pulumi
                        .output(args.annotations)
                        .apply((own) => ({ ...WITHOUT_SIDECARS.annotations, ...own })),
                },
            },
            { ...opts, protect: args.protect, retainOnDelete: args.retainOnDelete },
        );
        // Beside the name, which has to be known while a change of the namespace, and so this, is not.
        made.metadata.apply((metadata) => heardInTests(() => refuseDeletion(metadata)));
        return made;
    }

    function createNetworkPolicies() {
        if (args.networkPolicy === undefined) {
            return [];
        }
        const policies = pulumi.output(args.networkPolicy).apply((given) => networkPolicies(given));
        const create = (pods: string, spec: pulumi.Output<NetworkPolicyRules>) =>
            new kubernetes.networking.v1.NetworkPolicy(`${name}-${pods}`, { metadata: { namespace }, spec }, opts);
        return [create("tasks", policies.tasks), create("platform", policies.platform)];
    }

    function createResourceQuota() {
        if (args.resourceQuota === undefined) {
            return [];
        }
        const spec = pulumi.output(args.resourceQuota).apply((given) => ({ hard: given.hard }));
        return [new kubernetes.core.v1.ResourceQuota(name, { metadata: { namespace }, spec }, opts)];
    }

    function createLimitRange() {
        if (args.limitRange === undefined) {
            return [];
        }
        const spec = pulumi.output(args.limitRange).apply((given) => limitRange(given));
        return [new kubernetes.core.v1.LimitRange(name, { metadata: { namespace }, spec }, opts)];
    }
}

/** What is made in a namespace that a refresh has seen going, and that state holds for there, would go with it or fail. */
function refuseDeletion({ name, deletionTimestamp }: kubernetes.types.output.meta.v1.ObjectMeta): void {
    if (deletionTimestamp) {
        throw plainError(
            new pulumi.RunError(
                `The namespace "${name}" was being deleted when Pulumi last read it (since ${deletionTimestamp}). Wait until it is deleted: \`kubectl wait --for=delete namespace/${name}\`. Then run \`pulumi up --refresh\`, which creates it and its contents again.`,
            ),
        );
    }
}
