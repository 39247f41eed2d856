/** Which test files there are. */

import { readdirSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** From cheap to dear; CONTRIBUTING.md says what each is about. */
export const SUITES = ["unit", "components", "dynamic", "engine", "examples", "nextflow"] as const;

export type Suite = (typeof SUITES)[number];

/** `short` is what `make test` runs, `long` what it leaves out: the files that end in `.long.test.ts`. */
export type Length = "short" | "long" | "all";

/** Paths from the project's root, in the order of their names. */
export function testFiles(suite: Suite, length: Length): string[] {
    const folder = join("tests", suite);
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".test.ts"))
        .filter((name) => length === "all" || name.endsWith(".long.test.ts") === (length === "long"))
        .map((name) => join(folder, name))
        .sort();
}
