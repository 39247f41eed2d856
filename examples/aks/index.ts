import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import * as seqera from "pulumi-seqera-kubernetes";
import * as aks from "pulumi-seqera-kubernetes/aks";
import { createCluster } from "./cluster";

const config = new pulumi.Config();
const dataAccountId = config.get("dataAccountId");
const spotNodes = config.requireBoolean("spot");

const group = new resources.ResourceGroup("nextflow");

// A cluster of its own, unless there is one already.
const existing = config.get("existingCluster");
const made = existing ? undefined : createCluster(group.name, config);
const [clusterGroup, clusterName] = made ? [group.name, made.name] : existing!.split("/");

// Looked up and judged, be it new or old.
const cluster = new aks.AksExistingCluster("cluster", {
    resourceGroupName: clusterGroup,
    clusterName,
    azureFiles: true,
    workloadIdentity: Boolean(dataAccountId),
    spotNodes,
});
const location = made ? group.location : cluster.location;

// The work directory: an NFS share that the nodes alone can reach.
const work = new aks.AzureFilesStorage("work", {
    resourceGroupName: group.name,
    location,
    subnetIds: made ? [made.subnetId] : cluster.nodeSubnetIds,
    sizeGiB: config.requireNumber("storageGiB"),
    protect: config.requireBoolean("protectData"),
});

// Who pods are in Azure, where runs read and write blobs.
const identity = dataAccountId
    ? new aks.AksWorkloadIdentity("pods", {
          resourceGroupName: group.name,
          location,
          issuerUrl: cluster.oidcIssuerUrl,
          storageAccountId: dataAccountId,
          containers: [{ name: config.require("dataContainer"), access: aks.ContainerAccess.ReadWrite }],
      })
    : undefined;

const args: seqera.KubernetesComputeEnvironmentArgs = {
    cluster: cluster.cluster,
    storage: work.storage,
    serviceAccounts: identity?.serviceAccounts,
    podOptions: identity?.podOptions,
    nextflowConfig: identity?.nextflowConfig,
};
const environment = new seqera.KubernetesComputeEnvironment(
    "aks",
    // Tasks on spot nodes, heads never.
    spotNodes ? aks.withSpotTasks(args) : args,
    { provider: cluster.provider },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
export const kubectlCommand = environment.kubectlCommand;
export const clusterId = cluster.clusterId;
export const server = cluster.cluster.server;
export const shareName = work.shareName;
export const podIdentityClientId = identity?.clientId;
