import assert from "node:assert/strict";
import { ExampleStack } from "../exampleStacks";
import { emailOf, google, MADE_CLUSTER } from "./google";

const example = new ExampleStack("gke", { "gcp:project": "research-1" });

const runExample = (settings: Record<string, string>) => example.run(settings, google(MADE_CLUSTER));

describe("the example of GKE under mocks", () => {
    it("says of every setting what it is, in its project and in its README, and reads no other", () => {
        example.assertSettings();
    });

    it("makes these resources, each after what it needs: a change of them is a change for every user", async () => {
        example.assertGraph(await runExample({ dataBucket: "genomes" }));
    });

    it("gives nodes no rights of the project's default account, and pods none of the nodes'", async () => {
        const ran = await runExample({});
        assert.equal(ran.one("IAMMember", "nodes").inputs.role, "roles/container.defaultNodeServiceAccount");
        for (const { inputs } of ran.of("NodePool")) {
            assert.equal(inputs.nodeConfig.serviceAccount, emailOf("nodes-stack"));
            assert.deepEqual(inputs.nodeConfig.workloadMetadataConfig, { mode: "GKE_METADATA" });
        }
        const { privateClusterConfig, workloadIdentityConfig } = ran.one("Cluster").inputs;
        assert.deepEqual(privateClusterConfig, { enablePrivateNodes: true, enablePrivateEndpoint: false });
        assert.deepEqual(workloadIdentityConfig, { workloadPool: "research-1.svc.id.goog" });
    });

    it("has a spot pool with a taint, whose number of nodes is the autoscaler's", async () => {
        const { inputs } = (await runExample({})).one("NodePool", "spot");
        assert.equal(inputs.nodeConfig.spot, true);
        assert.deepEqual(inputs.nodeConfig.taints, [
            { key: "cloud.google.com/gke-spot", value: "true", effect: "NO_SCHEDULE" },
        ]);
        assert.deepEqual(
            [inputs.autoscaling.totalMinNodeCount, inputs.autoscaling.totalMaxNodeCount, inputs.initialNodeCount],
            [0, 10, 0],
        );
        assert.deepEqual(
            (await runExample({ spot: "false" })).of("NodePool").map(({ name }) => name),
            ["staying"],
        );
    });
});
