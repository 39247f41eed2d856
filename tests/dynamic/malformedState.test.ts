import assert from "node:assert/strict";
import { environmentInputs } from "./inputs";
import { failure, type Made, type PlatformKind, type Props, useWorld } from "./support";

interface Malformed {
    kind: PlatformKind;
    what: string;
    good: Props;
    /** What state has instead, where `undefined` is nothing, and what is said of it. */
    cases: [changed: Props, fault: string][];
}

const MALFORMED: Malformed[] = [
    {
        kind: "computeEnv",
        what: "compute environment",
        good: environmentInputs("c1", {}),
        cases: [
            [{ config: undefined }, "config is missing"],
            [{ config: "{}" }, "config is not a map"],
            [{ config: [], platform: 3 }, "platform is not a string, config is not a map"],
        ],
    },
    {
        kind: "label",
        what: "resource label",
        good: { name: "team", value: "genomics" },
        cases: [[{ name: undefined, value: null }, "name is missing, value is not a string"]],
    },
    {
        kind: "dataset",
        what: "dataset",
        good: { name: "samples", linkedUrl: "https://example.com/samples.csv" },
        cases: [[{ sourceType: undefined }, "sourceType is missing"]],
    },
    {
        kind: "pipeline",
        what: "pipeline",
        good: { name: "rnaseq", repository: "https://github.com/nf-core/rnaseq", workDir: "/scratch/work" },
        cases: [[{ repository: undefined }, "repository is missing"]],
    },
    {
        kind: "dataLink",
        what: "data-link",
        good: { name: "reads", resourceRef: "s3://reads" },
        cases: [[{ provider: 1, resourceRef: undefined }, "provider is not a string, resourceRef is missing"]],
    },
    {
        kind: "primaryComputeEnv",
        what: "primary compute environment",
        good: { computeEnvId: "e1" },
        cases: [[{ computeEnvId: undefined }, "computeEnvId is missing"]],
    },
    {
        kind: "pipelineMove",
        what: "move of pipelines",
        good: { computeEnvId: "e1", former: [] },
        cases: [
            [{ former: undefined }, "former is missing"],
            [{ former: "e0" }, "former is not a list"],
        ],
    },
];

describe("a state that cannot be read", () => {
    const world = useWorld();

    for (const { kind, what, good, cases } of MALFORMED) {
        for (const [changed, fault] of cases) {
            it(`of a ${what} is said in one line before any call: ${fault}`, async () => {
                const inputs = await world.provider.checked(kind, { ...world.connection, ...good });
                const made: Made = { kind, id: "100", inputs, props: { ...inputs, ...changed } };
                const message = `The stack's state of the ${what} (100) cannot be read: ${fault}. It was changed by hand, or written by another version. The Platform was not called. Run \`pulumi refresh\` to write it again.`;
                assert.equal((await failure(world.provider.diff(made, inputs))).message, message);
                assert.equal((await failure(world.provider.update(made, inputs))).message, message);
                assert.deepEqual(world.calls(), []);
            });
        }
    }

    const mended: [kind: PlatformKind, make: () => Promise<Props> | Props, lost: Props][] = [
        ["computeEnv", async () => environmentInputs(await world.credential()), { config: "{}", platform: undefined }],
        ["label", () => ({ name: "team", value: "genomics" }), { name: 3, value: undefined }],
        ["pipelineMove", () => ({ computeEnvId: "e1" }), { former: undefined }],
    ];
    for (const [kind, make, lost] of mended) {
        it(`of a ${kind} is written anew by a refresh`, async () => {
            const made = await world.provider.make(kind, { ...world.connection, ...(await make()) });
            const back = await world.provider.refreshed({ ...made, props: { ...made.props, ...lost } });
            for (const property of Object.keys(lost)) {
                assert.deepEqual(back.props[property], made.props[property]);
            }
            assert.equal((await world.provider.diff(back, made.inputs)).changes, "DIFF_NONE");
        });
    }
});
