import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { calls, connection, startPlatform, TOKEN } from "./support/platform";
import { TestStack } from "./support/stack";

/** The program writes the file that the provider reads, so that both must mean the same folder. */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const seqera = require("pulumi-seqera-kubernetes");

const config = new pulumi.Config();
require("node:fs").writeFileSync("cohort.csv", config.require("cohort"));
const bucket = new seqera.DataLink("reads", { resourceRef: "s3://reads/run-1" });
const samples = new seqera.Dataset("samples", { content: config.requireSecret("samples"), labels: ["nightly"] });
const cohort = new seqera.Dataset("cohort", { file: "cohort.csv", description: pulumi.interpolate\`\${bucket.dataLinkId}\` });
module.exports = { samples: samples.url, version: samples.version, cohort: cohort.url };
`;

const SECRET = "canary-of-a-patient-91ab";

describe("datasets and data-links of a program", function () {
    this.timeout(180_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        const data = { samples: `sample,patient\na,${SECRET}\n`, cohort: "cohort,size\na,3\n" };
        stack = await TestStack.create({ config: { ...connection(platform), ...data }, program: PROGRAM });
    });

    after(() => platform?.stop());

    const contents = async (url: string) => {
        const answer = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
        return answer.text();
    };

    it("are made, with the content and the file of the program's folder", async () => {
        await stack.mustUp();
        const { samples, cohort, version } = await stack.outputs();
        assert.equal(version, 1);
        assert.match(await contents(samples as string), new RegExp(SECRET));
        assert.equal(await contents(cohort as string), "cohort,size\na,3\n");
        const ours = stack.resources().filter(({ type }) => type.endsWith(":Dataset"));
        assert.equal(ours.length, 2);
        // The stack's configuration, which is in plain text here, is in the state of the default provider.
        assert.ok(!JSON.stringify(ours).includes(SECRET));
    });

    it("are left alone when nothing changed, without a call", async () => {
        platform.clearRequests();
        await stack.mustRest();
        assert.deepEqual(calls(platform), []);
    });

    it("get another version for another file, and keep the rest", async () => {
        await stack.configure({ cohort: "cohort,size\na,4\n" });
        platform.clearRequests();
        const { changes } = await stack.mustUp();
        assert.deepEqual(calls(platform), ["POST /datasets/{id}/upload"]);
        assert.equal(changes.updated, 1);
        assert.match((await stack.outputs()).cohort as string, /\/v\/2\/n\/cohort\.csv$/);
    });

    it("get back what a refresh finds changed, and are destroyed", async () => {
        await stack.mustRefresh();
        await stack.mustRest();
        await stack.mustDestroy();
        const { datasets, dataLinks } = platform.state;
        assert.deepEqual([datasets.every(({ deleted }) => deleted), dataLinks], [true, []]);
        assert.deepEqual(platform.violations, []);
    });
});
