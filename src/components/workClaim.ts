import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { claimRules } from "../compile/partRules";
import { refuseFaults } from "./validate";

/** Arguments of {@link WorkClaim}. */
export interface WorkClaimArgs {
    /** Namespace of the claim. */
    namespace: pulumi.Input<string>;
    /** Name of the claim. Default: `nextflow-work`. */
    claimName?: string;
    /** Make the claim; false refers to one that is there already. Default: true. */
    create?: boolean;
    /** Size of a claim that is made, as a Kubernetes quantity. Default: `100Gi`. */
    size?: pulumi.Input<string>;
    /**
     * Storage class of a claim that is made. It must offer ReadWriteMany, since pods on several nodes share the claim.
     * An empty text means no class: a volume made beforehand. Default: the cluster's default class.
     * See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
     */
    storageClassName?: pulumi.Input<string>;
    /** Volume made beforehand to bind a claim that is made to. Default: any that fits. */
    volumeName?: pulumi.Input<string>;
    /** Refuses to delete a claim that is made, and so to lose its data. Default: false. */
    protect?: boolean;
    /**
     * Goes on without waiting until a claim that is made is bound. Classes that bind when the first pod comes would
     * otherwise be waited for until a time limit of five minutes. Default: true.
     */
    skipAwait?: boolean;
}

/** The work claim unless another one is named. */
export const DEFAULT_CLAIM = "nextflow-work";

/** The shared work directory of a compute environment: a ReadWriteMany claim, made or referred to. */
export class WorkClaim extends pulumi.ComponentResource {
    /** Name of the claim. */
    public readonly claimName: pulumi.Output<string>;

    constructor(name: string, args: WorkClaimArgs, opts?: pulumi.ComponentResourceOptions) {
        refuseFaults(`WorkClaim "${name}"`, claimRules(), args);
        super("pulumi-seqera-kubernetes:index:WorkClaim", name, args, opts);

        const claimName = args.claimName ?? DEFAULT_CLAIM;
        this.claimName = args.create === false ? pulumi.output(claimName) : createClaim(this).metadata.name;
        this.registerOutputs({ claimName: this.claimName });

        function createClaim(parent: pulumi.Resource) {
            return new kubernetes.core.v1.PersistentVolumeClaim(
                name,
                {
                    metadata: {
                        name: claimName,
                        namespace: args.namespace,
                        // https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/#await-logic
                        annotations: args.skipAwait === false ? undefined : { "pulumi.com/skipAwait": "true" },
                    },
                    spec: {
                        accessModes: ["ReadWriteMany"],
                        storageClassName: args.storageClassName,
                        volumeName: args.volumeName,
                        resources: { requests: { storage: args.size ?? "100Gi" } },
                    },
                },
                { parent, protect: args.protect },
            );
        }
    }
}
