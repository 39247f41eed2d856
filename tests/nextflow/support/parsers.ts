import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import type { ParsedConfig } from "../../../tools/nextflow";

/** Nextflow's two parsers of configurations, and the release that each is taken from. */
export const PARSERS = [
    ["classic", "24.10.5"],
    ["strict", "25.04.4"],
] as const;

function missingTool(): string | undefined {
    return ["java", "mvn"].find((tool) => {
        try {
            execFileSync(tool, ["-version"], { stdio: "ignore" });
            return false;
        } catch {
            return true;
        }
    });
}

/** Skips the suite of a hook where there is nothing to run Nextflow with. */
export function requireJavaTools(context: Mocha.Context): void {
    const missing = missingTool();
    if (missing !== undefined) {
        console.log(`      skipped: there is no ${missing} on PATH.`);
        context.skip();
    }
}

/** The strict parser always has an empty scope for parameters. */
export function withoutParams(result: ParsedConfig): unknown {
    assert.ok(result.ok, JSON.stringify(result));
    const { params, ...config } = result.config;
    assert.deepEqual(params ?? {}, {});
    return config;
}
