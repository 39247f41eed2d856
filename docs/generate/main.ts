/** Writes docs/reference.md from the types, their comments, the rules and the map of where arguments go. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { referencePage } from "./page";

const FILE = join(__dirname, "..", "reference.md");

function main(mode: string | undefined): void {
    const page = referencePage();
    if (mode !== "check") {
        writeFileSync(FILE, page);
        return;
    }
    if (readFileSync(FILE, "utf8") !== page) {
        console.error("docs/reference.md is not what the types say; run `make docs` and commit it.");
        process.exitCode = 1;
    }
}

main(process.argv[2]);
