import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../../support/installedPackage";
import { DESIGN, EXAMPLES, textOf } from "./examples";

const NAMES = EXAMPLES.flat(2).sort();

describe("the design's examples", () => {
    it("are ten", () => {
        const folders = readdirSync(join(ROOT, DESIGN), { withFileTypes: true }).filter((entry) => entry.isDirectory());
        assert.deepEqual(folders.map(({ name }) => name).sort(), NAMES);
        assert.equal(NAMES.length, 10);
    });

    it("are in the list that a reader begins with", () => {
        const linked = [...textOf("README.md").matchAll(/^\| \[([\w-]+)\]\(\1\) \|/gm)].map(([, name]) => name);
        assert.deepEqual(linked.sort(), NAMES);
    });

    for (const name of NAMES) {
        it(`${name} stands alone, needs the same versions as the quickstart, and says how every setting is set`, () => {
            const manifest = JSON.parse(textOf(name, "package.json"));
            const quickstart = JSON.parse(textOf("..", "quickstart", "package.json"));
            assert.deepEqual(manifest.dependencies, quickstart.dependencies);
            assert.deepEqual(manifest.devDependencies, quickstart.devDependencies);
            assert.equal(textOf(name, "tsconfig.json"), textOf("..", "quickstart", "tsconfig.json"));
            const { config } = parse(textOf(name, "Pulumi.yaml")) as { config: Record<string, any> };
            const read = [...textOf(name, "index.ts").matchAll(/config\.require(?:Secret)?\("(\w+)"\)/g)];
            assert.deepEqual(read.map(([, key]) => key).sort(), Object.keys(config).sort());
            const readme = textOf(name, "README.md");
            for (const [key, { default: preset, secret }] of Object.entries(config)) {
                assert.ok(config[key].description, `${key} is described`);
                const flag = secret === true ? "--secret " : "";
                const said = preset === undefined ? `pulumi config set ${flag}${key} <` : `\`${key}\` has the default`;
                assert.ok(readme.includes(said), said);
            }
        });
    }
});
