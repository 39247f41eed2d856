import assert from "node:assert/strict";
import { clusterRules, clusterWarnings, type FoundCluster } from "../../../src/aks/clusterRules";
import { lines } from "../compile/support";
import { LACKS_ONE, MAY_LACK, noHeadPool } from "../components/foundClusterTexts";
import { GOOD, READY } from "./clusters";

const UPDATE = "az aks update --resource-group research --name production";
const SPOT = { name: "spot", osType: "Linux", scaleSetPriority: "Spot" };

type Case = [what: string, found: Partial<FoundCluster>, expected: string[]];

const cluster = (facts: object): Partial<FoundCluster> => ({ cluster: { ...GOOD, ...facts } });

const REFUSED: Case[] = [
    [
        "one that is stopped",
        cluster({ powerState: { code: "Stopped" } }),
        [
            'powerState.code: must not be "Stopped": nothing can be created in a stopped cluster (run `az aks start --resource-group research --name production`)',
        ],
    ],
    [
        "one that failed",
        cluster({ provisioningState: "Failed" }),
        [
            'provisioningState: must not be "Failed" (fix the cause first: check `az aks show` and the cluster\'s activity log)',
        ],
    ],
    [
        "one that is being deleted",
        cluster({ provisioningState: "Deleting" }),
        ['provisioningState: must not be "Deleting" (use another cluster)'],
    ],
    [
        "a private one",
        cluster({ apiServerAccessProfile: { enablePrivateCluster: true } }),
        [
            "apiServerAccessProfile.enablePrivateCluster: must not be true: Seqera Cloud cannot reach the API server of a private cluster, and there is no agent for Kubernetes (use a cluster with a public API server and authorized IP ranges, or set platformInNetwork if your own Platform runs in the cluster's network)",
        ],
    ],
    [
        "one without issuer and webhook, for an identity of pods",
        { ...cluster({ oidcIssuerProfile: { enabled: false }, securityProfile: undefined }), workloadIdentity: true },
        [
            `oidcIssuerProfile.enabled: must be true for workloadIdentity (run \`${UPDATE} --enable-oidc-issuer --enable-workload-identity\`)`,
            `securityProfile.workloadIdentity.enabled: must be true for workloadIdentity: without it, pods do not get a token (run \`${UPDATE} --enable-oidc-issuer --enable-workload-identity\`)`,
        ],
    ],
    [
        "one without the driver of Azure Files, for a share",
        { ...cluster({ storageProfile: { fileCSIDriver: { enabled: false } } }), azureFiles: true },
        [
            `storageProfile.fileCSIDriver.enabled: must be true for azureFiles: without the driver, nodes cannot mount a share (run \`${UPDATE} --enable-file-driver\`)`,
        ],
    ],
    [
        "one without spot nodes, for tasks on them",
        { spotNodes: true },
        [
            "agentPoolProfiles: must contain a spot pool for spotNodes: without one, tasks wait forever (run `az aks nodepool add --resource-group research --cluster-name production --name spot --priority Spot --eviction-policy Delete --spot-max-price -1 --enable-cluster-autoscaler --min-count 0 --max-count 10`)",
        ],
    ],
    [
        "an administrator's credentials of one without local accounts",
        { ...cluster({ disableLocalAccounts: true }), adminCredentials: true },
        [
            "disableLocalAccounts: must not be true with adminCredentials: the cluster has no administrator credentials (remove adminCredentials, and sign in through Microsoft Entra ID)",
        ],
    ],
];

const ranges = (...authorizedIPRanges: string[]) => cluster({ apiServerAccessProfile: { authorizedIPRanges } });

