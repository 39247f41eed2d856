import assert from "node:assert/strict";
import { play } from "../chaos/providerSchedules";
import { stopProviders } from "../chaos/providers";
import { schedules } from "../chaos/schedule";

const SEED = 7;

/** Some of what `make chaos` plays by the thousand: the schedules from one index up to another of one seed. */
export function chaos(from: number, to: number): void {
    describe("chaos against the provider process", function () {
        this.timeout(120_000);

        after(() => stopProviders());

        for (const [index, schedule] of [...schedules(SEED, to).entries()].slice(from)) {
            it(`schedule ${index} of seed ${SEED} ends with state and Platform in agreement`, async () => {
                const { wrong } = await play(schedule);
                assert.deepEqual(wrong, [], `Alone: make chaos SEED=${SEED} ONLY=${index}`);
            });
        }
    });
}
