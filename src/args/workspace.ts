import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";

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

/** Arguments of {@link PipelineMove}. */
export interface PipelineMoveArgs extends ConnectionArgs {
    /** Id of the compute environment. When it changes, what pointed to the one before is pointed to this one. */
    computeEnvId: pulumi.Input<string>;
    /**
     * Move them. While this is false, former environments are remembered, and what still points to them is moved when it is true again.
     * Default: true.
     */
    enabled?: pulumi.Input<boolean>;
}

/** Arguments of {@link PrimaryComputeEnv}. */
export interface PrimaryComputeEnvArgs extends ConnectionArgs {
    /** Id of the compute environment that new launches in the workspace use unless told otherwise. Changed in place. */
    computeEnvId: pulumi.Input<string>;
}
