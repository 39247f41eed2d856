import assert from "node:assert/strict";
import { clusterRules, clusterWarnings, type FoundCluster } from "../../../src/gke/clusterRules";
import { lines } from "../compile/support";
import { LACKS_ONE, MAY_LACK, noHeadPool } from "../components/foundClusterTexts";
import { CLUSTER, GOOD, OLD, READY, SPOT, STAYING } from "./clusters";

type Case = [what: string, found: Partial<FoundCluster>, expected: string[]];

const cluster = (facts: object): FoundCluster => ({ ...READY, cluster: { ...GOOD, ...facts } });
const networks = (...blocks: string[]) =>
    cluster({ masterAuthorizedNetworksConfigs: [{ cidrBlocks: blocks.map((cidrBlock) => ({ cidrBlock })) }] });
const WORK = { name: "genomes", location: "EUROPE-WEST1", uniformBucketLevelAccess: true };
const AUTOPILOT = cluster({ enableAutopilot: true, nodePools: [OLD] });
const about = "--location europe-west1 --project research-1";
const OPEN_SPOT = { name: "open", nodeConfigs: [{ spot: true, taints: [] }] };
const OPEN_SPOT_WARNING = `nodePools: should have a taint on spot nodes: head pods may run in open, and a run does not survive the loss of its head pod (run \`gcloud container node-pools update open --cluster production ${about} --node-taints=cloud.google.com/gke-spot=true:NoSchedule\`, or set spotNodes to true and use withSpotTasks for the environment, or set it to false)`;

const REFUSED: Case[] = [
    [
        "a private one",
        cluster({ privateClusterConfigs: [{ enablePrivateEndpoint: true }] }),
        [
            `privateClusterConfigs[0].enablePrivateEndpoint: must not be true: Seqera Cloud cannot reach the API server, and there is no agent for Kubernetes (run \`gcloud container clusters update production ${about} --no-enable-private-endpoint\` and allow the addresses that https://meta.seqera.io lists, or set platformInNetwork if your own Platform runs in the cluster's network)`,
        ],
    ],
    [
        "one with a DNS endpoint alone",
        cluster({ controlPlaneEndpointsConfigs: [{ ipEndpointsConfigs: [{ enabled: false }] }] }),
        [
            `controlPlaneEndpointsConfigs[0].ipEndpointsConfigs[0].enabled: must not be false: the API server has only its DNS endpoint, which the Platform does not use (run \`gcloud container clusters update production ${about} --enable-ip-access\`)`,
        ],
    ],
    [
        "one without a pool, for workload identity",
        { ...cluster({ workloadIdentityConfigs: [], nodePools: [OLD] }), workloadIdentity: true },
        [
            `workloadIdentityConfigs[0].workloadPool: must not be empty for workloadIdentity: without a pool, pods do not get an identity (run \`gcloud container clusters update production ${about} --workload-pool=research-1.svc.id.goog\`)`,
        ],
    ],
    [
        "node pools from before, for workload identity",
        { ...cluster({ nodePools: [OLD, { ...OLD, name: "older" }] }), workloadIdentity: true },
        [
            `nodePools: must have the GKE metadata server for workloadIdentity: in old, older, pods would use the node's service account (run \`gcloud container node-pools update old --cluster production ${about} --workload-metadata=GKE_METADATA\`)`,
        ],
    ],
    [
        "Autopilot, for Fusion",
        { ...AUTOPILOT, fusion: true },
        [
            "enableAutopilot: must not be true for fusion: Fusion's pods are privileged, which Autopilot rejects, and Fusion does not support Autopilot (use a Standard cluster, or remove fusion and keep the work directory on a Filestore volume)",
        ],
    ],
    [
        "one without drivers, for volumes and buckets",
        { ...READY, filestore: true, gcsFuse: true },
        [
            `addonsConfigs[0].gcpFilestoreCsiDriverConfigs[0].enabled: must be true for filestore: without the driver, no volume is created (run \`gcloud container clusters update production ${about} --update-addons=GcpFilestoreCsiDriver=ENABLED\`)`,
            `addonsConfigs[0].gcsFuseCsiDriverConfigs[0].enabled: must be true for gcsFuse: without the driver, nodes cannot mount a bucket (run \`gcloud container clusters update production ${about} --update-addons=GcsFuseCsiDriver=ENABLED\`)`,
        ],
    ],
    [
        "one without spot nodes, for tasks on such",
        { ...cluster({ nodePools: [STAYING] }), spotNodes: true },
        [
            `nodePools: must contain a spot pool for spotNodes: without one, tasks wait forever (run \`gcloud container node-pools create spot --cluster production ${about} --spot --node-taints=cloud.google.com/gke-spot=true:NoSchedule --enable-autoscaling --min-nodes 0 --max-nodes 10\`)`,
        ],
    ],
];

