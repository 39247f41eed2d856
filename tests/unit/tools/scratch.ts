import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A directory for each test of the suite it is called in, removed after the test. */
export function scratchDirectory(): { path: (...names: string[]) => string } {
    let directory = "";
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "tools-test-"));
    });
    afterEach(() => {
        rmSync(directory, { recursive: true, force: true });
    });
    return { path: (...names) => join(directory, ...names) };
}

/** Writes an executable shell script and gives its path. */
export function script(path: string, ...lines: string[]): string {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
    chmodSync(path, 0o755);
    return path;
}
