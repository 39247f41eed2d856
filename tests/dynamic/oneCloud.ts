import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { installedPackage, ROOT } from "../support/installedPackage";

const run = promisify(execFile);

/** What a user of one cloud writes first, and what of Azure's, Amazon's and Google's must not be asked for. */
export const CLOUDS = {
    aks: {
        sdk: "@pulumi/azure-native",
        program: `new aks.AksExistingCluster("cluster", { resourceGroupName: "research", clusterName: "production" });`,
        others: ["@pulumi/aws", "@pulumi/gcp"],
    },
    eks: {
        sdk: "@pulumi/aws",
        program: `new eks.EksExistingCluster("cluster", { clusterName: "production" });`,
        others: ["@pulumi/azure-native", "@pulumi/gcp"],
    },
    gke: {
        sdk: "@pulumi/gcp",
        program: `new gke.GkeExistingCluster("cluster", { clusterName: "production", location: "europe-west1" });`,
        others: ["@pulumi/azure-native", "@pulumi/aws"],
    },
};

/** How TypeScript looks for modules: the way of old projects of Pulumi's, and that of new ones. */
const RESOLUTIONS = [
    { module: "commonjs", moduleResolution: "node10" },
    { module: "node16", moduleResolution: "node16" },
];

/** The package in a project that has the SDK of one cloud, as npm installs it. */
export function withOneCloud(cloud: keyof typeof CLOUDS): void {
    const { sdk, program, others } = CLOUDS[cloud];

    describe(`the package with the SDK of ${cloud} and no other cloud's`, function () {
        this.timeout(300_000);

        // Other tests, of other processes too, go on without that SDK.
        let directory: string;

        before(async () => {
            const installed = await installedPackage();
            directory = mkdtempSync(join(tmpdir(), `seqera-${cloud}-`));
            // Node's own copying takes ten seconds for as many files.
            await run("cp", ["-R", `${installed.directory}/.`, directory]);
        });

        after(() => rmSync(directory, { recursive: true, force: true }));

        /** Node's own `require` in the project, and what came with it. */
        async function loaded(...names: string[]): Promise<string[]> {
            const script = `${names.map((name) => `require(${JSON.stringify(name)});`).join("")}
                console.log(JSON.stringify(Object.keys(require.cache)));`;
            return JSON.parse((await run(process.execPath, ["-e", script], { cwd: directory })).stdout);
        }

        it("loads without that SDK what needs none of it, and says of the rest which one is missing", async () => {
            assert.ok(!existsSync(join(directory, "node_modules", sdk)), "npm installed an optional peer");
            assert.ok((await loaded("pulumi-seqera-kubernetes")).length > 0);
            const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
            const line = `pulumi-seqera-kubernetes/${cloud}: the package ${sdk} is not installed (run \`npm install ${sdk}@${peerDependencies[sdk]}\`)`;
            await assert.rejects(loaded(`pulumi-seqera-kubernetes/${cloud}`), ({ stderr }) => {
                assert.ok(stderr.includes(line), stderr);
                assert.doesNotMatch(stderr, /\n\s+at /);
                return true;
            });
        });

        it("loads with it, and with it alone", async () => {
            const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
            const options = [
                "--no-save",
                "--prefer-offline",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ];
            await run("npm", ["install", ...options, `${sdk}@${devDependencies[sdk]}`], { cwd: directory });
            const files = await loaded("pulumi-seqera-kubernetes", `pulumi-seqera-kubernetes/${cloud}`);
            assert.ok(files.some((file) => file.includes(`/node_modules/${sdk}/`)));
            for (const other of others) {
                assert.ok(!existsSync(join(directory, "node_modules", other)), other);
            }
            // Its index loads thousands of modules.
            assert.ok(!files.some((file) => file.endsWith(`/node_modules/${sdk}/index.js`)));
        });

        for (const options of RESOLUTIONS) {
            it(`has types that TypeScript finds under ${options.moduleResolution}`, async () => {
                const text = [
                    `import * as seqera from "pulumi-seqera-kubernetes";`,
                    `import * as ${cloud} from "pulumi-seqera-kubernetes/${cloud}";`,
                    `const found = ${program.replace(/;$/, "")};`,
                    `new seqera.KubernetesComputeEnvironment("prod", { cluster: found.cluster }, { provider: found.provider });`,
                    // A type that was not found would be `any`, which takes everything.
                    `// @ts-expect-error -- no such argument`,
                    program.replace("{", "{ nonsense: true,"),
                ];
                writeFileSync(join(directory, "program.ts"), `${text.join("\n")}\n`);
                const compilerOptions = {
                    ...options,
                    target: "es2022",
                    strict: true,
                    noEmit: true,
                    skipLibCheck: true,
                };
                const config = { compilerOptions: { ...compilerOptions, types: [] }, files: ["program.ts"] };
                writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
                const tsc = require.resolve("typescript/bin/tsc");
                const { stdout } = await run(process.execPath, [tsc, "-p", directory]).catch((error) => error);
                assert.equal(stdout, "");
            });
        }
    });
}
