import { type Life, measureLife, medianOf, type Program, PROGRAMS } from "./support/measure";
import { type Lives, NAMES, table, tables } from "./support/tables";
import { targets } from "./support/targets";

const COUNTS = (process.env.N ?? "1,10").split(",").map(Number);
const SLOW_SECONDS = 20;

/** Short runs differ by a fifth from one to the next. Of long ones there is time for one. */
const roundsOf = (count: number) => (count > 10 ? 1 : 3);

/**
 * Whole lives of many environments on the real engine, side by side: with the component, with the same resources written one by
 * one, and with dynamic providers as Pulumi's guide has them. Measured and shown, never asserted.
 */
describe(`${COUNTS.join(", ")} environments, side by side`, function () {
    this.timeout(3 * 3_600_000);

    const lives: Lives = new Map();
    const slow: (string | number)[][] = [];

    before("so that nothing is read from disk for the first time", () =>
        measureLife("ours", 1, { create: 0, delete: 0 }),
    );

    for (const count of COUNTS) {
        it(`${count}, ready at once`, async () => {
            const measured: Record<Program, Life[]> = { ours: [], handWritten: [], naive: [] };
            for (let round = 0; round < roundsOf(count); round++) {
                for (const program of PROGRAMS) {
                    measured[program].push(await measureLife(program, count, { create: 0, delete: 0 }));
                }
            }
            const { ours, handWritten, naive } = measured;
            lives.set(count, { ours: medianOf(ours), handWritten: medianOf(handWritten), naive: medianOf(naive) });
        });
    }

    it(`one that takes ${SLOW_SECONDS} s`, async () => {
        for (const program of PROGRAMS) {
            const { create } = (await measureLife(program, 1, { create: SLOW_SECONDS * 1000, delete: 0 })).steps;
            const polls = create.kinds.get("GET /compute-envs/{id}") ?? 0;
            slow.push([NAMES[program], (create.seconds - SLOW_SECONDS).toFixed(1), polls]);
        }
    });

    after(() => {
        console.log(`\n${tables(lives)}\n`);
        console.log(table([`takes ${SLOW_SECONDS} s`, "seconds beyond", "asked, times"], slow), "\n");
        console.log(targets(lives));
    });
});
