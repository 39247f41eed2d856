/** The name that the line in state finds the package by. */
export const PACKAGE = "pulumi-seqera-kubernetes";

/** The names that `./dynamic` exports. */
export type ProviderName =
    | "claimGuard"
    | "computeEnv"
    | "credentials"
    | "dataLink"
    | "dataset"
    | "label"
    | "pipeline"
    | "pipelineMove"
    | "platformPreflight"
    | "preflight"
    | "primaryComputeEnv"
    | "tokenRotation";

/**
 * The one line that Pulumi keeps in state as a dynamic resource's `__provider`.
 *
 * Pulumi would serialise the provider's closure into every resource and run that frozen text on the next refresh and
 * delete (https://github.com/pulumi/pulumi/issues/16826). This line has nothing to freeze: it finds the provider in
 * whatever version of the package is installed. The package name, the `./dynamic` export and the provider names are
 * therefore part of every user's state and must never change.
 */
export function providerText(provider: ProviderName): string {
    return `exports.handler = () => require("${PACKAGE}/dynamic").${provider};`;
}
