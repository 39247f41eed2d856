import { addressesFault, headPoolsFault } from "../compile/clouds/foundCluster";
import { quote } from "../compile/rules/problems";
import { always, type Rule } from "../compile/rules/rules";

/** What is asked of a managed cluster that was looked up, as far as it is judged. */
export interface ManagedClusterFacts {
    name: string;
    provisioningState?: string;
    powerState?: { code?: string };
    currentKubernetesVersion?: string;
    enableRBAC?: boolean;
    disableLocalAccounts?: boolean;
    aadProfile?: object;
    apiServerAccessProfile?: { enablePrivateCluster?: boolean; authorizedIPRanges?: string[] };
    oidcIssuerProfile?: { enabled?: boolean };
    securityProfile?: { workloadIdentity?: { enabled?: boolean } };
    storageProfile?: { fileCSIDriver?: { enabled?: boolean } };
    agentPoolProfiles?: AgentPoolFacts[];
    nodeProvisioningProfile?: { mode?: string };
}

/** What is asked of one of its node pools. */
export interface AgentPoolFacts {
    name: string;
    osType?: string;
    scaleSetPriority?: string;
    nodeTaints?: string[];
}

/** What the cluster is to be used for. */
export interface ClusterWishes {
    resourceGroupName: string;
    workloadIdentity?: boolean;
    azureFiles?: boolean;
    spotNodes?: boolean;
    platformInNetwork?: boolean;
    platformCidrs?: string[];
    adminCredentials?: boolean;
}

/** A cluster beside what it is to be used for. */
export interface FoundCluster extends ClusterWishes {
    cluster: ManagedClusterFacts;
}

const AKS = "https://learn.microsoft.com/azure/aks/";
const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";

function rule(property: string, source: string, check: (found: FoundCluster) => string | undefined): Rule {
    return always(property, (args) => check(args as FoundCluster), source);
}

/** A command line of Azure's about the cluster, to be copied. */
function update({ cluster, resourceGroupName }: FoundCluster, flags: string): string {
    return `\`az aks update --resource-group ${resourceGroupName} --name ${cluster.name} ${flags}\``;
}

/** Azure makes nodes of whatever kind pods ask for. */
function makesNodes({ nodeProvisioningProfile }: ManagedClusterFacts): boolean {
    return nodeProvisioningProfile?.mode === "Auto";
}

/** A pool whose nodes stay and take pods that tolerate nothing: where head pods can run. */
function takesHeadPods({ osType, scaleSetPriority, nodeTaints }: AgentPoolFacts): boolean {
    return (
        osType !== "Windows" &&
        scaleSetPriority !== "Spot" &&
        !(nodeTaints ?? []).some((taint) => /:(NoSchedule|NoExecute)$/.test(taint))
    );
}

const FIX_CAUSE = "fix the cause first: check `az aks show` and the cluster's activity log";

/** What to do about a state in which nothing can be created in a cluster. */
const STATE_REMEDIES: Record<string, string> = {
    Failed: FIX_CAUSE,
    Canceled: FIX_CAUSE,
    Deleting: "use another cluster",
};

/** What makes a cluster of no use. */
export const clusterRules: Rule[] = [
    rule("powerState.code", `${AKS}start-stop-cluster`, ({ cluster, resourceGroupName }) =>
        cluster.powerState?.code === "Stopped"
            ? `must not be "Stopped": nothing can be created in a stopped cluster (run \`az aks start --resource-group ${resourceGroupName} --name ${cluster.name}\`)`
            : undefined,
    ),
    rule("provisioningState", `${AKS}cluster-configuration`, ({ cluster: { provisioningState: state = "" } }) =>
        state in STATE_REMEDIES ? `must not be ${quote(state)} (${STATE_REMEDIES[state]})` : undefined,
    ),
    rule("apiServerAccessProfile.enablePrivateCluster", `${AKS}private-clusters`, ({ cluster, platformInNetwork }) =>
        cluster.apiServerAccessProfile?.enablePrivateCluster === true && platformInNetwork !== true
            ? "must not be true: Seqera Cloud cannot reach the API server of a private cluster, and there is no agent for Kubernetes (use a cluster with a public API server and authorized IP ranges, or set platformInNetwork if your own Platform runs in the cluster's network)"
            : undefined,
    ),
    rule("oidcIssuerProfile.enabled", `${AKS}use-oidc-issuer`, (found) =>
        found.workloadIdentity === true && found.cluster.oidcIssuerProfile?.enabled !== true
            ? `must be true for workloadIdentity (run ${update(found, "--enable-oidc-issuer --enable-workload-identity")})`
            : undefined,
    ),
    rule("securityProfile.workloadIdentity.enabled", `${AKS}workload-identity-deploy-cluster`, (found) =>
        found.workloadIdentity === true && found.cluster.securityProfile?.workloadIdentity?.enabled !== true
            ? `must be true for workloadIdentity: without it, pods do not get a token (run ${update(found, "--enable-oidc-issuer --enable-workload-identity")})`
            : undefined,
    ),
    rule("storageProfile.fileCSIDriver.enabled", `${AKS}csi-storage-drivers`, (found) =>
        found.azureFiles === true && found.cluster.storageProfile?.fileCSIDriver?.enabled === false
            ? `must be true for azureFiles: without the driver, nodes cannot mount a share (run ${update(found, "--enable-file-driver")})`
            : undefined,
    ),
    rule("agentPoolProfiles", `${AKS}spot-node-pool`, ({ cluster, spotNodes, resourceGroupName }) =>
        spotNodes === true &&
        !makesNodes(cluster) &&
        !(cluster.agentPoolProfiles ?? []).some(({ scaleSetPriority }) => scaleSetPriority === "Spot")
            ? `must contain a spot pool for spotNodes: without one, tasks wait forever (run \`az aks nodepool add --resource-group ${resourceGroupName} --cluster-name ${cluster.name} --name spot --priority Spot --eviction-policy Delete --spot-max-price -1 --enable-cluster-autoscaler --min-count 0 --max-count 10\`)`
            : undefined,
    ),
    rule("disableLocalAccounts", `${AKS}manage-local-accounts-managed-azure-ad`, ({ cluster, adminCredentials }) =>
        adminCredentials === true && cluster.disableLocalAccounts === true
            ? "must not be true with adminCredentials: the cluster has no administrator credentials (remove adminCredentials, and sign in through Microsoft Entra ID)"
            : undefined,
    ),
];

/** What can work, but likely not as meant. */
export const clusterWarnings: Rule[] = [
    rule("apiServerAccessProfile.authorizedIPRanges", `${AKS}api-server-authorized-ip-ranges`, (found) => {
        const allowed = found.cluster.apiServerAccessProfile?.authorizedIPRanges ?? [];
        return allowed.length === 0 || found.platformInNetwork === true
            ? undefined
            : addressesFault({
                  allowed,
                  platformCidrs: found.platformCidrs,
                  remedy: (all) => update(found, `--api-server-authorized-ip-ranges ${all.join(",")}`),
              });
    }),
    rule("enableRBAC", `${AKS}concepts-identity`, ({ cluster }) =>
        cluster.enableRBAC === false
            ? "should not be false: every pod has full access to the cluster, and roles have no effect (use a cluster with Kubernetes RBAC)"
            : undefined,
    ),
    rule("agentPoolProfiles", SEQERA_K8S, ({ cluster }) =>
        makesNodes(cluster) ? undefined : headPoolsFault(cluster.agentPoolProfiles ?? [], takesHeadPods),
    ),
];
