import { join } from "node:path";
import type { EmulatorOptions, PlatformEmulator } from "../../src/emulator";
import { testEngine } from "../../tests/engine/support/engine";
import { calls, connection, freshNamespace, startPlatform } from "../../tests/engine/support/platform";
import { type CliRun, type RunOptions, TestStack } from "../../tests/engine/support/stack";
import { ROOT } from "../../tests/support/installedPackage";
import { type Usage, watch } from "./processes";
import { stateSize, type StateSize } from "./state";

export const PROGRAMS = ["ours", "handWritten", "naive"] as const;
export type Program = (typeof PROGRAMS)[number];

/** The steps in the order in which they are run. */
export const STEPS = {
    create: ["up", "--yes", "--skip-preview"],
    "no change": ["up", "--yes", "--skip-preview"],
    preview: ["preview"],
    refresh: ["refresh", "--yes", "--skip-preview"],
    destroy: ["destroy", "--yes", "--skip-preview"],
};
export type Step = keyof typeof STEPS;

/**
 * `CHECKPOINTS=no` keeps the engine from writing the whole state after each step, to see what that costs. Not for production: a run that
 * is killed then saves nothing (https://github.com/pulumi/pulumi/issues/10668).
 */
const ENGINE: Record<string, string> =
    process.env.CHECKPOINTS === "no" ? { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } : {};

export interface Measured extends Usage {
    seconds: number;
    /** Calls on the Platform, and how many of each kind. */
    calls: number;
    kinds: Map<string, number>;
    /** Most calls within one second, and how many the Platform's limit refused. */
    busiestSecond: number;
    refused: number;
}

export interface Life {
    steps: Record<Step, Measured>;
    state: StateSize;
}

/** Takes environments through their whole life with one of the programs, each life on a Platform of its own. */
export async function measureLife(program: Program, count: number, timings: EmulatorOptions["timings"]): Promise<Life> {
    const { cluster } = await testEngine();
    const platform = await startPlatform({ timings, openapi: undefined, requestLogLimit: 1_000_000 });
    try {
        const stack = await TestStack.create({
            program: `require(${JSON.stringify(join(ROOT, "bench", "programs", `${program}.cjs`))});`,
            config: {
                ...connection(platform),
                "kubernetes:kubeconfig": cluster.kubeconfig,
                server: cluster.server,
                prefix: freshNamespace(),
                count,
            },
            env: () => ENGINE,
        });
        const steps: Partial<Record<Step, Measured>> = {};
        let state: StateSize | undefined;
        for (const [step, args] of Object.entries(STEPS)) {
            platform.clearRequests();
            steps[step as Step] = await measured(platform, (options) => stack.run(args, options));
            state ??= stateSize(stack.stateText());
        }
        return { steps: steps as Life["steps"], state: state! };
    } finally {
        await platform.stop();
    }
}

/** Of each step the run that took the median time. */
export function medianOf(lives: Life[]): Life {
    const steps = Object.keys(STEPS).map((step) => {
        const runs = lives.map(({ steps }) => steps[step as Step]).sort((a, b) => a.seconds - b.seconds);
        return [step, runs[runs.length >> 1]];
    });
    return { steps: Object.fromEntries(steps) as Life["steps"], state: lives[0].state };
}

async function measured(platform: PlatformEmulator, run: (options: RunOptions) => Promise<CliRun>): Promise<Measured> {
    let stop: (() => Usage) | undefined;
    const startedAt = performance.now();
    const { code, output } = await run({ onStart: (pid) => (stop = watch(pid)) });
    const seconds = (performance.now() - startedAt) / 1000;
    const usage = stop!();
    if (code !== 0) {
        throw new Error(output);
    }
    const kinds = new Map<string, number>();
    calls(platform).forEach((call) => kinds.set(call, (kinds.get(call) ?? 0) + 1));
    return {
        ...usage,
        seconds,
        calls: platform.requests.length,
        kinds,
        busiestSecond: busiestSecond(platform.requests.map(({ at }) => Date.parse(at))),
        refused: platform.requests.filter(({ status }) => status === 429).length,
    };
}

function busiestSecond(times: number[]): number {
    return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));
}
