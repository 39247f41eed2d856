import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { limitRange, networkPolicies, type NetworkPolicyRules, podSecurityLabels } from "../compile/guards";
import { namespaceRules } from "../compile/partRules";
import type { GuardArgs } from "./guardArgs";
import { nameOf } from "./known";
import { refuseFaults, refuseLaterWithin } from "./validate";

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

/** The namespace unless another one is named. */
export const DEFAULT_NAMESPACE = "nextflow";

/** Service-mesh sidecars never end, and so keep a task's pod from ever completing. */
const WITHOUT_SIDECARS = {
    labels: { "istio-injection": "disabled" },
    annotations: { "linkerd.io/inject": "disabled" },
};

/**
 * The namespace that Nextflow's pods run in, made with guard rails or referred to. Keep nothing else in it: whoever may
 * create pods in a namespace can reach every Secret and service account of it.
 */
export class NextflowNamespace extends pulumi.ComponentResource {
    /** Name of the namespace. Known once the namespace is there. */
    public readonly name: pulumi.Output<string>;

    constructor(name: string, args: NextflowNamespaceArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        const label = `NextflowNamespace "${name}"`;
        refuseFaults(label, namespaceRules, args);
        super("pulumi-seqera-kubernetes:index:NextflowNamespace", name, args, opts);

        const namespaceName = args.name ?? DEFAULT_NAMESPACE;
        const made = args.create === false ? undefined : createNamespace(this);
        const child = { parent: this, deletedWith: args.retainOnDelete ? undefined : made };
        const namespace = made === undefined ? pulumi.output(namespaceName) : nameOf(made, namespaceName);
        createNetworkPolicies();
        createResourceQuota();
        createLimitRange();

        this.name = namespace;
        this.registerOutputs({ name: this.name });

        function createNamespace(parent: pulumi.Resource) {
            const security = pulumi
                .all([judged("podSecurity"), args.privileged])
                .apply(([levels, privileged]) => podSecurityLabels(levels, privileged === true));
            return new kubernetes.core.v1.Namespace(
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
                { parent, protect: args.protect, retainOnDelete: args.retainOnDelete },
            );
        }

        function createNetworkPolicies() {
            if (args.networkPolicy === undefined) {
                return;
            }
            const policies = judged("networkPolicy").apply((given) => networkPolicies(given!));
            const create = (pods: string, spec: pulumi.Output<NetworkPolicyRules>) =>
                new kubernetes.networking.v1.NetworkPolicy(`${name}-${pods}`, { metadata: { namespace }, spec }, child);
            create("tasks", policies.tasks);
            create("platform", policies.platform);
        }

        function createResourceQuota() {
            if (args.resourceQuota !== undefined) {
                const spec = judged("resourceQuota").apply((given) => ({ hard: given!.hard }));
                new kubernetes.core.v1.ResourceQuota(name, { metadata: { namespace }, spec }, child);
            }
        }

        function createLimitRange() {
            if (args.limitRange !== undefined) {
                const spec = judged("limitRange").apply((given) => limitRange(given!));
                new kubernetes.core.v1.LimitRange(name, { metadata: { namespace }, spec }, child);
            }
        }

        /** Judged again when all of it is known. */
        function judged<K extends keyof GuardArgs>(guard: K) {
            return refuseLaterWithin(label, namespaceRules, args, guard);
        }
    }
}
