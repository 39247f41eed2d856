import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlatformEmulator } from "../../src/emulator";
import { CERTIFICATE } from "../dynamic/inputs";
import { recipe } from "../support/operations";
import { connection, credentials, environments, startPlatform } from "./support/platform";
import { TestStack } from "./support/stack";

/** The environment's token is an argument, that of the credential stands in the stack's configuration. */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const seqera = require("pulumi-seqera-kubernetes");
const config = new pulumi.Config();
const { credentialsId } = new seqera.Credentials("launcher", { kubernetes: { token: "launcher" } });
new seqera.ComputeEnv("prod", {
    accessToken: new pulumi.Config("seqera").require("accessToken"),
    forceDelete: config.getBoolean("forceDelete"),
    platform: "k8s-platform",
    credentialsId,
    config: {
        server: config.require("server"),
        sslCert: ${JSON.stringify(CERTIFICATE)},
        namespace: "nextflow",
        headServiceAccount: "nextflow-head",
        storageClaimName: "work",
        workDir: "/scratch/work",
    },
});
`;

/** Tokens of which one after the other is valid. */
const TOKENS = ["first", "second", "third"].map((which) => `canary-${which}-token-41c7`);

const REMEDY =
    /HTTP 401\. .* Set TOWER_ACCESS_TOKEN to a valid token and run again: .* run `pulumi up` first, without --refresh\./;

/** Each step goes on where the one before has ended. */
describe("records of former runs, on the real engine", function () {
    this.timeout(240_000);
    this.bail(true);

    const directory = mkdtempSync(join(tmpdir(), "leftovers-"));
    let platform: PlatformEmulator;
    let stack: TestStack;

    /** A Platform that takes one token and knows all that the one before did, at another address unless told otherwise. */
    async function move(token: string, port = 0): Promise<void> {
        await platform?.stop();
        const stateFile = join(directory, "state.json");
        platform = await startPlatform({ kubernetes: false, stateFile, port, accessTokens: [{ token }] });
    }

    /** The token that was valid is revoked. */
    const revoke = (token: string) => move(token, Number(new URL(platform.endpoint).port));

    const flags = ["--yes", "--skip-preview"];
    /** What the page prints for a token that was revoked, for each of the commands that it names. */
    function remedies(token: string): { up: string; others: Record<string, string> } {
        const [up, line] = recipe("An access token that was revoked", { "the new one": token });
        const [, command, others] = /^(.*?) +# or (.*)$/.exec(line)!;
        const each = ["refresh", ...others.split(", ")].map((other) => [other, command.replace(/refresh$/, other)]);
        return { up, others: Object.fromEntries(each) as Record<string, string> };
    }

    before(async function () {
        this.timeout(1_800_000);
        await move(TOKENS[0]);
        stack = await TestStack.create({
            config: { ...connection(platform), server: "https://10.0.0.1:6443" },
            program: PROGRAM,
        });
        await stack.setToken(TOKENS[0]);
        await stack.mustUp();
    });

    after(async () => {
        await platform?.stop();
        rmSync(directory, { recursive: true });
        assert.deepEqual(platform.violations, []);
    });

    it("what waits to be deleted takes forceDelete, the token and the endpoint from the program (cases 13, 16, 17)", async () => {
        const [old] = environments(platform);
        const stuck = { kind: "outcome", status: "ERRORED", message: "no such host" } as const;
        platform.faults.add({ ...stuck, match: { operation: "DeleteComputeEnv", times: 99 } });
        await stack.configure({ server: "https://10.0.0.2:6443" });
        await stack.mustFail(/could not clean up the compute environment .*"no such host".* set forceDelete/);
        assert.deepEqual(
            environments(platform).map(({ status }) => status),
            ["ERRORED", "AVAILABLE"],
        );
        await move(TOKENS[1]);
        platform.faults.add({ ...stuck, match: { operation: "DeleteComputeEnv" } });
        await stack.setToken(TOKENS[1]);
        await stack.configure({ "seqera:endpoint": platform.endpoint, forceDelete: true });
        await stack.mustUp();
        const left = environments(platform);
        assert.deepEqual([left.length, left[0].status], [1, "AVAILABLE"]);
        assert.notEqual(left[0].id, old.id);
        assert.deepEqual(
            platform.requests.filter(({ method }) => method === "DELETE").map(({ query }) => query.force),
            [undefined, "true"],
        );
        await stack.mustRest();
    });

    it("a token that was revoked: TOWER_ACCESS_TOKEN comes before what state remembers (case 11)", async () => {
        await revoke(TOKENS[2]);
        const { destroy, ...others } = remedies(TOKENS[2]).others;
        assert.deepEqual(Object.keys(others).sort(), ["preview --refresh", "refresh", "up --refresh"]);
        for (const [command, remedy] of Object.entries(others)) {
            await stack.mustFail(REMEDY, [...command.split(" "), ...(command.startsWith("preview") ? [] : flags)]);
            await stack.mustFollow(remedy);
        }
        assert.match(destroy, /pulumi destroy$/);
        assert.ok(!stack.stateText().includes(TOKENS[2]));
    });

    it("the other half of the remedy: an up without --refresh, after which state has the new token (case 11)", async () => {
        platform.clearRequests();
        await stack.mustFollow(remedies(TOKENS[2]).up);
        assert.deepEqual(platform.requests, []);
        await stack.mustRest("--refresh");
        // One that is meant for another installation does no harm.
        await stack.mustFollow(remedies(TOKENS[0]).others.refresh);
    });

    it("destroy likewise, and leaves nothing (case 11)", async () => {
        await revoke(TOKENS[0]);
        await stack.mustFail(REMEDY, ["destroy", ...flags]);
        await stack.mustFollow(remedies(TOKENS[0]).others.destroy);
        assert.deepEqual([environments(platform), credentials(platform), stack.resources()], [[], [], []]);
    });
});
