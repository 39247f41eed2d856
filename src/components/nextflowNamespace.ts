import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { namespaceRules } from "../compile/partRules";
import { refuseFaults } from "./validate";

/** Arguments of {@link NextflowNamespace}. */
export interface NextflowNamespaceArgs {
    /** Name of the namespace: an RFC 1123 label. Plain text, since cloud trust policies name it. Default: `nextflow`. */
    name?: string;
    /** Make the namespace; false refers to one that is there already. Default: true. */
    create?: boolean;
    /**
     * Refuses to delete the namespace, and with it everything in it. Default: false.
     * See https://www.pulumi.com/docs/iac/concepts/options/protect/
     */
    protect?: boolean;
    /** Labels to add to a namespace that is made. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Annotations to add to a namespace that is made. */
    annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** The namespace unless another one is named. */
export const DEFAULT_NAMESPACE = "nextflow";

/**
 * Pod Security `baseline` is what Nextflow's pods pass and keeps privileged ones out; `restricted` asks for container
 * settings that Nextflow cannot write, so it only warns. Service-mesh sidecars never end and so keep a task's pod from
 * ever completing. https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
const GUARD_RAILS = {
    labels: {
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/warn": "restricted",
        "istio-injection": "disabled",
    },
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
        refuseFaults(`NextflowNamespace "${name}"`, namespaceRules, args);
        super("pulumi-seqera-kubernetes:index:NextflowNamespace", name, args, opts);

        const namespaceName = args.name ?? DEFAULT_NAMESPACE;
        this.name = args.create === false ? pulumi.output(namespaceName) : createNamespace(this).metadata.name;
        this.registerOutputs({ name: this.name });

        function createNamespace(parent: pulumi.Resource) {
            return new kubernetes.core.v1.Namespace(
                name,
                {
                    metadata: {
                        name: namespaceName,
                        labels: pulumi.output(args.labels).apply((own) => ({ ...GUARD_RAILS.labels, ...own })),
                        annotations: pulumi
                            .output(args.annotations)
                            .apply((own) => ({ ...GUARD_RAILS.annotations, ...own })),
                    },
                },
                { parent, protect: args.protect },
            );
        }
    }
}
