import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlatformEmulator } from "../../src/emulator";
import type { State } from "../../src/emulator/state/store";
import { CERTIFICATE } from "../dynamic/inputs";
import { calls, connection, credentials, environments, request, startPlatform } from "./support/platform";
import { COMPUTE_ENV, CREDENTIALS, TestStack } from "./support/stack";

const PROGRAM = `
const seqera = require("pulumi-seqera-kubernetes");
const keys = { kubernetes: { token: "launcher" } };
const one = new seqera.Credentials("one", { name: "one", description: "ours", ...keys });
new seqera.Credentials("two", { name: "two", ...keys });
const team = new seqera.Label("team", { name: "team", value: "genomics" });
const env = (name, labelIds) => new seqera.ComputeEnv(name, {
    name,
    labelIds,
    description: "ours",
    platform: "k8s-platform",
    credentialsId: one.credentialsId,
    config: {
        server: "https://10.0.0.1:6443",
        sslCert: ${JSON.stringify(CERTIFICATE)},
        namespace: "nextflow",
        headServiceAccount: "nextflow-head",
        storageClaimName: "work",
        workDir: "/scratch/work",
    },
});
const [prod] = [env("prod", [team.labelId]), env("spare")];
new seqera.PrimaryComputeEnv("primary", { computeEnvId: prod.computeEnvId });
const aws = new seqera.Credentials("aws", {
    name: "aws",
    aws: { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "secret" },
});
new seqera.ComputeEnv("fusion", {
    name: "fusion",
    platform: "eks-platform",
    credentialsId: aws.credentialsId,
    fusionMetricsCollectionEnabled: true,
    config: {
        region: "eu-west-1",
        clusterName: "pipelines",
        namespace: "nextflow",
        headServiceAccount: "nextflow-head",
        workDir: "s3://bucket/work",
        waveEnabled: true,
        fusion2Enabled: true,
    },
});
`;

const COMPUTE_ENVS = 3;

