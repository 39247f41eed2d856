/** What of Azure Kubernetes Service a compute environment needs. Loads nothing of Azure's SDK but what is used. */
export { AzureFilesStorage, type AzureFilesStorageArgs, type CsiStorage } from "./azureFilesStorage";
export * from "./choices";
export { ExistingCluster, type ExistingClusterArgs } from "./existingCluster";
export { NetAppFilesStorage, type NetAppFilesStorageArgs, type NfsStorage } from "./netAppFilesStorage";
export { type BuiltInRole, STORAGE_ROLES } from "./roles";
export * from "./spot";
export { type ContainerGrantArgs, WorkloadIdentity, type WorkloadIdentityArgs } from "./workloadIdentity";
