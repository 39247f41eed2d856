import assert from "node:assert/strict";
import { testEngine } from "../engine/support/engine";
import { playOnCli } from "./cliSchedules";
import { histories, playHistory } from "./histories";
import { kills, playKill } from "./kills";
import { schedules } from "./schedule";
import { setting, sideBySide } from "./sideBySide";

const EACH_WITHIN_MS = 240_000;

/** Tests that play so many schedules and kills of a seed, unless make's variables say otherwise. A failure says how to have it alone. */
export function chaosThroughTheCli(otherwise: {
    seed: number;
    schedules: number;
    kills: number;
    histories: number;
}): void {
    const seed = setting("SEED", otherwise.seed);
    const only = process.env.ONLY === undefined ? undefined : setting("ONLY", 0);
    const first = setting("FROM", 0);
    const counts = {
        CLI: setting("CLI", otherwise.schedules),
        KILLS: setting("KILLS", otherwise.kills),
        HISTORIES: setting("HISTORIES", otherwise.histories),
    };

    describe("chaos through the whole CLI", () => {
        before(async function () {
            this.timeout(1_800_000);
            await testEngine();
        });

        if (counts.CLI > 0) {
            it(`${counts.CLI} schedules of trouble in the Platform end in agreement`, async () => {
                await all("CLI", schedules(seed, counts.CLI), playOnCli);
            }).timeout(counts.CLI * EACH_WITHIN_MS);
        }

        if (counts.KILLS > 0) {
            it(`${counts.KILLS} kills of the CLI and its processes end in agreement`, async () => {
                let hits = 0;
                let adoptions = 0;
                await all("KILLS", kills(seed, counts.KILLS), async (plan) => {
                    const { wrong, hit, adopted } = await playKill(plan);
                    hits += hit ? 1 : 0;
                    adoptions += adopted ? 1 : 0;
                    return wrong;
                });
                console.log(`      ${hits} hit a run under way; after ${adoptions} an environment was adopted by hand`);
            }).timeout(counts.KILLS * EACH_WITHIN_MS);
        }

        if (counts.HISTORIES > 0) {
            it(`${counts.HISTORIES} histories of what people do between runs end in agreement`, async () => {
                await all("HISTORIES", histories(seed, counts.HISTORIES), playHistory);
            }).timeout(counts.HISTORIES * EACH_WITHIN_MS);
        }
    });

    async function all<T>(
        what: keyof typeof counts,
        plans: T[],
        play: (plan: T, index: number) => Promise<string[]>,
    ): Promise<void> {
        const failures: string[] = [];
        const chosen = plans
            .map((plan, index) => ({ plan, index }))
            .filter(({ index }) => index >= first && (only ?? index) === index);
        let done = 0;
        await sideBySide(chosen, setting("JOBS", 2), async ({ plan, index }) => {
            const wrong = await play(plan, index).catch((error: Error) => [error.message]);
            done++;
            if (wrong.length > 0) {
                const alone = Object.keys(counts)
                    .map((each) => `${each}=${each === what ? index + 1 : 0}`)
                    .join(" ");
                failures.push(
                    `${index} of seed ${seed}; alone: make chaos SCHEDULES=0 SEED=${seed} ${alone} ONLY=${index}`,
                );
                console.log(`      ✘ ${failures.at(-1)!}\n${JSON.stringify(plan)}\n${wrong.join("\n")}`);
            }
            if (done % 10 === 0) {
                console.log(`      ${done} of ${chosen.length}, ${failures.length} wrong`);
            }
        });
        assert.deepEqual(failures, []);
    }
}
