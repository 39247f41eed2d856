import fc from "fast-check";
import { TOKEN } from "../engine/support/platform";
import { CliWorld } from "./cliWorld";
import { killed, type Kill, refreshed } from "./kills";
import { Neighbours } from "./neighbours";
import { ACTIONS, ownPipelines, type Scene, SECOND_TOKEN } from "./people";

/** What people do, and what they run then. */
interface Round {
    /** Keys of {@link ACTIONS}. */
    actions: string[];
    run: "up" | "refresh" | "none" | Pick<Kill, "victim" | "call" | "afterMs">;
}

export interface History {
    /** A name of the program's own. */
    named: boolean;
    primary: boolean;
    /** In a namespace that is somebody else's. */
    shared: boolean;
    rounds: Round[];
}

const kill = fc.record({
    victim: fc.constantFrom<Kill["victim"]>("the CLI", "the dynamic-provider process", "the language host"),
    call: fc.integer({ min: 0, max: 9 }),
    afterMs: fc.integer({ min: 0, max: 400 }),
});

const round: fc.Arbitrary<Round> = fc.record({
    actions: fc.uniqueArray(fc.constantFrom(...Object.keys(ACTIONS)), { minLength: 1, maxLength: 3 }),
    run: fc.oneof(
        { weight: 3, arbitrary: fc.constant("up" as const) },
        fc.constant("refresh" as const),
        fc.constant("none" as const),
        kill,
    ),
});

const history: fc.Arbitrary<History> = fc.record({
    named: fc.boolean(),
    primary: fc.boolean(),
    shared: fc.boolean(),
    rounds: fc.array(round, { minLength: 1, maxLength: 3 }),
});

/** The histories of a seed; the same seed gives the same ones, however many are asked for. */
export function histories(seed: number, count: number): History[] {
    return fc.sample(history, { seed, numRuns: count });
}

/**
 * Plays what people did, then one clean run, and says what does not agree after it, and what was done to what is somebody else's. Runs
 * in between may fail; after one that was killed comes what docs/operations.md says.
 */
export async function playHistory({ named, primary, shared, rounds }: History): Promise<string[]> {
    const name = named ? "fixed" : undefined;
    const accessTokens = [TOKEN, SECOND_TOKEN].map((token) => ({ token, userName: "lab" }));
    // With it a kubeconfig may name the cluster otherwise, as docs/operations.md says.
    const identified = { "kubernetes:clusterIdentifier": "production" };
    const world = await CliWorld.start(name, { primary, ...identified }, { accessTokens });
    const neighbours = await Neighbours.movedIn(world);
    if (shared) {
        await world.moveInto(neighbours.namespace);
    }
    const scene: Scene = { world, neighbours, turn: 1 };
    try {
        world.upsert = false;
        await world.stack.mustUp();
        await ACTIONS["web: adds a pipeline"].act(scene);
        for (const { actions, run } of rounds) {
            for (const action of actions) {
                scene.turn++;
                await ACTIONS[action].act(scene);
            }
            await played(
                world,
                run,
                actions.every((action) => ACTIONS[action].inProgram),
            );
        }
        const wrong = [...(await world.clean("--refresh")), ...stray(world), ...(await neighbours.harm())];
        return wrong.length > 0 ? wrong : [...(await world.destroyed()), ...(await neighbours.harm())];
    } finally {
        await neighbours.moveOut();
        await world.stop();
    }
}

async function played(world: CliWorld, run: Round["run"], inProgram: boolean): Promise<void> {
    if (run === "up") {
        await world.up(inProgram ? [] : ["--refresh"]);
    } else if (run === "refresh") {
        await world.stack.refresh();
    } else if (run !== "none") {
        world.platform.clearRequests();
        await killed(world, { ...run, while: "replace" });
        await world.stack.run(["cancel", "--yes"]);
        await world.namespaceSettled();
        await refreshed(world.stack);
        // What the killed run has made in the cluster is in nobody's state.
        world.upsert = true;
    }
}

/** Pipelines of the environment that do not launch on it. */
function stray(world: CliWorld): string[] {
    const ids = world.environments().map(({ id }) => id);
    return ownPipelines(world)
        .filter(({ launch }) => !ids.includes(launch.computeEnvId ?? ""))
        .map(({ name }) => `pipeline ${name} launches on an environment that is not there`);
}
