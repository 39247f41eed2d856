import * as pulumi from "@pulumi/pulumi";
import { PlatformResource, withSecretToken } from "./resource";
import type { LabelArgs } from "../args/workspace";

/**
 * A resource label of a Seqera Platform workspace. On Kubernetes, the Platform applies it to the objects that a compute environment
 * creates in the cluster: its Deployment and PodTemplate, head pods and task pods.
 *
 * All of a workspace shares its labels: an existing label with the same name and value is used as it is, and stays when this resource
 * is deleted. A label that this resource created is deleted with it, unless a compute environment, pipeline, action, Studio or run
 * carries it: then it stays, and a line says so. A label that was deleted outside of Pulumi is created again by `pulumi up --refresh`,
 * without replacing any environment. See https://docs.seqera.io/platform-cloud/resource-labels/overview
 */
export class Label extends PlatformResource {
    /** Numeric id of the label, by which the `labelIds` of a compute environment refer to it. */
    public readonly labelId: pulumi.Output<number>;
    /** Name (key) of the label. */
    declare public readonly name: pulumi.Output<string>;
    /** Value of the label. */
    declare public readonly value: pulumi.Output<string>;
    /** True when this resource created the label; false when the label already existed. */
    declare public readonly owned: pulumi.Output<boolean>;

    constructor(name: string, args: LabelArgs, opts?: pulumi.CustomResourceOptions) {
        super("Label", name, withSecretToken(args), opts, { outputs: ["owned"] });
        this.labelId = this.id.apply(Number);
    }
}
