import type { meta } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { PlatformResource } from "./resource";

/** Arguments of {@link ClaimGuard}: what the claim is, as far as a change of it would lose its data. */
export interface ClaimGuardArgs {
    /** Namespace of the claim. */
    namespace: pulumi.Input<string>;
    /** Name of the claim. */
    claimName: pulumi.Input<string>;
    /** Storage class. Default: none is named. */
    storageClassName?: pulumi.Input<string>;
    /** Volume that the claim is bound to. Default: none is named. */
    volumeName?: pulumi.Input<string>;
    /** Access modes. Default: none are named. */
    accessModes?: pulumi.Input<pulumi.Input<string>[]>;
    /** Labels of the volumes that fit. Default: none. */
    matchLabels?: pulumi.Input<Record<string, pulumi.Input<string>> | undefined>;
    /** Further requirements on the labels of the volumes that fit. Default: none. */
    matchExpressions?: pulumi.Input<pulumi.Input<meta.v1.LabelSelectorRequirement>[] | undefined>;
    /** The claim is kept when it leaves the program, and so its data. Default: false. */
    retainOnDelete?: pulumi.Input<boolean>;
    /** The claim is not made here, but lost with the namespace that is made around it. Default: false. */
    referred?: pulumi.Input<boolean>;
    /** The claim is on a volume of its own, which outlives it. Default: false. */
    ofVolume?: pulumi.Input<boolean>;
    /**
     * Id of the Kubernetes provider, which is not known while that is to be replaced: all that it made would be, too. Of the default provider
     * `default`; with the configuration `kubernetes:kubeconfig` also a hash of its settings and one of the cluster that they name.
     */
    clusterProvider: pulumi.Input<string>;
    /** The default provider's configuration `kubernetes:clusterIdentifier`. Default: none. */
    clusterIdentifier?: pulumi.Input<string>;
    /** Lets every change through. Default: false. */
    replaceable?: pulumi.Input<boolean>;
}

/**
 * Refuses, at preview, a change that would make Kubernetes delete a claim and its data to make another one, or that it could
 * not make at all. It stands for nothing anywhere: it only remembers what the claim was. It comes before the claim and the namespace
 * around it, so that it also stops a run without a preview.
 */
export class ClaimGuard extends PlatformResource {
    constructor(name: string, args: ClaimGuardArgs, opts?: pulumi.CustomResourceOptions) {
        super("ClaimGuard", name, args, opts);
    }
}
