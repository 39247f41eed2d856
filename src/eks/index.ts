/** What of Amazon EKS a compute environment needs. Loads nothing of AWS's SDK but what is used. */
export * from "./choices";
export { type EfsAccessPointArgs, EfsStorage, type EfsStorageArgs } from "./efsStorage";
export { ExistingCluster, type ExistingClusterArgs } from "./existingCluster";
export * from "./fusion";
export { SEQERA_CLOUD_PRINCIPAL } from "./policies";
export { SeqeraAccess, type SeqeraAccessArgs } from "./seqeraAccess";
export * from "./spot";
export { type BucketGrantArgs, WorkloadIdentity, type WorkloadIdentityArgs } from "./workloadIdentity";
