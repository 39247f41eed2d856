import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { ROOT } from "../support/installedPackage";
import { type RecordOptions, type Recording, record } from "./recorder";

/** What the example stack of a cloud is, and what is the same of every one. */
export class ExampleStack {
    private readonly folder: string;

    constructor(
        private readonly cloud: string,
        /** What a user sets besides, for whatever the example is run with. */
        private readonly given: Record<string, string> = {},
    ) {
        this.folder = join(ROOT, "examples", cloud);
    }

    private text(file: string): string {
        return readFileSync(join(this.folder, file), "utf8");
    }

    private get programs(): string[] {
        return readdirSync(this.folder).filter((file) => file.endsWith(".ts"));
    }

    private get settings(): Record<string, { description?: string; default: unknown }> {
        return (parse(this.text("Pulumi.yaml")) as { config: Record<string, { default: unknown }> }).config;
    }

    /** Runs the example's program with its own defaults and what a user sets, where the cloud answers so. */
    async run(settings: Record<string, string>, answers: RecordOptions): Promise<Recording<unknown>> {
        const defaults = Object.entries(this.settings).map(([key, { default: preset }]) => [
            key,
            typeof preset === "string" ? preset : JSON.stringify(preset),
        ]);
        const all = { ...Object.fromEntries(defaults), ...settings } as Record<string, string>;
        for (const file of this.programs) {
            delete require.cache[join(this.folder, file)];
        }
        return record(() => {
            const own = Object.entries(all).map(([key, value]) => [`project:${key}`, value]);
            pulumi.runtime.setAllConfig({ ...this.given, ...(Object.fromEntries(own) as Record<string, string>) });
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- anew for each run
            return require(join(this.folder, "index.ts")) as unknown;
        }, answers);
    }

    /** Every setting is described in the project and the README, and there is no other one. */
    assertSettings(): void {
        const program = this.programs.map((file) => this.text(file)).join("");
        const read = [...program.matchAll(/config\.(?:get|require)\w*(?:<[^(]+>)?\("(\w+)"\)/g)].map(([, key]) => key);
        assert.deepEqual([...new Set(read)].sort(), Object.keys(this.settings).sort());
        for (const [key, { description }] of Object.entries(this.settings)) {
            assert.ok(description, key);
            assert.ok(this.text("README.md").includes(`\`${key}\``), key);
        }
    }

    /** What is made, under what, and after what, is what the golden file says. */
    assertGraph(ran: Recording<unknown>, variant = "example"): void {
        const file = join(__dirname, this.cloud, "golden", `${variant}.txt`);
        if (process.env.UPDATE_GOLDEN === "1") {
            writeFileSync(file, graph(ran));
        }
        assert.equal(graph(ran), readFileSync(file, "utf8"), "run with UPDATE_GOLDEN=1 to accept");
    }
}

function graph(ran: Recording<unknown>): string {
    const rows = ran.all.map(({ type, name, parent, dependencies }) =>
        [
            `${type} ${name}`,
            parent === undefined ? "" : `  in ${parent}`,
            ...dependencies.map((each) => `  after ${each}`),
        ]
            .filter(Boolean)
            .join("\n"),
    );
    return `${rows.sort().join("\n")}\n`;
}
