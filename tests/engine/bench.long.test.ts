import { measureLife, PROGRAMS } from "../../bench/support/measure";
import { testEngine } from "./support/engine";

describe("the bench, on the real engine", function () {
    this.timeout(300_000);

    before(async function () {
        this.timeout(1_800_000);
        await testEngine();
    });

    for (const program of PROGRAMS) {
        it(`takes an environment of the program "${program}" through its whole life`, () =>
            measureLife(program, 1, { create: 0, delete: 0 }));
    }
});
