import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { origin, relativeLinks, withAbsoluteLinks } from "../../../tools/publish/links";
import { ROOT } from "../../support/installedPackage";

const read = (page: string): string => readFileSync(join(ROOT, page), "utf8");
const at = { repository: "acme/seqera", tag: "v1.2.3", isFolder: (path: string) => path.startsWith("examples") };

describe("the links of what is published", () => {
    it("lead to the release, headings and folders included", () => {
        assert.equal(
            withAbsoluteLinks("[a](docs/a.md#b), [c](examples/eks), [d](#here), [e](https://e.org/x)", at),
            "[a](https://github.com/acme/seqera/blob/v1.2.3/docs/a.md#b), [c](https://github.com/acme/seqera/tree/v1.2.3/examples/eks), [d](#here), [e](https://e.org/x)",
        );
    });

    for (const page of ["README.md", "CHANGELOG.md"]) {
        it(`are absolute in ${page}`, () => {
            assert.notDeepEqual(relativeLinks(read(page)), []);
            assert.deepEqual(relativeLinks(withAbsoluteLinks(read(page), at)), []);
        });
    }

    for (const page of ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", ...pagesOf("docs")]) {
        it(`lead to files that are there, in ${page}`, () => {
            const dead = relativeLinks(read(page)).filter((path) => !existsSync(join(ROOT, dirname(page), path)));
            assert.deepEqual(dead, []);
        });
    }

    it("are in package.json too", () =>
        assert.deepEqual(origin("acme/seqera"), {
            repository: { type: "git", url: "git+https://github.com/acme/seqera.git" },
            homepage: "https://github.com/acme/seqera#readme",
            bugs: { url: "https://github.com/acme/seqera/issues" },
        }));
});

function pagesOf(folder: string): string[] {
    return readdirSync(join(ROOT, folder))
        .filter((name) => name.endsWith(".md"))
        .map((name) => join(folder, name));
}
