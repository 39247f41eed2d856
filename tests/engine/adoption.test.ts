import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_WORKSPACE, type PlatformEmulator } from "../../src/emulator";
import { ROOT } from "../support/installedPackage";
import { apply, kubectl, objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import { environments, environmentStack, freshNamespace, startPlatform, TOKEN } from "./support/platform";
import type { CliRun, TestStack } from "./support/stack";

/** What a tool sends for a credential and for an environment, around what they all say. */
interface Tool {
    credentials(name: string, token: string): object;
    computeEnv(name: string, credentialsId: string, config: Record<string, unknown>): object;
}

/** As each of them sends it; all leave it to the Platform where the claim is mounted and what becomes of pods. */
const TOOLS: Record<string, Tool> = {
    // The Platform's form sends every field, those left empty as null, and the certificate as a kubeconfig has it.
    "in the web page": {
        credentials: (name, token) => ({ name, description: "typed in", provider: "k8s", keys: { token } }),
        computeEnv: (name, credentialsId, { sslCert, ...config }) => ({
            name,
            description: "typed in",
            platform: "k8s-platform",
            credentialsId,
            config: {
                discriminator: "k8s-platform",
                ...config,
                sslCert: Buffer.from(sslCert as string).toString("base64"),
                storageMountPath: "/scratch",
                podCleanup: "on_success",
                computeServiceAccount: null,
                headPodSpec: null,
                servicePodSpec: null,
                nextflowConfig: null,
                preRunScript: null,
                postRunScript: null,
                environment: [],
            },
        }),
    },
    // https://github.com/seqeralabs/terraform-provider-seqera sends no discriminator.
    "by the Terraform provider": {
        credentials: (name, token) => ({ name, provider: "k8s", keys: { token } }),
        computeEnv: (name, credentialsId, config) => ({
            name,
            platform: "k8s-platform",
            credentialsId,
            config: { ...config, computeServiceAccount: "default", environment: [] },
        }),
    },
    // https://github.com/seqeralabs/tower-cli sends the text of a certificate file.
    "by the tw command": {
        credentials: (name, token) => ({ keys: { token }, name, provider: "k8s" }),
        computeEnv: (name, credentialsId, config) => ({
            credentialsId,
            name,
            platform: "k8s-platform",
            config: { ...config, discriminator: "k8s-platform" },
        }),
    },
};

/** The names of Seqera's own manifests: https://docs.seqera.io/platform-cloud/compute-envs/k8s */
const ACCOUNT = "tower-launcher-sa";
const CLAIM = "tower-scratch";

describe("adopting what is there, by the recipe of docs/adoption.md", function () {
    this.timeout(300_000);

    for (const [origin, tool] of Object.entries(TOOLS)) {
        describe(`made ${origin}`, () => {
            const namespace = freshNamespace();
            let platform: PlatformEmulator;
            let stack: TestStack;
            let credentialsId: string;
            let computeEnvId: string;
            let there: Map<string, string>;

            before(async function () {
                this.timeout(1_800_000);
                platform = await startPlatform();
                const { cluster } = await testEngine();
                await manifests(namespace);
                const data = await tokenData(namespace);
                const sslCert = Buffer.from(data["ca.crt"], "base64").toString();
                const token = Buffer.from(data.token, "base64").toString();
                ({ credentialsId } = await post(platform, "/credentials", {
                    credentials: tool.credentials("k8s-token", token),
                }));
                const config = {
                    server: cluster.server,
                    sslCert,
                    namespace,
                    headServiceAccount: ACCOUNT,
                    storageClaimName: CLAIM,
                    workDir: "/scratch/work",
                };
                ({ computeEnvId } = await post(platform, "/compute-envs", {
                    computeEnv: tool.computeEnv("k8s-prod", credentialsId, config),
                }));
                await available(platform);
                await post(platform, `/compute-envs/${computeEnvId}/primary`, {});
                there = await uids(namespace);
                assert.ok(there.size >= 8, [...there.keys()].join());
                stack = await environmentStack(platform, namespace, recipe());
            });

            after(() => platform?.stop());

            it("goes into state as it is: nothing is made, replaced or deleted in the Platform", async () => {
                platform.clearRequests();
                succeeded(await stack.up());
                const [env, ...more] = environments(platform);
                assert.equal(more.length, 0);
                assert.deepEqual(
                    [env.id, env.name, env.credentialsId, env.status, env.primary],
                    [computeEnvId, "k8s-prod", credentialsId, "AVAILABLE", true],
                );
                assert.deepEqual(
                    platform.state.credentials.map(({ id, name, deleted }) => [id, name, deleted ?? false]),
                    [[credentialsId, "k8s-token", false]],
                );
                const changing = platform.requests.filter(({ method }) => method !== "GET");
                assert.deepEqual([...new Set(changing.map(({ method, path }) => `${method} ${path}`))].sort(), [
                    `POST /compute-envs/${computeEnvId}/primary`,
                    ...(origin === "in the web page" ? [`PUT /compute-envs/${computeEnvId}`] : []),
                    `PUT /credentials/${credentialsId}`,
                ]);
                assert.equal(stack.resource("ComputeEnv")!.id, computeEnvId);
                assert.equal(stack.resource("Credentials")!.id, credentialsId);
            });

            it("leaves the objects in the cluster that were there", async () => {
                const now = await uids(namespace);
                for (const [object, uid] of there) {
                    assert.equal(now.get(object), uid, object);
                }
            });

            it("changes nothing the second time, nor after a refresh", async () => {
                for (const flags of [[], ["--refresh"]]) {
                    const { changes, output } = succeeded(await stack.up(...flags));
                    assert.deepEqual(Object.keys(changes), ["unchanged"], output);
                }
            });

            it("changes nothing but the component's own record once the recipe's lines are gone", async () => {
                await stack.configure({ adopt: undefined, credentials: undefined });
                assert.deepEqual(await stack.preview(), []);
                platform.clearRequests();
                const { changes, output } = succeeded(await stack.up());
                assert.deepEqual(
                    [changes.updated, changes.created, changes.deleted],
                    [1, undefined, undefined],
                    output,
                );
                assert.deepEqual(platform.requests, []);
            });

            it("is deleted by a destroy, with what was made for it; what was referred to stays", async () => {
                succeeded(await stack.destroy());
                assert.deepEqual(environments(platform), []);
                assert.deepEqual(
                    platform.state.credentials.filter(({ deleted }) => !deleted),
                    [],
                );
                const now = await uids(namespace);
                const own = [...there.keys()].filter(
                    (object) => !/^(Deployment|PodTemplate|ReplicaSet|Pod)/.test(object),
                );
                assert.deepEqual(
                    own.filter((object) => now.get(object) !== there.get(object)),
                    [],
                );
                assert.equal(now.has("Secret/seqera-launcher-token"), false);
            });

            it("kept to the official document throughout", () => assert.deepEqual(platform.violations, []));
        });
    }

    it("is the recipe that the page has", () => {
        const page = readFileSync(join(ROOT, "docs", "adoption.md"), "utf8");
        for (const line of [
            'adopt: "k8s-prod"',
            'credentials: { adopt: "k8s-token" }',
            "createNamespace: false",
            `launcher: { name: "${ACCOUNT}", create: false }`,
            `head: { name: "${ACCOUNT}", create: false }`,
            'compute: { name: "default", create: false }',
            `storage: { claimName: "${CLAIM}", create: false }`,
        ]) {
            assert.ok(page.includes(line), line);
        }
    });
});

/** The arguments of docs/adoption.md. */
function recipe() {
    return {
        adopt: "k8s-prod",
        credentials: { adopt: "k8s-token" },
        createNamespace: false,
        serviceAccounts: {
            launcher: { name: ACCOUNT, create: false },
            head: { name: ACCOUNT, create: false },
            compute: { name: "default", create: false },
        },
        storage: { claimName: CLAIM, create: false },
        workDirectory: "/scratch/work",
        primary: true,
    };
}

/** What Seqera's manifests make. */
async function manifests(namespace: string): Promise<void> {
    const metadata = (name: string, more: object = {}) => ({ name, namespace, ...more });
    const rule = (apiGroup: string, ...resources: string[]) => ({
        apiGroups: [apiGroup],
        resources,
        verbs: ["get", "list", "watch", "create", "delete"],
    });
    const rbac = "rbac.authorization.k8s.io";
    for (const object of [
        { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
        { apiVersion: "v1", kind: "ServiceAccount", metadata: metadata(ACCOUNT) },
        {
            apiVersion: `${rbac}/v1`,
            kind: "Role",
            metadata: metadata("tower-launcher-role"),
            rules: [
                rule("", "pods", "pods/status", "pods/log", "pods/exec", "persistentvolumeclaims", "configmaps"),
                rule("", "podtemplates"),
                rule("apps", "deployments"),
                rule("batch", "jobs", "jobs/status", "jobs/log"),
            ],
        },
        {
            apiVersion: `${rbac}/v1`,
            kind: "RoleBinding",
            metadata: metadata("tower-launcher-rolebind"),
            roleRef: { apiGroup: rbac, kind: "Role", name: "tower-launcher-role" },
            subjects: [{ kind: "ServiceAccount", name: ACCOUNT, namespace }],
        },
        {
            apiVersion: "v1",
            kind: "Secret",
            metadata: metadata("tower-launcher-token", {
                annotations: { "kubernetes.io/service-account.name": ACCOUNT },
            }),
            type: "kubernetes.io/service-account-token",
        },
        {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: metadata(CLAIM),
            spec: {
                accessModes: ["ReadWriteMany"],
                storageClassName: "",
                resources: { requests: { storage: "10Gi" } },
            },
        },
    ]) {
        await apply(object);
    }
}

async function tokenData(namespace: string): Promise<Record<string, string>> {
    for (;;) {
        const args = ["-n", namespace, "get", "secret", "tower-launcher-token", "-o", "jsonpath={.data}"];
        const data = JSON.parse((await kubectl(...args)) || "{}") as Record<string, string>;
        if (data.token && data["ca.crt"]) {
            return data;
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
}

async function post(platform: PlatformEmulator, path: string, body: object): Promise<Record<string, string>> {
    const answer = await fetch(`${platform.endpoint}${path}?workspaceId=${DEFAULT_WORKSPACE.id}`, {
        method: "POST",
        headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
        body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${path}: ${answer.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
}

async function available(platform: PlatformEmulator): Promise<void> {
    for (;;) {
        const [{ id }] = environments(platform);
        // Asked for as a user's browser does: the environment comes along as it is looked at.
        await fetch(`${platform.endpoint}/compute-envs/${id}?workspaceId=${DEFAULT_WORKSPACE.id}`, {
            headers: { authorization: `Bearer ${TOKEN}` },
        });
        const [{ status, message }] = environments(platform);
        if (status === "AVAILABLE") {
            return;
        }
        assert.equal(status, "CREATING", message ?? undefined);
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
}

/** Kind and name of what is in the namespace, and which one it is. */
async function uids(namespace: string): Promise<Map<string, string>> {
    const kinds = "serviceaccounts,roles,rolebindings,secrets,persistentvolumeclaims,deployments,podtemplates";
    const all = await objects(namespace, kinds);
    const [whole] = JSON.parse(await kubectl("get", "namespace", namespace, "-o", "jsonpath=[{.metadata}]"));
    return new Map([
        ["Namespace", whole.uid],
        ...all.map(({ kind, metadata }): [string, string] => [`${kind}/${metadata.name}`, metadata.uid]),
    ]);
}

function succeeded(run: CliRun): CliRun {
    assert.equal(run.code, 0, run.output);
    return run;
}