const WARNED: Case[] = [
    [
        "an API server that may not let the Platform in",
        networks("192.0.2.0/24"),
        [`masterAuthorizedNetworksConfigs[0].cidrBlocks: ${MAY_LACK}`],
    ],
    [
        "an API server that lets in some of the Platform's addresses",
        { ...networks("192.0.2.0/24", "18.169.21.18/32"), platformCidrs: ["18.169.21.18/32", "18.135.7.45/32"] },
        [
            `masterAuthorizedNetworksConfigs[0].cidrBlocks: ${LACKS_ONE} (run \`gcloud container clusters update production ${about} --enable-master-authorized-networks --master-authorized-networks=192.0.2.0/24,18.169.21.18/32,18.135.7.45/32\`)`,
        ],
    ],
    [
        "an API server that lets nobody in from outside",
        { ...networks(), platformCidrs: ["18.135.7.45/32"] },
        [
            `masterAuthorizedNetworksConfigs[0].cidrBlocks: ${LACKS_ONE} (run \`gcloud container clusters update production ${about} --enable-master-authorized-networks --master-authorized-networks=18.135.7.45/32\`)`,
        ],
    ],
    [
        "pods that are what their nodes are",
        cluster({ workloadIdentityConfigs: [{ workloadPool: "" }] }),
        [
            `workloadIdentityConfigs[0].workloadPool: should not be empty: every pod uses the service account of its node, with all its permissions (run \`gcloud container clusters update production ${about} --workload-pool=research-1.svc.id.goog\`, or set workloadIdentity to false if this is intended)`,
        ],
    ],
    [
        "a node pool from before, for workload identity",
        { ...cluster({ nodePools: [STAYING, OLD] }), workloadIdentity: true },
        [
            `nodePools: should all have the GKE metadata server: in old, pods use the node's service account (run \`gcloud container node-pools update old --cluster production ${about} --workload-metadata=GKE_METADATA\`, or keep pods off these nodes with the node selector iam.gke.io/gke-metadata-server-enabled=true)`,
        ],
    ],
    [
        "a cluster where roles have no effect",
        cluster({ enableLegacyAbac: true }),
        [
            `enableLegacyAbac: should not be true: every service account has full access to the cluster, and roles have no effect (run \`gcloud container clusters update production ${about} --no-enable-legacy-authorization\`)`,
        ],
    ],
    [
        "nowhere for head pods to run",
        cluster({ nodePools: [SPOT, { name: "win", nodeConfigs: [{ imageType: "WINDOWS_LTSC_CONTAINERD" }] }] }),
        [`nodePools: ${noHeadPool("spot", "win")}`],
    ],
    ["a spot pool where head pods may run", cluster({ nodePools: [STAYING, OPEN_SPOT] }), [OPEN_SPOT_WARNING]],
    ["nothing but a spot pool for head pods to run on", cluster({ nodePools: [OPEN_SPOT] }), [OPEN_SPOT_WARNING]],
    [
        "the same, with withSpotTasks, which keep head pods off it",
        { ...cluster({ nodePools: [OPEN_SPOT] }), spotNodes: true },
        [`nodePools: ${noHeadPool("open")}`],
    ],
    [
        "a bucket in another region",
        { ...READY, workBucket: { ...WORK, location: "US-EAST1" } },
        [
            'workBucket.location: "genomes" is in us-east1, but the cluster is in europe-west1: transfer between regions is slow and costs money (use a bucket in europe-west1)',
        ],
    ],
    [
        "a bucket with rights per object, for workload identity",
        { ...READY, workloadIdentity: true, workBucket: { ...WORK, uniformBucketLevelAccess: false } },
        [
            "workBucket.uniformBucketLevelAccess: should not be false: permissions of the pods' own service accounts require it (run `gcloud storage buckets update gs://genomes --uniform-bucket-level-access`, or let pods act as a Google service account)",
        ],
    ],
];

describe("a cluster of GKE that was looked up", () => {
    for (const [what, found, expected] of REFUSED) {
        it(`is refused: ${what}`, () => assert.deepEqual(lines(clusterRules, { ...READY, ...found }), expected));
    }

    for (const [what, found, expected] of WARNED) {
        it(`is warned of: ${what}`, () => {
            assert.deepEqual(lines(clusterRules, { ...READY, ...found }), []);
            assert.deepEqual(lines(clusterWarnings, { ...READY, ...found }), expected);
        });
    }

    const drivers = [
        { gcpFilestoreCsiDriverConfigs: [{ enabled: true }], gcsFuseCsiDriverConfigs: [{ enabled: true }] },
    ];
    const taken: Record<string, FoundCluster> = {
        "the usual one": READY,
        "one with everything, for everything": {
            ...cluster({ addonsConfigs: drivers }),
            ...{ workloadIdentity: true, fusion: true, filestore: true, gcsFuse: true, spotNodes: true },
            workBucket: WORK,
        },
        "Autopilot, for all but Fusion": {
            ...AUTOPILOT,
            ...{ workloadIdentity: true, filestore: true, gcsFuse: true, spotNodes: true },
        },
        "one that makes nodes by itself": {
            ...cluster({ clusterAutoscalings: [{ enabled: true }], nodePools: [STAYING] }),
            spotNodes: true,
        },
        "a private one, beside a Platform of one's own": {
            ...networks(),
            cluster: {
                ...networks().cluster,
                privateClusterConfigs: [{ enablePrivateEndpoint: true }],
            },
            platformInNetwork: true,
        },
        "an API server that lets the Platform in": { ...networks("18.0.0.0/8"), platformCidrs: ["18.169.21.18/32"] },
        "an API server that lets everybody in": networks("0.0.0.0/0"),
        "one whose pods are what their nodes are, as is meant": {
            ...cluster({ workloadIdentityConfigs: [] }),
            workloadIdentity: false,
        },
        "a zonal one, beside a bucket of its region": {
            ...READY,
            id: { ...CLUSTER, location: "europe-west1-b" },
            workBucket: WORK,
        },
        "a bucket in several regions": { ...READY, workBucket: { ...WORK, location: "EU" } },
    };
    for (const [what, found] of Object.entries(taken)) {
        it(`is taken: ${what}`, () => assert.deepEqual(lines([...clusterRules, ...clusterWarnings], found), []));
    }

    it("is judged by rules that name a public source and have a case each", () => {
        const told = [...REFUSED, ...WARNED].flatMap(([, , texts]) => texts.map((text) => text.split(":")[0]));
        for (const { property, source } of [...clusterRules, ...clusterWarnings]) {
            assert.match(source, /^https:\/\/(cloud\.google\.com|docs\.seqera\.io)\//, property);
            assert.ok(told.includes(property), property);
        }
    });
});
