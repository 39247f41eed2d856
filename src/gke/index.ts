/** What of Google Kubernetes Engine a compute environment needs. Loads nothing of Google Cloud's SDK but what is used. */
import "./sdk";
export * from "./args";
export * from "./enums";
export { GkeExistingCluster } from "./existingCluster";
export { FilestoreStorage } from "./filestoreStorage";
export { GcsFuseStorage } from "./gcsFuseStorage";
export { METADATA_SERVER_NODES } from "./podIdentity";
export { PREDEFINED_ROLES, type PredefinedRole } from "./roles";
export { GkeSeqeraAccess } from "./seqeraAccess";
export * from "./spot";
export { GkeWorkloadIdentity } from "./workloadIdentity";
