/** What of Google Kubernetes Engine a compute environment needs. Loads nothing of Google Cloud's SDK but what is used. */
export * from "./choices";
export { ExistingCluster, type ExistingClusterArgs } from "./existingCluster";
export { FilestoreStorage, type FilestoreStorageArgs } from "./filestoreStorage";
export { GcsFuseStorage, type GcsFuseStorageArgs } from "./gcsFuseStorage";
export { METADATA_SERVER_NODES } from "./podIdentity";
export { PREDEFINED_ROLES, type PredefinedRole } from "./roles";
export { type BucketGrantArgs, SeqeraAccess, type SeqeraAccessArgs } from "./seqeraAccess";
export * from "./spot";
export { WorkloadIdentity, type WorkloadIdentityArgs } from "./workloadIdentity";
