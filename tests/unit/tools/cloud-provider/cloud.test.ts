import assert from "node:assert/strict";
import { CloudWorld } from "../../../../tools/cloud-provider";
import { Cloud } from "../../../../tools/cloud-provider/server/cloud";
import { Journal } from "../../../../tools/cloud-provider/server/journal";
import { scratchDirectory } from "../scratch";
import { answers } from "./answers";

const TYPE = "aws:s3/bucket:Bucket";
const WORK = { urn: `urn:pulumi:test::project::${TYPE}::work`, type: TYPE, name: "work" };

describe("the stand-in for a cloud's plugin, behind the protocol", () => {
    const scratch = scratchDirectory();
    let world: CloudWorld;
    let cloud: Cloud;

    beforeEach(() => {
        world = new CloudWorld(scratch.path(), {});
        const journal = new Journal(world.environment["CLOUD_STAND_IN_JOURNAL"]);
        cloud = new Cloud("aws", answers, { account: "123456789012" }, journal);
        cloud.configure({ region: "eu-west-1" });
    });

    it("makes a name where a program gives none, keeps the one that state has, and a program's own", () => {
        const { bucket } = cloud.check(WORK, {}, {});
        assert.match(bucket as string, /^work-[0-9a-f]{7}$/);
        assert.deepEqual(cloud.check(WORK, {}, {}), { bucket });
        assert.deepEqual(cloud.check(WORK, { bucket: "work-before" }, {}), { bucket: "work-before" });
        assert.deepEqual(cloud.check(WORK, { bucket: "work-before" }, { bucket: "mine" }), { bucket: "mine" });
    });

    it("changes in place or replaces, as its table says", () => {
        const before = { bucket: "work", tags: { team: "a" } };
        assert.deepEqual(cloud.diff(WORK, before, { ...before, owner: null }), { changed: [], replaces: [] });
        assert.deepEqual(cloud.diff(WORK, before, { ...before, tags: { team: "b" } }), {
            changed: ["tags"],
            replaces: [],
        });
        assert.deepEqual(cloud.diff(WORK, before, { ...before, bucket: "mine" }), {
            changed: ["bucket"],
            replaces: ["bucket"],
        });
    });

    it("answers with what its table adds, of the provider's configuration and the test's facts", () => {
        assert.deepEqual(cloud.create(WORK, { bucket: "work" }), {
            id: "work",
            state: { bucket: "work", arn: "arn:aws:s3:::work", region: "eu-west-1" },
        });
        assert.deepEqual(cloud.call("aws:index/getCallerIdentity:getCallerIdentity", {}), {
            accountId: "123456789012",
        });
        assert.deepEqual(cloud.component("eks:index:Cluster", "made", { authenticationMode: "API" }), {
            kubeconfig: { clusters: [{ name: "made" }] },
            oidcIssuer: "https://oidc.example/API",
        });
    });

    it("tells what was done, in order", () => {
        assert.deepEqual(world.journal, []);
        cloud.create(WORK, { bucket: "work" });
        cloud.update(WORK, "work", { bucket: "work" }, { bucket: "work", tags: { team: "b" } });
        cloud.create(WORK, { bucket: "mine" });
        cloud.remove(WORK, "work");
        cloud.remove(WORK, "mine");
        assert.deepEqual(
            world.journal.map(({ op, type, name, id }) => [op, type, name, id]),
            [
                ["create", TYPE, "work", "work"],
                ["update", TYPE, "work", "work"],
                ["create", TYPE, "work", "mine"],
                ["delete", TYPE, "work", "work"],
                ["delete", TYPE, "work", "mine"],
            ],
        );
    });

    it("refuses what its table does not name", () => {
        const refused = (what: string) => ({
            message: `the stand-in for the plugin of aws has no answer for ${what}`,
        });
        const queue = { ...WORK, type: "aws:sqs/queue:Queue" };
        assert.throws(() => cloud.check(queue, {}, {}), refused("the resource aws:sqs/queue:Queue"));
        assert.throws(() => cloud.call("aws:index/getX:getX", {}), refused("the function aws:index/getX:getX"));
        assert.throws(() => cloud.component("a:b:C", "c", {}), refused("the component a:b:C"));
    });
});
