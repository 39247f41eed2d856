import { quote } from "../compile/rules/problems";
import { always, type Rule } from "../compile/rules/rules";
import { notCovered } from "../compile/clouds/addressRanges";
import { addressesFault, headPoolsFault } from "../compile/clouds/foundCluster";
import { type ClusterId, regionOf } from "./gcpNames";

/** What is asked of a cluster that was looked up, as far as it is judged. */
export interface ClusterFacts {
    enableAutopilot?: boolean;
    enableLegacyAbac?: boolean;
    privateClusterConfigs?: { enablePrivateEndpoint?: boolean }[];
    controlPlaneEndpointsConfigs?: { ipEndpointsConfigs?: { enabled?: boolean }[] }[];
    /** There is an entry where only some networks are let in, be they none. */
    masterAuthorizedNetworksConfigs?: { cidrBlocks?: { cidrBlock: string }[] }[];
    workloadIdentityConfigs?: { workloadPool?: string }[];
    addonsConfigs?: {
        gcpFilestoreCsiDriverConfigs?: { enabled?: boolean }[];
        gcsFuseCsiDriverConfigs?: { enabled?: boolean }[];
    }[];
    /** Node auto-provisioning. */
    clusterAutoscalings?: { enabled?: boolean }[];
    nodePools?: NodePoolFacts[];
}

/** What is asked of one of its node pools. */
export interface NodePoolFacts {
    name: string;
    nodeConfigs?: {
        imageType?: string;
        spot?: boolean;
        preemptible?: boolean;
        taints?: { effect: string }[];
        workloadMetadataConfigs?: { mode?: string }[];
    }[];
}

/** What the cluster is to be used for. */
export interface ClusterWishes {
    workloadIdentity?: boolean;
    fusion?: boolean;
    filestore?: boolean;
    gcsFuse?: boolean;
    spotNodes?: boolean;
    platformInNetwork?: boolean;
    platformCidrs?: string[];
}

/** A cluster beside what it is to be used for, and what else was looked up for that. */
export interface FoundCluster extends ClusterWishes {
    id: ClusterId;
    cluster: ClusterFacts;
    workBucket?: { name: string; location: string; uniformBucketLevelAccess: boolean };
}

const GKE = "https://cloud.google.com/kubernetes-engine/docs/";
const SEQERA_GKE = "https://docs.seqera.io/platform-cloud/compute-envs/gke";
const FUSION_GKE = "https://docs.seqera.io/fusion/guide/gcp-gke";

function rule(property: string, source: string, check: (found: FoundCluster) => string | undefined): Rule {
    return always(property, (args) => check(args as FoundCluster), source);
}

/** Command lines of Google's about the cluster, to be copied. */
function update({ id }: FoundCluster, flags: string): string {
    return `\`gcloud container clusters update ${id.name} --location ${id.location} --project ${id.projectId} ${flags}\``;
}

function nodePool({ id }: FoundCluster, verb: string, pool: string, flags: string): string {
    return `\`gcloud container node-pools ${verb} ${pool} --cluster ${id.name} --location ${id.location} --project ${id.projectId} ${flags}\``;
}

/** Google makes nodes of whatever kind pods ask for. */
function makesNodes({ enableAutopilot, clusterAutoscalings }: ClusterFacts): boolean {
    return enableAutopilot === true || clusterAutoscalings?.[0]?.enabled === true;
}

export function workloadPoolOf({ workloadIdentityConfigs }: ClusterFacts): string {
    return workloadIdentityConfigs?.[0]?.workloadPool ?? "";
}

function isSpot({ nodeConfigs }: NodePoolFacts): boolean {
    return nodeConfigs?.[0]?.spot === true || nodeConfigs?.[0]?.preemptible === true;
}

/** A pool whose nodes take pods that tolerate nothing. */
function takesAnyPods({ nodeConfigs }: NodePoolFacts): boolean {
    const { imageType, taints } = nodeConfigs?.[0] ?? {};
    return (
        !/windows/i.test(imageType ?? "") &&
        !(taints ?? []).some(({ effect }) => /^NO_(SCHEDULE|EXECUTE)$/.test(effect))
    );
}

/**
 * Spot pools that nothing keeps head pods off: a Standard cluster taints none by itself. Whoever says that tasks go there has
 * `withSpotTasks` for it, which sends head pods elsewhere.
 */
function openSpotPools({ cluster, spotNodes }: FoundCluster): string[] {
    return cluster.enableAutopilot === true || spotNodes !== undefined
        ? []
        : (cluster.nodePools ?? []).filter((pool) => isSpot(pool) && takesAnyPods(pool)).map(({ name }) => name);
}

