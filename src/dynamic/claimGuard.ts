import * as pulumi from "@pulumi/pulumi";
import { PlatformResource } from "./resource";

/** Arguments of {@link ClaimGuard}: what the claim is, as far as a change of it would lose its data. */
export interface ClaimGuardArgs {
    /** Namespace of the claim. */
    namespace: pulumi.Input<string>;
    /** Name of the claim. */
    claimName: pulumi.Input<string>;
    /** Size, a Kubernetes quantity. It may grow. */
    size: pulumi.Input<string>;
    /** Storage class. Default: none is named. */
    storageClassName?: pulumi.Input<string>;
    /** Volume that the claim is bound to. Default: none is named. */
    volumeName?: pulumi.Input<string>;
    /** Access modes. */
    accessModes: pulumi.Input<pulumi.Input<string>[]>;
    /** Labels of the volumes that fit. Default: none. */
    matchLabels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** The claim is kept when it leaves the program, and so its data. Default: false. */
    retainOnDelete?: pulumi.Input<boolean>;
    /** Lets every change through. Default: false. */
    replaceable?: pulumi.Input<boolean>;
}

/**
 * Refuses, at preview, a change that would make Kubernetes delete a claim and its data to make another one, or that it could
 * not make at all. It stands for nothing anywhere: it only remembers what the claim was.
 */
export class ClaimGuard extends PlatformResource {
    constructor(name: string, args: ClaimGuardArgs, opts?: pulumi.CustomResourceOptions) {
        super("ClaimGuard", name, args, opts);
    }
}
