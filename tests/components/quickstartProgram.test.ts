import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { ROOT } from "../support/installedPackage";
import { ExampleStack } from "./exampleStacks";
import { record } from "./recorder";

const SERVER = "https://10.0.0.1:6443";

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
    const cluster = JSON.stringify({ server: SERVER });
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

    it("declares keys whose defaults say the same as none", async () => {
        const inputs = ({ all }: { all: { type: string; inputs: object }[] }) =>
            all.filter(({ type }) => !type.startsWith("pulumi-seqera-kubernetes:")).map((each) => each.inputs);
        const args = { cluster: { server: SERVER } };
        const bare = await record(() => new KubernetesComputeEnvironment("quickstart", args));
        assert.deepEqual(inputs(await stack.run({ cluster }, {})), inputs(bare));
        const declared = (file: string) => (parse(readFileSync(file, "utf8")) as { config: object }).config;
        assert.deepEqual(
            declared(join(ROOT, "Pulumi.yaml")),
            declared(join(ROOT, "examples", "quickstart", "Pulumi.yaml")),
        );
    });

    it("takes numbers and booleans of the configuration as texts where texts are meant", async () => {
        const ran = await stack.run(
            {
                cluster,
                resourceQuota: '{"hard":{"pods":300}}',
                resourceLabels: '{"costcenter":42,"gpu":true}',
                environmentVariables: '{"RETRIES":3}',
                env: '[{"name":"DEBUG","value":true}]',
                podOptions: '{"nodeSelector":{"spot":false},"labels":{"team":7}}',
            },
            {},
        );
        assert.deepEqual(ran.one("ResourceQuota").inputs.spec, { hard: { pods: "300" } });
        assert.deepEqual(
            ran.of("Label").map(({ inputs }) => inputs.value),
            ["42", "true"],
        );
        const { environment, nextflowConfig } = ran.one("ComputeEnv").inputs.config;
        assert.deepEqual(
            environment.map(({ name, value }: { name: string; value: unknown }) => [name, value]),
            [
                ["DEBUG", "true"],
                ["RETRIES", "3"],
            ],
        );
        assert.match(nextflowConfig, /nodeSelector: \[spot: 'false'\]/);
    });

    it("says how to write a size that the configuration has as a number, and a text", async () =>
        assert.rejects(
            stack.run({ cluster, headJob: '{"memory":4096}', storage: '{"mountPath":5}' }, {}),
            /storage\.mountPath: must be a string, not a number \(write it in quotes, or add --type string to pulumi config set\)\n {2}headJob\.memory: "4096" has no unit/,
        ));
});
