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
    return quote(`aws eks ${verb} ${named} ${cluster.name} --region ${cluster.region} ${flags}`);
}

/** What makes a cluster of no use. */
export const clusterRules: Rule[] = [
    rule("status", `${EKS}clusters.html`, ({ cluster }) =>
        ["CREATING", "DELETING", "FAILED"].includes(cluster.status ?? "")
            ? `is ${quote(cluster.status!)}; wait until it is "ACTIVE", or set it right, as "aws eks describe-cluster" explains it`
            : undefined,
    ),
    rule("accessConfigs[0].authenticationMode", `${EKS}setting-up-access-entries.html`, (found) =>
        found.accessEntries !== false && found.cluster.accessConfigs?.[0]?.authenticationMode === "CONFIG_MAP"
            ? `is "CONFIG_MAP", so the cluster knows no access entries; write ${command(found, "update-cluster-config", "--access-config authenticationMode=API_AND_CONFIG_MAP", "--name")}, which cannot be taken back, or set accessEntries to false here and accessEntry to false on the EksSeqeraAccess`
            : undefined,
    ),
    rule("vpcConfig.endpointPublicAccess", `${EKS}cluster-endpoint.html`, (found) =>
        found.cluster.vpcConfig?.endpointPublicAccess === false && found.platformInNetwork !== true
            ? `is false, so Seqera Cloud cannot reach the API server, and there is no agent for Kubernetes; write ${command(found, "update-cluster-config", "--resources-vpc-config endpointPublicAccess=true", "--name")}, or set platformInNetwork where a Platform of your own runs in the cluster's network`
            : undefined,
    ),
    rule("identities[0].oidcs[0].issuer", `${EKS}enable-iam-roles-for-service-accounts.html`, (found) =>
        found.workloadIdentity === IdentityMethod.Irsa && found.oidcProvider === false
            ? `has no OIDC provider in IAM, but workloadIdentity is "irsa", and no pod could act as a role; write ${quote(`eksctl utils associate-iam-oidc-provider --cluster ${found.cluster.name} --region ${found.cluster.region} --approve`)}, or set createOidcProvider on the EksWorkloadIdentity and leave workloadIdentity out here`
            : undefined,
    ),
    rule("addons.eks-pod-identity-agent", `${EKS}pod-id-agent-setup.html`, (found) =>
        found.workloadIdentity === IdentityMethod.PodIdentity &&
        found.podIdentityAgent === false &&
        found.cluster.computeConfigs?.[0]?.enabled !== true
            ? `is missing, but workloadIdentity is "podIdentity", and no pod would get credentials; write ${command(found, "create-addon", "--addon-name eks-pod-identity-agent")}, or set installAgent on the EksWorkloadIdentity and leave workloadIdentity out here`
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
            ? "is missing, but efs is asked for; set installDriver on the EfsStorage, unless the driver was installed by other means"
            : undefined,
    ),
    rule("workBucket", SEQERA_EKS, ({ cluster, workBucket, workBucketRegion }) =>
        workBucketRegion !== undefined && workBucketRegion !== cluster.region
            ? `${quote(workBucket ?? "")} is in ${workBucketRegion}, but the cluster in ${cluster.region}, so that every file crosses regions, which is slow and paid for; write a bucket in ${cluster.region}`
            : undefined,
    ),
];
