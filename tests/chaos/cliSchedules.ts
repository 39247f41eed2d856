import { causeTrouble } from "./cause";
import { CliWorld, FAST_EVERYTHING } from "./cliWorld";
import type { Schedule, Trouble } from "./schedule";

/** Plays the start of a schedule through the real CLI, then one clean run, and says what does not agree. */
export async function playOnCli({ runs, end }: Schedule, index: number): Promise<string[]> {
    const world = await CliWorld.start(index % 3 === 0 ? "fixed" : undefined, {
        createTimeoutSeconds: 3,
        deleteTimeoutSeconds: 10,
        resourceLabels: index % 2 === 0 ? { team: "genomics" } : undefined,
        primary: index % 5 === 0,
    });
    try {
        let look = false;
        for (const [i, { command, troubles, program }] of runs.slice(0, 2).entries()) {
            const [first] = program.environments;
            await world.stack.configure({
                description: first?.description ? `description ${first.description}` : undefined,
                nextflowConfig: first?.namespace ? `process.cpus = ${first.namespace}` : undefined,
            });
            troubles
                .filter(({ what }) => what !== "kill")
                .forEach((each: Trouble) => causeTrouble(world.platform, each));
            // There is nothing to look at or to destroy before the first `up`.
            const args = (i === 0 ? "up" : command).split(" ");
            const { output } = await world.stack.run([args[0], "--yes", "--skip-preview", ...args.slice(1)], {
                env: FAST_EVERYTHING,
            });
            world.platform.faults.remove();
            look ||= args[0] === "destroy" || /deleting failed|failed to delete/.test(output);
        }
        const wrong = end === "up" || look ? await world.clean(...(look ? ["--refresh"] : [])) : [];
        return wrong.length > 0 ? wrong : await world.destroyed();
    } finally {
        await world.stop();
    }
}
