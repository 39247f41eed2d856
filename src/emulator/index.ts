/**
 * A Seqera Platform API server that runs in a test or on a workstation. It behaves as the public API does towards a
 * client that manages credentials, labels, compute environments of the Kubernetes family, pipelines, runs and actions.
 */
import "./router";
export { PlatformEmulator } from "./emulator";
export {
    DEFAULT_ACCESS_TOKEN,
    DEFAULT_ORGANIZATION,
    DEFAULT_WORKSPACE,
    type AccessTokenOptions,
    type ActionSource,
    type DeletedAnswer,
    type Duration,
    type EmulatorOptions,
    type KubernetesBackendOptions,
    type LauncherOptions,
    type PipelineVersions,
    type RunScript,
    type ScriptedProcess,
    type TimingOptions,
    type WorkspaceOptions,
    type WorkspaceRole,
} from "./options";
export type { Fault, FaultKind, Faults, FaultMatch, FaultSpec } from "./http/faults";
export type { Violation } from "./http/openapi";
export type { RequestEntry } from "./http/requestLog";
export type {
    ActionRecord,
    ComputeEnvRecord,
    CredentialsRecord,
    DataLinkRecord,
    DatasetRecord,
    DatasetVersionRecord,
    LabelRecord,
    LaunchRecord,
    PipelineRecord,
    PipelineSchemaRecord,
    PipelineVersionRecord,
    PendingAction,
    RunRecord,
    ScriptPosition,
    TaskRecord,
    VisibleState,
} from "./state/store";
