import * as pulumi from "@pulumi/pulumi";
import { generatedNameInputs, givenInputs, PlatformResource, withSecretToken } from "./resource";
import type { PipelineArgs } from "../args/pipeline";

/**
 * A pipeline of the Launchpad: a repository with all that a run of it is launched with. Every change is made in place. A change of the
 * launch makes another version, which is named, published and made the default one, as on the Platform's own pages; former versions
 * stay. What leaves the program is cleared in the Platform.
 *
 * Creation fails with the Platform's own message where the access token lacks the role Maintain, or the name is taken.
 * See https://docs.seqera.io/platform-cloud/launch/launchpad
 *
 * @example
 * new Pipeline("rnaseq", {
 *     repository: "https://github.com/nf-core/rnaseq",
 *     revision: "3.18.0",
 *     computeEnvId: environment.computeEnvId,
 *     params: { input: samples.url, outdir: "/scratch/results", genome: "GRCh38" },
 * });
 */
export class Pipeline extends PlatformResource {
    /** Numeric id of the pipeline. */
    declare public readonly pipelineId: pulumi.Output<number>;
    /** Name of the pipeline in the Launchpad. */
    declare public readonly name: pulumi.Output<string>;
    /** Id of the default version; empty on a Platform without versions. */
    declare public readonly versionId: pulumi.Output<string>;
    /** Name of the default version; empty on a Platform without versions. */
    declare public readonly versionName: pulumi.Output<string>;
    /** Address of the pipeline's launch form in the Platform. */
    declare public readonly launchUrl: pulumi.Output<string>;

    constructor(name: string, args: PipelineArgs, opts?: pulumi.CustomResourceOptions) {
        args = givenInputs(args);
        super("Pipeline", name, { ...withSecretToken(args), ...generatedNameInputs(name, args.name) }, opts, {
            outputs: ["pipelineId", "name", "versionId", "versionName", "launchUrl"],
        });
    }
}
