import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const SOURCES = join(ROOT, "src");
const DIST = join(ROOT, "dist");

/**
 * A file of the compiled package, for processes that tests start: it is what users run, and a process that compiles the sources
 * takes three times as long to begin. An older build than the sources is refused, since tests would say nothing of these.
 */
export function compiled(...names: string[]): string {
    const changedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const old = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .find((file) => changedAt(join(DIST, file.replace(/ts$/, "js"))) < changedAt(join(SOURCES, file)));
    if (old !== undefined) {
        throw new Error(`dist/ is older than src/${old}; run "npm run build"`);
    }
    return join(DIST, ...names);
}
