import assert from "node:assert/strict";
import { type TrialResult, tryCluster } from "../../src/cluster/trial";
import { launcherRules } from "../../src/compile/namespace/rbac";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import type { PlatformEmulator } from "../../src/emulator";
import { apply, audit, kubectl, launcherOf, objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import { calls, environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import { applyAll, rendered, tokenOf } from "./support/rendered";
import type { TestStack } from "./support/stack";
import { until } from "./support/wait";

/** Arguments, what is in the cluster beside what they make, and what the API server makes of it: nothing unless said here. */
interface Case {
    what: string;
    config: Omit<KubernetesComputeEnvironmentArgs, "cluster">;
    /** A rule of the namespace, named "small". */
    object?: { kind: string; spec: object };
    labels?: Record<string, string>;
    found?: RegExp[];
    warned?: RegExp[];
}

/** Priority classes; the cluster's names for them are this process's own. */
const CLASSES = {
    high: { value: 1000, preemptionPolicy: "PreemptLowerPriority" },
    patient: { value: 1000, preemptionPolicy: "Never" },
    low: { value: 10, preemptionPolicy: "PreemptLowerPriority" },
};
const className = (rank: string) => `${rank}-${process.pid}`;
const ranked = (rank: keyof typeof CLASSES) => ({ priorityClassName: className(rank) });

const LOW_HEAD =
    /headPodOptions\.priorityClassName: the priority of head pods \(10\) is lower than that of tasks \(1000\), so a pending task can preempt its own head pod/;

const CASES: Case[] = [
    {
        what: "a claim that is not there",
        config: { storage: { create: false, claimName: "shared" } },
        found: [
            /storage\.claimName: claim "shared" does not exist in the namespace "\S+" \(create it first, or let this component create it\)/,
        ],
    },
    {
        what: "a further claim that is not there",
        config: { storageClaims: [{ claimName: "genomes", mountPath: "/genomes" }] },
        found: [/storageClaims\[0\]\.claimName: claim "genomes" does not exist in the namespace/],
    },
    {
        what: "a service account of head pods that is not there",
        config: { serviceAccounts: { head: { name: "theirs", create: false } } },
        found: [
            /serviceAccounts\.head\.name: service account "theirs" does not exist in the namespace \(create it, or set serviceAccounts\.head\.create to true\)/,
        ],
    },
    {
        what: "a service account of tasks that is not there",
        config: { serviceAccounts: { compute: { name: "theirs", create: false } } },
        found: [/serviceAccounts\.compute\.name: service account "theirs" does not exist in the namespace/],
    },
    {
        what: "a quota that the head job does not fit into",
        config: { headJob: { memory: "8 GB" } },
        object: { kind: "ResourceQuota", spec: { hard: { "requests.memory": "4Gi" } } },
        found: [
            /headJob: exceeds quota "small": requested requests\.memory=8Gi, used requests\.memory=0, limited to requests\.memory=4Gi \(request less, or raise the quota; if it was removed from the program, .*: kubectl --namespace \S+ delete resourcequota small\)/,
            /computeResources: must set requests\.memory for: task, because quota "small" requires it for every pod .* delete resourcequota small\)/,
        ],
    },
    {
        what: "a limit that the head job is above",
        config: { headJob: { memory: "8 GB" } },
        object: { kind: "LimitRange", spec: { limits: [{ type: "Container", default: { memory: "1Gi" } }] } },
        found: [
            /headJob: conflicts with the LimitRange of the namespace: must be less than or equal to memory limit of 1Gi \(request an amount that it allows, or change the LimitRange; if it was removed from the program, .*: kubectl --namespace \S+ delete limitrange <name>\)/,
        ],
    },
    {
        what: "Pod Security that no pod of Nextflow passes",
        config: {},
        labels: { "pod-security.kubernetes.io/enforce": "restricted" },
        found: [
            /headPodOptions: violates Pod Security level "restricted:latest" of the namespace: .*container "head"/,
            /^podOptions: violates Pod Security level "restricted:latest" of the namespace: allowPrivilegeEscalation != false .* \(remove the setting, or lower the namespace's level\)/,
        ],
    },
    {
        what: "a priority class that is not there",
        config: { podOptions: { priorityClassName: "urgent" } },
        found: [
            /podOptions\.priorityClassName: PriorityClass "urgent" does not exist in the cluster \(create it, or remove this argument\)/,
        ],
    },
    {
        what: "a runtime class that is not there",
        config: { headPodOptions: { runtimeClassName: "gvisor" } },
        found: [
            /headPodOptions\.runtimeClassName: RuntimeClass "gvisor" does not exist in the cluster \(create it, or remove this argument\)/,
        ],
    },
    {
        what: "head pods that rank below tasks, as only the cluster knows",
        config: { podOptions: ranked("high"), headPodOptions: ranked("low") },
        warned: [LOW_HEAD],
    },
    {
        what: "nothing in head pods that rank as tasks do",
        config: { podOptions: ranked("high") },
    },
    {
        what: "nothing in tasks that rank above head pods and take nobody's place",
        config: { podOptions: ranked("patient"), headPodOptions: ranked("low") },
    },
];

const NAMESPACE = { apiVersion: "v1", kind: "Namespace" };

describe("the preflight, on a real API server", function () {
    this.timeout(60_000);

    const namespaces: string[] = [];

    before(async function () {
        this.timeout(1_800_000);
        await testEngine();
        await applyAll(
            Object.entries(CLASSES).map(([rank, ranks]) => ({
                ...{ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: className(rank) } },
                ...ranks,
            })),
        );
    });

    after(async () => {
        await kubectl("delete", "priorityclasses", ...Object.keys(CLASSES).map(className));
        await kubectl("delete", "namespace", ...namespaces, "--wait=false");
    });

    function another(): string {
        namespaces.push(freshNamespace());
        return namespaces.at(-1)!;
    }

    /** Tries what the component would try, with the accounts that it would make; the function tries it again. */
    async function trying(
        { config, object, labels }: Case,
        namespace = another(),
    ): Promise<{ result: TrialResult; again: () => Promise<TrialResult> }> {
        const { cluster } = await testEngine();
        const rules =
            object === undefined ? [] : [{ apiVersion: "v1", metadata: { name: "small", namespace }, ...object }];
        const ran = await rendered(namespace, config, { labels, objects: rules });
        if (object?.kind === "ResourceQuota") {
            await until("the quota counts", async () => (await objects(namespace, "resourcequotas"))[0].status?.hard);
        }
        const token = await tokenOf(namespace, "seqera-launcher");
        const trial = { ...ran.one("Preflight").inputs, rights: launcherRules() };
        const again = () => tryCluster({ ...cluster, token }, trial as never);
        // A binding is in force a moment after it is made.
        const result = await until("the launcher has its rights", async () => {
            const result = await again();
            return result.findings[0]?.property === "serviceAccounts.launcher" ? undefined : result;
        });
        return { result, again };
    }

    for (const each of CASES) {
        it(`finds ${each.what}`, async () => {
            const { findings, warned, notes } = (await trying(each)).result;
            for (const [lines, expected = []] of [
                [findings, each.found],
                [warned, each.warned],
            ] as const) {
                assert.equal(lines.length, expected.length, JSON.stringify(lines));
                expected.forEach((said, at) => assert.match(`${lines[at].property}: ${lines[at].reason}`, said));
            }
            assert.deepEqual(notes, []);
        });
    }

    it("only warns of a quota that has room for the pod, but not beside what is running", async () => {
        const namespace = another();
        const memory = "2Gi";
        const { result, again } = await trying(
            {
                what: "nothing",
                config: { headJob: { memory }, computeResources: { memory: "1Gi" } },
                object: { kind: "ResourceQuota", spec: { hard: { "requests.memory": "3Gi" } } },
            },
            namespace,
        );
        assert.deepEqual(result, { findings: [], warned: [], notes: [] });
        const containers = [{ name: "run", image: "busybox", resources: { requests: { memory } } }];
        await apply({
            ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "running", namespace } },
            spec: { serviceAccountName: "nextflow-head", containers },
        });
        const { findings, warned } = await again();
        assert.deepEqual(findings, []);
        assert.deepEqual(
            warned.map(({ property, reason }) => `${property}: ${reason.split(" (")[0]}`),
            [
                'headJob: exceeds quota "small": requested requests.memory=2Gi, used requests.memory=2Gi, limited to requests.memory=3Gi',
            ],
        );
    });

    it("finds a claim that is being deleted", async () => {
        const namespace = another();
        const modes = { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } };
        const { result, again } = await trying(
            {
                what: "nothing",
                config: { storage: { create: false, claimName: "small" } },
                object: { kind: "PersistentVolumeClaim", spec: modes },
            },
            namespace,
        );
        assert.deepEqual(result, { findings: [], warned: [], notes: [] });
        const claim = ["--namespace", namespace, "persistentvolumeclaim/small"];
        const held = (...finalizers: string[]) =>
            kubectl("patch", ...claim, "--type=merge", "--patch", JSON.stringify({ metadata: { finalizers } }));
        await held("example.com/held");
        await kubectl("delete", ...claim, "--wait=false");
        const { findings } = await again();
        await held();
        assert.deepEqual(
            findings.map(({ property, reason }) => `${property}: ${reason.replace(/since [^)]*/, "since …")}`),
            [
                'storage.claimName: claim "small" is being deleted (since …), so new pods stay Pending (write another claim, or wait until it is deleted and create it again)',
            ],
        );
    });

    it("names the rights that a launcher lacks, and a token that the server does not take", async () => {
        const namespace = another();
        const { cluster } = await testEngine();
        await applyAll([
            { ...NAMESPACE, metadata: { name: namespace } },
            { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "nobody", namespace } },
        ]);
        const trial = { namespace, guards: {}, claims: [], rights: launcherRules(), headPod: {}, taskPod: {} };
        const looked = async (token: string) =>
            (await tryCluster({ ...cluster, token }, trial)).findings.map(
                ({ property, reason }) => `${property}: ${reason}`,
            );
        const [line, ...more] = await looked(await tokenOf(namespace, "nobody"));
        assert.deepEqual(more, []);
        assert.match(
            line,
            /^serviceAccounts\.launcher: lacks permissions that the Platform needs in the namespace "\S+": get, list, watch, create, delete pods; .*; get, list, watch, create, delete apps\/deployments; .* \(bind a role that grants them, or set serviceAccounts\.launcher\.create to true\)$/,
        );
        const [other] = await looked("not-a-token");
        assert.match(other, /^cluster\.server: rejects the launcher's token: Unauthorized \(write the address/);
    });

    describe("as part of a run of the engine", function () {
        this.timeout(120_000);
        this.bail(true);

        let namespace: string;
        let platform: PlatformEmulator;
        let stack: TestStack;

        before(async () => {
            namespace = another();
            platform = await startPlatform();
            await apply({ ...NAMESPACE, metadata: { name: namespace } });
            stack = await environmentStack(platform, namespace, { createNamespace: false });
        });

        after(() => platform?.stop());

        /** How many pods were tried so far; each look tries two. */
        const looks = async () =>
            (await audit(namespace)).filter(
                ({ user, verb, resource }) =>
                    user === launcherOf(namespace) && verb === "create" && resource === "pods",
            ).length;

        /** The calls of the Platform's own preflight come before those of the cluster's. */
        const created = () => calls(platform).filter((call) => !call.startsWith("GET "));

        it("is behind the look for a storage class, which is not there", async () => {
            await stack.configure({ storage: { storageClassName: "no-such-class" } });
            await stack.mustFail(
                /production-storage\.storageClassName.*[\s\S]*no-such-class.* (does not exist|not found)/,
            );
            assert.deepEqual(calls(platform), [], "the Platform was called");
        });

        it("finds all at once, leaves nothing, and is quiet when all is mended", async () => {
            await stack.configure({
                storage: undefined,
                storageClaims: [{ claimName: "genomes", mountPath: "/genomes" }],
                podOptions: { priorityClassName: "urgent" },
                resourceQuota: { hard: { "requests.memory": "8Gi" } },
            });
            const { output } = await stack.mustFail(/Preflight failed: the cluster would reject this environment/);
            assert.match(output, /storageClaims\[0\]\.claimName: claim "genomes"/);
            assert.match(output, /podOptions\.priorityClassName: PriorityClass "urgent"/);
            assert.doesNotMatch(output, /headPodOptions/, "head pods have taken it over");
            assert.deepEqual(created(), [], "something was created in the Platform");
            assert.deepEqual(await objects(namespace, "pods"), []);
            const before = await looks();
            await stack.configure({ storageClaims: undefined, podOptions: undefined, resourceQuota: undefined });
            const still = await stack.mustFail(
                /computeResources: must set requests\.memory.* delete it first: kubectl/,
            );
            const [, removal] = /delete it first: kubectl (.*)\)/.exec(still.output) ?? [];
            await kubectl(...removal.split(" "));
            assert.doesNotMatch((await stack.mustUp()).output, /Preflight (could not|warning|failed)/);
            assert.equal(environments(platform).length, 1);
            assert.equal(await looks(), before + 4);
        });

        it("looks once, and not again where nothing changed", async () => {
            const before = await looks();
            await stack.mustRest();
            assert.equal(await looks(), before);
        });

        it("looks at what has changed in the update alone, and warns", async () => {
            const before = await looks();
            await stack.configure({
                headJob: { memory: "2 GB" },
                podOptions: ranked("high"),
                headPodOptions: ranked("low"),
            });
            // With its preview.
            const { output } = await stack.must(["up", "--yes"]);
            assert.match(output, new RegExp(`Preflight warning: ${LOW_HEAD.source}`));
            assert.equal(await looks(), before + 2);
        });

        it("can be switched off", async () => {
            const before = await looks();
            await stack.configure({
                storageClaims: [{ claimName: "genomes", mountPath: "/genomes" }],
                preflight: false,
                podOptions: undefined,
                headPodOptions: undefined,
            });
            await stack.mustUp();
            assert.equal(environments(platform).length, 1);
            assert.equal(await looks(), before);
        });

        it("leaves nothing behind", async () => {
            await stack.mustDestroy();
            assert.deepEqual(environments(platform), []);
        });
    });
});
