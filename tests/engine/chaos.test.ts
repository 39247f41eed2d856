import assert from "node:assert/strict";
import { playOnCli } from "../chaos/cliSchedules";
import { kills, playKill } from "../chaos/kills";
import { schedules } from "../chaos/schedule";
import { setting, sideBySide } from "../chaos/sideBySide";
import { testEngine } from "./support/engine";

const SEED = setting("SEED", 7);
const ONLY = process.env.ONLY === undefined ? undefined : setting("ONLY", 0);

/** A few of what `make chaos CLI=100 KILLS=100` does; a failure says how to have it alone. */
describe("chaos through the whole CLI", function () {
    this.timeout(0);

    before(async () => {
        await testEngine();
    });

    const counts = { CLI: setting("CLI", 2), KILLS: setting("KILLS", 3) };

    if (counts.CLI > 0) {
        it(`${counts.CLI} schedules of trouble in the Platform end in agreement`, async () => {
            await all("CLI", schedules(SEED, counts.CLI), playOnCli);
        });
    }

    if (counts.KILLS > 0) {
        it(`${counts.KILLS} kills of the CLI and its processes end in agreement`, async () => {
            let hits = 0;
            let adoptions = 0;
            await all("KILLS", kills(SEED, counts.KILLS), async (plan) => {
                const { wrong, hit, adopted } = await playKill(plan);
                hits += hit ? 1 : 0;
                adoptions += adopted ? 1 : 0;
                return wrong;
            });
            console.log(`      ${hits} hit a run under way; after ${adoptions} an environment was adopted by hand`);
        });
    }

    async function all<T>(
        what: "CLI" | "KILLS",
        plans: T[],
        play: (plan: T, index: number) => Promise<string[]>,
    ): Promise<void> {
        const failures: string[] = [];
        const chosen = plans.map((plan, index) => ({ plan, index })).filter(({ index }) => (ONLY ?? index) === index);
        let done = 0;
        await sideBySide(chosen, setting("JOBS", 2), async ({ plan, index }) => {
            const wrong = await play(plan, index).catch((error: Error) => [error.message]);
            done++;
            if (wrong.length > 0) {
                const alone = what === "CLI" ? `CLI=${index + 1} KILLS=0` : `CLI=0 KILLS=${index + 1}`;
                failures.push(
                    `${index} of seed ${SEED}; alone: make chaos SCHEDULES=0 SEED=${SEED} ${alone} ONLY=${index}`,
                );
                console.log(`      ✘ ${failures.at(-1)!}\n${JSON.stringify(plan)}\n${wrong.join("\n")}`);
            }
            if (done % 10 === 0) {
                console.log(`      ${done} of ${chosen.length}, ${failures.length} wrong`);
            }
        });
        assert.deepEqual(failures, []);
    }
});
