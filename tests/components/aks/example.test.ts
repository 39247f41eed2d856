import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { ROOT } from "../../support/installedPackage";
import { type Recording, record } from "../recorder";
import { ACCOUNT_ID, azure } from "./azure";

const EXAMPLE = join(ROOT, "examples", "aks");

/** Runs the example's program with its own defaults and what a user sets. */
async function runExample(settings: Record<string, string>): Promise<Recording<unknown>> {
    const { config } = parse(readFileSync(join(EXAMPLE, "Pulumi.yaml"), "utf8")) as {
        config: Record<string, { default: unknown }>;
    };
    const defaults = Object.entries(config).map(([key, { default: preset }]) => [key, String(preset)]);
    const all = { ...Object.fromEntries(defaults), ...settings } as Record<string, string>;
    for (const file of ["index.ts", "cluster.ts"]) {
        delete require.cache[join(EXAMPLE, file)];
    }
    return record(() => {
        pulumi.runtime.setAllConfig(
            Object.fromEntries(Object.entries(all).map(([key, value]) => [`project:${key}`, value])),
        );
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- anew for each run
        return require(join(EXAMPLE, "index.ts")) as unknown;
    }, azure());
}

/** What is made, under what, and after what, as a table. */
function graph(ran: Recording<unknown>): string {
    const rows = ran.all.map(({ type, name, parent, dependencies }) =>
        [
            `${type} ${name}`,
            parent === undefined ? "" : `  in ${parent}`,
            ...dependencies.map((each) => `  after ${each}`),
        ]
            .filter(Boolean)
            .join("\n"),
    );
    return `${rows.sort().join("\n")}\n`;
}

describe("the example of AKS under mocks", () => {
    it("says of every setting what it is, in its project and in its README, and reads no other", () => {
        const textOf = (file: string) => readFileSync(join(EXAMPLE, file), "utf8");
        const { config } = parse(textOf("Pulumi.yaml")) as { config: Record<string, { description?: string }> };
        const program = `${textOf("index.ts")}${textOf("cluster.ts")}`;
        const read = [...program.matchAll(/config\.(?:get|require)\w*\("(\w+)"\)/g)].map(([, key]) => key);
        assert.deepEqual([...new Set(read)].sort(), Object.keys(config).sort());
        for (const [key, { description }] of Object.entries(config)) {
            assert.ok(description, key);
            assert.ok(textOf("README.md").includes(`\`${key}\``), key);
        }
    });

    it("makes these resources, each after what it needs: a change of them is a change for every user", async () => {
        const ran = await runExample({ dataAccountId: ACCOUNT_ID });
        const file = join(__dirname, "golden", "example.txt");
        if (process.env.UPDATE_GOLDEN === "1") {
            writeFileSync(file, graph(ran));
        }
        assert.equal(graph(ran), readFileSync(file, "utf8"), "run with UPDATE_GOLDEN=1 to accept");
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
