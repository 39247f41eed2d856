import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

export interface RightsRow {
    identity: string;
    verbs: string[];
    resource: string;
    used: string;
    why: string;
}

/** The table of rights in docs/security.md. */
export function rightsTable(): RightsRow[] {
    const text = readFileSync(join(ROOT, "docs", "security.md"), "utf8");
    return text
        .split("\n")
        .map((line) =>
            line
                .split("|")
                .slice(1, -1)
                .map((cell) => cell.trim()),
        )
        .filter((cells) => cells.length === 4 && ["launcher", "head"].includes(cells[0]))
        .map(([identity, right, used, why]) => {
            const words = right.split(" ");
            const verbs = words.slice(0, -1).map((verb) => verb.replace(",", ""));
            return { identity, verbs, resource: words.at(-1)!, used, why };
        });
}

/** Where the documentation says that a right was seen in use. */
export type Used = "environment" | "service pod" | "run";

/** The rights that the documentation says were seen in use; the tests that take them away hold their lists against it. */
export function rightsInUse(where: Used): string[] {
    return rightsTable()
        .filter(({ used }) => used === where)
        .flatMap(({ identity, verbs, resource }) => verbs.map((verb) => `${identity} ${verb} ${resource}`))
        .sort();
}
