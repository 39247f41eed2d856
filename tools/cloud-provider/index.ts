/** Stands in for a cloud's plugin where programs of that cloud are to run without an account. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPlugin } from "../plugin/install";
import type { PlainFields } from "../plugin/server/values";
import type { JournalEntry } from "./server/journal";

export type { Asked, CloudAnswers, PlainFields, ResourceAnswer } from "./answers";
export type { JournalEntry } from "./server/journal";

export interface CloudStandIn {
    readonly pulumiHome: string;
    /** The package whose plugin it stands in for: `aws`, `gcp`, `azure-native`, `eks`. */
    readonly package: string;
    /** A module that exports `answers`, of type `CloudAnswers`. */
    readonly answers: string;
}

/** The plugin's executable. */
export function installCloudStandIn({ pulumiHome, package: name, answers }: CloudStandIn): Promise<string> {
    const version = versionOf(name);
    return installPlugin({
        pulumiHome,
        package: name,
        version,
        bundle: `cloud-provider-${name}`,
        entry: join(__dirname, "server", "main.ts"),
        alias: { "cloud-answers": answers },
        sources: [__dirname],
        readme: "tools/cloud-provider/README.md",
        environment: { CLOUD_STAND_IN_PACKAGE: name, CLOUD_STAND_IN_VERSION: version },
    });
}

/** The CLI asks for the plugin that has the version of the npm package. */
function versionOf(name: string): string {
    const manifest = readFileSync(require.resolve(`@pulumi/${name}/package.json`), "utf8");
    return (JSON.parse(manifest) as { version: string }).version;
}

/** What the plugins of one stack are told and tell, through files in a folder of the test's. */
export class CloudWorld {
    private readonly factsFile: string;
    private readonly journalFile: string;

    constructor(folder: string, facts: PlainFields) {
        this.factsFile = join(folder, "cloud-facts.json");
        this.journalFile = join(folder, "cloud-journal.jsonl");
        writeFileSync(this.factsFile, JSON.stringify(facts));
    }

    /** For the environment of the Pulumi CLI, which its plugins inherit. */
    get environment(): Record<string, string> {
        return { CLOUD_STAND_IN_FACTS: this.factsFile, CLOUD_STAND_IN_JOURNAL: this.journalFile };
    }

    /** All changes so far, in the order in which they were made. */
    get journal(): JournalEntry[] {
        if (!existsSync(this.journalFile)) {
            return [];
        }
        const lines = readFileSync(this.journalFile, "utf8").trimEnd().split("\n");
        return lines.map((line) => JSON.parse(line) as JournalEntry);
    }
}
