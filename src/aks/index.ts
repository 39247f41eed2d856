/** What of Azure Kubernetes Service a compute environment needs. Loads nothing of Azure's SDK but what is used. */
import "./sdk";
export * from "./args";
export { AzureFilesStorage, type CsiStorage } from "./azureFilesStorage";
export * from "./enums";
export { AksExistingCluster } from "./existingCluster";
export { NetAppFilesStorage, type NfsStorage } from "./netAppFilesStorage";
export { type BuiltInRole, STORAGE_ROLES } from "./roles";
export * from "./spot";
export { AksWorkloadIdentity } from "./workloadIdentity";
