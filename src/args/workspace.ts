import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";

/** Arguments of {@link Label}. */
export interface LabelArgs extends ConnectionArgs {
    /**
     * Name (key) of the label: 2 to 39 letters and digits, with single dashes or underscores between them, such as `cost-centre`. `app`
     * and `runName` are errors, because Nextflow reserves them. A change creates another label.
     */
    name: pulumi.Input<string>;
    /**
     * Value of the label, in the form of the name, or one of `${workflowId}`, `${sessionId}` and `${userName}`, which the Platform
     * replaces for each run. A change creates another label.
     */
    value: pulumi.Input<string>;
    /**
     * Id of the existing label with this name and value, or its text `name=value`; also `<workspaceId>/<id or text>`. The label is
     * managed from now on, and deleted with this resource. Read when the resource is created, ignored afterwards. The resource option
     * `import` has the same effect. Default: an existing label is used and left as it is.
     */
    adopt?: pulumi.Input<string>;
}

/** Arguments of {@link PipelineMove}. */
export interface PipelineMoveArgs extends ConnectionArgs {
    /** Id of the compute environment. When it changes, pipelines and actions on the previous environment are moved to this one. */
    computeEnvId: pulumi.Input<string>;
    /**
     * Whether to move pipelines and actions. While it is false, previous environments are remembered, and pipelines and actions that
     * are still on them are moved when it is true again. Default: true.
     */
    enabled?: pulumi.Input<boolean>;
}

/** Arguments of {@link PrimaryComputeEnv}. */
export interface PrimaryComputeEnvArgs extends ConnectionArgs {
    /** Id of the compute environment that new launches in the workspace use by default. Changed in place. */
    computeEnvId: pulumi.Input<string>;
}
