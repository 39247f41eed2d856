import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../../support/installedPackage";

const EXAMPLE = join(ROOT, "examples", "eks");
const textOf = (file: string) => readFileSync(join(EXAMPLE, file), "utf8");

describe("the example of EKS", () => {
    it("says of every setting what it is, in its project and in its README, and reads no other", () => {
        const { config } = parse(textOf("Pulumi.yaml")) as { config: Record<string, { description?: string }> };
        const program = ["index.ts", "cluster.ts", "network.ts"].map(textOf).join("");
        const read = [...program.matchAll(/config\.(?:get|require)\w*(?:<[^(]+>)?\("(\w+)"\)/g)].map(([, key]) => key);
        assert.deepEqual([...new Set(read)].sort(), Object.keys(config).sort());
        for (const [key, { description }] of Object.entries(config)) {
            assert.ok(description, key);
            assert.ok(textOf("README.md").includes(`\`${key}\``), key);
        }
    });
});
