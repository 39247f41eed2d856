/** What the cloud was asked to do, in order, for a test to read: a line of JSON for each change. */

import { appendFileSync } from "node:fs";

export interface JournalEntry {
    readonly op: "create" | "update" | "delete";
    readonly type: string;
    readonly name: string;
    readonly id: string;
}

export class Journal {
    constructor(private readonly file: string | undefined) {}

    write(entry: JournalEntry): void {
        if (this.file !== undefined) {
            appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
        }
    }
}
