import Table from "cli-table3";
import type { CompiledConfig } from "../src/compile/computeConfig";
import { environmentRules } from "../src/compile/environmentRules";
import { validate } from "../src/compile/rules/rules";
import type { KubernetesComputeEnvironmentArgs } from "../src/args/environment";
import { computeConfig, partsOf } from "../tests/unit/compile/compiled";
import { everyField } from "../tests/unit/compile/everyField";

const ROUNDS = 200;

interface Timing {
    first: number;
    median: number;
    worst: number;
}

/** The first time apart: a program compiles once, before anything is warm. */
function timed(work: () => unknown): Timing {
    const times = Array.from({ length: ROUNDS }, () => {
        const start = performance.now();
        work();
        return performance.now() - start;
    });
    const [first, ...others] = times;
    others.sort((a, b) => a - b);
    return { first, median: others[others.length >> 1], worst: others[others.length - 1] };
}

/** What compiling and judging cost. Measured and shown, never asserted. */
describe("compiling an environment", () => {
    it("with every field set, and with the least", () => {
        const table = new Table({
            head: ["arguments", "step", "first, ms", "median, ms", "worst, ms", "characters"],
            colAligns: ["left", "left", "right", "right", "right", "right"],
            style: { head: [], border: [] },
        });
        const least: KubernetesComputeEnvironmentArgs = { cluster: everyField.cluster };
        for (const [name, args] of Object.entries({ "every field": everyField, "the least": least })) {
            const spec = partsOf(args);
            const compiled: CompiledConfig = computeConfig(spec);
            const steps: [string, () => unknown][] = [
                ["judge", () => validate(environmentRules, args)],
                ["compile", () => computeConfig(spec)],
            ];
            for (const [step, work] of steps) {
                const { first, median, worst } = timed(work);
                const length = step === "compile" ? JSON.stringify(compiled).length : "";
                table.push([name, step, first.toFixed(2), median.toFixed(3), worst.toFixed(2), length]);
            }
        }
        console.log(table.toString());
    });
});
