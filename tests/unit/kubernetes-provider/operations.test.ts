import assert from "node:assert/strict";
import { mock } from "node:test";
import { ApiError } from "../../../tools/kubernetes-provider/server/apiError";
import { awaitReady, NotReadyError } from "../../../tools/kubernetes-provider/server/await/awaiter";
import { kindOf, type KubeObject } from "../../../tools/kubernetes-provider/server/kubeObject";
import { check } from "../../../tools/kubernetes-provider/server/operations/check";
import { type Context, PartialError } from "../../../tools/kubernetes-provider/server/operations/context";
import { create } from "../../../tools/kubernetes-provider/server/operations/create";
import { remove } from "../../../tools/kubernetes-provider/server/operations/remove";

const urn = "urn:pulumi:dev::p::kubernetes:core/v1:ConfigMap::a";
const resource = { urn, type: "kubernetes:core/v1:ConfigMap", name: "a" };
const object = (kind: string, metadata: KubeObject = {}): KubeObject => ({
    apiVersion: "v1",
    kind,
    metadata: { name: "a", namespace: "ns", uid: "1", ...metadata },
});
const gone = (kind = ""): ApiError => new ApiError(404, "NotFound", "not found", { kind });

/** A cluster of which a test says what its calls answer. */
function contextWith(objects: object, statuses: string[] = []): Context {
    const cluster = {
        options: {},
        namespace: "default",
        unreachable: Promise.resolve(undefined),
        mustBeReachable: async () => {},
        knows: async () => true,
        isNamespaced: async () => true,
        objects: { discovery: { forget: () => {} }, ...objects },
    } as unknown as Context["cluster"];
    const log = { info: () => {}, warn: () => {}, status: (message: string) => statuses.push(message) };
    return { cluster, log: log, signal: new AbortController().signal };
}

/** Lets time pass until `work` ends; gives the seconds that it took. */
async function secondsUntilEnd(work: Promise<unknown>): Promise<number> {
    let ended = false;
    const end = work.catch(() => {}).then(() => (ended = true));
    let milliseconds = 0;
    for (; !ended && milliseconds < 1_000_000; milliseconds += 50) {
        await new Promise((resolve) => setImmediate(resolve));
        if (!ended) {
            mock.timers.tick(50);
        }
    }
    await end;
    return milliseconds / 1000;
}

