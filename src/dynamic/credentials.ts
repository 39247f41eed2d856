import * as pulumi from "@pulumi/pulumi";
import { generatedNameInputs, givenInputs, PlatformResource, withSecretToken } from "./resource";
import type { CredentialsArgs } from "../args/credentials";

/**
 * A credential of a Seqera Platform workspace. Its keys are write-only in the Platform: they can be changed in place, and never read
 * back. A refresh notices that the credential was written outside of Pulumi, or that the Platform finds it INVALID, as `keysInDoubt`;
 * the next update then writes the program's keys again.
 *
 * Creation fails with the Platform's own message where the access token is refused, lacks the role, or the name is taken.
 * See https://docs.seqera.io/platform-cloud/credentials/overview
 */
export class Credentials extends PlatformResource {
    /** Id of the credential, by which compute environments refer to it. */
    public readonly credentialsId: pulumi.Output<string>;
    /** Name of the credential in the workspace. */
    declare public readonly name: pulumi.Output<string>;
    /** Kind of the credential: `k8s`, `aws` or `google`. */
    declare public readonly provider: pulumi.Output<string>;
    /** External id that the Platform presents when it assumes an AWS role; empty for every other credential. */
    declare public readonly externalId: pulumi.Output<string>;

    constructor(name: string, args: CredentialsArgs, opts?: pulumi.CustomResourceOptions) {
        args = givenInputs(args);
        const props = { ...withSecretToken(args), ...generatedNameInputs(name, args.name), ...secretKeys(args) };
        super("Credentials", name, props, opts, {
            outputs: ["name", "provider", "externalId"],
            secretOutputs: ["kubernetes", "aws", "google"],
        });
        this.credentialsId = this.id;
    }
}

/** The keys are secret as a whole, whatever the program marked. */
function secretKeys(args: CredentialsArgs): pulumi.Inputs {
    const { kubernetes, aws, google } = args;
    return Object.fromEntries(
        Object.entries({ kubernetes, aws, google })
            .filter(([, keys]) => keys !== undefined)
            .map(([kind, keys]) => [kind, pulumi.secret(keys)]),
    );
}
