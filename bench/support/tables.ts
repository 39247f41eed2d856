import Table from "cli-table3";
import { type Life, type Measured, type Program, PROGRAMS, type Step, STEPS } from "./measure";
import type { Part } from "./processes";

export const NAMES: Record<Program, string> = { ours: "component", handWritten: "written by hand", naive: "naive" };

/** The lives of one number of environments, by program. */
export type Lives = Map<number, Record<Program, Life>>;

/** All that was measured, one table a question. */
export function tables(lives: Lives): string {
    return [
        "wall time / processor time, seconds",
        stepTable(lives, ({ seconds, cpuSeconds }) => `${seconds.toFixed(1)} / ${cpuSeconds.toFixed(1)}`),
        ...[...lives].flatMap(([count, life]) => [
            `processor time of each part, seconds, N = ${count}`,
            partTable(life),
        ]),
        "calls on the Platform (most in one second; refused by its limit)",
        stepTable(lives, (each) => `${each.calls} (${each.busiestSecond}; ${each.refused})`),
        "peak memory of the dynamic-provider process, MiB",
        stepTable(lives, ({ providerMebibytes }) => providerMebibytes.toFixed(0)),
        "state after the create: bytes of the file, and its records against their inputs and outputs",
        table(
            ["N", ...PROGRAMS.map((program) => NAMES[program])],
            [...lives].map(([count, life]) => [
                count,
                ...PROGRAMS.map((program) => {
                    const { bytes, timesContent } = life[program].state;
                    return `${bytes} × ${timesContent.toFixed(2)}`;
                }),
            ]),
        ),
        `calls on the Platform by kind, N = ${[...lives.keys()].at(-1)}`,
        kindTable([...lives.values()].at(-1)!),
    ].join("\n\n");
}

function stepTable(lives: Lives, cell: (measured: Measured) => string): string {
    return table(
        ["N", "step", ...PROGRAMS.map((program) => NAMES[program])],
        [...lives].flatMap(([count, life]) =>
            (Object.keys(STEPS) as Step[]).map((step) => [
                count,
                step,
                ...PROGRAMS.map((program) => cell(life[program].steps[step])),
            ]),
        ),
    );
}

function partTable(life: Record<Program, Life>): string {
    const rows = (Object.keys(STEPS) as Step[]).flatMap((step) => {
        const parts = Object.keys(life.ours.steps[step].partSeconds) as Part[];
        return parts.map((part) => [
            step,
            part,
            ...PROGRAMS.map((program) => life[program].steps[step].partSeconds[part].toFixed(2)),
        ]);
    });
    return table(["step", "part", ...PROGRAMS.map((program) => NAMES[program])], rows);
}

function kindTable(life: Record<Program, Life>): string {
    const rows = (Object.keys(STEPS) as Step[]).flatMap((step) => {
        const kinds = new Set(PROGRAMS.flatMap((program) => [...life[program].steps[step].kinds.keys()]));
        return [...kinds]
            .sort()
            .map((kind) => [step, kind, ...PROGRAMS.map((program) => life[program].steps[step].kinds.get(kind) ?? 0)]);
    });
    return table(["step", "call", ...PROGRAMS.map((program) => NAMES[program])], rows);
}

const EDGES = ["top", "bottom"].flatMap((edge) => [edge, `${edge}-mid`, `${edge}-left`, `${edge}-right`]);
const MARKDOWN = {
    ...Object.fromEntries(EDGES.map((edge) => [edge, ""])),
    ...Object.fromEntries(["left", "middle", "right", "left-mid", "mid-mid", "right-mid"].map((bar) => [bar, "|"])),
    mid: "-",
};

/** In Markdown, for docs/performance.md. */
export function table(head: string[], rows: (string | number)[][]): string {
    const made = new Table({
        head,
        chars: MARKDOWN,
        colAligns: head.map((_, column) =>
            rows.some((row) => /^[a-zA-Z]/.test(String(row[column]))) ? "left" : "right",
        ),
        style: { head: [], border: [], compact: true },
    });
    made.push(...rows);
    return made.toString();
}