describe("operations over time", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
    afterEach(() => mock.timers.reset());

    it("retry a create without its namespace for 63 seconds", async () => {
        const statuses: string[] = [];
        const refuse = async (): Promise<never> => Promise.reject(gone("namespaces"));
        const creating = create(
            { ...resource, inputs: object("ConfigMap"), timeout: 0, preview: false },
            contextWith({ create: refuse }, statuses),
        );
        const seconds = await secondsUntilEnd(creating);
        await assert.rejects(creating, /was not successfully created by the Kubernetes API server: not found/);
        assert.ok(seconds > 62.5 && seconds < 64.5, `${seconds}`);
        assert.equal(statuses.length, 7);
    });

    it("do not retry what will not come", async () => {
        let calls = 0;
        const refuse = async (): Promise<never> => {
            calls += 1;
            throw new ApiError(422, "Invalid", "invalid");
        };
        const request = { ...resource, inputs: object("ConfigMap"), timeout: 0, preview: false };
        await assert.rejects(create(request, contextWith({ create: refuse })), /invalid/);
        assert.equal(calls, 1);
    });

    const waitFor = async (
        live: KubeObject,
        timeout = 0,
        extra: object = {},
    ): Promise<{ seconds: number; error: unknown }> => {
        const { cluster, signal } = contextWith({ get: async () => live, ...extra });
        const waiting = awaitReady({
            inputs: live,
            outputs: live,
            objects: cluster.objects,
            updated: false,
            timeout,
            signal,
            progress: () => {},
        });
        const seconds = await secondsUntilEnd(waiting);
        return {
            seconds,
            error: await waiting.then(
                () => undefined,
                (error: unknown) => error,
            ),
        };
    };

    it("wait for a token 5 seconds, for a claim 300, whatever the program says, and for a quota 60", async () => {
        const token: KubeObject = { ...object("Secret"), type: "kubernetes.io/service-account-token" };
        for (const [live, limit] of [
            [token, 5],
            [object("PersistentVolumeClaim"), 300],
            [object("ResourceQuota"), 60],
        ] as const) {
            const { seconds, error } = await waitFor(live, 7);
            assert.ok(error instanceof NotReadyError);
            assert.equal(error.message, "Timeout occurred polling for 'a'");
            assert.ok(Math.abs(seconds - limit) <= 1, `${kindOf(live)}: ${seconds}`);
        }
    });

    it("wait for a Deployment ten minutes, or as long as the program says", async () => {
        const deployment = { ...object("Deployment"), apiVersion: "apps/v1" };
        const replicaSets = { list: async () => [] };
        assert.ok(Math.abs((await waitFor(deployment, 0, replicaSets)).seconds - 600) <= 1);
        assert.ok(Math.abs((await waitFor(deployment, 7, replicaSets)).seconds - 7) <= 1);
        const annotated = { ...deployment, metadata: { name: "a", annotations: { "pulumi.com/timeoutSeconds": "9" } } };
        assert.ok(Math.abs((await waitFor(annotated, 0, replicaSets)).seconds - 9) <= 1);
    });

    it("do not wait where the program says so, or the kind is ready at once", async () => {
        const skipped = object("PersistentVolumeClaim", { annotations: { "pulumi.com/skipAwait": "true" } });
        for (const live of [
            skipped,
            object("ConfigMap"),
            object("Namespace"),
            { ...object("Secret"), type: "Opaque" },
        ]) {
            const { seconds, error } = await waitFor(live);
            assert.equal(error, undefined, JSON.stringify(live));
            assert.ok(seconds < 0.4, `${seconds}`);
        }
    });

    const removal = (inputs: KubeObject, timeout = 0): Parameters<typeof remove>[0] => ({
        ...resource,
        id: "ns/a",
        state: { ...inputs, __inputs: inputs },
        timeout,
    });

    it("take an object that is gone as deleted", async () => {
        await remove(removal(object("ConfigMap")), contextWith({ delete: async () => Promise.reject(gone()) }));
    });

    it("delete dependents first, unless the object says otherwise, and wait until it is gone", async () => {
        const policies: string[] = [];
        let lives = 3;
        const objects = {
            delete: async (_: unknown, policy: string) => policies.push(policy),
            get: async () => (lives-- > 0 ? object("ConfigMap") : Promise.reject(gone())),
        };
        const removing = remove(removal(object("ConfigMap")), contextWith(objects));
        await secondsUntilEnd(removing);
        await removing;
        assert.equal(lives, -1);
        const annotations = { "pulumi.com/deletionPropagationPolicy": "background" };
        await remove(removal(object("ConfigMap", { annotations })), contextWith(objects));
        assert.deepEqual(policies, ["Foreground", "Background"]);
    });

    it("do not wait for a Namespace with skipAwait, but for a claim", async () => {
        const annotations = { "pulumi.com/skipAwait": "true" };
        const never = { delete: async () => {}, get: async () => object("Namespace") };
        await remove(removal(object("Namespace", { annotations })), contextWith(never));
        const stuck = { delete: async () => {}, get: async () => object("X", { finalizers: ["example.com/held"] }) };
        const removing = remove(removal(object("PersistentVolumeClaim", { annotations }), 20), contextWith(stuck));
        const seconds = await secondsUntilEnd(removing);
        await assert.rejects(removing, (error: Error) => {
            assert.ok(error instanceof PartialError);
            return /example.com\/held/.test(error.message);
        });
        assert.ok(Math.abs(seconds - 20) <= 1.5, `${seconds}`);
    });

    it("take another object of the name as the end of ours", async () => {
        const other = { delete: async () => {}, get: async () => object("ConfigMap", { uid: "2" }) };
        await remove(removal(object("ConfigMap")), contextWith(other));
    });
});

describe("what cannot be checked", () => {
    const request = (type: string, news: KubeObject): Parameters<typeof check>[0] => ({
        urn: `urn:pulumi:dev::p::${type}::a`,
        type,
        name: "a",
        olds: {},
        news,
        seed: new Uint8Array(),
    });

    it("is said clearly: Patch resources, lists, generated names", async () => {
        const context = contextWith({});
        const named = object("ConfigMap");
        await assert.rejects(check(request("kubernetes:core/v1:ConfigMapPatch", named), context), /does not support/);
        await assert.rejects(
            check(request("kubernetes:core/v1:ConfigMapList", object("ConfigMapList")), context),
            /is a list, which cannot be created itself/,
        );
        const generated = { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "a-" } };
        await assert.rejects(check(request("kubernetes:core/v1:ConfigMap", generated), context), /generateName/);
    });
});
