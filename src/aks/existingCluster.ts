import {
    getManagedClusterOutput,
    type GetManagedClusterResult,
} from "@pulumi/azure-native/containerservice/getManagedCluster";
import { listManagedClusterAdminCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterAdminCredentials";
import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "../args/environment";
import { heardInTests, plainError } from "../components/plainError";
import { makeClusterProvider, reviewedCluster } from "../components/existingCluster";
import { validArguments } from "../components/validate";
import { existingClusterRules } from "./argumentRules";
import { KubeloginMode } from "./enums";
import { clusterRules, clusterWarnings, type FoundCluster } from "./clusterRules";
import { clusterAccess } from "./kubeconfig";
import type { AksExistingClusterArgs } from "./args";

/**
 * Looks up and checks an existing cluster of Azure Kubernetes Service. A preview reports all problems at once.
 * Pass `cluster` and `provider` to a `KubernetesComputeEnvironment`. The identity that runs the program needs the role "Azure
 * Kubernetes Service Cluster User Role" on the cluster, and in the cluster the right to create the objects of the environment.
 * See https://learn.microsoft.com/azure/aks/control-kubeconfig-access
 */
export class AksExistingCluster extends pulumi.ComponentResource {
    /** Argument `cluster` of `KubernetesComputeEnvironment`: address and certificate authority. Public, so not a secret. */
    public readonly cluster: pulumi.Output<pulumi.Unwrap<ClusterArgs>>;
    /** Kubernetes provider of the cluster. It stays the same when certificates or addresses change. */
    public readonly provider: kubernetes.Provider;
    /** Kubeconfig of the provider. A secret, since it holds a key where the cluster has local accounts. */
    public readonly kubeconfig: pulumi.Output<string>;
    /** Id of the cluster in Azure. */
    public readonly clusterId: pulumi.Output<string>;
    /** Region of the cluster. */
    public readonly location: pulumi.Output<string>;
    /** Kubernetes version of the cluster, such as `1.35.2`. */
    public readonly kubernetesVersion: pulumi.Output<string>;
    /** OIDC issuer of service account tokens, including its trailing slash; empty where the cluster has none. */
    public readonly oidcIssuerUrl: pulumi.Output<string>;
    /** Ids of the subnets of the nodes; empty where Azure created the network. */
    public readonly nodeSubnetIds: pulumi.Output<string[]>;
    /** Resource group of nodes, disks and addresses, which Azure manages. */
    public readonly nodeResourceGroup: pulumi.Output<string>;

    constructor(name: string, args: AksExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `AksExistingCluster "${name}"`;
        args = validArguments(label, existingClusterRules, args);
        super("pulumi-seqera-kubernetes:index:AksExistingCluster", name, args, opts);

        const child = { parent: this };
        const about = { resourceGroupName: args.resourceGroupName, resourceName: args.clusterName };
        const { resourceGroupName, workloadIdentity, azureFiles, spotNodes } = args;
        const { platformInNetwork, platformCidrs, adminCredentials } = args;
        const found = reviewedCluster(
            label,
            getManagedClusterOutput(about, child),
            {
                ...{ resourceGroupName, workloadIdentity, azureFiles, spotNodes },
                ...{ platformInNetwork, platformCidrs, adminCredentials },
            },
            {
                refused: clusterRules,
                warned: clusterWarnings,
                facts: (cluster): Partial<FoundCluster> => ({ cluster }),
            },
            this,
        );
        const access = pulumi
            .all([credentials(), args.login])
            .apply(([text, mode]) =>
                heardInTests(() => plainly(() => clusterAccess(text, mode ?? KubeloginMode.AzureCli))),
            );

        this.cluster = pulumi
            .all([pulumi.unsecret(access), found])
            .apply(([{ server, certificateAuthority }]) => ({ server, certificateAuthority }));
        this.kubeconfig = pulumi.secret(access.apply((each) => each.kubeconfig));
        this.clusterId = found.apply(({ id }) => id);
        this.location = found.apply(({ location }) => location);
        this.kubernetesVersion = found.apply(({ currentKubernetesVersion }) => currentKubernetesVersion);
        this.oidcIssuerUrl = found.apply(({ oidcIssuerProfile }) => oidcIssuerProfile?.issuerURL ?? "");
        this.nodeSubnetIds = found.apply(nodeSubnets);
        this.nodeResourceGroup = found.apply(({ nodeResourceGroup }) => nodeResourceGroup ?? "");
        this.provider = makeClusterProvider(name, { kubeconfig: this.kubeconfig, id: this.clusterId }, this);
        // Without the kubeconfig, which may hold a key.
        this.registerOutputs({
            cluster: this.cluster,
            clusterId: this.clusterId,
            location: this.location,
            kubernetesVersion: this.kubernetesVersion,
            oidcIssuerUrl: this.oidcIssuerUrl,
            nodeSubnetIds: this.nodeSubnetIds,
            nodeResourceGroup: this.nodeResourceGroup,
        });

        /** Asked for only when the cluster has been judged, so that what is wrong with it is told in our words, and once. */
        function credentials(): pulumi.Output<string> {
            const answered = found.apply(() =>
                args.adminCredentials
                    ? listManagedClusterAdminCredentialsOutput(about, child)
                    : listManagedClusterUserCredentialsOutput({ ...about, format: "exec" }, child),
            );
            return pulumi.secret(
                answered.apply(({ kubeconfigs }) =>
                    Buffer.from(kubeconfigs[0]?.value ?? "", "base64").toString("utf8"),
                ),
            );
        }
    }
}

function nodeSubnets({ agentPoolProfiles }: GetManagedClusterResult): string[] {
    const ids = (agentPoolProfiles ?? []).map(({ vnetSubnetID }) => vnetSubnetID).filter((id) => id !== undefined);
    return [...new Set(ids)].sort();
}

function plainly<T>(read: () => T): T {
    try {
        return read();
    } catch (error) {
        throw plainError(error as Error);
    }
}
