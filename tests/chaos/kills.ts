import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import type { TestStack } from "../engine/support/stack";
import { CliWorld } from "./cliWorld";
import { descendants, end } from "./processes";

/** Who is killed, while what is done, and when. */
export interface Kill {
    victim: "the CLI" | "the dynamic-provider process" | "the language host";
    while: "create" | "replace" | "destroy";
    /** A name of the program's own. */
    named: boolean;
    /** After how many calls to the Platform; 0 is before the first. */
    call: number;
    /** And so many milliseconds later. */
    afterMs: number;
}

const kill: fc.Arbitrary<Kill> = fc.record({
    victim: fc.constantFrom<Kill["victim"]>("the CLI", "the dynamic-provider process", "the language host"),
    while: fc.constantFrom<Kill["while"]>("create", "create", "replace", "destroy"),
    named: fc.boolean(),
    call: fc.integer({ min: 0, max: 9 }),
    afterMs: fc.integer({ min: 0, max: 400 }),
});

/** The kills of a seed; the same seed gives the same ones, however many are asked for. */
export function kills(seed: number, count: number): Kill[] {
    return fc.sample(kill, { seed, numRuns: count });
}

/** How a kill ended. */
export interface KillVerdict {
    wrong: string[];
    /** Whether it hit before the run was over by itself. */
    hit: boolean;
    adopted: boolean;
}

/**
 * Kills a process of a running CLI, then does what docs/operations.md says: cancel, wait for a namespace that is going, refresh, `up`.
 * Says what does not agree after that one run.
 */
export async function playKill(plan: Kill): Promise<KillVerdict> {
    const world = await CliWorld.start(plan.named ? "fixed" : undefined, {});
    try {
        const { stack } = world;
        if (plan.while !== "create") {
            await stack.mustUp();
            await stack.configure({ nextflowConfig: "process.cpus = 2" });
        }
        world.platform.clearRequests();
        const hit = await killed(world, plan);
        await stack.run(["cancel", "--yes"]);
        await world.namespaceSettled();
        await refreshed(stack);
        const wrong = await world.clean();
        return { wrong: wrong.length > 0 ? wrong : await world.destroyed(), hit, adopted: world.adopted };
    } finally {
        await world.stop();
    }
}

export async function refreshed(stack: TestStack): Promise<void> {
    const refresh = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates"];
    const { code, output } = await stack.run(refresh);
    if (/failed to load checkpoint: EOF/.test(output)) {
        stack.removeStateAttributes();
        await stack.must(refresh);
    } else if (code !== 0) {
        throw new Error(`refresh ended with ${code}:\n${output}`);
    }
}

const VICTIMS: Record<Exclude<Kill["victim"], "the CLI">, RegExp> = {
    "the dynamic-provider process": /cmd\/dynamic-provider/,
    "the language host": /pulumi-language-nodejs/,
};

export async function killed(
    { platform, stack }: CliWorld,
    { victim, while: what, call, afterMs }: Omit<Kill, "named">,
): Promise<boolean> {
    let cli = 0;
    let ended = false;
    const running = stack
        .run([what === "destroy" ? "destroy" : "up", "--yes", "--skip-preview"], { onStart: (pid) => (cli = pid) })
        .finally(() => (ended = true));
    const family = new Set<number>();
    let hit = false;
    while (!ended) {
        if (platform.requests.length >= call) {
            await sleep(afterMs);
            const all = await descendants(cli);
            all.forEach(({ pid }) => family.add(pid));
            const victims =
                victim === "the CLI"
                    ? [cli]
                    : all.filter(({ args }) => VICTIMS[victim].test(args)).map(({ pid }) => pid);
            if (victims.length > 0) {
                victims.forEach(end);
                hit = !ended;
                break;
            }
        }
        await sleep(20);
    }
    await running;
    // The plugins of a CLI that is killed go on for a moment; a machine that goes down takes them along.
    family.forEach(end);
    return hit;
}