describe("what others change in the Platform, on the real engine", function () {
    this.timeout(120_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let stack: TestStack;
    let ahead = 0;
    const clock = () => new Date(Date.now() + ahead);
    const directory = mkdtempSync(join(tmpdir(), "refresh-"));
    const stateFile = join(directory, "state.json");
    const start = (port: number) => startPlatform({ kubernetes: false, clock, stateFile, port });
    const stored = () => JSON.parse(readFileSync(stateFile, "utf8")) as { state: State };
    const named = (name: string) => environments(platform).find((env) => env.name === name)!;
    const credential = (name: string) => platform.state.credentials.find((each) => each.name === name)!;
    const call = (method: string, path: string, body: object) => request(platform, method, path, body);

    before(async function () {
        this.timeout(1_800_000);
        platform = await start(0);
        stack = await TestStack.create({ config: connection(platform), program: PROGRAM });
        await stack.mustUp();
    });

    after(async () => {
        await platform?.stop();
        rmSync(directory, { recursive: true });
    });

    /** Changes what the Platform has in a way that its API does not offer. */
    async function rewrite(change: (state: State) => void): Promise<void> {
        await platform.stop();
        const file = stored();
        change(file.state);
        writeFileSync(stateFile, JSON.stringify(file));
        platform = await start(Number(new URL(platform.endpoint).port));
    }

    /** The ids that state has of environments and credentials. */
    const known = () =>
        stack
            .resources()
            .filter(({ type }) => [COMPUTE_ENV, CREDENTIALS].includes(type))
            .map(({ id }) => id)
            .sort();

    it("is shown by a refresh, field by field, and put right by the next up", async () => {
        ahead += 5_000;
        const [prod, spare, fusion] = ["prod", "spare", "fusion"].map(named);
        const [one, two, aws] = ["one", "two", "aws"].map(credential);
        const [label] = platform.state.labels;
        await call("PUT", `/compute-envs/${prod.id}`, {
            name: "renamed",
            description: "theirs",
            credentialsId: two.id,
            fusionMetricsCollectionEnabled: false,
        });
        const keys = { token: "launcher" };
        await call("PUT", `/credentials/${one.id}`, {
            credentials: { id: one.id, name: "one-renamed", description: "theirs", provider: "k8s", keys },
        });
        await call("PUT", `/labels/${label.id}`, { name: "team", value: "imaging" });
        await call("POST", `/compute-envs/${spare.id}/primary`, {});
        platform.setComputeEnvStatus(spare.id, "INVALID", "the cluster is not reached");
        // Keys that the cloud refuses, and what became INVALID by them.
        await call("PUT", `/credentials/${aws.id}`, {
            credentials: {
                id: aws.id,
                name: "aws",
                provider: "aws",
                keys: { mode: "keys", accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "theirs" },
            },
        });
        platform.setCredentialsStatus(aws.id, "INVALID", "The security token included in the request is invalid");
        platform.setComputeEnvStatus(fusion.id, "INVALID", "The credentials 'aws' are invalid");

        const { output } = await stack.mustRefresh("--diff");
        for (const change of [
            /name *: "prod" => "renamed"/,
            /description *: "ours" => "theirs"/,
            new RegExp(`credentialsId *: "${one.id}" => "${two.id}"`),
            /name *: "one" => "one-renamed"/,
            /value *: "genomics" => "imaging"/,
            new RegExp(`computeEnvId *: "${prod.id}" => "${spare.id}"`),
            /status *: "AVAILABLE" => "INVALID"/,
            /message *: "the cluster is not reached"/,
            /\+ keysInDoubt *: "changed outside at \S+; INVALID: \\"The security token included in the request is invalid/,
        ]) {
            assert.match(output, change);
        }

        await stack.mustUp();
        assert.deepEqual([named("prod").id, named("spare").id], [prod.id, spare.id]);
        assert.equal(named("prod").primary, true);
        assert.deepEqual([named("prod").description, named("prod").credentialsId], ["ours", one.id]);
        assert.equal(named("spare").status, "AVAILABLE");
        assert.deepEqual(
            credentials(platform)
                .map(({ name }) => name)
                .sort(),
            ["aws", "one", "two"],
        );
        assert.deepEqual([credential("aws").id, credential("aws").status], [aws.id, "AVAILABLE"]);
        assert.deepEqual([named("fusion").id, named("fusion").status], [fusion.id, "AVAILABLE"]);
    });

    it("in the keys of a credential, which nobody can read, is shown with its time and mended in place", async () => {
        ahead += 5_000;
        const before = environments(platform);
        const one = credential("one");
        await call("PUT", `/credentials/${one.id}`, {
            credentials: { id: one.id, name: "one", description: "ours", provider: "k8s", keys: { token: "theirs" } },
        });
        const why = `changed outside at ${credential("one").lastUpdated}`;
        const refreshed = await stack.mustRefresh("--diff");
        assert.match(refreshed.output, new RegExp(`\\+ keysInDoubt *: "${why}"`));
        assert.ok(!refreshed.output.includes("launcher"));

        ahead += 5_000;
        platform.clearRequests();
        // With its preview.
        const { changes, output } = await stack.must(["up", "--yes", "--diff"]);
        assert.match(output, new RegExp(`- keysInDoubt *: "${why}"`));
        assert.match(output, new RegExp(`"one" may no longer have the keys of the program .${why}`));
        assert.deepEqual([changes.updated, Object.keys(changes).length], [1, 2], output);
        assert.deepEqual(calls(platform), ["PUT /credentials/{id}", "GET /credentials/{id}"]);
        assert.deepEqual(stored().state.secrets[one.id], { token: "launcher" });
        assert.equal(stack.resources().find(({ urn }) => urn.endsWith("::one"))!.id, one.id);
        assert.deepEqual(environments(platform), before);
        await stack.mustRest("--refresh");
    });

    it("in Fusion, Wave and other fields that no update can put right leads to a replacement, said at preview", async () => {
        const before = named("fusion");
        await call("PUT", `/compute-envs/${before.id}`, { fusionMetricsCollectionEnabled: false });
        await rewrite(({ computeEnvs }) => {
            const { config } = computeEnvs.find(({ id }) => id === before.id)!;
            Object.assign(config, { fusion2Enabled: false, waveEnabled: false, workDir: "s3://other/work" });
        });
        const { output } = await stack.mustRefresh("--diff");
        for (const change of [
            /fusion2Enabled *: true => false/,
            /waveEnabled *: true => false/,
            /workDir *: "s3:\/\/bucket\/work" => "s3:\/\/other\/work"/,
            /fusionMetricsCollectionEnabled *: true => false/,
        ]) {
            assert.match(output, change);
        }
        assert.deepEqual(
            (await stack.preview()).map(({ name, replaceReasons }) => [name, replaceReasons]),
            [["fusion", ["config"]]],
        );
        const up = await stack.mustUp("--diff");
        assert.match(up.output, /workDir *: "s3:\/\/other\/work" => "s3:\/\/bucket\/work"/);
        assert.match(up.output, /Compute environment "fusion" must be replaced \(config\)/);
        const now = named("fusion");
        assert.notEqual(now.id, before.id);
        assert.deepEqual([now.config, now.fusionMetricsCollectionEnabled], [before.config, true]);
    });

    it("of a label that was deleted puts it back into the workspace and replaces no environment (case 6)", async () => {
        const [prod, [label]] = [named("prod"), platform.state.labels];
        assert.deepEqual(prod.labelIds, [label.id]);
        await request(platform, "DELETE", `/labels/${label.id}`);
        const planned = (await stack.preview("--refresh")).map(({ op, name }) => `${op} ${name}`);
        assert.deepEqual(planned.filter((step) => !step.startsWith("refresh")).sort(), ["create team", "update prod"]);
        const { output } = await stack.mustUp("--refresh");
        assert.match(output, /Compute environment "prod" has lost labels .* restored in the workspace/);
        assert.equal(named("prod").id, prod.id);
        assert.deepEqual(
            platform.state.labels.map(({ name, value }) => [name, value]),
            [["team", "genomics"]],
        );
        await stack.mustRest("--refresh");
    });

    it("is a deletion only where the list agrees: a permission that is lost stops the refresh", async () => {
        const before = known();
        const match = { method: "GET", times: 999 };
        platform.faults.add({ kind: "status", status: 403, message: "Forbidden", match });
        await stack.mustFail(/HTTP 403: "Forbidden"/, ["refresh", "--yes", "--skip-preview"]);
        assert.deepEqual(known(), before);
        platform.faults.remove();
        await stack.mustRest("--refresh");
        assert.deepEqual(known(), before);

        const gone = named("spare");
        platform.setComputeEnvStatus(gone.id, "DELETED");
        await stack.mustRefresh();
        assert.equal(stack.resources().filter(({ type }) => type === COMPUTE_ENV).length, COMPUTE_ENVS - 1);
        await stack.mustUp();
        assert.notEqual(named("spare").id, gone.id);
        assert.equal(environments(platform).length, COMPUTE_ENVS);
    });
});
