import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { minVersion } from "semver";
import { parse } from "yaml";
import { ROOT } from "../support/installedPackage";
import { OPERATIONS, recipe } from "../support/operations";

const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), "utf8");

describe("the versions that are tested", () => {
    const versions = JSON.parse(read("tests", "engine", "versions", "versions.json")) as Record<
        string,
        { node: string; packages: Record<string, string> }
    >;
    const { engines, peerDependencies } = JSON.parse(read("package.json")) as {
        engines: { node: string };
        peerDependencies: Record<string, string>;
    };

    it("begin where the ranges of package.json do", () => {
        const { node, packages } = versions["the oldest that package.json allows"];
        assert.equal(minVersion(engines.node)!.version, node);
        for (const name of ["@pulumi/pulumi", "@pulumi/kubernetes"]) {
            assert.equal(minVersion(peerDependencies[name])!.version, packages[name]);
        }
    });

    it("are those that the README names", () => {
        for (const { node, packages } of Object.values(versions)) {
            const named = [node, packages["@pulumi/pulumi"], packages["@pulumi/kubernetes"]];
            assert.ok(read("README.md").includes(`| ${named.join(" | ")} |`), named.join());
        }
    });
});

describe("the commands that docs/operations.md prints for a shell", () => {
    const headings = OPERATIONS.split(/^#+ /m)
        .filter((section) => section.includes("```sh\n"))
        .map((section) => section.split("\n")[0]);

    it("are run by an engine test, each block", () => {
        const tests = readdirSync(join(ROOT, "tests", "engine")).filter((name) => name.endsWith(".test.ts"));
        const text = tests.map((name) => read("tests", "engine", name)).join("\n");
        assert.ok(headings.length >= 4);
        assert.deepEqual(
            headings.filter((heading) => recipe(heading, FILLED).length === 0 || !text.includes(`recipe("${heading}"`)),
            [],
        );
    });

    it("stand in one block under a heading", () =>
        assert.equal(OPERATIONS.split("```sh\n").length - 1, headings.length));
});

describe("the environment of Pulumi ESC in docs/programs.md", () => {
    it("has keys and variables that the README names for the connection", () => {
        const [, block] = /```yaml\n(# the ESC environment.*?)```/s.exec(read("docs", "programs.md"))!;
        const { values } = parse(block) as { values: Record<string, Record<string, string>> };
        const names = [...Object.keys(values.pulumiConfig), ...Object.keys(values.environmentVariables)];
        assert.deepEqual(
            names.filter((name) => !read("README.md").includes(`| \`${name}\` |`)),
            [],
        );
    });
});

/** What the commands leave to the reader. */
const FILLED = Object.fromEntries(
    ["the new one", "id of the old one", "id of the new one", "name"].map((name) => [name, "x"]),
);

describe("the table of promises in CONTRIBUTING.md", () => {
    const [, section] = read("CONTRIBUTING.md").split(/^## Promises and their tests$/m);
    const rows = (section ?? "").split("\n").filter((line) => line.startsWith("| ") && line.includes("`"));

    it("names tests that are there, by their titles", () => {
        assert.ok(rows.length >= 60, `${rows.length} rows`);
        const wrong = rows.flatMap((row) =>
            [
                ...row.matchAll(
                    /`((?:unit|components|dynamic|engine|examples|nextflow)\/[\w/.]+)`: ([^|]*?)(?=<br>| \|)/g,
                ),
            ]
                .flatMap(([, file, titles]) => titles.split("; ").map((title) => ({ file, title })))
                .filter(({ file, title }) => !has(file, title))
                .map(({ file, title }) => `${file}: ${title}`),
        );
        assert.deepEqual(wrong, []);
    });

    it("links to pages and headings that are there", () => {
        const wrong = rows.flatMap((row) =>
            [...row.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
                .filter(([, page, heading]) => !headings(page || "CONTRIBUTING.md").includes(heading ?? ""))
                .map(([link]) => link),
        );
        assert.deepEqual(wrong, []);
    });

    /** Whether a file has all parts of a title in their order; `…` stands for what a loop or a value fills in. */
    function has(file: string, title: string): boolean {
        const path = join("tests", `${file}.test.ts`);
        let rest = existsSync(join(ROOT, path)) ? sourcesOf(path) : "";
        return title
            .split("…")
            .map((part) => part.trim())
            .every((part) => {
                const at = rest.indexOf(part);
                rest = rest.slice(at + part.length);
                return at >= 0;
            });
    }

    /** A test file, and what it imports from beside it: tests that a short and a long file share. */
    function sourcesOf(path: string): string {
        const text = read(path);
        const shared = [...text.matchAll(/(?:from|import) "(\.[^"]+)"/g)]
            .map(([, name]) => join(path, "..", `${name}.ts`))
            .filter((each) => each.startsWith("tests") && existsSync(join(ROOT, each)));
        return [text, ...shared.map((each) => read(each))].join("\n");
    }

    /** As GitHub makes anchors of them; and none, for a link to the whole page. */
    function headings(page: string): string[] {
        const all = existsSync(join(ROOT, page)) ? [...read(page).matchAll(/^#+ (.*)$/gm)] : [];
        const anchors = all.map(([, text]) =>
            text
                .toLowerCase()
                .replace(/[^\w\s-]/g, "")
                .replaceAll(" ", "-"),
        );
        return all.length === 0 ? [] : ["", ...anchors];
    }
});
