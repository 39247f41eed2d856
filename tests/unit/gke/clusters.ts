import type { ClusterFacts, FoundCluster } from "../../../src/gke/clusterRules";
import type { ClusterId } from "../../../src/gke/gcpNames";

export const CLUSTER: ClusterId & { id: string } = {
    id: "projects/research-1/locations/europe-west1/clusters/production",
    projectId: "research-1",
    location: "europe-west1",
    name: "production",
};

const node = { imageType: "COS_CONTAINERD", spot: false, preemptible: false, taints: [] };
const workloadMetadataConfigs = [{ mode: "GKE_METADATA" }];
export const STAYING = { name: "default", nodeConfigs: [{ ...node, workloadMetadataConfigs }] };
export const SPOT = {
    name: "spot",
    nodeConfigs: [{ ...node, workloadMetadataConfigs, spot: true, taints: [{ effect: "NO_SCHEDULE" }] }],
};
/** One from before the cluster had a workload identity pool. */
export const OLD = { name: "old", nodeConfigs: [{ ...node, workloadMetadataConfigs: [] }] };

/** A cluster as people usually have it. */
export const GOOD: ClusterFacts = {
    enableAutopilot: false,
    enableLegacyAbac: false,
    privateClusterConfigs: [{ enablePrivateEndpoint: false }],
    controlPlaneEndpointsConfigs: [{ ipEndpointsConfigs: [{ enabled: true }] }],
    masterAuthorizedNetworksConfigs: [],
    workloadIdentityConfigs: [{ workloadPool: "research-1.svc.id.goog" }],
    addonsConfigs: [{ gcpFilestoreCsiDriverConfigs: [], gcsFuseCsiDriverConfigs: [] }],
    clusterAutoscalings: [{ enabled: false }],
    nodePools: [STAYING, SPOT],
};

export const READY: FoundCluster = { id: CLUSTER, cluster: GOOD };

/** The same, with what else Google answers of it. */
export const clusterAnswer = {
    ...GOOD,
    id: CLUSTER.id,
    name: CLUSTER.name,
    location: CLUSTER.location,
    endpoint: "203.0.113.7",
    masterAuths: [{ clusterCaCertificate: Buffer.from("certificate of the cluster").toString("base64") }],
    masterVersion: "1.35.2-gke.1269000",
    network: "projects/research-1/global/networks/research",
};
