import { quote } from "../compile/rules/problems";
import { always, type Rule } from "../compile/rules/rules";
import { notCovered } from "../compile/clouds/addressRanges";
import { addressesFault } from "../compile/clouds/foundCluster";
import { IdentityMethod } from "./enums";

/** What is asked of a cluster that was looked up, as far as it is judged. */
export interface ClusterFacts {
    name: string;
    region: string;
    status?: string;
    accessConfigs?: { authenticationMode?: string }[];
    /** EKS Auto Mode, which has the agent of Pod Identity in it. */
    computeConfigs?: { enabled?: boolean }[];
    identities?: { oidcs?: { issuer?: string }[] }[];
    vpcConfig?: { endpointPublicAccess?: boolean; publicAccessCidrs?: string[] };
}

/** What the cluster is to be used for. */
export interface ClusterWishes {
    accessEntries?: boolean;
    workloadIdentity?: IdentityMethod;
    efs?: boolean;
    platformInNetwork?: boolean;
    platformCidrs?: string[];
}

/** A cluster beside what it is to be used for, and what else was looked up for that. */
export interface FoundCluster extends ClusterWishes {
    cluster: ClusterFacts;
    /** Whether IAM has an OIDC provider of the cluster's issuer; looked for with `irsa` alone. */
    oidcProvider?: boolean;
    /** Whether the add-on with the agent of Pod Identity is there; looked for with `podIdentity` alone. */
    podIdentityAgent?: boolean;
    /** Whether the add-on with EFS's driver is there; looked for with `efs` alone. */
    efsDriver?: boolean;
    workBucket?: string;
    workBucketRegion?: string;
}

const EKS = "https://docs.aws.amazon.com/eks/latest/userguide/";
const SEQERA_EKS = "https://docs.seqera.io/platform-cloud/compute-envs/eks";

function rule(property: string, source: string, check: (found: FoundCluster) => string | undefined): Rule {
    return always(property, (args) => check(args as FoundCluster), source);
}

/** A command line of AWS's about the cluster, to be copied. */
function command({ cluster }: FoundCluster, verb: string, flags: string, named = "--cluster-name"): string {
    return `\`aws eks ${verb} ${named} ${cluster.name} --region ${cluster.region} ${flags}\``;
}

/** What to do about a status in which nothing can be created in a cluster. */
const STATUS_REMEDIES: Record<string, string> = {
    CREATING: 'wait until it is "ACTIVE"',
    DELETING: "use another cluster",
    FAILED: "fix the cause that `aws eks describe-cluster` shows",
};

/** What makes a cluster of no use. */
export const clusterRules: Rule[] = [
    rule("status", `${EKS}clusters.html`, ({ cluster: { status = "" } }) =>
        status in STATUS_REMEDIES ? `must not be ${quote(status)} (${STATUS_REMEDIES[status]})` : undefined,
    ),
    rule("accessConfigs[0].authenticationMode", `${EKS}setting-up-access-entries.html`, (found) =>
        found.accessEntries !== false && found.cluster.accessConfigs?.[0]?.authenticationMode === "CONFIG_MAP"
            ? `must not be "CONFIG_MAP": in this mode the cluster does not support access entries (run ${command(found, "update-cluster-config", "--access-config authenticationMode=API_AND_CONFIG_MAP", "--name")}, which cannot be undone, or set accessEntries to false here and accessEntry to false on the EksSeqeraAccess)`
            : undefined,
    ),
    rule("vpcConfig.endpointPublicAccess", `${EKS}cluster-endpoint.html`, (found) =>
        found.cluster.vpcConfig?.endpointPublicAccess === false && found.platformInNetwork !== true
            ? `must not be false: Seqera Cloud cannot reach the API server, and there is no agent for Kubernetes (run ${command(found, "update-cluster-config", "--resources-vpc-config endpointPublicAccess=true", "--name")}, or set platformInNetwork if your own Platform runs in the cluster's network)`
            : undefined,
    ),
    rule("identities[0].oidcs[0].issuer", `${EKS}enable-iam-roles-for-service-accounts.html`, (found) =>
        found.workloadIdentity === IdentityMethod.Irsa && found.oidcProvider === false
            ? `must have an OIDC provider in IAM for workloadIdentity "irsa": without it, pods cannot assume a role (run \`eksctl utils associate-iam-oidc-provider --cluster ${found.cluster.name} --region ${found.cluster.region} --approve\`, or set createOidcProvider on the EksWorkloadIdentity and remove workloadIdentity here)`
            : undefined,
    ),
    rule("addons.eks-pod-identity-agent", `${EKS}pod-id-agent-setup.html`, (found) =>
        found.workloadIdentity === IdentityMethod.PodIdentity &&
        found.podIdentityAgent === false &&
        found.cluster.computeConfigs?.[0]?.enabled !== true
            ? `must be installed for workloadIdentity "podIdentity": without it, pods do not get credentials (run ${command(found, "create-addon", "--addon-name eks-pod-identity-agent")}, or set installAgent on the EksWorkloadIdentity and remove workloadIdentity here)`
            : undefined,
    ),
];

/** What can work, but likely not as meant. */
export const clusterWarnings: Rule[] = [
    rule("vpcConfig.publicAccessCidrs", `${EKS}cluster-endpoint.html`, (found) => {
        const { endpointPublicAccess, publicAccessCidrs } = found.cluster.vpcConfig ?? {};
        const allowed = publicAccessCidrs ?? [];
        const open = allowed.length === 0 || notCovered(["0.0.0.0/0"], allowed).length === 0;
        return endpointPublicAccess === false || open || found.platformInNetwork === true
            ? undefined
            : addressesFault({
                  allowed,
                  platformCidrs: found.platformCidrs,
                  remedy: (all) =>
                      command(
                          found,
                          "update-cluster-config",
                          `--resources-vpc-config publicAccessCidrs=${all.join(",")}`,
                          "--name",
                      ),
              });
    }),
    rule("addons.aws-efs-csi-driver", `${EKS}efs-csi.html`, (found) =>
        found.efs === true && found.efsDriver === false
            ? "is not installed, but efs requires the driver (set installDriver on the EfsStorage, unless the driver is installed in another way)"
            : undefined,
    ),
    rule("workBucket", SEQERA_EKS, ({ cluster, workBucket, workBucketRegion }) =>
        workBucketRegion !== undefined && workBucketRegion !== cluster.region
            ? `${quote(workBucket ?? "")} is in ${workBucketRegion}, but the cluster is in ${cluster.region}: transfer between regions is slow and costs money (use a bucket in ${cluster.region})`
            : undefined,
    ),
];
