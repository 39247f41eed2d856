import assert from "node:assert/strict";
import { join } from "node:path";
import { CloudWorld, installCloudStandIn } from "../../tools/cloud-provider";
import { testEngine } from "./support/engine";
import { TestStack } from "./support/stack";

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const { Bucket } = require("@pulumi/aws/s3/bucket");
const { getCallerIdentityOutput } = require("@pulumi/aws/getCallerIdentity");
const { Cluster } = require("@pulumi/eks");
const settings = new pulumi.Config("seqera-kubernetes");
const bucket = new Bucket("work", { bucket: settings.get("bucket"), tags: { team: settings.get("team") ?? "a" } });
const cluster = new Cluster("made", { authenticationMode: "API" }, { dependsOn: [bucket] });
exports.bucket = bucket.arn;
exports.region = bucket.region;
exports.account = getCallerIdentityOutput().accountId;
exports.issuer = cluster.oidcIssuer;
exports.kubeconfig = cluster.kubeconfig;
`;

describe("the stand-in for a cloud's plugin", function () {
    this.timeout(180_000);
    let stack: TestStack;
    let world: CloudWorld;

    before(async () => {
        const { pulumiHome } = await testEngine();
        const answers = join(__dirname, "..", "unit", "tools", "cloud-provider", "answers.ts");
        await installCloudStandIn({ pulumiHome, package: "aws", answers });
        await installCloudStandIn({ pulumiHome, package: "eks", answers });
        stack = await TestStack.create({
            config: { "aws:region": "eu-west-1", "seqera:accessToken": "none" },
            program: PROGRAM,
            env: (directory) => (world = new CloudWorld(directory, { account: "123456789012" })).environment,
        });
    });

    it("names, makes and answers as its table says, functions and remote components too", async () => {
        const planned = await stack.preview();
        assert.deepEqual(
            planned.map(({ op, type }) => `${op} ${type}`).filter((step) => !step.includes("pulumi:")),
            ["create aws:s3/bucket:Bucket", "create eks:index:Cluster"],
        );
        assert.deepEqual(world.journal, []);
        await stack.mustUp();
        const { bucket, region, account, issuer, kubeconfig } = await stack.outputs();
        assert.match(bucket, /^arn:aws:s3:::work-[0-9a-f]{7}$/);
        assert.deepEqual(
            { region, account, issuer, kubeconfig },
            {
                region: "eu-west-1",
                account: "123456789012",
                issuer: "https://oidc.example/API",
                kubeconfig: { clusters: [{ name: "made" }] },
            },
        );
        await stack.mustRest();
    });

    it("changes in place or replaces, and tells in which order", async () => {
        await stack.configure({ team: "b" });
        assert.equal((await stack.up()).changes.updated, 1);
        await stack.configure({ bucket: "mine" });
        assert.equal((await stack.up()).changes.replaced, 1);
        await stack.mustRefresh();
        await stack.mustDestroy();
        assert.deepEqual(
            world.journal.map(({ op, id }) => `${op} ${id.replace(/-[0-9a-f]{7}$/, "")}`),
            ["create work", "update work", "create mine", "delete work", "delete mine"],
        );
    });

    it("refuses what its table does not name", async () => {
        const other = await TestStack.create({
            config: { "seqera:accessToken": "none" },
            program: `new (require("@pulumi/aws/sqs/queue").Queue)("queue", {});`,
        });
        await other.mustFail(/the stand-in for the plugin of aws has no answer for the resource aws:sqs\/queue:Queue/);
    });
});
