import assert from "node:assert/strict";
import { play } from "../chaos/providerSchedules";
import { stopProviders } from "../chaos/providers";
import { schedules } from "../chaos/schedule";

const SEED = 7;
const COUNT = 24;

/** A few of what `make chaos` plays by the thousand. */
describe("chaos against the provider process", function () {
    this.timeout(120_000);

    after(() => stopProviders());

    schedules(SEED, COUNT).forEach((schedule, index) => {
        it(`schedule ${index} of seed ${SEED} ends with state and Platform in agreement`, async () => {
            const { wrong } = await play(schedule);
            assert.deepEqual(wrong, [], `Alone: make chaos SEED=${SEED} ONLY=${index}`);
        });
    });
});
