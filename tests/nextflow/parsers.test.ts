import assert from "node:assert/strict";
import { terminalProgress } from "../../tools/engine";
import { type ParsedConfig, parseConfigs } from "../../tools/nextflow";
import { UNREADABLE } from "../unit/compile/unreadable";
import { PARSERS, requireJavaTools, withoutParams } from "./support/parsers";

const TEXTS = {
    values: `process { resourceLimits = [cpus: 32, memory: '256 GB']
    withLabel: 'gpu' { accelerator = 1 } }
executor.queueSize = 200
k8s { pod = [[nodeSelector: ['cloud.google.com/gke-spot': 'true']], [label: 'a', value: 'it\\'s \\\\ $x \\u00e9\\n']] }`,
    equalsSign: "process { cpus 4 }",
    unfinished: "k8s { pod = [",
    typed: "process.memory = 4.GB\nprocess.errorStrategy = { task.attempt < 3 ? 'retry' : 'finish' }",
    nothing: "",
    windows: "process {\r\n  beforeScript = '''\r\nmkdir a\r\n'''\r\n  ext.args = \"\"\"${1 + 1}\r\n\"\"\"\r\n}\r\n",
};

/** Everything in a configuration that is not an empty scope, which the classic parser makes of a name that nothing defines. */
function settingsIn(value: unknown): unknown[] {
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(settingsIn) : [value];
}

for (const [name, version] of PARSERS) {
    describe(`nextflow: the ${name} parser`, () => {
        const results = {} as Record<keyof typeof TEXTS, ParsedConfig>;
        const unreadable: ParsedConfig[] = [];

        before(async function () {
            this.timeout(600_000);
            requireJavaTools(this);
            const texts = [...Object.values(TEXTS), ...Object.keys(UNREADABLE)];
            const parsed = await parseConfigs(version, texts, terminalProgress());
            unreadable.push(...parsed.slice(Object.keys(TEXTS).length));
            Object.keys(TEXTS).forEach((key, index) => (results[key as keyof typeof TEXTS] = parsed[index]));
        });

        it("gives back the values that went in", () => {
            assert.deepEqual(withoutParams(results.values), {
                process: { resourceLimits: { cpus: 32, memory: "256 GB" }, "withLabel:gpu": { accelerator: 1 } },
                executor: { queueSize: 200 },
                k8s: {
                    pod: [
                        { nodeSelector: { "cloud.google.com/gke-spot": "true" } },
                        { label: "a", value: "it's \\ $x é\n" },
                    ],
                },
            });
        });

        it("says what is wrong with the others, and goes on", () => {
            assert.equal(results.equalsSign.ok, false);
            assert.match((results.unfinished as { error: string }).error, /Unexpected input/);
            assert.deepEqual(withoutParams(results.nothing), {});
        });

        it("gets no setting from what the rules refuse (issue 17)", () =>
            Object.keys(UNREADABLE).forEach((text, index) => {
                const result = unreadable[index];
                assert.deepEqual(settingsIn(result.ok ? result.config : {}), [], text);
            }));

        it("takes line ends of Windows for line feeds, also within texts (case 15)", () =>
            assert.deepEqual(withoutParams(results.windows), {
                process: { beforeScript: "\nmkdir a\n", ext: { args: "2\n" } },
            }));

        it("shows Nextflow's own values as texts, and closures as such", () => {
            assert.deepEqual(withoutParams(results.typed), {
                process: { memory: "4 GB", errorStrategy: { closure: true } },
            });
        });
    });
}
