import { Bucket } from "@pulumi/aws/s3/bucket";
import * as pulumi from "@pulumi/pulumi";
import * as seqera from "pulumi-seqera-kubernetes";
import * as eks from "pulumi-seqera-kubernetes/eks";
import { createCluster } from "./cluster";

const config = new pulumi.Config();
const onEfs = config.requireBoolean("efs");
const dataBucket = config.get("dataBucket");
const protect = config.requireBoolean("protectData");

// A cluster of its own, unless there is one already.
const existing = config.get("existingCluster");
const made = existing ? undefined : createCluster(config);

// Looked up and judged, be it new or old.
const cluster = new eks.EksExistingCluster("cluster", {
    clusterName: made?.name ?? existing!,
    workloadIdentity: onEfs && !dataBucket ? undefined : eks.IdentityMethod.Irsa,
    // A new one gets the driver below.
    efs: onEfs && !made,
});

// The work directory: a file system that the nodes alone can reach, or a bucket.
const volume = onEfs
    ? new eks.EfsStorage("work", {
          clusterArn: cluster.clusterArn,
          vpcId: cluster.vpcId,
          subnetIds: made?.nodeSubnetIds ?? config.requireObject<string[]>("nodeSubnetIds"),
          nodeSecurityGroupId: cluster.clusterSecurityGroupId,
          installDriver: made !== undefined,
          protect,
      })
    : undefined;
const bucket = onEfs ? undefined : new Bucket("work", { forceDestroy: !protect }, { protect });
const work = bucket ? [{ name: bucket.bucket, prefix: "work" }] : [];

// How the Platform gets in: a role that finds this cluster, and reads logs and reports.
const access = new eks.EksSeqeraAccess("platform", { clusterArn: cluster.clusterArn, buckets: work });

// Who pods are in AWS, where runs read and write buckets.
const buckets = [...work, ...(dataBucket ? [{ name: dataBucket }] : [])];
const identity = buckets.length
    ? new eks.EksWorkloadIdentity("pods", {
          clusterArn: cluster.clusterArn,
          method: eks.IdentityMethod.Irsa,
          oidcIssuerUrl: cluster.oidcIssuerUrl,
          fusion: !onEfs,
          buckets: buckets.map((each) => ({ ...each, access: eks.BucketAccess.ReadWrite })),
      })
    : undefined;

const args: seqera.KubernetesComputeEnvironmentArgs = {
    cluster: cluster.cluster,
    credentialsId: access.credentialsId,
    rbacSubjects: access.rbacSubjects,
    serviceAccounts: identity?.serviceAccounts,
    storage: volume?.storage,
    ...(bucket ? eks.fusionIn(bucket.bucket) : {}),
};
const environment = new seqera.KubernetesComputeEnvironment(
    "eks",
    // Tasks on spot nodes, heads never.
    config.requireBoolean("spot") ? eks.withSpotTasks(args) : args,
    { provider: cluster.provider },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
export const kubectlCommand = environment.kubectlCommand;
export const clusterArn = cluster.clusterArn;
// Name of the bucket, or id of the file system.
export const workStore = bucket?.bucket ?? volume?.fileSystemId;
export const platformRoleArn = access.principalArn;
export const podRoleArn = identity?.roleArn;
