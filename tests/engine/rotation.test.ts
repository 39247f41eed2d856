import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { tokenRefusal } from "../../src/cluster/preflight";
import type { PlatformEmulator } from "../../src/emulator";
import { kubectl, objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import { calls, environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";
import { labellingWebhook } from "./support/webhook";

/** The API server remembers for ten seconds that it has taken a token. */
const REMEMBERED_MS = 12_000;

/**
 * A Secret that has it holds a token that the API server refuses.
 * https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-legacy-token-invalid-since
 */
const INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

describe("the rotation of the launcher's token, on the real engine", function () {
    this.timeout(180_000);

    const namespace = freshNamespace();
    const directory = mkdtempSync(join(tmpdir(), "seqera-rotation-"));
    const stateFile = join(directory, "platform.json");
    let platform: PlatformEmulator;
    let stack: TestStack;
    const seen = new Set<string>();

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform({ stateFile });
        stack = await environmentStack(platform, namespace, { tokenRotation: { request: "first", everyDays: 90 } });
        await mustUp();
    });

    after(async () => {
        await platform?.stop();
        rmSync(directory, { recursive: true });
    });

    async function mustUp() {
        const { code, output, changes } = await stack.up();
        assert.equal(code, 0, output);
        nothingShown(output);
        return changes;
    }

    /** Token Secrets of the launcher, by name. */
    async function tokens(): Promise<Record<string, { token: string; authority: string }>> {
        const secrets = (await objects(namespace, "secrets")).filter(({ type }) => type.endsWith("account-token"));
        return Object.fromEntries(
            secrets.map(({ metadata, data }) => {
                const token = Buffer.from(data.token as string, "base64").toString();
                seen.add(token);
                return [metadata.name, { token, authority: data["ca.crt"] as string }];
            }),
        );
    }

    async function onlyToken() {
        const [[name, found], ...more] = Object.entries(await tokens());
        assert.deepEqual(more, []);
        return { name, ...found };
    }

    /** The token that the Platform has, which it tells nobody. */
    function held(): string {
        const { state } = JSON.parse(readFileSync(stateFile, "utf8")) as {
            state: { secrets: Record<string, { token: string }> };
        };
        const [keys, ...more] = Object.values(state.secrets);
        assert.deepEqual(more, []);
        return keys.token;
    }

    /** What the API server says against a token; undefined when it takes it. */
    async function refusal({ token, authority }: { token: string; authority: string }): Promise<string | undefined> {
        const { cluster } = await testEngine();
        return tokenRefusal({ server: cluster.server, certificateAuthority: authority, token });
    }

    function nothingShown(...texts: string[]): void {
        for (const token of seen) {
            for (const form of [token, Buffer.from(token).toString("base64")]) {
                texts.forEach((text) => assert.ok(!text.includes(form), "a token stands in plain text"));
            }
        }
    }

    /** A rotation to a token that the cluster refuses, which is that of a Secret with a label. */
    async function rotateIntoRefused(request: string): Promise<{ token: string; authority: string }> {
        const old = await onlyToken();
        const end = await labellingWebhook(namespace, "secrets", { [INVALID_SINCE]: "2026-01-01" });
        await stack.configure({ tokenRotation: { request, everyDays: 90 } });
        platform.clearRequests();
        await mustBeRefused();
        await end();
        return old;
    }

    async function mustBeRefused(): Promise<void> {
        const { code, output } = await stack.up();
        assert.notEqual(code, 0, output);
        assert.equal(Object.keys(await tokens()).length, 2);
        nothingShown(output);
        assert.match(
            output,
            /The cluster does not take the launcher's new token \(Unauthorized\), so the credential keeps the one that it has\. Mend the cause and run `pulumi up` again, or ask for another token with another tokenRotation\.request; preflight: false goes on without looking\.\n/,
        );
        assert.doesNotMatch(output, /\n\s+at .*\.js/);
    }

    /** Nothing has changed for the Platform. Nobody has shown the token for longer than it is remembered. */
    async function keeps(old: { token: string; authority: string }): Promise<void> {
        assert.equal(held(), old.token);
        assert.equal(await refusal(old), undefined);
        assert.deepEqual(calls(platform), []);
    }

    it("names the Secret after the rotation, and rests", async () => {
        assert.match((await onlyToken()).name, /^seqera-launcher-token-[0-9a-f]{7}$/);
        platform.clearRequests();
        assert.deepEqual(await stack.preview(), []);
        assert.deepEqual(Object.keys(await mustUp()), ["unchanged"]);
        assert.equal((await stack.refresh()).code, 0);
        assert.deepEqual(await stack.preview(), []);
    });

    it("on request: another token in the same credential, the environment untouched, the old token refused", async () => {
        const old = await onlyToken();
        const [env] = environments(platform);
        await stack.configure({ tokenRotation: { request: "second", everyDays: 90 } });
        assert.deepEqual((await stack.preview()).map(({ op, type }) => `${op} ${type.split(":").at(-1)}`).sort(), [
            "replace Secret",
            "update Credentials",
            "update Preflight",
            "update TokenRotation",
        ]);
        platform.clearRequests();
        await mustUp();
        assert.deepEqual(calls(platform), ["PUT /credentials/{id}", "GET /credentials/{id}"]);
        const now = await onlyToken();
        assert.notEqual(now.name, old.name);
        assert.equal(await refusal(now), undefined);
        await sleep(REMEMBERED_MS);
        assert.match((await refusal(old)) ?? "", /Unauthorized/);
        const [after, ...others] = environments(platform);
        assert.deepEqual([after.id, after.status, others.length], [env.id, "AVAILABLE", 0]);
        assert.equal(after.credentialsId, env.credentialsId);
    });

    it("keeps the old token until the credential has the new one, whatever fails in between", async () => {
        const old = await onlyToken();
        await stack.configure({ tokenRotation: { request: "third", everyDays: 90 } });
        platform.faults.add({ match: { operation: "UpdateCredentials" }, kind: "status", status: 403 });
        const failed = await stack.up();
        assert.notEqual(failed.code, 0);
        nothingShown(failed.output);
        assert.equal(Object.keys(await tokens()).length, 2);
        await sleep(REMEMBERED_MS);
        assert.equal(await refusal(old), undefined);

        await mustUp();
        const now = await onlyToken();
        assert.notEqual(now.token, old.token);
        await sleep(REMEMBERED_MS);
        assert.match((await refusal(old)) ?? "", /Unauthorized/);
    });

    it("keeps the old token while the cluster refuses the new one, run for run", async () => {
        const old = await rotateIntoRefused("fourth");
        await mustBeRefused();
        await keeps(old);
        const made = await tokens();
        const [name, ...more] = Object.keys(made).filter((each) => made[each].token !== old.token);
        assert.deepEqual(more, []);
        await kubectl("--namespace", namespace, "label", "secret", name, `${INVALID_SINCE}-`);
        await mustUp();
        const now = await onlyToken();
        assert.equal(now.name, name);
        assert.equal(held(), now.token);
        await sleep(REMEMBERED_MS);
        assert.match((await refusal(old)) ?? "", /Unauthorized/);
    });

    it("is past a token that the cluster refuses when another one is asked for", async () => {
        const old = await rotateIntoRefused("fifth");
        await keeps(old);
        await stack.configure({ tokenRotation: { request: "sixth", everyDays: 90 } });
        await mustUp();
        const now = await onlyToken();
        assert.equal(held(), now.token);
        assert.deepEqual(calls(platform), ["PUT /credentials/{id}", "GET /credentials/{id}"]);
        assert.deepEqual(await stack.preview(), []);
    });

    it("when its days are over", async () => {
        const old = await onlyToken();
        await stack.configure({ tokenRotation: { request: "sixth", everyDays: 1 } });
        assert.deepEqual(
            (await stack.preview()).map(({ type }) => type.split(":").at(-1)),
            ["TokenRotation"],
        );
        await mustUp();
        assert.equal((await onlyToken()).name, old.name);
        await stack.edit((resource) => {
            if (resource.type.endsWith(":TokenRotation")) {
                resource.inputs.since = resource.outputs.since = "2026-01-01";
            }
        });
        await mustUp();
        assert.notEqual((await onlyToken()).name, old.name);
        assert.deepEqual(await stack.preview(), []);
    });

    it("a Secret that is deleted by hand is made again, and the credential gets its token", async () => {
        const old = await onlyToken();
        await kubectl("--namespace", namespace, "delete", "secret", old.name);
        assert.equal((await stack.refresh()).code, 0);
        platform.clearRequests();
        await mustUp();
        assert.deepEqual(calls(platform), ["PUT /credentials/{id}", "GET /credentials/{id}"]);
        assert.notEqual((await onlyToken()).token, old.token);
    });

    it("leaves no token in plain text in state, and nothing behind", async () => {
        assert.ok(seen.size >= 8);
        nothingShown(stack.stateText());
        const { code, output } = await stack.destroy();
        assert.equal(code, 0, output);
        nothingShown(output);
        assert.deepEqual(environments(platform), []);
    });
});
