/**
 * Prepares a checkout for `npm publish`: says in package.json where the package comes from, and leads the links of its pages there.
 * `tsx tools/publish/main.ts <owner/name> <tag>`, in the workflow that publishes.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../test/files";
import { origin, withAbsoluteLinks } from "./links";

/** The pages that are in the package. */
const PAGES = ["README.md", "CHANGELOG.md"];

function main([repository, tag]: string[]): void {
    const isFolder = (path: string): boolean => statSync(join(ROOT, path)).isDirectory();
    for (const page of PAGES.map((name) => join(ROOT, name))) {
        writeFileSync(page, withAbsoluteLinks(readFileSync(page, "utf8"), { repository, tag, isFolder }));
    }
    const file = join(ROOT, "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, `${JSON.stringify({ ...manifest, ...origin(repository) }, null, 2)}\n`);
}

main(process.argv.slice(2));
