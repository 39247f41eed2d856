import { type Life, measureLife, type Program, PROGRAMS } from "./support/measure";
import { type Lives, NAMES, table, tables } from "./support/tables";
import { targets } from "./support/targets";

const COUNTS = (process.env.N ?? "1,10").split(",").map(Number);
const SLOW_SECONDS = 20;

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
            const measured: Partial<Record<Program, Life>> = {};
            for (const program of PROGRAMS) {
                measured[program] = await measureLife(program, count, { create: 0, delete: 0 });
            }
            lives.set(count, measured as Record<Program, Life>);
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
