/** What of Amazon EKS a compute environment needs. Loads nothing of AWS's SDK but what is used. */
import "./sdk";
export * from "./args";
export * from "./enums";
export { EfsStorage } from "./efsStorage";
export { EksExistingCluster } from "./existingCluster";
export * from "./fusion";
export { SEQERA_CLOUD_PRINCIPAL } from "./policies";
export { EksSeqeraAccess } from "./seqeraAccess";
export * from "./spot";
export { EksWorkloadIdentity } from "./workloadIdentity";
