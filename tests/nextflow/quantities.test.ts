import assert from "node:assert/strict";
import { environmentRules } from "../../src/compile/environmentRules";
import { nextflowConfig } from "../../src/compile/nextflow/nextflowConfig";
import { validate } from "../../src/compile/rules/rules";
import { terminalProgress } from "../../tools/engine";
import { podsOf } from "../../tools/nextflow";
import { GOOD } from "../unit/compile/environmentCases";
import { requireJavaTools } from "./support/parsers";

const LIMITED = {
    computeResources: { maxCpus: 2, maxMemory: "4 GB" },
    processes: [{ label: "big", cpus: 64, memory: "8 GB" }],
};

/** Configurations, and what the pod of a task of the label big gets: CPUs, memory and seconds. */
const PODS: [what: string, text: string, got: unknown[], args: object][] = [
    ...[
        ["bytes, and milliseconds", "process.memory = 4\nprocess.time = 5", [1, "0Mi", undefined]] as const,
        ["nothing that Nextflow reads", "process.time = '5'", "Not a valid `time` value"] as const,
    ].map(([what, text, got]): [string, string, unknown[], object] => [
        `a number without a unit is ${what}`,
        text,
        [got].flat(),
        { nextflowConfig: text },
    ]),
    [
        "a process that asks for more than the limits gets the limits",
        nextflowConfig(LIMITED)!,
        [2, "4096Mi", undefined],
        LIMITED,
    ],
];

describe("nextflow: amounts that are not what they seem (issue 17)", () => {
    let made: Awaited<ReturnType<typeof podsOf>>;

    before(async function () {
        this.timeout(300_000);
        requireJavaTools(this);
        const texts = PODS.map(([, text]) => text);
        made = await podsOf(texts, terminalProgress());
    });

    PODS.forEach(([what, , got, args], index) =>
        it(`${what}, and is refused`, () => {
            const pod = made[index];
            if (pod.ok) {
                const { containers, activeDeadlineSeconds } = (pod.config as any).spec;
                const { cpu, memory } = containers[0].resources.requests;
                assert.deepEqual([cpu, memory, activeDeadlineSeconds], got);
            } else {
                assert.match(pod.error, new RegExp(got.join()));
            }
            assert.notDeepEqual(validate(environmentRules, { ...GOOD, ...args }), []);
        }),
    );
});
