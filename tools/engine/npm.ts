import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file of an npm package of the project, with the package's version. */
export function npmFileOf(packageName: string, file: string): { path: string; version: string } | undefined {
    try {
        const path = join(dirname(require.resolve(`${packageName}/package.json`)), file);
        return existsSync(path) ? { path, version: npmVersionOf(packageName) } : undefined;
    } catch {
        return undefined;
    }
}

/** The version of an npm package of the project. */
export function npmVersionOf(packageName: string): string {
    const manifest = JSON.parse(readFileSync(require.resolve(`${packageName}/package.json`), "utf8")) as {
        version: string;
    };
    return manifest.version;
}
