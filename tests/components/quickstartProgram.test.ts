import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/installedPackage";
import { ExampleStack } from "./exampleStacks";

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

    const stack = new ExampleStack("quickstart", { "kubernetes:context": "production" });
    const cluster = JSON.stringify({ server: "https://10.0.0.1:6443" });
    const refusals: [what: string, settings: Record<string, string>, lines: string[]][] = [
        [
            "misspelt and old keys, with the nearest name (case 10)",
            { headpodspec: "spec: {}", labls: "{}", storage: '{"storageClass":"nfs","capacity":"1Ti"}' },
            [
                'KubernetesComputeEnvironment "quickstart" has invalid arguments:',
                '  headpodspec: unknown argument (write "headPodSpec")',
                '  labls: unknown argument (write "resourceLabels")',
                '  storage.storageClass: unknown argument (write "storageClassName")',
                "  storage.capacity: unknown argument (use one of claimName, create, size, storageClassName, accessModes, selector, volumeName, protect, retainOnDelete, replaceable, skipAwait, nfs, csi, mountOptions, mountPath)",
            ],
        ],
        [
            "a key of the connection, which has another namespace",
            { accessToken: "hunter2" },
            ["project:accessToken: unknown key (write seqera:accessToken)"],
        ],
    ];
    for (const [what, settings, lines] of refusals) {
        it(`refuses ${what}`, async () => {
            await assert.rejects(stack.run({ cluster, ...settings }, {}), (error: Error) => {
                assert.deepEqual(error.message.split("\n"), lines);
                return true;
            });
        });
    }

    it("makes an environment of its defaults and a cluster", async () => {
        const { result: _, ...ran } = await stack.run({ cluster }, {});
        assert.equal(ran.all.filter(({ type }) => /:ComputeEnv$/.test(type)).length, 1);
    });
});
