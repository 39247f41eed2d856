import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../../src/emulator";
import { FakeApiServer } from "./apiServer";
import { FAILED_HEAD } from "./headLogs";
import {
    Client,
    createComputeEnv,
    createCredentials,
    eventually,
    settled,
    startEmulator,
    stopEmulators,
} from "./support";

const PODS = "/api/v1/namespaces/tower-nf/pods";

describe("emulator: runs that a head pod executes", () => {
    let cluster: FakeApiServer;
    let emulator: PlatformEmulator;
    let client: Client;

    beforeEach(async () => {
        cluster = await FakeApiServer.start();
        cluster.addClaim("tower-nf", "tower-scratch");
        const launcher = { image: "launcher:1", pollMs: 5 };
        emulator = await startEmulator({ kubernetes: { authorizationGraceMs: 0, launcher } });
        client = new Client(emulator.endpoint);
    });

    afterEach(async () => {
        await stopEmulators();
        await cluster.stop();
    });

    async function launch(config: object = {}, overrides: object = {}): Promise<string> {
        const credentialsId = await createCredentials(client);
        const place = { server: cluster.url, sslCert: cluster.certificate };
        const computeEnvId = await createComputeEnv(client, credentialsId, {}, { ...place, ...config });
        assert.equal((await settled(client, computeEnvId)).body.computeEnv.status, "AVAILABLE");
        const launch = { computeEnvId, pipeline: "hello", workDir: "/scratch/work", runName: "one", ...overrides };
        const { status, body } = await client.post("/workflow/launch", { launch });
        assert.equal(status, 200, JSON.stringify(body));
        return body.workflowId as string;
    }

    async function workflow(id: string): Promise<Record<string, any>> {
        return (await client.get(`/workflow/${id}`)).body.workflow as Record<string, any>;
    }

    async function pod(id: string): Promise<Record<string, any>> {
        const path = `${PODS}/nf-${id.toLowerCase()}`;
        await eventually("there is a head pod", () => cluster.objects.has(path));
        return cluster.objects.get(path)!;
    }

    async function end(id: string, phase: "Succeeded" | "Failed", exitCode: number): Promise<Record<string, any>> {
        const status = { phase, containerStatuses: [{ name: "head", state: { terminated: { exitCode } } }] };
        (await pod(id)).status = status;
        await eventually("the run ends", async () => (await workflow(id)).complete !== null);
        return workflow(id);
    }

    it("makes the head pod of the environment's own configuration and follows it", async () => {
        const id = await launch({
            headJobMemoryMb: 2048,
            headPodSpec: "spec: {nodeSelector: {a: b}, containers: [{name: head, env: [{name: MORE, value: x}]}]}",
            nextflowConfig: "process.cpus = 2\n",
            preRunScript: "echo pre",
            computeServiceAccount: "tasks",
            environment: [
                { name: "BOTH", value: "it's $1", head: true, compute: true },
                { name: "ONLY_TASKS", value: "t", head: false, compute: true },
            ],
        });
        const { metadata, spec } = await pod(id);
        assert.equal(metadata.labels?.["seqera.io/workflow"], id);
        assert.equal(spec.serviceAccountName, "tower-launcher-sa");
        assert.deepEqual(spec.nodeSelector, { a: "b" });
        const [head] = spec.containers;
        assert.equal(head.image, "launcher:1");
        assert.deepEqual(head.args, [
            "nf-launch.sh",
            "nextflow",
            "run",
            "hello",
            "-name",
            "one",
            "-w",
            "/scratch/work",
        ]);
        assert.deepEqual(head.resources, { requests: { memory: "2048Mi" } });
        const env = Object.fromEntries(head.env.map((one: { name: string; value: string }) => [one.name, one.value]));
        const decoded = (name: string): string => Buffer.from(env[name], "base64").toString();
        assert.equal(env.MORE, "x");
        assert.equal(env.BOTH, "it's $1");
        assert.equal(env.ONLY_TASKS, undefined);
        assert.equal(decoded("NXF_CONFIG_BASE64"), "process.cpus = 2\n");
        assert.equal(decoded("TOWER_PRERUN_BASE64"), "echo pre");
        assert.deepEqual(decoded("TOWER_CONFIG_BASE64").trim().split("\n"), [
            "process.executor = 'k8s'",
            "k8s.namespace = 'tower-nf'",
            "k8s.serviceAccount = 'tasks'",
            "k8s.storageClaimName = 'tower-scratch'",
            "k8s.storageMountPath = '/scratch'",
            "env.BOTH = 'it\\'s $1'",
            "env.ONLY_TASKS = 't'",
        ]);

        assert.equal((await workflow(id)).status, "SUBMITTED");
        (await pod(id)).status = { phase: "Running" };
        await eventually("it runs", async () => (await workflow(id)).status === "RUNNING");
        const done = await end(id, "Succeeded", 0);
        assert.deepEqual([done.status, done.success, done.exitStatus], ["SUCCEEDED", true, 0]);
    });

    for (const [podCleanup, phase, stays] of [
        [undefined, "Succeeded", false],
        ["on_success", "Failed", true],
        ["always", "Failed", false],
        ["never", "Succeeded", true],
    ] as const) {
        it(`${stays ? "keeps" : "removes"} a pod that has ${phase} where podCleanup is ${podCleanup}`, async () => {
            const id = await launch(podCleanup === undefined ? {} : { podCleanup });
            await end(id, phase, phase === "Failed" ? 3 : 0);
            const there = (): boolean => cluster.objects.has(`${PODS}/nf-${id.toLowerCase()}`);
            await eventually("all is done", () => !emulator.state.runs.some(({ pending }) => pending));
            assert.equal(there(), stays);
        });
    }

    it("fails with the exit status of the pod", async () => {
        const failed = await end(await launch(), "Failed", 3);
        assert.deepEqual([failed.status, failed.exitStatus], ["FAILED", 3]);
        assert.equal(failed.errorMessage, "Head pod ended with 3");
    });

    it("shows the log and the tasks while it runs, and fails with the task and what it wrote", async () => {
        const id = await launch();
        const { metadata, ...rest } = await pod(id);
        cluster.logs.set(metadata.name as string, FAILED_HEAD.split("ERROR ~")[0]);
        cluster.objects.set(`${PODS}/${metadata.name}`, { ...rest, metadata, status: { phase: "Running" } });
        const progress = async (): Promise<any> => (await client.get(`/workflow/${id}/progress`)).body.progress;
        await eventually("its tasks show", async () => (await progress()).workflowProgress.succeeded === 1);
        assert.equal((await progress()).workflowProgress.submitted, 2);
        const { entries, pending } = (await client.get(`/workflow/${id}/log`)).body.log;
        assert.deepEqual([entries.at(-1), pending], ["[1f/b19b53] Submitted process > FLOW:BAD (sample (1))", true]);
        cluster.logs.set(metadata.name as string, FAILED_HEAD);
        const failed = await end(id, "Failed", 1);
        assert.deepEqual([failed.errorMessage, failed.exitStatus], ["some output\noops", 3]);
        assert.match(failed.errorReport as string, /^Error executing process > 'FLOW:BAD/);
        assert.equal((await client.get(`/workflow/${id}/tasks`)).body.tasks[2].task.exitStatus, 3);
    });

    it("keeps the beginning of a long log, and takes the report from its end", async () => {
        const id = await launch();
        const { metadata } = await pod(id);
        cluster.logs.set(metadata.name as string, `first line\n${"x".repeat(600_000)}\n${FAILED_HEAD}`);
        const failed = await end(id, "Failed", 1);
        assert.match(failed.errorReport as string, /^Error executing process > 'FLOW:BAD/);
        const { entries, truncated } = (await client.get(`/workflow/${id}/log`, { maxLength: 20 })).body.log;
        assert.deepEqual([entries, truncated], [["first line"], true]);
    });

    it("is resumed with its session, of which Nextflow keeps notes beside the work", async () => {
        const first = await launch();
        const variables = async (id: string): Promise<Record<string, string>> => {
            const { spec } = await pod(id);
            const { env } = spec.containers[0] as { env: { name: string; value: string }[] };
            return Object.fromEntries(env.map(({ name, value }) => [name, value]));
        };
        const { NXF_UUID, NXF_CACHE_DIR } = await variables(first);
        const { sessionId } = await workflow(first);
        assert.deepEqual([NXF_UUID, NXF_CACHE_DIR], [sessionId, `/scratch/work/.nextflow/${sessionId}`]);
        await end(first, "Failed", 1);
        const again = (await client.get(`/workflow/${first}/launch`)).body.launch;
        const launched = { ...{ computeEnvId: again.computeEnv.id, pipeline: "hello", workDir: again.workDir } };
        const resumed = { ...launched, id: again.id, resume: true, sessionId };
        const { workflowId } = (await client.post("/workflow/launch", { launch: resumed })).body;
        const { args } = (await pod(workflowId as string)).spec.containers[0];
        assert.deepEqual((args as string[]).slice(-2), ["-resume", sessionId]);
        const { NXF_UUID: none, NXF_CACHE_DIR: same } = await variables(workflowId as string);
        assert.deepEqual([none, same], [undefined, NXF_CACHE_DIR]);
    });

    it("fails when the pod has been deleted by somebody else", async () => {
        const id = await launch();
        await pod(id);
        cluster.objects.delete(`${PODS}/nf-${id.toLowerCase()}`);
        await eventually("the run ends", async () => (await workflow(id)).status === "FAILED");
        assert.match((await workflow(id)).errorMessage as string, /has been deleted$/);
    });

    it("fails with the API server's own words when the credential may not make pods", async () => {
        cluster.refused.add("create pods");
        const id = await launch();
        await eventually("the run ends", async () => (await workflow(id)).status === "FAILED");
        assert.match((await workflow(id)).errorMessage as string, /cannot create resource "pods"/);
    });

    it("says why the log of a pod that failed is not there", async () => {
        cluster.refused.add("get pods/log");
        const failed = await end(await launch(), "Failed", 3);
        assert.match(failed.errorReport as string, /^There is no log: .* cannot get resource "pods\/log"/);
    });

    it("says why a pod that has ended could not be removed, of a run that is what it was", async () => {
        cluster.refused.add("delete pods");
        const id = await launch({ podCleanup: "always" });
        await end(id, "Succeeded", 0);
        await eventually("it is said", async () => (await workflow(id)).errorMessage !== null);
        const { status, errorMessage } = await workflow(id);
        assert.equal(status, "SUCCEEDED");
        assert.match(errorMessage as string, /cannot delete resource "pods"/);
    });

    it("removes the head pod of a run that is cancelled", async () => {
        const id = await launch({ podCleanup: "never" });
        await pod(id);
        assert.equal((await client.post(`/workflow/${id}/cancel`, {})).status, 204);
        await eventually("the pod goes", () => !cluster.objects.has(`${PODS}/nf-${id.toLowerCase()}`));
        assert.equal((await workflow(id)).status, "CANCELLED");
    });
});
