import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { ROOT } from "../../support/installedPackage";
import { type Recording, record } from "../recorder";
import { emailOf, google } from "./google";

const FILES = ["index.ts", "cluster.ts"];
/** The cluster that is made lies in one zone by default. */
const ZONAL = "projects/research-1/locations/europe-west1-b/clusters/nextflow";
const EXAMPLE = join(ROOT, "examples", "gke");

/** Runs the example's program with its own defaults and what a user sets. */
async function runExample(settings: Record<string, string>): Promise<Recording<unknown>> {
    const { config } = parse(readFileSync(join(EXAMPLE, "Pulumi.yaml"), "utf8")) as {
        config: Record<string, { default: unknown }>;
    };
    const defaults = Object.entries(config).map(([key, { default: preset }]) => [key, String(preset)]);
    const all = { ...Object.fromEntries(defaults), ...settings } as Record<string, string>;
    for (const file of FILES) {
        delete require.cache[join(EXAMPLE, file)];
    }
    return record(
        () => {
            pulumi.runtime.setAllConfig(
                Object.fromEntries([
                    ["gcp:project", "research-1"],
                    ...Object.entries(all).map(([key, value]) => [`project:${key}`, value]),
                ]),
            );
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- anew for each run
            return require(join(EXAMPLE, "index.ts")) as unknown;
        },
        google({ id: ZONAL, addonsConfigs: [{ gcpFilestoreCsiDriverConfigs: [{ enabled: true }] }] }),
    );
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

describe("the example of GKE under mocks", () => {
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
        const ran = await runExample({ dataBucket: "genomes" });
        const file = join(__dirname, "golden", "example.txt");
        if (process.env.UPDATE_GOLDEN === "1") {
            writeFileSync(file, graph(ran));
        }
        assert.equal(graph(ran), readFileSync(file, "utf8"), "run with UPDATE_GOLDEN=1 to accept");
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
