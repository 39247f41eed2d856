import { disagreements } from "./agreement";
import { TOKEN } from "./providers";
import { type Counts, ProviderWorld } from "./providerWorld";
import type { Run, Schedule } from "./schedule";

/** How a schedule ended. */
export interface Verdict {
    /** What is wrong at its end; nothing when all is well. */
    wrong: string[];
    counts: Counts;
}

/** Plays a schedule against the real dynamic-provider process, then one clean run, and looks whether all agree. */
export async function play(schedule: Schedule): Promise<Verdict> {
    const world = await ProviderWorld.start(schedule);
    try {
        for (const run of schedule.runs) {
            if (await world.troubled(run)) {
                const wrong = await recovery(world, run);
                if (wrong.length > 0) {
                    return { wrong, counts: world.counts };
                }
            }
        }
        const wrong = await ending(world, schedule);
        return { wrong: [...wrong, ...unfit(world.said)], counts: world.counts };
    } finally {
        await world.stop();
    }
}

/**
 * After a kill, as the documentation says: a refresh and the same program once more, before anything else is changed. One
 * that had made an environment under a name of the program's own, and not yet told Pulumi, is adopted as the error asks.
 */
async function recovery(world: ProviderWorld, { program }: Run): Promise<string[]> {
    let failed = await world.clean({ command: "up --refresh", program });
    if (failed.some((message) => ADOPT.test(message))) {
        world.counts.adoptions++;
        const environments = program.environments.map((each) => each && { ...each, adopt: each.name !== 0 });
        failed = await world.clean({ command: "up --refresh", program: { ...program, environments } });
    }
    world.mustLook = false;
    return [...failed, ...disagreements(world, program)].map((wrong) => `after a kill: ${wrong}`);
}

const ADOPT = /A compute environment named "[\w-]+" already exists in workspace \d+\. .* or adopt it/;

async function ending(world: ProviderWorld, { runs, end }: Schedule): Promise<string[]> {
    const { program } = runs.at(-1)!;
    if (end === "up") {
        const failed = await world.clean({ command: world.mustLook ? "up --refresh" : "up", program });
        const wrong = [...failed, ...disagreements(world, program)];
        if (wrong.length > 0) {
            return wrong;
        }
        world.platform.clearRequests();
        const again = await world.clean({ command: "up", program });
        const calls = world.platform.requests.map(({ method, path }) => `an unchanged up calls ${method} ${path}`);
        if (again.length + calls.length > 0) {
            return [...again, ...calls];
        }
    }
    return [...(await world.clean({ command: "destroy", program })), ...disagreements(world, undefined)];
}

/** What must never be printed: the token, and our stack. */
function unfit(said: string[]): string[] {
    return [
        ...said.filter((line) => line.includes(TOKEN)).map(() => "the access token was printed"),
        ...said.filter((line) => /^\s+at |node_modules/.test(line)).map((line) => `a stack was printed: ${line}`),
    ];
}
