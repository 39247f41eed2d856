import * as pulumi from "@pulumi/pulumi";
import { generatedNameInputs, givenInputs, PlatformResource, withSecretToken } from "./resource";
import type { DataLinkArgs } from "../args/dataLink";

/**
 * A data-link of a Seqera Platform workspace: a bucket, or a folder in one, that the Data Explorer shows and that a bucket trigger
 * watches. The bucket itself is neither created nor deleted.
 *
 * Creation fails with the Platform's own message where the access token is refused, lacks the role Maintain, or the workspace has a
 * data-link to the same resource. See https://docs.seqera.io/platform-cloud/data/data-explorer
 */
export class DataLink extends PlatformResource {
    /** Id of the data-link, by which a trigger refers to it. */
    public readonly dataLinkId: pulumi.Output<string>;
    /** Name of the data-link in the workspace. */
    declare public readonly name: pulumi.Output<string>;
    /** Who holds the bucket. */
    declare public readonly provider: pulumi.Output<string>;
    /** Region of the bucket, as the Platform found it; empty where it shows none. */
    declare public readonly region: pulumi.Output<string>;

    constructor(name: string, args: DataLinkArgs, opts?: pulumi.CustomResourceOptions) {
        args = givenInputs(args);
        const props = { ...withSecretToken(args), ...generatedNameInputs(name, args.name) };
        super("DataLink", name, props, opts, { outputs: ["name", "provider", "region"] });
        this.dataLinkId = this.id;
    }
}
