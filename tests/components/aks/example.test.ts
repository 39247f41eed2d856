import assert from "node:assert/strict";
import { ExampleStack } from "../exampleStacks";
import { ACCOUNT_ID, azure } from "./azure";

const example = new ExampleStack("aks");

const runExample = (settings: Record<string, string>) => example.run(settings, azure());

describe("the example of AKS under mocks", () => {
    it("says of every setting what it is, in its project and in its README, and reads no other", () => {
        example.assertSettings();
    });

    it("makes these resources, each after what it needs: a change of them is a change for every user", async () => {
        example.assertGraph(await runExample({ dataAccountId: ACCOUNT_ID }));
    });

    it("keeps the API server of an Entra cluster to Entra, and gives pods no key", async () => {
        const ran = await runExample({ adminGroupId: "group-id" });
        const { aadProfile, disableLocalAccounts, oidcIssuerProfile } = ran.one("ManagedCluster").inputs;
        assert.deepEqual(aadProfile, { managed: true, adminGroupObjectIDs: ["group-id"] });
        assert.equal(disableLocalAccounts, true);
        assert.deepEqual(oidcIssuerProfile, { enabled: true });
        assert.deepEqual(ran.of("FederatedIdentityCredential"), []);
    });

    it("has a spot pool as AKS makes it, whose number of nodes is the autoscaler's", async () => {
        const { inputs } = (await runExample({})).one("AgentPool");
        assert.deepEqual(inputs.nodeTaints, ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]);
        assert.deepEqual(inputs.nodeLabels, { "kubernetes.azure.com/scalesetpriority": "spot" });
        assert.deepEqual(
            [inputs.mode, inputs.scaleSetPriority, inputs.spotMaxPrice, inputs.minCount, inputs.maxCount],
            ["User", "Spot", -1, 0, 10],
        );
    });
});
