import * as pulumi from "@pulumi/pulumi";
import * as seqera from "pulumi-seqera-kubernetes";
import * as gke from "pulumi-seqera-kubernetes/gke";
import { createCluster } from "./cluster";

const config = new pulumi.Config();
const project = new pulumi.Config("gcp").require("project");
const dataBucket = config.get("dataBucket");
const spotNodes = config.requireBoolean("spot");

// A cluster of its own, unless there is one already.
const existing = config.get("existingCluster");
const [projectId, location, clusterName] = existing
    ? existing.split("/")
    : [project, config.require("location"), createCluster(project, config.require("location"), config).name];

// Looked up and judged, be it new or old.
const cluster = new gke.GkeExistingCluster("cluster", {
    projectId,
    location,
    clusterName,
    filestore: true,
    workloadIdentity: dataBucket ? true : undefined,
    spotNodes,
    applicationDefaultCredentials: config.requireBoolean("applicationDefaultCredentials"),
});

// How the Platform gets in: a service account that finds clusters, and in them may do what the environment binds to it.
const access = new gke.GkeSeqeraAccess("platform", {
    projectId: cluster.projectId,
    buckets: dataBucket ? [{ name: dataBucket }] : [],
});

// Who pods are in Google Cloud, where runs read and write a bucket.
const identity = dataBucket
    ? new gke.GkeWorkloadIdentity("pods", {
          projectId: cluster.projectId,
          workloadPool: cluster.workloadPool,
          buckets: [{ name: dataBucket, access: gke.BucketAccess.ReadWrite }],
      })
    : undefined;

// The work directory: a Filestore instance in the nodes' own network.
const work = new gke.FilestoreStorage("work", {
    projectId: cluster.projectId,
    network: cluster.network,
    location: config.get("filestoreZone") || cluster.location,
    sizeGiB: config.requireNumber("storageGiB"),
    protect: config.requireBoolean("protectData"),
});

const args: seqera.KubernetesComputeEnvironmentArgs = {
    cluster: cluster.cluster,
    credentialsId: access.credentialsId,
    rbacSubjects: access.rbacSubjects,
    storage: work.storage,
    serviceAccounts: identity?.serviceAccounts,
};
const environment = new seqera.KubernetesComputeEnvironment(
    "gke",
    // Tasks on spot nodes, heads never.
    spotNodes ? gke.withSpotTasks(args) : args,
    { provider: cluster.provider },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
export const kubectlCommand = environment.kubectlCommand;
export const clusterId = cluster.clusterId;
export const seqeraServiceAccount = access.serviceAccountEmail;
export const filestoreAddress = work.address;
export const podServiceAccount = identity?.serviceAccountEmail;