/** Pools whose pods are what the node is, and not what their service accounts are. */
function withoutMetadataServer({ nodePools }: ClusterFacts): string[] {
    return (nodePools ?? [])
        .filter(({ nodeConfigs }) => nodeConfigs?.[0]?.workloadMetadataConfigs?.[0]?.mode !== "GKE_METADATA")
        .map(({ name }) => name);
}

/** Whether pods can have an identity at all; which pools they can have it on is told apart. */
function hasIdentity({ cluster, workloadIdentity }: FoundCluster): boolean {
    return workloadIdentity === true && cluster.enableAutopilot !== true && workloadPoolOf(cluster) !== "";
}

/** A driver that is switched off. Autopilot has both, whatever the cluster says of them. */
function isOff({ enableAutopilot, addonsConfigs }: ClusterFacts, driver: "gcpFilestore" | "gcsFuse"): boolean {
    return enableAutopilot !== true && addonsConfigs?.[0]?.[`${driver}CsiDriverConfigs`]?.[0]?.enabled !== true;
}

/** What makes a cluster of no use. */
export const clusterRules: Rule[] = [
    rule(
        "privateClusterConfigs[0].enablePrivateEndpoint",
        `${GKE}concepts/network-isolation`,
        ({ cluster, platformInNetwork, ...rest }) =>
            cluster.privateClusterConfigs?.[0]?.enablePrivateEndpoint === true && platformInNetwork !== true
                ? `must not be true: Seqera Cloud cannot reach the API server, and there is no agent for Kubernetes (run ${update({ cluster, ...rest }, "--no-enable-private-endpoint")} and allow the addresses that https://meta.seqera.io lists, or set platformInNetwork if your own Platform runs in the cluster's network)`
                : undefined,
    ),
    rule(
        "controlPlaneEndpointsConfigs[0].ipEndpointsConfigs[0].enabled",
        `${GKE}concepts/network-isolation`,
        (found) =>
            found.cluster.controlPlaneEndpointsConfigs?.[0]?.ipEndpointsConfigs?.[0]?.enabled === false
                ? `must not be false: the API server has only its DNS endpoint, which the Platform does not use (run ${update(found, "--enable-ip-access")})`
                : undefined,
    ),
    rule("workloadIdentityConfigs[0].workloadPool", `${GKE}how-to/workload-identity`, (found) =>
        found.workloadIdentity === true && workloadPoolOf(found.cluster) === ""
            ? `must not be empty for workloadIdentity: without a pool, pods do not get an identity (run ${update(found, `--workload-pool=${found.id.projectId}.svc.id.goog`)})`
            : undefined,
    ),
    rule("nodePools", `${GKE}how-to/workload-identity#option_2_node_pool_modification`, (found) => {
        const pools = found.cluster.nodePools ?? [];
        const without = withoutMetadataServer(found.cluster);
        return hasIdentity(found) && !makesNodes(found.cluster) && pools.length > 0 && without.length === pools.length
            ? `must have the GKE metadata server for workloadIdentity: in ${without.join(", ")}, pods would use the node's service account (run ${nodePool(found, "update", without[0], "--workload-metadata=GKE_METADATA")})`
            : undefined;
    }),
    rule("enableAutopilot", FUSION_GKE, ({ cluster, fusion }) =>
        cluster.enableAutopilot === true && fusion === true
            ? "must not be true for fusion: Fusion's pods are privileged, which Autopilot rejects, and Fusion does not support Autopilot (use a Standard cluster, or remove fusion and keep the work directory on a Filestore volume)"
            : undefined,
    ),
    rule(
        "addonsConfigs[0].gcpFilestoreCsiDriverConfigs[0].enabled",
        `${GKE}how-to/persistent-volumes/filestore-csi-driver`,
        (found) =>
            found.filestore === true && isOff(found.cluster, "gcpFilestore")
                ? `must be true for filestore: without the driver, no volume is created (run ${update(found, "--update-addons=GcpFilestoreCsiDriver=ENABLED")})`
                : undefined,
    ),
    rule(
        "addonsConfigs[0].gcsFuseCsiDriverConfigs[0].enabled",
        `${GKE}how-to/persistent-volumes/cloud-storage-fuse-csi-driver`,
        (found) =>
            found.gcsFuse === true && isOff(found.cluster, "gcsFuse")
                ? `must be true for gcsFuse: without the driver, nodes cannot mount a bucket (run ${update(found, "--update-addons=GcsFuseCsiDriver=ENABLED")})`
                : undefined,
    ),
    rule("nodePools", `${GKE}concepts/spot-vms`, (found) =>
        found.spotNodes === true && !makesNodes(found.cluster) && !(found.cluster.nodePools ?? []).some(isSpot)
            ? `must contain a spot pool for spotNodes: without one, tasks wait forever (run ${nodePool(found, "create", "spot", "--spot --node-taints=cloud.google.com/gke-spot=true:NoSchedule --enable-autoscaling --min-nodes 0 --max-nodes 10")})`
            : undefined,
    ),
];

