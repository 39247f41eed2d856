import * as pulumi from "@pulumi/pulumi";
import { generatedNameInputs, givenInputs, PlatformResource, withSecretToken } from "./resource";
import type { DatasetArgs } from "../args/dataset";

/**
 * A dataset of a Seqera Platform workspace: a samplesheet, as CSV or TSV, that runs take as their input. The Platform keeps every
 * version; another content makes another version, and `url` is the address of the current one.
 *
 * A refresh finds what was changed outside of Pulumi: a version that was added or disabled, a name, description or label. The next
 * update restores it, with another version where the content differs. Creation fails with the Platform's own message where the access
 * token is refused, lacks the role Launch, the name is taken, or the workspace has all datasets that it may have.
 * See https://docs.seqera.io/platform-cloud/data/datasets
 */
export class Dataset extends PlatformResource {
    /** Id of the dataset, by which the `datasetId` of an action refers to it. */
    public readonly datasetId: pulumi.Output<string>;
    /** Name of the dataset in the workspace. */
    declare public readonly name: pulumi.Output<string>;
    /** Number of the current version. */
    declare public readonly version: pulumi.Output<number>;
    /** Address of the current version, for the `input` of a pipeline's parameters: Nextflow reads it with the run's own token. */
    declare public readonly url: pulumi.Output<string>;
    /** Media type of the dataset: `text/csv` or `text/tab-separated-values`. */
    declare public readonly mediaType: pulumi.Output<string>;

    constructor(name: string, args: DatasetArgs, opts?: pulumi.CustomResourceOptions) {
        args = givenInputs(args);
        const { content, file } = args;
        const props = {
            ...withSecretToken(args),
            ...generatedNameInputs(name, args.name),
            // On its way to the provider alone: what is in state is a digest.
            ...(content === undefined ? {} : { content: pulumi.secret(content) }),
            ...(file === undefined ? {} : { programFolder: process.cwd() }),
        };
        super("Dataset", name, props, opts, { outputs: ["name", "version", "url", "mediaType"] });
        this.datasetId = this.id;
    }
}
