import assert from "node:assert/strict";
import type { EmulatorOptions, KubernetesBackendOptions, PlatformEmulator } from "../../../src/emulator";
import { FakeApiServer } from "./apiServer";
import { selfSigned } from "./certificates";
import {
    Client,
    computeEnvBody,
    createCredentials,
    eventually,
    settled,
    startEmulator,
    stopEmulators,
} from "./support";

const NAMESPACE = "tower-nf";
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;
const POD_TEMPLATES = `/api/v1/namespaces/${NAMESPACE}/podtemplates`;

describe("emulator: the Platform's objects in the cluster", () => {
    let cluster: FakeApiServer;
    let emulator: PlatformEmulator;
    let client: Client;

    beforeEach(async () => {
        cluster = await FakeApiServer.start();
        cluster.addClaim(NAMESPACE, "tower-scratch");
        await start();
    });

    afterEach(async () => {
        await stopEmulators();
        await cluster.stop();
    });

    async function start(kubernetes: KubernetesBackendOptions = {}, options: EmulatorOptions = {}): Promise<void> {
        emulator = await startEmulator({ kubernetes: { authorizationGraceMs: 0, ...kubernetes }, ...options });
        client = new Client(emulator.endpoint);
    }

    interface Created {
        id: string;
        status: string;
        message: string | null;
    }

    async function create(
        config: object = {},
        keys: object = { token: "s3cr3t-token" },
        extra: object = {},
    ): Promise<Created> {
        const credentialsId = await createCredentials(client, { keys });
        const body = computeEnvBody(
            credentialsId,
            {},
            { server: cluster.url, sslCert: cluster.certificate, ...config },
        );
        const created = await client.post("/compute-envs", { ...body, ...extra });
        assert.equal(created.status, 200, JSON.stringify(created.body));
        const id = created.body.computeEnvId as string;
        const { status, message } = (await settled(client, id)).body.computeEnv;
        return { id, status, message };
    }

    async function remove(id: string): Promise<{ status: string; message: string | null }> {
        assert.equal((await client.delete(`/compute-envs/${id}`)).status, 204);
        const { status, message } = (await settled(client, id)).body.computeEnv;
        return { status, message };
    }

    function object(prefix: string): Record<string, any> | undefined {
        return [...cluster.objects].find(([path]) => path.startsWith(`${prefix}/`))?.[1];
    }

    it("makes a Deployment and a PodTemplate, after looking at the claim, and removes both", async () => {
        const { id, status, message } = await create();
        assert.deepEqual([status, message], ["AVAILABLE", null]);
        const name = `tower-${id.toLowerCase()}`;
        assert.deepEqual(cluster.calls, [
            `get /api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims/tower-scratch`,
            `create ${DEPLOYMENTS}`,
            `create ${POD_TEMPLATES}`,
        ]);
        const deployment = cluster.objects.get(`${DEPLOYMENTS}/${name}`);
        assert.ok(deployment);
        const spec = deployment.spec.template.spec;
        assert.equal(spec.serviceAccountName, "tower-launcher-sa");
        assert.deepEqual(spec.volumes, [{ name: "work", persistentVolumeClaim: { claimName: "tower-scratch" } }]);
        assert.deepEqual(spec.containers[0].volumeMounts, [{ name: "work", mountPath: "/scratch" }]);
        const { matchLabels } = deployment.spec.selector;
        for (const [label, value] of Object.entries(matchLabels as object)) {
            assert.equal(deployment.spec.template.metadata.labels[label], value);
        }
        const template = cluster.objects.get(`${POD_TEMPLATES}/${name}`)?.template;
        assert.equal(template.spec.restartPolicy, "Never");
        assert.ok(
            Object.entries(matchLabels as object).some(([label, value]) => template.metadata.labels[label] !== value),
        );

        assert.equal((await remove(id)).status, "DELETED");
        assert.deepEqual([object(DEPLOYMENTS), object(POD_TEMPLATES)], [undefined, undefined]);
    });

    for (const [status, made] of [
        ["ERRORED", false],
        ["INVALID", true],
    ] as const) {
        it(`has ${made ? "made" : "nothing of"} the objects of a create that a fault ends ${status}`, async () => {
            emulator.faults.add({
                kind: "outcome",
                status,
                message: "injected",
                match: { operation: "CreateComputeEnv" },
            });
            const created = await create();
            assert.deepEqual([created.status, created.message], [status, "injected"]);
            assert.deepEqual([object(DEPLOYMENTS), object(POD_TEMPLATES)].map(Boolean), [made, made]);
        });
    }

    it("takes the certificate as PEM or base64 of PEM, and the server with or without a scheme", async () => {
        const base64 = Buffer.from(cluster.certificate).toString("base64");
        assert.equal(
            (await create({ sslCert: base64, server: cluster.url.replace("https://", "") })).status,
            "AVAILABLE",
        );
    });

    it("puts resource labels on the objects, but for those that only a run can fill in", async () => {
        const labelIds: number[] = [];
        for (const [name, value] of [
            ["team", "genomics"],
            ["run", "${workflowId}"],
        ]) {
            labelIds.push((await client.post("/labels", { name, value, resource: true })).body.id as number);
        }
        await create({}, undefined, { labelIds });
        for (const metadata of [
            object(DEPLOYMENTS)?.metadata,
            object(DEPLOYMENTS)?.spec.template.metadata,
            object(POD_TEMPLATES)?.metadata,
        ]) {
            assert.equal(metadata.labels.team, "genomics");
            assert.equal("run" in metadata.labels, false);
        }
    });

    it("merges the service pod spec and the head pod spec, and gives the head its resources", async () => {
        await create({
            storageMountPath: "/mnt/work",
            workDir: "/mnt/work",
            headJobCpus: 2,
            headJobMemoryMb: 4096,
            servicePodSpec:
                "spec:\n  nodeSelector:\n    disk: ssd\n  containers:\n  - name: service\n    resources: {limits: {cpu: 1}}\n  - name: sidecar\n    image: busybox\n",
            headPodSpec:
                "spec:\n  tolerations:\n  - key: dedicated\n    operator: Exists\n  volumes:\n  - name: extra\n    emptyDir: {}\n",
        });
        const service = object(DEPLOYMENTS)?.spec.template.spec;
        assert.deepEqual(service.nodeSelector, { disk: "ssd" });
        assert.deepEqual(
            service.containers.map(({ name, resources }: Record<string, unknown>) => [name, resources]),
            [
                ["service", { limits: { cpu: 1 } }],
                ["sidecar", undefined],
            ],
        );
        assert.equal(service.containers[0].volumeMounts[0].mountPath, "/mnt/work");
        const head = object(POD_TEMPLATES)?.template.spec;
        assert.equal(head.tolerations[0].key, "dedicated");
        assert.deepEqual(
            head.volumes.map(({ name }: { name: string }) => name),
            ["work", "extra"],
        );
        assert.deepEqual(head.containers[0].resources.requests, { cpu: "2", memory: "4096Mi" });
    });

    describe("becomes ERRORED, saying why,", () => {
        const refusals: [string, string, RegExp][] = [
            [
                "get persistentvolumeclaims",
                "reading the claim",
                /User "launcher" cannot get resource "persistentvolumeclaims"/,
            ],
            ["create deployments", "making the Deployment", /User "launcher" cannot create resource "deployments"/],
            ["create podtemplates", "making the PodTemplate", /User "launcher" cannot create resource "podtemplates"/],
        ];
        for (const [verb, what, message] of refusals) {
            it(`when ${what} is forbidden`, async () => {
                cluster.refused.add(verb);
                const created = await create();
                assert.equal(created.status, "ERRORED");
                assert.match(created.message ?? "", message);
            });
        }

        it("when the claim is missing", async () => {
            const { status, message } = await create({ storageClaimName: "missing" });
            assert.deepEqual(
                [status, message],
                ["ERRORED", "Storage claim 'missing' not found in namespace 'tower-nf'"],
            );
        });

        it("when the token is unknown", async () => {
            const { status, message } = await create({}, { token: "revoked" });
            assert.equal(status, "ERRORED");
            assert.match(message ?? "", /Unauthorized/);
            assert.equal((message ?? "").includes("revoked"), false);
        });

        it("when the certificate is another one, or no certificate", async () => {
            const { cert } = await selfSigned("CN=another");
            let { status, message } = await create({ sslCert: cert });
            assert.deepEqual([status, /certificate/.test(message ?? "")], ["ERRORED", true], message ?? "");
            await start();
            ({ status, message } = await create({ sslCert: "bm90IGEgY2VydA==" }));
            assert.deepEqual([status, message], ["ERRORED", "Invalid SSL certificate: neither PEM nor base64 of PEM"]);
            assert.deepEqual(cluster.calls, []);
        });

        it("when nothing listens at the server's address, or it is no address", async () => {
            await cluster.stop();
            const refused = await create();
            assert.equal(refused.status, "ERRORED");
            assert.match(
                refused.message ?? "",
                /Unable to connect to Kubernetes API server https:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/,
            );
            await start();
            const invalid = await create({ server: "not a url" });
            assert.match(invalid.message ?? "", /Invalid Kubernetes control plane URL/);
        });

        it("when the API server does not answer in time", async () => {
            await start({ requestTimeoutMs: 100 });
            cluster.silent = true;
            const { status, message } = await create();
            assert.equal(status, "ERRORED");
            assert.match(message ?? "", /Unable to connect to Kubernetes API server .*Timeout/);
        });

        it("when something else answers 404: that is not the API server's word about the claim", async () => {
            cluster.brokenWith = 404;
            const { status, message } = await create();
            assert.equal(status, "ERRORED");
            assert.match(message ?? "", /refused to get .*persistentvolumeclaims.*404/);
        });

        it("when a pod spec is no YAML, or does not begin with spec", async () => {
            for (const [servicePodSpec, expected] of [
                ["spec: [", /Invalid servicePodSpec/],
                ["nodeSelector:\n  a: b\n", /begins with 'spec:'/],
                ["spec: text", /begins with 'spec:'/],
            ] as const) {
                await start();
                const { status, message } = await create({ servicePodSpec });
                assert.equal(status, "ERRORED");
                assert.match(message ?? "", expected);
            }
        });
    });

    it("tries again for a while what is refused right after rights were granted", async () => {
        await start({ authorizationGraceMs: 5000 });
        cluster.refused.add("create deployments");
        const attempts = () => cluster.calls.filter((call) => call.startsWith("create /apis/apps")).length;
        const creating = create();
        await eventually("it is refused", () => attempts() > 0);
        cluster.refused.clear();
        assert.equal((await creating).status, "AVAILABLE");
        assert.ok(attempts() > 1);
    });

    it("takes an existing object for its own: what an interrupted attempt made", async () => {
        const created = await create();
        const name = `tower-${created.id.toLowerCase()}`;
        emulator.setComputeEnvStatus(created.id, "DELETED");
        // The same seed gives the same ids, so the next emulator meets the first one's objects.
        await start();
        const again = await create();
        assert.equal(again.status, "AVAILABLE");
        assert.ok(cluster.objects.has(`${DEPLOYMENTS}/${name}`));
    });

    describe("delete", () => {
        it("fails with the server's message when a right is missing, and succeeds once it is granted", async () => {
            const { id } = await create();
            cluster.refused.add("delete deployments");
            const refused = await remove(id);
            assert.equal(refused.status, "ERRORED");
            assert.match(refused.message ?? "", /cannot delete resource "deployments"/);
            assert.notEqual(object(DEPLOYMENTS), undefined);
            cluster.refused.clear();
            assert.equal((await remove(id)).status, "DELETED");
            assert.equal(object(DEPLOYMENTS), undefined);
        });

        it("fails when the token was revoked, and succeeds after the keys are rotated", async () => {
            const { id } = await create();
            cluster.tokens.clear();
            assert.match((await remove(id)).message ?? "", /Unauthorized/);
            cluster.tokens.add("fresh");
            const [{ id: credentialsId }] = emulator.state.credentials;
            const credentials = { id: credentialsId, name: "cluster", provider: "k8s", keys: { token: "fresh" } };
            assert.equal((await client.put(`/credentials/${credentialsId}`, { credentials })).status, 204);
            assert.equal((await remove(id)).status, "DELETED");
        });

        it("fails when the credential is gone, leaving the objects", async () => {
            const { id } = await create();
            await client.delete(`/credentials/${emulator.state.credentials[0].id}`);
            assert.equal((await remove(id)).status, "ERRORED");
            assert.notEqual(object(DEPLOYMENTS), undefined);
        });

        it("minds nothing that is gone already", async () => {
            const { id } = await create();
            cluster.objects.clear();
            assert.equal((await remove(id)).status, "DELETED");
        });

        it("forced, leaves the objects behind and calls nobody", async () => {
            const { id } = await create();
            emulator.setComputeEnvStatus(id, "ERRORED");
            cluster.calls.length = 0;
            assert.equal((await client.delete(`/compute-envs/${id}`, { force: true })).status, 204);
            assert.equal((await client.get(`/compute-envs/${id}`)).body.computeEnv.deleted, true);
            assert.notEqual(object(DEPLOYMENTS), undefined);
            assert.deepEqual(cluster.calls, []);
        });
    });

    it("uses a client certificate as well as a token", async () => {
        const user = await selfSigned("CN=launcher");
        await cluster.stop();
        cluster = await FakeApiServer.start(user.cert);
        cluster.addClaim(NAMESPACE, "tower-scratch");
        const keys = { certificate: user.cert, privateKey: user.key };
        assert.equal((await create({}, keys)).status, "AVAILABLE");
    });

    it("waits for the service pod if told so, and gives up when it does not run", async () => {
        await start({ waitForServicePod: true, servicePodTimeoutMs: 60_000 });
        const creating = create();
        await eventually("there is a deployment", () => object(DEPLOYMENTS) !== undefined);
        assert.equal((await client.get("/compute-envs")).body.computeEnvs[0].status, "CREATING");
        Object.assign(object(DEPLOYMENTS) as object, { status: { availableReplicas: 1 } });
        assert.equal((await creating).status, "AVAILABLE");

        cluster.objects.delete([...cluster.objects.keys()].find((path) => path.startsWith(DEPLOYMENTS)) as string);
        await start({ waitForServicePod: true, servicePodTimeoutMs: 0 });
        const { status, message } = await create();
        assert.equal(status, "ERRORED");
        assert.match(message ?? "", /is not running after 0 s/);
    });

    it("stops at once while the API server does not answer", async () => {
        cluster.silent = true;
        const credentialsId = await createCredentials(client);
        const config = { server: cluster.url, sslCert: cluster.certificate };
        await client.post("/compute-envs", computeEnvBody(credentialsId, {}, config));
        await eventually("the API server is asked", () => cluster.calls.length > 0);
        const before = performance.now();
        await emulator.stop();
        assert.ok(performance.now() - before < 1000);
    });
});
