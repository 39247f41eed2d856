import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/installedPackage";

describe("the program that is driven by stack configuration alone", () => {
    it("has a key for every argument of the environment, but those of the connection, which have keys of their own", () => {
        const golden = readFileSync(join(__dirname, "golden", "schema.json"), "utf8");
        const { components } = JSON.parse(golden) as {
            components: { KubernetesComputeEnvironment: { inputs: Record<string, string> } };
        };
        const connection = ["endpoint", "accessToken", "workspaceId", "allowInsecureEndpoint"];
        const expected = Object.keys(components.KubernetesComputeEnvironment.inputs).filter(
            (name) => !connection.includes(name),
        );
        const program = readFileSync(join(ROOT, "examples", "quickstart", "index.ts"), "utf8");
        const read = [...program.matchAll(/^ {4}(\w+): config\.\w+(?:<.*>)?\("(\w+)"\),$/gm)];
        for (const [line, argument, key] of read) {
            assert.equal(key, argument, line);
        }
        assert.deepEqual(read.map(([, argument]) => argument).sort(), expected.sort());
    });
});
