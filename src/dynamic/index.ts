/**
 * What the constant `__provider` line of every resource refers to. This module's path in the package and the names it
 * exports are in the state of every stack, and older states must go on working: never rename one, only add.
 */
import { claimGuardProvider } from "./providers/claimGuardProvider";
import { computeEnvProvider } from "./providers/computeEnvProvider";
import { credentialsProvider } from "./providers/credentialsProvider";
import { dataLinkProvider } from "./providers/dataLinkProvider";
import { datasetProvider } from "./providers/datasetProvider";
import { labelProvider } from "./providers/labelProvider";
import { pipelineProvider } from "./providers/pipelineProvider";
import { pipelineMoveProvider } from "./providers/pipelineMoveProvider";
import { platformPreflightProvider } from "./providers/platformPreflightProvider";
import { preflightProvider } from "./providers/preflightProvider";
import { primaryComputeEnvProvider } from "./providers/primaryComputeEnvProvider";
import { tokenRotationProvider } from "./providers/tokenRotationProvider";
import { withProgram } from "./providers/program";
import { withPlainErrors } from "./providers/provider";
import { withReadableState } from "./providers/readableState";

export const claimGuard = withPlainErrors(claimGuardProvider);
export const computeEnv = withPlainErrors(
    withReadableState(
        { what: "compute environment", properties: { platform: "string", config: "map" } },
        withProgram("computeEnv", computeEnvProvider),
    ),
);
export const credentials = withPlainErrors(withProgram("credentials", credentialsProvider));
export const dataLink = withPlainErrors(
    withReadableState(
        { what: "data-link", properties: { provider: "string", resourceRef: "string" } },
        withProgram("dataLink", dataLinkProvider),
    ),
);
export const dataset = withPlainErrors(
    withReadableState(
        { what: "dataset", properties: { sourceType: "string" } },
        withProgram("dataset", datasetProvider),
    ),
);
export const label = withPlainErrors(
    withReadableState(
        { what: "resource label", properties: { name: "string", value: "string" } },
        withProgram("label", labelProvider),
    ),
);
export const pipeline = withPlainErrors(
    withReadableState(
        { what: "pipeline", properties: { repository: "string" } },
        withProgram("pipeline", pipelineProvider),
    ),
);
export const pipelineMove = withPlainErrors(
    withReadableState(
        { what: "move of pipelines", properties: { computeEnvId: "string", former: "list" } },
        withProgram("pipelineMove", pipelineMoveProvider),
    ),
);
export const platformPreflight = withPlainErrors(platformPreflightProvider);
export const preflight = withPlainErrors(preflightProvider);
export const primaryComputeEnv = withPlainErrors(
    withReadableState(
        { what: "primary compute environment", properties: { computeEnvId: "string" } },
        withProgram("primaryComputeEnv", primaryComputeEnvProvider),
    ),
);
export const tokenRotation = withPlainErrors(tokenRotationProvider);
