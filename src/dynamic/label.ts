import * as pulumi from "@pulumi/pulumi";
import { type ConnectionArgs, PlatformResource, withSecretToken } from "./resource";

/** Arguments of {@link Label}. */
export interface LabelArgs extends ConnectionArgs {
    /**
     * Name (key) of the label: 2 to 39 letters and digits with single dashes or underscores between them. `app` and
     * `runName` are refused, because Nextflow keeps them for itself. A change makes another label.
     */
    name: pulumi.Input<string>;
    /**
     * Value of the label, by the same rule as the name, or one of `${workflowId}`, `${sessionId}` and `${userName}`,
     * which the Platform fills in for each run. A change makes another label.
     */
    value: pulumi.Input<string>;
    /**
     * Id of the label that is there already with this name and value, or its text `name=value`; also behind
     * `<workspaceId>/`. It is then managed from now on, and deleted when this resource goes. Default: a label that is there
     * is used and left alone. Read when the resource is created, ignored afterwards. The resource option `import` says
     * the same.
     */
    adopt?: pulumi.Input<string>;
}

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
