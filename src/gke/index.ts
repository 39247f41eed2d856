/** What of Google Kubernetes Engine a compute environment needs. Loads nothing of Google Cloud's SDK but what is used. */
export { ExistingCluster, type ExistingClusterArgs } from "./existingCluster";
