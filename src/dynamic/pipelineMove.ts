import * as pulumi from "@pulumi/pulumi";
import { PlatformResource, withSecretToken } from "./resource";
import type { PipelineMoveArgs } from "../args/workspace";

/**
 * Moves the pipelines and actions of a compute environment to the new one when the environment is replaced; the Platform itself leaves
 * them on the deleted one. Each is sent whole, as it was; a work directory or script that it had from the old environment becomes that
 * of the new one. The old environment is deleted after that.
 *
 * An `up` fails when one of them cannot be moved, with its name and the reason; the old environment then stays, and the next `up` tries
 * again. On a Platform with versions of pipelines, each published version on the old environment gets a successor under the next name,
 * and that of the default version becomes the default; drafts stay. Nothing is moved to another workspace.
 * See https://docs.seqera.io/platform-cloud/launch/launchpad and https://docs.seqera.io/platform-cloud/pipelines/versioning
 */
export class PipelineMove extends PlatformResource {
    /**
     * Pipelines and actions that the last move moved, such as `pipeline "rnaseq" (version "rnaseq-4" after "rnaseq-3")` and
     * `action "nightly"`.
     */
    declare public readonly moved: pulumi.Output<string[]>;
    /** Pipelines and actions that the last move could not move, each with the reason. */
    declare public readonly notMoved: pulumi.Output<string[]>;

    constructor(name: string, args: PipelineMoveArgs, opts?: pulumi.CustomResourceOptions) {
        super("PipelineMove", name, withSecretToken(args), opts, { outputs: ["moved", "notMoved"] });
    }
}
