/**
 * What the constant `__provider` line of every resource refers to. This module's path in the package and the names it
 * exports are in the state of every stack, and older states must go on working: never rename one, only add.
 */
import { claimGuardProvider } from "./providers/claimGuard";
import { computeEnvProvider } from "./providers/computeEnv";
import { credentialsProvider } from "./providers/credentials";
import { labelProvider } from "./providers/label";
import { pipelineMoveProvider } from "./providers/pipelineMove";
import { preflightProvider } from "./providers/preflight";
import { primaryComputeEnvProvider } from "./providers/primaryComputeEnv";
import { tokenRotationProvider } from "./providers/tokenRotation";
import { withPlainErrors } from "./providers/provider";

export const claimGuard = withPlainErrors(claimGuardProvider);
export const computeEnv = withPlainErrors(computeEnvProvider);
export const credentials = withPlainErrors(credentialsProvider);
export const label = withPlainErrors(labelProvider);
export const pipelineMove = withPlainErrors(pipelineMoveProvider);
export const preflight = withPlainErrors(preflightProvider);
export const primaryComputeEnv = withPlainErrors(primaryComputeEnvProvider);
export const tokenRotation = withPlainErrors(tokenRotationProvider);