const WARNED: Case[] = [
    [
        "ranges that may lack the Platform",
        ranges("192.0.2.0/24"),
        [`apiServerAccessProfile.authorizedIPRanges: ${MAY_LACK}`],
    ],
    [
        "ranges that lack some of the Platform's addresses",
        { ...ranges("192.0.2.0/24", "18.169.21.18/32"), platformCidrs: ["18.169.21.18/32", "18.135.7.45/32"] },
        [
            `apiServerAccessProfile.authorizedIPRanges: ${LACKS_ONE} (run \`${UPDATE} --api-server-authorized-ip-ranges 192.0.2.0/24,18.169.21.18/32,18.135.7.45/32\`)`,
        ],
    ],
    [
        "no RBAC",
        cluster({ enableRBAC: false }),
        [
            "enableRBAC: should not be false: every pod has full access to the cluster, and roles have no effect (use a cluster with Kubernetes RBAC)",
        ],
    ],
    [
        "nothing but spot nodes, Windows and tainted ones",
        cluster({
            agentPoolProfiles: [
                { name: "system", osType: "Linux", nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"] },
                SPOT,
                { name: "win", osType: "Windows" },
            ],
        }),
        [`agentPoolProfiles: ${noHeadPool("system", "spot", "win")}`],
    ],
];

describe("a managed cluster that was looked up", () => {
    const wishes = { resourceGroupName: "research" };

    for (const [what, found, expected] of REFUSED) {
        it(`is refused: ${what}`, () =>
            assert.deepEqual(lines(clusterRules, { ...wishes, ...READY, ...found }), expected));
    }

    for (const [what, found, expected] of WARNED) {
        it(`is warned of: ${what}`, () => {
            const args = { ...wishes, ...READY, ...found };
            assert.deepEqual(lines(clusterRules, args), []);
            assert.deepEqual(lines(clusterWarnings, args), expected);
        });
    }

    const taken: Record<string, Partial<FoundCluster>> = {
        "the usual one": READY,
        "one with everything, for everything": { ...READY, workloadIdentity: true, azureFiles: true },
        "one that says nothing of its drivers, which are there by default": {
            cluster: { name: "production" },
            azureFiles: true,
        },
        "one without identities of pods that nobody asks for": cluster({ oidcIssuerProfile: undefined }),
        "a private one, beside a Platform of one's own": {
            ...cluster({ apiServerAccessProfile: { enablePrivateCluster: true, authorizedIPRanges: ["10.0.0.0/8"] } }),
            platformInNetwork: true,
        },
        "ranges with the Platform in them": { ...ranges("18.0.0.0/8"), platformCidrs: ["18.169.21.18/32"] },
        "one that is being updated": cluster({ provisioningState: "Updating" }),
        "spot nodes beside others": cluster({ agentPoolProfiles: [SPOT, { name: "system", osType: "Linux" }] }),
        "spot nodes, for tasks on them": {
            ...cluster({ agentPoolProfiles: [SPOT, { name: "system", osType: "Linux" }] }),
            spotNodes: true,
        },
        "one that makes nodes as pods ask for them": {
            ...cluster({ agentPoolProfiles: [SPOT], nodeProvisioningProfile: { mode: "Auto" } }),
            spotNodes: true,
        },
        "a taint that only asks": cluster({ agentPoolProfiles: [{ name: "a", nodeTaints: ["a=b:PreferNoSchedule"] }] }),
        "an administrator's credentials where there are local accounts": { ...READY, adminCredentials: true },
    };
    for (const [what, found] of Object.entries(taken)) {
        it(`is taken: ${what}`, () =>
            assert.deepEqual(lines([...clusterRules, ...clusterWarnings], { ...wishes, ...found }), []));
    }

    it("is judged by rules that name a public source and have a case each", () => {
        const told = [...REFUSED, ...WARNED].flatMap(([, , texts]) => texts.map((text) => text.split(":")[0]));
        for (const { property, source } of [...clusterRules, ...clusterWarnings]) {
            assert.match(source, /^https:\/\/(learn\.microsoft\.com|docs\.seqera\.io)\//, property);
            assert.ok(told.includes(property), property);
        }
    });
});
