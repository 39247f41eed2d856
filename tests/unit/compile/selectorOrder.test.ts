import assert from "node:assert/strict";
import { sameConfigValue } from "../../../src/compile/configDiff";
import { nextflowConfig } from "../../../src/compile/nextflow/nextflowConfig";
import type { ProcessArgs } from "../../../src/args/tasks";
import type { Known } from "../../../src/compile/known";

describe("the order of processes (issue 15, point 11)", () => {
    const text = (processes: Known<ProcessArgs>[]) =>
        nextflowConfig({ computeResources: { cpus: 1 }, processes, nextflowConfig: "trace.enabled = true" });
    const counts = (processes: Known<ProcessArgs>[]) =>
        !sameConfigValue("nextflowConfig", text(processes), text([...processes].reverse()));

    const apart: [string, Known<ProcessArgs>[]][] = [
        [
            "two names",
            [
                { name: "STAR", cpus: 8 },
                { name: "FASTQC", cpus: 2 },
            ],
        ],
        [
            "a name and a label",
            [
                { label: "big", cpus: 8 },
                { name: "FASTQC", cpus: 2 },
            ],
        ],
        [
            "labels that set different things",
            [
                { label: "big", cpus: 8 },
                { label: "long", time: "2d" },
            ],
        ],
        [
            "three, with pods",
            [
                { name: "STAR", cpus: 8, nodeSelector: { disk: "ssd" } },
                { label: "long", time: "2d" },
                { name: "FASTQC", cpus: 2, tolerations: [{ key: "spot", operator: "Exists" }] },
            ],
        ],
    ];
    for (const [what, processes] of apart) {
        it(`does not count between ${what}`, () => assert.equal(counts(processes), false));
    }

    const together: [string, Known<ProcessArgs>[]][] = [
        [
            "labels that set the same thing, which may be on one process",
            [
                { label: "big", cpus: 8 },
                { label: "x", cpus: 2 },
            ],
        ],
        [
            "a name and a pattern",
            [
                { name: "STAR", cpus: 8 },
                { name: "STAR|FASTQC", cpus: 2 },
            ],
        ],
        [
            "the same name twice",
            [
                { name: "STAR", cpus: 8 },
                { name: "STAR", cpus: 2 },
            ],
        ],
    ];
    for (const [what, processes] of together) {
        it(`counts between ${what}`, () => assert.equal(counts(processes), true));
    }

    it("is that of the text where something stands between, and other values count", () => {
        const blocks = ["  withName: 'A' {\n    cpus = 1\n  }", "  withName: 'B' {\n    cpus = 1\n  }"];
        const between = (a: string, b: string) => `process {\n${a}\n  cpus = 2\n${b}\n}`;
        assert.ok(!sameConfigValue("nextflowConfig", between(blocks[0], blocks[1]), between(blocks[1], blocks[0])));
        assert.ok(!sameConfigValue("nextflowConfig", text([{ name: "A", cpus: 1 }]), text([{ name: "A", cpus: 2 }])));
    });
});