/** What can work, but likely not as meant. */
export const clusterWarnings: Rule[] = [
    rule("masterAuthorizedNetworksConfigs[0].cidrBlocks", `${GKE}how-to/authorized-networks`, (found) => {
        const [networks] = found.cluster.masterAuthorizedNetworksConfigs ?? [];
        const allowed = (networks?.cidrBlocks ?? []).map(({ cidrBlock }) => cidrBlock);
        const open = networks === undefined || notCovered(["0.0.0.0/0"], allowed).length === 0;
        return open || found.platformInNetwork === true
            ? undefined
            : addressesFault({
                  allowed,
                  platformCidrs: found.platformCidrs,
                  remedy: (all) =>
                      update(
                          found,
                          `--enable-master-authorized-networks --master-authorized-networks=${all.join(",")}`,
                      ),
              });
    }),
    rule("workloadIdentityConfigs[0].workloadPool", `${GKE}how-to/workload-identity`, (found) =>
        found.workloadIdentity === undefined && workloadPoolOf(found.cluster) === ""
            ? `should not be empty: every pod uses the service account of its node, with all its permissions (run ${update(found, `--workload-pool=${found.id.projectId}.svc.id.goog`)}, or set workloadIdentity to false if this is intended)`
            : undefined,
    ),
    rule("nodePools", `${GKE}how-to/workload-identity#option_2_node_pool_modification`, (found) => {
        const pools = found.cluster.nodePools ?? [];
        const without = withoutMetadataServer(found.cluster);
        return hasIdentity(found) && without.length > 0 && (without.length < pools.length || makesNodes(found.cluster))
            ? `should all have the GKE metadata server: in ${without.join(", ")}, pods use the node's service account (run ${nodePool(found, "update", without[0], "--workload-metadata=GKE_METADATA")}, or keep pods off these nodes with the node selector iam.gke.io/gke-metadata-server-enabled=true)`
            : undefined;
    }),
    rule("enableLegacyAbac", `${GKE}how-to/hardening-your-cluster`, (found) =>
        found.cluster.enableLegacyAbac === true
            ? `should not be true: every service account has full access to the cluster, and roles have no effect (run ${update(found, "--no-enable-legacy-authorization")})`
            : undefined,
    ),
    rule("nodePools", SEQERA_GKE, (found) =>
        makesNodes(found.cluster) || openSpotPools(found).length > 0
            ? undefined
            : headPoolsFault(found.cluster.nodePools ?? [], (pool) => takesAnyPods(pool) && !isSpot(pool)),
    ),
    rule("nodePools", `${GKE}concepts/spot-vms`, (found) => {
        const open = openSpotPools(found);
        return open.length === 0
            ? undefined
            : `should have a taint on spot nodes: head pods may run in ${open.join(", ")}, and a run does not survive the loss of its head pod (run ${nodePool(found, "update", open[0], "--node-taints=cloud.google.com/gke-spot=true:NoSchedule")}, or set spotNodes to true and use withSpotTasks for the environment, or set it to false)`;
    }),
    rule("workBucket.location", "https://cloud.google.com/storage/docs/locations", ({ id, workBucket }) => {
        const location = workBucket?.location.toLowerCase();
        const region = regionOf(id.location);
        // Places of several regions, such as EU and NAM4, have no dash.
        return location?.includes("-") === true && location !== region
            ? `${quote(workBucket!.name)} is in ${location}, but the cluster is in ${region}: transfer between regions is slow and costs money (use a bucket in ${region})`
            : undefined;
    }),
    rule(
        "workBucket.uniformBucketLevelAccess",
        "https://cloud.google.com/storage/docs/uniform-bucket-level-access",
        ({ workloadIdentity, workBucket }) =>
            workloadIdentity === true && workBucket?.uniformBucketLevelAccess === false
                ? `should not be false: permissions of the pods' own service accounts require it (run \`gcloud storage buckets update gs://${workBucket.name} --uniform-bucket-level-access\`, or let pods act as a Google service account)`
                : undefined,
    ),
];
