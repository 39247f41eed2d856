import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenRefusal } from "../../src/cluster/trial";
import type { PlatformEmulator } from "../../src/emulator";
import { kubectl, objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import { calls, environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import { CREDENTIALS, type TestStack } from "./support/stack";
import { until } from "./support/wait";
import { labellingWebhook } from "./support/webhook";

/** The API server remembers for ten seconds that it has taken a token, however often it is shown again. */
const FORGOTTEN_MS = 15_000;

/**
 * A Secret that has it holds a token that the API server refuses.
 * https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-legacy-token-invalid-since
 */
const INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

interface Token {
    token: string;
    authority: string;
}

describe("the rotation of the launcher's token, on the real engine", function () {
    this.timeout(120_000);
    this.bail(true);

    const namespace = freshNamespace();
    const directory = mkdtempSync(join(tmpdir(), "seqera-rotation-"));
    const stateFile = join(directory, "platform.json");
    let platform: PlatformEmulator;
    let stack: TestStack;
    const seen = new Set<string>();
    /** The tokens that another one has replaced. */
    const replaced: Token[] = [];

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

    async function mustUp(...flags: string[]) {
        const { output, changes } = await stack.mustUp(...flags);
        nothingShown(output);
        return changes;
    }

    /** Token Secrets of the launcher, by name. */
    async function tokens(): Promise<Record<string, Token>> {
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
    async function refusal({ token, authority }: Token): Promise<string | undefined> {
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
    async function rotateIntoRefused(request: string): Promise<Token> {
        const old = await onlyToken();
        const end = await labellingWebhook(namespace, "secrets", { [INVALID_SINCE]: "2026-01-01" });
        await stack.configure({ tokenRotation: { request, everyDays: 90 } });
        platform.clearRequests();
        await mustBeRefused();
        await end();
        return old;
    }

    async function mustBeRefused(): Promise<void> {
        const { output } = await stack.mustFail(
            /The cluster rejects the launcher's new token: Unauthorized\. The credential keeps its current token\. Fix the cause and run `pulumi up` again, or request another token by changing tokenRotation\.request\. Set preflight to false to skip this check\.\n/,
        );
        assert.equal(Object.keys(await tokens()).length, 2);
        nothingShown(output);
    }

    /** Its Secret is there, beside that of the new one, and the API server takes it. */
    async function isAccepted(old: Token): Promise<void> {
        const all = Object.values(await tokens());
        assert.deepEqual([all.length, all.some(({ token }) => token === old.token)], [2, true]);
        assert.equal(await refusal(old), undefined);
    }

    /** Nothing has changed for the Platform. */
    async function keeps(old: Token): Promise<void> {
        assert.equal(held(), old.token);
        await isAccepted(old);
        assert.deepEqual(calls(platform), []);
    }

    it("names the Secret after the rotation, and rests", async () => {
        assert.match((await onlyToken()).name, /^seqera-launcher-token-[0-9a-f]{7}$/);
        await stack.mustRest("--refresh");
    });

    it("on request: another token in the same credential, the environment untouched", async () => {
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
        replaced.push(old);
        const [after, ...others] = environments(platform);
        assert.deepEqual([after.id, after.status, others.length], [env.id, "AVAILABLE", 0]);
        assert.equal(after.credentialsId, env.credentialsId);
    });

    it("keeps the old token until the credential has the new one, whatever fails in between", async () => {
        const old = await onlyToken();
        await stack.configure({ tokenRotation: { request: "third", everyDays: 90 } });
        platform.faults.add({ match: { operation: "UpdateCredentials" }, kind: "status", status: 403 });
        const { output } = await stack.mustFail(/PUT \/credentials\/\w+: HTTP 403/);
        nothingShown(output);
        await isAccepted(old);

        await mustUp();
        const now = await onlyToken();
        assert.notEqual(now.token, old.token);
        replaced.push(old);
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
        replaced.push(old);
    });

    it("is past a token that the cluster refuses when another one is asked for", async () => {
        const old = await rotateIntoRefused("fifth");
        await keeps(old);
        await stack.configure({ tokenRotation: { request: "sixth", everyDays: 90 } });
        await mustUp();
        const now = await onlyToken();
        assert.equal(held(), now.token);
        assert.deepEqual(calls(platform), ["PUT /credentials/{id}", "GET /credentials/{id}"]);
        replaced.push(old);
    });

    it("when its days are over", async () => {
        const old = await onlyToken();
        await stack.configure({ tokenRotation: { request: "sixth", everyDays: 1 } });
        stack.edit((resource) => {
            if (resource.type.endsWith(":TokenRotation")) {
                resource.inputs.since = resource.outputs.since = "2026-01-01";
            }
        });
        await mustUp();
        assert.notEqual((await onlyToken()).name, old.name);
        replaced.push(old);
    });

    it("a Secret that is deleted by hand is made again, and the credential gets its token", async () => {
        const old = await onlyToken();
        const known = () => {
            const [{ id, credentialsId }] = environments(platform);
            return [id, credentialsId, stack.resource(CREDENTIALS)?.id];
        };
        const before = known();
        await kubectl("--namespace", namespace, "delete", "secret", old.name);
        platform.clearRequests();
        const { created, updated, deleted } = await mustUp("--refresh");
        // The Secret; the credential and the preflight.
        assert.deepEqual([created, updated, deleted], [1, 2, undefined]);
        assert.deepEqual(
            calls(platform).filter((call) => !call.startsWith("GET ")),
            ["PUT /credentials/{id}"],
        );
        assert.deepEqual(known(), before);
        const now = await onlyToken();
        assert.notEqual(now.token, old.token);
        assert.ok(now.token.length > 100);
        assert.equal(held(), now.token);
        replaced.push(old);
    });

    it("leaves no token in use that another one has replaced", async () => {
        assert.equal(replaced.length, 6);
        for (const old of replaced) {
            assert.match(await until("the token is refused", () => refusal(old), FORGOTTEN_MS), /Unauthorized/);
        }
    });

    it("leaves no token in plain text in state, and nothing behind", async () => {
        assert.ok(seen.size >= 8);
        nothingShown(stack.stateText());
        nothingShown((await stack.mustDestroy()).output);
        assert.deepEqual(environments(platform), []);
    });
});
