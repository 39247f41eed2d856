import assert from "node:assert/strict";
import { IdentityMethod } from "../../../src/eks/enums";
import { clusterRules, clusterWarnings, type FoundCluster } from "../../../src/eks/clusterRules";
import { lines } from "../compile/support";
import { LACKS_ONE, MAY_LACK } from "../components/foundClusterTexts";
import { GOOD, READY } from "./clusters";

type Case = [what: string, found: Partial<FoundCluster>, expected: string[]];

const cluster = (facts: object): FoundCluster => ({ cluster: { ...GOOD, ...facts } });
const endpoint = (facts: object) => cluster({ vpcConfig: { ...GOOD.vpcConfig, ...facts } });
const CONFIG_MAP = cluster({ accessConfigs: [{ authenticationMode: "CONFIG_MAP" }] });

const REFUSED: Case[] = [
    [
        "one that failed",
        cluster({ status: "FAILED" }),
        ['status: must not be "FAILED" (fix the cause that `aws eks describe-cluster` shows)'],
    ],
    [
        "one that is being made",
        cluster({ status: "CREATING" }),
        ['status: must not be "CREATING" (wait until it is "ACTIVE")'],
    ],
    [
        "one that is being deleted",
        cluster({ status: "DELETING" }),
        ['status: must not be "DELETING" (use another cluster)'],
    ],
    [
        "one without access entries",
        CONFIG_MAP,
        [
            'accessConfigs[0].authenticationMode: must not be "CONFIG_MAP": in this mode the cluster does not support access entries (run `aws eks update-cluster-config --name production --region eu-west-1 --access-config authenticationMode=API_AND_CONFIG_MAP`, which cannot be undone, or set accessEntries to false here and accessEntry to false on the EksSeqeraAccess)',
        ],
    ],
    [
        "a private one",
        endpoint({ endpointPublicAccess: false }),
        [
            "vpcConfig.endpointPublicAccess: must not be false: Seqera Cloud cannot reach the API server, and there is no agent for Kubernetes (run `aws eks update-cluster-config --name production --region eu-west-1 --resources-vpc-config endpointPublicAccess=true`, or set platformInNetwork if your own Platform runs in the cluster's network)",
        ],
    ],
    [
        "one without an OIDC provider, for IRSA",
        { ...READY, workloadIdentity: IdentityMethod.Irsa, oidcProvider: false },
        [
            'identities[0].oidcs[0].issuer: must have an OIDC provider in IAM for workloadIdentity "irsa": without it, pods cannot assume a role (run `eksctl utils associate-iam-oidc-provider --cluster production --region eu-west-1 --approve`, or set createOidcProvider on the EksWorkloadIdentity and remove workloadIdentity here)',
        ],
    ],
    [
        "one without the agent, for Pod Identity",
        { ...READY, workloadIdentity: IdentityMethod.PodIdentity, podIdentityAgent: false },
        [
            'addons.eks-pod-identity-agent: must be installed for workloadIdentity "podIdentity": without it, pods do not get credentials (run `aws eks create-addon --cluster-name production --region eu-west-1 --addon-name eks-pod-identity-agent`, or set installAgent on the EksWorkloadIdentity and remove workloadIdentity here)',
        ],
    ],
];

const WARNED: Case[] = [
    [
        "an API server that may not let the Platform in",
        endpoint({ publicAccessCidrs: ["192.0.2.0/24"] }),
        [`vpcConfig.publicAccessCidrs: ${MAY_LACK}`],
    ],
    [
        "an API server that lets in some of the Platform's addresses",
        {
            ...endpoint({ publicAccessCidrs: ["192.0.2.0/24", "18.169.21.18/32"] }),
            platformCidrs: ["18.169.21.18/32", "18.135.7.45/32"],
        },
        [
            `vpcConfig.publicAccessCidrs: ${LACKS_ONE} (run \`aws eks update-cluster-config --name production --region eu-west-1 --resources-vpc-config publicAccessCidrs=192.0.2.0/24,18.169.21.18/32,18.135.7.45/32\`)`,
        ],
    ],
    [
        "no driver of EFS",
        { ...READY, efs: true, efsDriver: false },
        [
            "addons.aws-efs-csi-driver: is not installed, but efs requires the driver (set installDriver on the EfsStorage, unless the driver is installed in another way)",
        ],
    ],
    [
        "a bucket in another region",
        { ...READY, workBucket: "genomes", workBucketRegion: "us-east-1" },
        [
            'workBucket: "genomes" is in us-east-1, but the cluster is in eu-west-1: transfer between regions is slow and costs money (use a bucket in eu-west-1)',
        ],
    ],
];

describe("a cluster of EKS that was looked up", () => {
    for (const [what, found, expected] of REFUSED) {
        it(`is refused: ${what}`, () => assert.deepEqual(lines(clusterRules, { ...READY, ...found }), expected));
    }

    for (const [what, found, expected] of WARNED) {
        it(`is warned of: ${what}`, () => {
            assert.deepEqual(lines(clusterRules, { ...READY, ...found }), []);
            assert.deepEqual(lines(clusterWarnings, { ...READY, ...found }), expected);
        });
    }

    const taken: Record<string, FoundCluster> = {
        "the usual one": READY,
        "one with everything, for everything": {
            ...READY,
            ...{ workloadIdentity: IdentityMethod.Irsa, oidcProvider: true, efs: true, efsDriver: true },
            ...{ workBucket: "genomes", workBucketRegion: "eu-west-1" },
        },
        "one without access entries that nobody asks for": { ...CONFIG_MAP, accessEntries: false },
        "Auto Mode, which has the agent in it": {
            ...cluster({ computeConfigs: [{ enabled: true }] }),
            ...{ workloadIdentity: IdentityMethod.PodIdentity, podIdentityAgent: false },
        },
        "a private one, beside a Platform of one's own": {
            ...endpoint({ endpointPublicAccess: false, publicAccessCidrs: [] }),
            platformInNetwork: true,
        },
        "an API server that lets the Platform in": {
            ...endpoint({ publicAccessCidrs: ["18.0.0.0/8"] }),
            platformCidrs: ["18.169.21.18/32"],
        },
        "one that is being updated": cluster({ status: "UPDATING" }),
    };
    for (const [what, found] of Object.entries(taken)) {
        it(`is taken: ${what}`, () => assert.deepEqual(lines([...clusterRules, ...clusterWarnings], found), []));
    }

    it("is judged by rules that name a public source and have a case each", () => {
        const told = [...REFUSED, ...WARNED].flatMap(([, , texts]) => texts.map((text) => text.split(":")[0]));
        for (const { property, source } of [...clusterRules, ...clusterWarnings]) {
            assert.match(source, /^https:\/\/docs\.(aws\.amazon\.com|seqera\.io)\//, property);
            assert.ok(told.includes(property), property);
        }
    });
});
