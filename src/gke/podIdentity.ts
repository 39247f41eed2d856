import { type Check, show } from "../compile/rules/problems";

/**
 * How Google Cloud gives a pod an identity: the metadata server of GKE on each node takes the token of the pod's service account
 * for one of Google's. https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
 */
export const SERVICE_ACCOUNT_ANNOTATION = "iam.gke.io/gcp-service-account";

/**
 * Node selector for `podOptions` and `headPodOptions` that selects nodes with GKE's metadata server, for a Standard cluster in which
 * some node pools do not have it. Autopilot, where all nodes have it, rejects a pod with this selector.
 * See https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */
export const METADATA_SERVER_NODES: Record<string, string> = { "iam.gke.io/gke-metadata-server-enabled": "true" };

/** Lets a service account of the cluster act as one of Google's. */
export const ACT_AS_ROLE = "roles/iam.workloadIdentityUser";

/** To read what a bucket itself is, such as where it lies: `storage.buckets.get`, which no role on objects has. */
export const BUCKET_READER_ROLE = "roles/storage.legacyBucketReader";

/** A service account of Kubernetes, as the member of a policy of a service account of Google's. */
export function poolMember(workloadPool: string, namespace: string, serviceAccount: string): string {
    return `serviceAccount:${workloadPool}[${namespace}/${serviceAccount}]`;
}

/** A service account of Kubernetes, as the member of any policy. https://cloud.google.com/iam/docs/principal-identifiers */
export function principal(
    projectNumber: string,
    workloadPool: string,
    namespace: string,
    serviceAccount: string,
): string {
    return `principal://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${workloadPool}/subject/ns/${namespace}/sa/${serviceAccount}`;
}

/** What comes behind the project differs where Google Cloud is run by others, so that the cluster alone knows it. */
export const checkWorkloadPool: Check<string> = (pool) => {
    if (pool === "") {
        return "is empty because the cluster has no workload identity pool (set workloadIdentity on the GkeExistingCluster to see the command that enables it)";
    }
    return /^([a-z0-9.-]+:)?[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(pool)
        ? undefined
        : `${show(pool)} is not the workload identity pool of a cluster (write the cluster's workloadPool, like "research-1.svc.id.goog")`;
};

export const checkProjectNumber: Check<string> = (number) =>
    /^\d+$/.test(number)
        ? undefined
        : `${show(number)} is not a project number (write the digits that \`gcloud projects describe\` prints as projectNumber)`;
