import assert from "node:assert/strict";
import { refused } from "./recorder";

export type Refusal = [what: string, args: object, lines: string[]];

/** A test for each case: what is said of arguments that cannot work, all of it at once and before anything is registered. */
export function itIsRefused(whose: string, make: (args: any) => unknown, cases: Refusal[]): void {
    for (const [what, args, lines] of cases) {
        it(`is refused before anything is registered: ${what}`, async () => {
            const { error, all } = await refused(() => make(args));
            assert.deepEqual(error.message.split("\n"), [
                `${whose} has invalid arguments:`,
                ...lines.map((line) => `  ${line}`),
            ]);
            assert.deepEqual(all, []);
        });
    }
}
