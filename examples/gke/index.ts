import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as seqera from "pulumi-seqera-kubernetes";
import * as gke from "pulumi-seqera-kubernetes/gke";
import { createCluster } from "./cluster";
import { SPOT_TASKS } from "./spot";

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
const cluster = new gke.ExistingCluster("cluster", {
    projectId,
    location,
    clusterName,
    filestore: true,
    spotNodes,
    applicationDefaultCredentials: config.requireBoolean("applicationDefaultCredentials"),
});

// How the Platform gets in: a service account that finds clusters, and in them may do what the environment binds to it.
const access = new gke.SeqeraAccess("platform", {
    projectId: cluster.projectId,
    buckets: dataBucket ? [{ name: dataBucket }] : [],
});

// The work directory: a Filestore instance in the nodes' own network, made when the first pod asks for it.
const filestore = new kubernetes.storage.v1.StorageClass(
    "filestore",
    {
        provisioner: "filestore.csi.storage.gke.io",
        parameters: {
            tier: config.require("filestoreTier"),
            network: cluster.network.apply((network) => network.split("/").at(-1)!),
        },
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
    },
    { provider: cluster.provider },
);

const environment = new seqera.KubernetesComputeEnvironment(
    "gke",
    {
        cluster: cluster.cluster,
        credentialsId: access.credentialsId,
        rbacSubjects: access.rbacSubjects,
        storage: {
            storageClassName: filestore.metadata.name,
            size: `${config.requireNumber("storageGiB")}Gi`,
            protect: config.requireBoolean("protectData"),
        },
        ...(spotNodes ? SPOT_TASKS : {}),
    },
    { provider: cluster.provider },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
export const kubectlCommand = environment.kubectlCommand;
export const clusterId = cluster.clusterId;
export const seqeraServiceAccount = access.serviceAccountEmail;
