export * from "./compile/choices";
export * from "./components/environmentArgs";
export * from "./components/guardArgs";
export { KubernetesComputeEnvironment } from "./components/kubernetesComputeEnvironment";
export { LauncherToken, type LauncherTokenArgs } from "./components/launcherToken";
export { NextflowNamespace, type NextflowNamespaceArgs } from "./components/nextflowNamespace";
export { type RegistryArgs, RegistrySecret, type RegistrySecretArgs } from "./components/registrySecret";
export {
    type RbacSubjectArgs,
    type ServiceAccountArgs,
    ServiceAccounts,
    type ServiceAccountsArgs,
    type ServiceAccountsByRole,
} from "./components/serviceAccounts";
export * from "./components/taskArgs";
export * from "./components/volumeArgs";
export { VolumeClaim, type VolumeClaimArgs } from "./components/volumeClaim";
export { WorkClaim, type WorkClaimArgs } from "./components/workClaim";
export * from "./dynamic/claimGuard";
export * from "./dynamic/computeEnv";
export * from "./dynamic/credentials";
export * from "./dynamic/label";
export * from "./dynamic/preflight";
export * from "./dynamic/pipelineMove";
export * from "./dynamic/primaryComputeEnv";
export * from "./dynamic/tokenRotation";
export type { ConnectionArgs } from "./dynamic/resource";
