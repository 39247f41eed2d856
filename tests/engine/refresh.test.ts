import assert from "node:assert/strict";
import { DEFAULT_WORKSPACE, type PlatformEmulator } from "../../src/emulator";
import { CERTIFICATE } from "../dynamic/inputs";
import { connection, environments, startPlatform, TOKEN } from "./support/platform";
import { TestStack } from "./support/stack";

const PROGRAM = `
const seqera = require("pulumi-seqera-kubernetes");
const keys = { kubernetes: { token: "launcher" } };
const one = new seqera.Credentials("one", { name: "one", description: "ours", ...keys });
new seqera.Credentials("two", { name: "two", ...keys });
new seqera.Label("team", { name: "team", value: "genomics" });
const env = (name) => new seqera.ComputeEnv(name, {
    name,
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
const [prod] = [env("prod"), env("spare")];
new seqera.PrimaryComputeEnv("primary", { computeEnvId: prod.computeEnvId });
`;

describe("what others change in the Platform, on the real engine", function () {
    this.timeout(240_000);
    let platform: PlatformEmulator;
    let stack: TestStack;
    const named = (name: string) => environments(platform).find((env) => env.name === name)!;
    const call = async (method: string, path: string, body: object) => {
        const answer = await fetch(`${platform.endpoint}${path}?workspaceId=${DEFAULT_WORKSPACE.id}`, {
            method,
            headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
            body: JSON.stringify(body),
        });
        assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.text()}`);
    };

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform({ kubernetes: false });
        stack = await TestStack.create({ config: connection(platform), program: PROGRAM });
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
    });

    after(() => platform?.stop());

    it("is shown by a refresh, field by field, and put right by the next up", async () => {
        const prod = named("prod");
        const spare = named("spare");
        const [one, two] = ["one", "two"].map((name) => platform.state.credentials.find((each) => each.name === name)!);
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

        const { code, output } = await stack.refresh("--diff");
        assert.equal(code, 0, output);
        for (const change of [
            /name *: "prod" => "renamed"/,
            /description *: "ours" => "theirs"/,
            new RegExp(`credentialsId *: "${one.id}" => "${two.id}"`),
            /name *: "one" => "one-renamed"/,
            /value *: "genomics" => "imaging"/,
            new RegExp(`computeEnvId *: "${prod.id}" => "${spare.id}"`),
            /status *: "AVAILABLE" => "INVALID"/,
            /message *: "the cluster is not reached"/,
        ]) {
            assert.match(output, change);
        }

        const up = await stack.up();
        assert.equal(up.code, 0, up.output);
        assert.deepEqual([named("prod").id, named("spare").id], [prod.id, spare.id]);
        assert.equal(named("prod").primary, true);
        assert.deepEqual([named("prod").description, named("prod").credentialsId], ["ours", one.id]);
        assert.equal(named("spare").status, "AVAILABLE");
        assert.deepEqual(
            platform.state.credentials
                .filter(({ deleted }) => !deleted)
                .map(({ name }) => name)
                .sort(),
            ["one", "two"],
        );
        assert.deepEqual(Object.keys((await stack.up("--refresh")).changes), ["unchanged"]);
    });

    it("is a deletion only where the list agrees: a permission that is lost stops the refresh", async () => {
        platform.faults.add({
            kind: "status",
            status: 403,
            message: "Forbidden",
            match: { operation: "DescribeComputeEnv", times: 100 },
        });
        const refused = await stack.refresh();
        platform.faults.remove();
        assert.notEqual(refused.code, 0, refused.output);
        assert.match(refused.output, /GET \/compute-envs\/\w+: HTTP 403: "Forbidden"/);
        assert.equal((await stack.resources()).filter(({ type }) => type.endsWith(":ComputeEnv")).length, 2);

        const gone = named("spare");
        platform.setComputeEnvStatus(gone.id, "DELETED");
        const { code, output } = await stack.refresh();
        assert.equal(code, 0, output);
        assert.equal((await stack.resources()).filter(({ type }) => type.endsWith(":ComputeEnv")).length, 1);
        const up = await stack.up();
        assert.equal(up.code, 0, up.output);
        assert.notEqual(named("spare").id, gone.id);
        assert.equal(environments(platform).length, 2);
    });
});
