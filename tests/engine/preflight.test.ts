import assert from "node:assert/strict";
import { tryCluster } from "../../src/cluster/preflight";
import { launcherRules } from "../../src/compile/rbac";
import type { PlatformEmulator } from "../../src/emulator";
import { makeAuthority } from "../unit/compile/authority";
import { apply, audit, kubectl, objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import { calls, environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";

/** What is wrong in the cluster, and the line that says so. */
interface Case {
    what: string;
    config: Record<string, unknown>;
    /** What is in the namespace before, which is then not made. */
    objects?: (namespace: string) => object[];
    labels?: Record<string, string>;
    said: RegExp;
}

const meta = (name: string, namespace: string) => ({ name, namespace });

const CASES: Case[] = [
    {
        what: "a claim that is not there",
        config: { storage: { create: false, claimName: "shared" } },
        said: /storage\.claimName is "shared", which is not in the namespace "\S+"; make that claim before, or have it made here/,
    },
    {
        what: "a further claim that is not there",
        config: { storageClaims: [{ claimName: "genomes", mountPath: "/genomes" }] },
        said: /storageClaims\[0\]\.claimName is "genomes", which is not in the namespace/,
    },
    {
        what: "a service account of head pods that is not there",
        config: { serviceAccounts: { head: { name: "theirs", create: false } } },
        said: /serviceAccounts\.head\.name is "theirs", which is not in the namespace; make that service account, or set serviceAccounts\.head\.create to true/,
    },
    {
        what: "a service account of tasks that is not there",
        config: { serviceAccounts: { compute: { name: "theirs", create: false } } },
        said: /serviceAccounts\.compute\.name is "theirs", which is not in the namespace/,
    },
    {
        what: "a quota that the head job does not fit into",
        config: { headJob: { memory: "8 GB" } },
        objects: (namespace) => [
            {
                apiVersion: "v1",
                kind: "ResourceQuota",
                metadata: meta("small", namespace),
                spec: { hard: { "requests.memory": "4Gi" } },
            },
        ],
        said: /headJob does not fit into the quota "small": requests\.memory=8Gi is asked for, of requests\.memory=4Gi, of which requests\.memory=0 is in use; ask for less, or raise the quota/,
    },
    {
        what: "a limit that the head job is above",
        config: { headJob: { memory: "8 GB" } },
        objects: (namespace) => [
            {
                apiVersion: "v1",
                kind: "LimitRange",
                metadata: meta("small", namespace),
                spec: { limits: [{ type: "Container", default: { memory: "1Gi" } }] },
            },
        ],
        said: /headJob is at odds with the LimitRange of the namespace: must be less than or equal to memory limit of 1Gi; ask for an amount that it allows, or change it/,
    },
    {
        what: "Pod Security that no pod of Nextflow passes",
        config: {},
        labels: { "pod-security.kubernetes.io/enforce": "restricted" },
        said: /podOptions asks for what Pod Security "restricted:latest" of the namespace forbids: allowPrivilegeEscalation != false .*; leave that out, or lower the namespace's level/,
    },
    {
        what: "a priority class that is not there",
        config: { podOptions: { priorityClassName: "urgent" } },
        said: /podOptions\.priorityClassName is "urgent", which the cluster does not have; make that PriorityClass, or leave it out/,
    },
    {
        what: "a runtime class that is not there",
        config: { headPodOptions: { runtimeClassName: "gvisor" } },
        said: /headPodOptions\.runtimeClassName is "gvisor", which the cluster does not have; make that RuntimeClass, or leave it out/,
    },
    {
        what: "a storage class that is not there",
        config: { storage: { storageClassName: "no-such-class" } },
        said: /production-storage-class.*[\s\S]*no-such-class.* (does not exist|not found)/,
    },
];

describe("the preflight, on the real engine", function () {
    this.timeout(120_000);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
    });

    after(async () => {
        await platform?.stop();
    });

    async function start(config: Record<string, unknown>, labels = {}, made?: Case["objects"]): Promise<void> {
        namespace = freshNamespace();
        platform.clearRequests();
        await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } });
        for (const object of made?.(namespace) ?? []) {
            await apply(object);
        }
        stack = await environmentStack(platform, namespace, { createNamespace: false, ...config });
    }

    afterEach(async () => {
        assert.equal((await stack.destroy()).code, 0);
        await kubectl("delete", "namespace", namespace, "--wait=false");
    });

    for (const { what, config, objects: made, labels, said } of CASES) {
        it(`finds ${what}, before the Platform is called`, async () => {
            await start(config, labels, made);
            const { code, output } = await stack.up();
            assert.notEqual(code, 0, output);
            assert.match(output, said);
            assert.deepEqual(calls(platform), [], "the Platform was called");
            assert.doesNotMatch(output, /\n\s+at .*\.js/);
        });
    }

    it("finds all at once, leaves nothing, and is quiet when all is mended", async () => {
        await start({
            storageClaims: [{ claimName: "genomes", mountPath: "/genomes" }],
            podOptions: { priorityClassName: "urgent" },
        });
        const { output } = await stack.up();
        assert.match(output, /storageClaims\[0\]\.claimName is "genomes"/);
        assert.match(output, /podOptions\.priorityClassName is "urgent"/);
        assert.doesNotMatch(output, /headPodOptions/, "head pods have taken it over");
        assert.deepEqual(await objects(namespace, "pods"), []);
        await stack.configure({ storageClaims: undefined, podOptions: undefined });
        assert.equal((await stack.up()).code, 0);
        assert.equal(environments(platform).length, 1);
    });

    describe("where tasks rank above the default", () => {
        const classes = { high: `high-${process.pid}`, low: `low-${process.pid}` };
        const ranks = (name: string, value: number, preemptionPolicy = "PreemptLowerPriority") =>
            apply({
                apiVersion: "scheduling.k8s.io/v1",
                kind: "PriorityClass",
                metadata: { name },
                value,
                preemptionPolicy,
            });

        beforeEach(() => ranks(classes.low, 10));

        afterEach(() => kubectl("delete", "priorityclass", classes.high, classes.low));

        it("warns of head pods that rank below them, as only the cluster knows", async () => {
            await ranks(classes.high, 1000);
            await start({
                podOptions: { priorityClassName: classes.high },
                headPodOptions: { priorityClassName: classes.low },
            });
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            assert.match(
                output,
                /The preflight warns: headPodOptions\.priorityClassName ranks head pods at 10, below tasks at 1000, so a task for which there is no room takes the place of its own head pod/,
            );
            await stack.configure({ headPodOptions: undefined });
            const mended = await stack.up();
            assert.equal(mended.code, 0, mended.output);
            assert.doesNotMatch(mended.output, /The preflight warns/);
        });

        it("says nothing where they take nobody's place", async () => {
            await ranks(classes.high, 1000, "Never");
            await start({
                podOptions: { priorityClassName: classes.high },
                headPodOptions: { priorityClassName: classes.low },
            });
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            assert.doesNotMatch(output, /The preflight warns/);
        });
    });

    it("looks once, and not again where nothing changed", async () => {
        await start({});
        assert.equal((await stack.up()).code, 0);
        const launcher = `system:serviceaccount:${namespace}:seqera-launcher`;
        const looks = async () =>
            (await audit(namespace)).filter(
                ({ user, verb, resource }) => user === launcher && verb === "create" && resource === "pods",
            ).length;
        assert.equal(await looks(), 2);
        assert.equal((await stack.up()).code, 0);
        await stack.preview();
        assert.equal(await looks(), 2);
        await stack.configure({ headJob: { memory: "2 GB" } });
        assert.equal((await stack.up()).code, 0);
        assert.equal(await looks(), 4);
    });

    it("can be switched off", async () => {
        await start({ storageClaims: [{ claimName: "genomes", mountPath: "/genomes" }], preflight: false });
        assert.equal((await stack.up()).code, 0);
        assert.equal(environments(platform).length, 1);
    });

    it("goes on where this machine cannot reach the API server, and says so", async () => {
        const { cluster } = await testEngine();
        await start({ cluster: { server: "https://127.0.0.1:1" }, forceDelete: true });
        const { output } = await stack.up();
        assert.match(
            output,
            /The preflight could not try the cluster: https:\/\/127\.0\.0\.1:1 cannot be reached from here/,
        );
        assert.ok(calls(platform).includes("POST /compute-envs"));
        await stack.configure({ cluster: { server: cluster.server } });
        assert.equal((await stack.up()).code, 0);
    });

    it("tells an authority that is another server's", async () => {
        const { cluster } = await testEngine();
        const certificateAuthority = (await makeAuthority()).pem;
        await start({ cluster: { server: cluster.server, certificateAuthority } });
        const { code, output } = await stack.up();
        assert.notEqual(code, 0);
        assert.match(
            output,
            /cluster\.certificateAuthority does not vouch for https:\/\/127\.0\.0\.1:\d+ \(.*\); write the authority of that address/,
        );
        assert.deepEqual(calls(platform), []);
    });

    it("names the rights that a launcher lacks, and a token that the server does not take", async () => {
        const { cluster } = await testEngine();
        await start({});
        await kubectl("-n", namespace, "create", "serviceaccount", "nobody");
        const token = (await kubectl("-n", namespace, "create", "token", "nobody")).trim();
        const { server, certificateAuthority } = cluster;
        const trial = { namespace, claims: [], rights: launcherRules(), headPod: {}, taskPod: {} };
        const looked = async (with_: string) =>
            (await tryCluster({ server, certificateAuthority, token: with_ }, trial)).findings.map(
                ({ property, reason }) => `${property} ${reason}`,
            );
        const [line, ...more] = await looked(token);
        assert.deepEqual(more, []);
        assert.match(
            line,
            /^serviceAccounts\.launcher lacks rights in the namespace "\S+" that the Platform needs: get, list, watch, create, delete pods; .*; get, list, watch, create, delete apps\/deployments; .*; bind them to it, or set serviceAccounts\.launcher\.create to true$/,
        );
        const [other] = await looked("not-a-token");
        assert.match(other, /^cluster\.server does not take the launcher's token \(Unauthorized\); write the address/);
    });
});
