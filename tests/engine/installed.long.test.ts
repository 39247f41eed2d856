import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { PlatformEmulator } from "../../src/emulator";
import { ownPeers, packPackage } from "../../tools/test/installPackage";
import { connection, startPlatform } from "./support/platform";
import { TestStack } from "./support/stack";

const run = promisify(execFile);

const PACKAGE = "pulumi-seqera-kubernetes";

/** A package of the user's own, through which a program may get ours. */
const WRAPPER = "wrapper";

/** How a project gets its packages. */
interface Way {
    /** The package manager, as a package, and its program in there; npm itself if left out. */
    manager?: { name: string; version: string; program: string };
    install: string[];
    /** What the program requires. */
    from?: string;
    /** Further files of the project. */
    files?: Record<string, string>;
    /** The folder of the program's package.json, in the project. */
    folder?: string;
    /** What the run says instead of making something. */
    refused?: RegExp;
}

const pnpm = { name: "pnpm", version: "10.34.9", program: "bin/pnpm.cjs" };
const yarn = { name: "@yarnpkg/cli-dist", version: "4.18.1", program: "bin/yarn.js" };

const WAYS: Record<string, Way> = {
    npm: { install: ["install", "--ignore-scripts"] },
    "npm, in a workspace": {
        install: ["install", "--ignore-scripts"],
        folder: "packages/infra",
        files: { "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"] }) },
    },
    pnpm: { manager: pnpm, install: ["install", "--ignore-scripts"] },
    "pnpm, below another package (case 14)": {
        manager: pnpm,
        install: ["install", "--ignore-scripts"],
        from: WRAPPER,
        refused:
            /error: pulumi-seqera-kubernetes: .*\(add "pulumi-seqera-kubernetes" to the dependencies in \S+\/package\.json/,
    },
    "Yarn 4 with node_modules": {
        manager: yarn,
        install: ["install", "--no-immutable"],
        files: {
            ".yarnrc.yml": "nodeLinker: node-modules\nenableScripts: false\nenableTelemetry: false\n",
            "yarn.lock": "",
        },
    },
    Bun: {
        manager: { name: "bun", version: "1.4.5", program: "bin/bun.exe" },
        install: ["install", "--ignore-scripts"],
    },
};

describe("the package, installed", function () {
    this.timeout(900_000);

    const directory = mkdtempSync(join(tmpdir(), "seqera-installed-"));
    let tarball: string;
    let peers: Record<string, string>;
    let platform: PlatformEmulator;

    before(async function () {
        this.timeout(1_800_000);
        tarball = await packPackage(directory);
        peers = await ownPeers();
        const wrapper = {
            name: WRAPPER,
            version: "1.0.0",
            dependencies: { [PACKAGE]: `file:${tarball}` },
            peerDependencies: peers,
        };
        write(join(directory, WRAPPER), {
            "package.json": JSON.stringify(wrapper),
            "index.js": `module.exports = require("${PACKAGE}");`,
        });
        platform = await startPlatform();
    });

    after(async () => {
        await platform?.stop();
        rmSync(directory, { recursive: true, force: true });
    });

    for (const [title, { manager, install, from = PACKAGE, files, folder = ".", refused }] of Object.entries(WAYS)) {
        it(`with ${title} ${refused === undefined ? "makes an object and deletes it" : "says what to install where"}`, async () => {
            const project = join(directory, title.replace(/\W+/g, "-"));
            const source = from === PACKAGE ? tarball : join(directory, from);
            // The CLI reads the tsconfig.json beside the program, for which it takes the project's own TypeScript.
            const dependencies = { [from]: `file:${source}`, ...peers, typescript: "^5.0.0" };
            const manifest = { name: "program", version: "1.0.0", dependencies };
            write(project, { ...files, [join(folder, "package.json")]: JSON.stringify(manifest) });
            const [command, ...before] = manager === undefined ? ["npm"] : await managed(manager);
            await run(command, [...before, ...install], { cwd: project });

            const stack = await TestStack.create({
                modules: join(project, "node_modules"),
                config: connection(platform),
                program: `
                    const seqera = require("${from}");
                    exports.id = new seqera.Label("team", { name: "team", value: "genomics" }).labelId;`,
            });
            if (refused !== undefined) {
                await stack.mustFail(refused);
                return;
            }
            await stack.mustUp();
            assert.equal(platform.state.labels.length, 1);
            await stack.mustDestroy();
            assert.deepEqual(platform.state.labels, []);
        });
    }

    /** A package manager's own command, installed beside the projects. */
    async function managed({ name, version, program }: Required<Way>["manager"]): Promise<string[]> {
        const home = join(directory, "managers", name);
        write(home, { "package.json": "{}" });
        await run("npm", ["install", "--no-audit", "--no-fund", `${name}@${version}`], { cwd: home });
        const path = join(home, "node_modules", name, program);
        return program.endsWith("js") ? [process.execPath, path] : [path];
    }
});

function write(folder: string, files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
    }
}
