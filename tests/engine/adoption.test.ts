import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { ACCOUNT, argumentsIn, CLAIM, CONFIG, firstProgram, MORE, TOOLS } from "../support/adoption";
import { apply, kubectl, objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import {
    credentials,
    environments,
    environmentStack,
    freshNamespace,
    request,
    startPlatform,
} from "./support/platform";
import type { TestStack } from "./support/stack";
import { until } from "./support/wait";

describe("adopting what is there, by the recipe of docs/adoption.md", function () {
    this.timeout(120_000);

    describe("made in the web page", function () {
        this.bail(true);

        const namespace = freshNamespace();
        let platform: PlatformEmulator;
        let stack: TestStack;
        let credentialsId: string;
        let computeEnvId: string;
        let there: Map<string, string>;
        let credentialArguments: Record<string, string> = firstProgram().credentials;
        let printed: Record<string, any>;

        before(async function () {
            this.timeout(1_800_000);
            platform = await startPlatform();
            const { cluster } = await testEngine();
            await manifests(namespace);
            const data = await tokenData(namespace);
            const sslCert = Buffer.from(data["ca.crt"], "base64").toString();
            const token = Buffer.from(data.token, "base64").toString();
            ({ credentialsId } = await request(platform, "POST", "/credentials", {
                credentials: TOOLS["in the web page"].credentials("k8s-token", token),
            }));
            const config = { server: cluster.server, sslCert, namespace, ...MORE };
            ({ computeEnvId } = await request(platform, "POST", "/compute-envs", {
                computeEnv: TOOLS["in the web page"].computeEnv("k8s-prod", credentialsId, { ...CONFIG, ...config }),
            }));
            await until("the environment is AVAILABLE", async () => {
                // Asked for as a user's browser does: the environment comes along as it is looked at.
                const { computeEnv } = await request(platform, "GET", `/compute-envs/${computeEnvId}`);
                assert.notEqual(computeEnv.status, "ERRORED", computeEnv.message);
                return computeEnv.status === "AVAILABLE";
            });
            await request(platform, "POST", `/compute-envs/${computeEnvId}/primary`, {});
            there = await uids(namespace);
            assert.ok(there.size >= 8, [...there.keys()].join());
            stack = await environmentStack(platform, namespace, firstProgram());
        });

        after(() => platform?.stop());

        it("is refused at preview while the program leaves out what it has, the credential's text first; nothing is written", async () => {
            platform.clearRequests();
            const { output: first } = await stack.mustFail(/the credential "k8s-token" differs/, ["preview"]);
            assert.match(first, /description: the credential has "typed in", the program has nothing/);
            credentialArguments = { ...credentialArguments, description: "typed in" };
            await stack.configure({ credentials: credentialArguments });

            const { output } = await stack.mustFail(/the compute environment "k8s-prod" differs/, ["preview"]);
            for (const [property, there] of [
                ["headJobCpus", "2"],
                ["nextflowConfig", JSON.stringify(MORE.nextflowConfig)],
                ["description", '"typed in"'],
            ]) {
                assert.ok(
                    output.includes(`${property}: the environment has ${there}, the program has nothing`),
                    output,
                );
            }
            assert.doesNotMatch(output, /\n\s+at |unhandled exception/);
            printed = printedArguments(output);
            assert.deepEqual(
                platform.requests.filter(({ method }) => method !== "GET"),
                [],
            );
            assert.deepEqual(stack.resources(), []);
        });

        it("goes into state as it is, by the arguments that were printed: nothing is made, replaced or deleted in the Platform", async () => {
            const serviceAccounts = { ...printed.serviceAccounts, launcher: { name: ACCOUNT, create: false } };
            await stack.configure({ ...printed, serviceAccounts, credentials: credentialArguments });
            platform.clearRequests();
            await stack.must(["up", "--yes"]);
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

        it("changes nothing the second time, nor after a refresh", () => stack.mustRest("--refresh"));

        it("changes nothing but the component's own record once the recipe's lines are gone", async () => {
            await stack.configure({ adopt: undefined, credentials: { description: "typed in" } });
            platform.clearRequests();
            const { changes, output } = await stack.mustUp();
            assert.deepEqual([changes.updated, changes.created, changes.deleted], [1, undefined, undefined], output);
            assert.deepEqual(platform.requests, []);
        });

        it("is deleted by a destroy, with what was made for it; what was referred to stays", async () => {
            await stack.mustDestroy();
            assert.deepEqual(environments(platform), []);
            assert.deepEqual(credentials(platform), []);
            const now = await uids(namespace);
            const own = [...there.keys()].filter((object) => !/^(Deployment|PodTemplate|ReplicaSet|Pod)/.test(object));
            assert.deepEqual(
                own.filter((object) => now.get(object) !== there.get(object)),
                [],
            );
            assert.equal(now.has("Secret/seqera-launcher-token"), false);
        });

        it("kept to the official document throughout", () => assert.deepEqual(platform.violations, []));
    });
});

/** The arguments that a refusal prints, as a user copies them. */
function printedArguments(output: string): Record<string, any> {
    const [, text] = /arguments of a KubernetesComputeEnvironment:\r?\n((?:\s+.*\n)+?)\s*\n/.exec(output) ?? [];
    assert.ok(text, output);
    return argumentsIn(text);
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
    const items = [
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
    ];
    await apply({ apiVersion: "v1", kind: "List", items });
}

/** What Kubernetes fills the Secret of a token with. */
function tokenData(namespace: string): Promise<Record<string, string>> {
    return until("the token is there", async () => {
        const args = ["-n", namespace, "get", "secret", "tower-launcher-token", "-o", "jsonpath={.data}"];
        const data = JSON.parse((await kubectl(...args)) || "{}") as Record<string, string>;
        return data.token && data["ca.crt"] ? data : undefined;
    });
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
