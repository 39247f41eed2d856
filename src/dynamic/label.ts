import * as pulumi from "@pulumi/pulumi";
import { PlatformResource, withSecretToken } from "./resource";
import type { LabelArgs } from "../args/workspace";

/**
 * A resource label of a Seqera Platform workspace. On Kubernetes it lands on what a compute environment makes in the
 * cluster: its Deployment and PodTemplate, the head pods and the task pods.
 *
 * Labels are shared by a whole workspace: one that is there already, with the same name and value, is used as it is and
 * left alone when this resource goes. One that this resource made is deleted with it, unless a compute environment, pipeline,
 * action, Studio or run carries it: then it stays, and a line says so. One that was deleted elsewhere is made again by
 * `pulumi up --refresh`, and no environment is replaced for it. See https://docs.seqera.io/platform-cloud/resource-labels/overview
 */
export class Label extends PlatformResource {
    /** Numeric id of the label, as a compute environment's `labelIds` refer to it. */
    public readonly labelId: pulumi.Output<number>;
    /** Name (key) of the label. */
    declare public readonly name: pulumi.Output<string>;
    /** Value of the label. */
    declare public readonly value: pulumi.Output<string>;
    /** True when this resource made the label; false when it was there already. */
    declare public readonly owned: pulumi.Output<boolean>;

    constructor(name: string, args: LabelArgs, opts?: pulumi.CustomResourceOptions) {
        super("Label", name, withSecretToken(args), opts, { outputs: ["owned"] });
        this.labelId = this.id.apply(Number);
    }
}
