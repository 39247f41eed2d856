import type { meta } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { PlatformResource } from "./resource";

/** Arguments of {@link ClaimGuard}: the properties of a claim whose change would lose its data. */
export interface ClaimGuardArgs {
    /** Namespace of the claim. */
    namespace: pulumi.Input<string>;
    /** Name of the claim. */
    claimName: pulumi.Input<string>;
    /** Storage class of the claim. Default: none is named. */
    storageClassName?: pulumi.Input<string>;
    /** Volume that the claim is bound to. Default: none is named. */
    volumeName?: pulumi.Input<string>;
    /** Access modes of the claim. Default: none are named. */
    accessModes?: pulumi.Input<pulumi.Input<string>[]>;
    /** Labels of the volumes that the claim can bind to. Default: none. */
    matchLabels?: pulumi.Input<Record<string, pulumi.Input<string>> | undefined>;
    /** Further requirements on the labels of these volumes. Default: none. */
    matchExpressions?: pulumi.Input<pulumi.Input<meta.v1.LabelSelectorRequirement>[] | undefined>;
    /** Whether the claim, and so its data, is kept when it is removed from the program. Default: false. */
    retainOnDelete?: pulumi.Input<boolean>;
    /** Whether the claim is not created here, but lost with the namespace that is created around it. Default: false. */
    referred?: pulumi.Input<boolean>;
    /** Whether the claim is on a volume of its own, which outlives it. Default: false. */
    ofVolume?: pulumi.Input<boolean>;
    /**
     * Id of the Kubernetes provider. It is unknown while the provider is to be replaced, which would replace everything that it
     * created. For the default provider it is `default`; with the configuration `kubernetes:kubeconfig` also a hash of its settings and
     * one of the cluster that they name.
     */
    clusterProvider: pulumi.Input<string>;
    /** Configuration `kubernetes:clusterIdentifier` of the default provider. Default: none. */
    clusterIdentifier?: pulumi.Input<string>;
    /** Whether to allow every change. Default: false. */
    replaceable?: pulumi.Input<boolean>;
}

/**
 * Rejects, at preview, a change that would make Kubernetes delete a claim and its data to create another one, or that it could not make
 * at all. It has no object behind it: it only remembers the properties of the claim. It comes before the claim and the namespace around
 * it, so that it also stops a run without a preview.
 */
export class ClaimGuard extends PlatformResource {
    constructor(name: string, args: ClaimGuardArgs, opts?: pulumi.CustomResourceOptions) {
        super("ClaimGuard", name, args, opts);
    }
}
