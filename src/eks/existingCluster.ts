import { getAddon } from "@pulumi/aws/eks/getAddon";
import { getClusterOutput, type GetClusterResult } from "@pulumi/aws/eks/getCluster";
import { getOpenIdConnectProvider } from "@pulumi/aws/iam/getOpenIdConnectProvider";
import { getBucket } from "@pulumi/aws/s3/getBucket";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform } from "../args/enums";
import type { ClusterArgs } from "../args/environment";
import { makeClusterProvider, reviewedCluster } from "../components/existingCluster";
import { validArguments } from "../components/validate";
import { existingClusterRules } from "./argumentRules";
import { IdentityMethod } from "./enums";
import { clusterRules, clusterWarnings, type FoundCluster } from "./clusterRules";
import { eksKubeconfig } from "./kubeconfig";
import { isThere } from "./lookUp";
import type { EksExistingClusterArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * Looks up and checks an existing cluster of EKS. A preview reports all problems at once. Pass `cluster` and
 * `provider` to a `KubernetesComputeEnvironment`. The identity that runs the program needs `eks:DescribeCluster`, the AWS command line,
 * and in the cluster the right to create the objects of the environment.
 * See https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export class EksExistingCluster extends pulumi.ComponentResource {
    /** Argument `cluster` of `KubernetesComputeEnvironment`: the Platform finds an EKS cluster by name and region. */
    public readonly cluster: pulumi.Output<pulumi.Unwrap<ClusterArgs>>;
    /** Kubernetes provider of the cluster. It stays the same when certificates or addresses change. */
    public readonly provider: kubernetes.Provider;
    /** Kubeconfig of the provider. It runs the AWS command line for a token, so it does not contain a secret. */
    public readonly kubeconfig: pulumi.Output<string>;
    /** ARN of the cluster, for `EksSeqeraAccess` and `EksWorkloadIdentity`. */
    public readonly clusterArn: pulumi.Output<string>;
    /** Region of the cluster. */
    public readonly region: pulumi.Output<string>;
    /** Kubernetes version of the cluster, such as `1.35`. */
    public readonly kubernetesVersion: pulumi.Output<string>;
    /** OIDC issuer of service account tokens, for `EksWorkloadIdentity`. */
    public readonly oidcIssuerUrl: pulumi.Output<string>;
    /** Id of the cluster's VPC. */
    public readonly vpcId: pulumi.Output<string>;
    /** Ids of the subnets of the control plane, where nodes often are too. */
    public readonly subnetIds: pulumi.Output<string[]>;
    /** Id of the security group that control plane and nodes share. */
    public readonly clusterSecurityGroupId: pulumi.Output<string>;

    constructor(name: string, args: EksExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `EksExistingCluster "${name}"`;
        args = validArguments(label, existingClusterRules, args);
        super("pulumi-seqera-kubernetes:index:EksExistingCluster", name, args, opts);

        const child = { parent: this };
        const { accessEntries, workloadIdentity, efs, platformInNetwork, workBucket, platformCidrs } = args;
        const found = reviewedCluster(
            label,
            getClusterOutput({ name: args.clusterName, region: args.region }, child),
            { accessEntries, workloadIdentity, efs, platformInNetwork, workBucket, platformCidrs },
            { refused: clusterRules, warned: clusterWarnings, facts },
            this,
        );

        this.cluster = found.apply(({ name: clusterName, region }) => ({
            platform: KubernetesPlatform.Eks,
            name: clusterName,
            region,
        }));
        this.kubeconfig = pulumi
            .all([found, args.kubeconfigRoleArn, args.kubeconfigProfile])
            .apply(([{ name: clusterName, region, endpoint, certificateAuthorities }, roleArn, profile]) =>
                eksKubeconfig({
                    ...{ name: clusterName, region, endpoint, roleArn, profile },
                    certificateAuthority: certificateAuthorities[0]?.data ?? "",
                }),
            );
        this.clusterArn = found.apply(({ arn }) => arn);
        this.region = found.apply(({ region }) => region);
        this.kubernetesVersion = found.apply(({ version }) => version);
        this.oidcIssuerUrl = found.apply(issuerOf);
        this.vpcId = found.apply(({ vpcConfig }) => vpcConfig.vpcId);
        this.subnetIds = found.apply(({ vpcConfig }) => [...vpcConfig.subnetIds].sort());
        this.clusterSecurityGroupId = found.apply(({ vpcConfig }) => vpcConfig.clusterSecurityGroupId);
        this.provider = makeClusterProvider(name, { kubeconfig: this.kubeconfig, id: this.clusterArn }, this);
        this.registerOutputs(outputsOf(this));

        /** What else of AWS decides whether the wishes can come true; only what they need is looked up. */
        async function facts(
            cluster: GetClusterResult,
            known: { workBucket?: string },
        ): Promise<Partial<FoundCluster>> {
            const { name: clusterName, region } = cluster;
            const addon = (addonName: string) => isThere(getAddon({ clusterName, addonName, region }, child));
            return {
                cluster,
                oidcProvider:
                    workloadIdentity === IdentityMethod.Irsa
                        ? await isThere(getOpenIdConnectProvider({ url: issuerOf(cluster) }, child))
                        : undefined,
                podIdentityAgent:
                    workloadIdentity === IdentityMethod.PodIdentity ? await addon("eks-pod-identity-agent") : undefined,
                efsDriver: efs === true ? await addon("aws-efs-csi-driver") : undefined,
                workBucketRegion:
                    known.workBucket === undefined
                        ? undefined
                        : (await getBucket({ bucket: known.workBucket }, child)).bucketRegion,
            };
        }
    }
}

function issuerOf({ identities }: GetClusterResult): string {
    return identities[0]?.oidcs[0]?.issuer ?? "";
}
