import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Family } from "../../../../tools/engine/catalogue";
import { script } from "../scratch";

/** A family that no machine has: what is on `PATH` under this name is never accepted, and nothing is to be downloaded. */
export const BUILT_ONLY: Family = {
    name: "fake",
    programs: [
        {
            name: "etcd",
            version: "1.2.3",
            probe: { arguments: ["--version"], accepted: ">=9999" },
            build: { module: "etcd", package: "example.com/fake", stamps: {} },
        },
    ],
    downloads: () => [],
    buildGigabytes: 0,
    buildMinutes: 0,
    megabytes: 1,
};

/**
 * Puts a `go` into a directory for `PATH` that writes half a program at once and all of it at the end, and notes its process in
 * `<directory>/builds`. One that `waits` ends when there is a file `<directory>/go-on`, and after a minute fails.
 */
export function fakeGo(directory: string, { waits = false, version = "go1.99.0", fails = "" } = {}): string {
    script(
        join(directory, "go"),
        'case "$1" in',
        `env) echo ${version} ;;`,
        "list) echo one; echo two; echo 'go: downloading example.com/one v1.0.0' >&2 ;;",
        "build)",
        `    echo $$ >> ${directory}/builds`,
        '    while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done',
        '    echo half > "$out"',
        '    echo "one" >&2',
        ...(waits
            ? [
                  `    for i in $(seq 3000); do [ -e ${directory}/go-on ] && break; [ $i -lt 3000 ] || exit 1; sleep 0.02; done`,
              ]
            : []),
        ...(fails === "" ? [] : [`    echo '${fails}' >&2; exit 1`]),
        '    printf \'#!/bin/sh\\necho etcd 1.2.3\\n\' > "$out"; chmod 755 "$out" ;;',
        "esac",
    );
    return directory;
}

/** The process ids of the builds that were begun. */
export function builds(directory: string): number[] {
    const file = join(directory, "builds");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : [];
}

/** Every file under a directory, by its path in it. */
export function filesUnder(directory: string): string[] {
    const entries = existsSync(directory) ? readdirSync(directory, { recursive: true, withFileTypes: true }) : [];
    return entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
}
