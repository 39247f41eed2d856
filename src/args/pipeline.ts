import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";
import type { LaunchArgs } from "./launch";

/** The version of a pipeline that a change of its launch makes. */
export interface PipelineVersionArgs {
    /**
     * Name of the version, unique in the pipeline, at most 255 characters. A change of the launch makes another version, which needs
     * another name. Default: the Platform's: `<pipeline>-1`, then `<pipeline>-2`.
     */
    name?: pulumi.Input<string>;
}

/** Arguments of {@link Pipeline}. */
export interface PipelineArgs extends ConnectionArgs, LaunchArgs {
    /**
     * Name of the pipeline in the Launchpad: unique in the workspace, 2 to 99 letters and digits, with single dashes, underscores and
     * dots between them. Changed in place. Default: the resource's name and a generated suffix.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Launchpad, at most 2,000 characters. Changed in place. Default: none. */
    description?: pulumi.Input<string>;
    /** URL of an image that the Launchpad shows. Changed in place. Default: the Platform's. */
    icon?: pulumi.Input<string>;
    /**
     * Git repository of the pipeline, as `nextflow run` takes it: `https://github.com/nf-core/rnaseq`. A change makes another version.
     */
    repository: pulumi.Input<string>;
    /**
     * Schema of the parameters, the text of a `nextflow_schema.json` (JSON Schema draft-07 or 2020-12). It becomes the Launchpad's
     * form, and `params` are checked against it at preview. The Platform keeps each schema it was given. Default: that of the
     * repository.
     */
    schema?: pulumi.Input<string>;
    /** The version that a change makes. It is published and becomes the default, as on the Platform's own pages. */
    version?: pulumi.Input<PipelineVersionArgs>;
    /**
     * Names of labels that the pipeline has, such as `["production"]`. A label that the workspace lacks is created, and stays when this
     * resource is deleted. Changed in place. Default: none. See https://docs.seqera.io/platform-cloud/labels/overview
     */
    labels?: pulumi.Input<pulumi.Input<string>[]>;
    /** Ids of labels and resource labels that the pipeline has, such as the output `labelId` of a `Label`. Changed in place. Default: none. */
    labelIds?: pulumi.Input<pulumi.Input<number>[]>;
    /**
     * Id or name of an existing pipeline to manage from now on, instead of creating one; also `<workspaceId>/<id or name>`. The
     * arguments must describe everything that it has; otherwise the preview fails, and shows both values of each difference. Read when
     * the resource is created, ignored afterwards. The resource option `import` has the same effect.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Properties of the adopted pipeline that may be overwritten, such as `params` and `description`. Read once, with `adopt`; an error
     * without it. Default: none.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
}
