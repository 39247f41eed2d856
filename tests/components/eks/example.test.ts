import assert from "node:assert/strict";
import { ExampleStack } from "../exampleStacks";
import { aws } from "./aws";

const example = new ExampleStack("eks");

const runExample = (settings: Record<string, string>) => example.run(settings, aws());

describe("the example of EKS under mocks", () => {
    it("says of every setting what it is, in its project and in its README, and reads no other", () => {
        example.assertSettings();
    });

    it("makes these resources, each after what it needs: a change of them is a change for every user", async () => {
        example.assertGraph(await runExample({ dataBucket: "genomes" }));
    });

    it("makes these with a work directory on EFS", async () => {
        example.assertGraph(await runExample({ efs: "true" }), "exampleOnEfs");
    });

    it("gives nodes the policies of the partition that it is in", async () => {
        const { inputs } = (await example.run({}, aws({}, "aws-cn"))).one(
            "RolePolicyAttachment",
            "nodes-AmazonEKS_CNI_Policy",
        );
        assert.equal(inputs.policyArn, "arn:aws-cn:iam::aws:policy/AmazonEKS_CNI_Policy");
    });

    it("has spot nodes of many kinds, whose number is the autoscaler's, and none where there are to be none", async () => {
        const { inputs } = (await runExample({})).one("NodeGroup", "spot");
        assert.equal(inputs.capacityType, "SPOT");
        assert.deepEqual(inputs.instanceTypes, ["m6id.4xlarge", "m5d.4xlarge", "m5ad.4xlarge"]);
        assert.deepEqual(inputs.scalingConfig, { desiredSize: 1, minSize: 1, maxSize: 10 });
        assert.deepEqual(
            (await runExample({ spot: "false" })).of("NodeGroup").map(({ name }) => name),
            ["lasting"],
        );
    });
});
