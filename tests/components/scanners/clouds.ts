import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { EfsStorage } from "../../../src/eks/efsStorage";
import { FilestoreStorage } from "../../../src/gke/filestoreStorage";
import { GcsFuseStorage } from "../../../src/gke/gcsFuseStorage";
import { CLUSTER as EKS } from "../../unit/eks/clusters";
import { ACCOUNT_ID, azure } from "../aks/azure";
import { aws } from "../eks/aws";
import { ExampleStack } from "../exampleStacks";
import { google, MADE_CLUSTER } from "../gke/google";
import { record } from "../recorder";
import { type KubernetesObject, objectsOf } from "./rendered";

const eks = new ExampleStack("eks");
const gke = new ExampleStack("gke", { "gcp:project": "research-1" });
const aks = new ExampleStack("aks");

/** What the clouds' examples make in a cluster, and the storage that they do not show. */
export const CLOUDS: Record<string, () => Promise<KubernetesObject[]>> = {
    "of the example of EKS": async () => objectsOf(await eks.run({ dataBucket: "genomes" }, aws())),
    "of the example of EKS on EFS": async () => objectsOf(await eks.run({ efs: "true" }, aws())),
    "of the example of GKE": async () => objectsOf(await gke.run({ dataBucket: "genomes" }, google(MADE_CLUSTER))),
    "of the example of AKS": async () => objectsOf(await aks.run({ dataAccountId: ACCOUNT_ID }, azure())),
    "of a storage class of EFS": async () =>
        objectsOf(
            await record(() => {
                const { storage } = new EfsStorage("work", {
                    clusterArn: EKS.arn,
                    vpcId: "vpc-1",
                    nodeSecurityGroupId: "sg-cluster",
                    subnetIds: ["subnet-1"],
                    storageClassName: "efs",
                });
                return new KubernetesComputeEnvironment("prod", {
                    cluster: { platform: "eks-platform", name: EKS.name, region: EKS.region },
                    credentialsId: "mine",
                    storage,
                });
            }, aws()),
        ),
    "of a storage class of Filestore, and of a bucket as files": async () =>
        objectsOf(
            await record(() => {
                const { storage } = new FilestoreStorage("work", {
                    projectId: "research-1",
                    network: "projects/research-1/global/networks/research",
                    storageClassName: "filestore",
                });
                const bucket = new GcsFuseStorage("references", { bucket: "genomes", mountPath: "/references" });
                return new KubernetesComputeEnvironment("prod", {
                    cluster: { platform: "gke-platform", name: "production", region: "europe-west1" },
                    credentialsId: "mine",
                    storage,
                    storageClaims: bucket.storageClaims,
                    podOptions: bucket.podOptions,
                });
            }, google()),
        ),
};
