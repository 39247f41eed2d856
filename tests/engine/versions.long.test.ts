import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlatformEmulator } from "../../src/emulator";
import { provideKubernetesPlugin } from "../../tools/kubernetes-provider";
import { installPackage } from "../../tools/test/installPackage";
import { kubectl } from "./support/cluster";
import { testEngine } from "./support/engine";
import { connection, environments, freshNamespace, startPlatform } from "./support/platform";
import { TestStack } from "./support/stack";

interface Versions {
    node: string;
    packages: Record<string, string>;
}

const FOLDER = join(__dirname, "versions");
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

const versions = JSON.parse(readFileSync(join(FOLDER, "versions.json"), "utf8")) as Record<string, Versions>;

for (const [which, { node, packages }] of Object.entries(versions)) {
    const pulumi = packages["@pulumi/pulumi"];
    const kubernetes = packages["@pulumi/kubernetes"];

    describe(`${which}: Node.js ${node}, @pulumi/pulumi ${pulumi}, @pulumi/kubernetes ${kubernetes}`, function () {
        this.timeout(180_000);
        this.bail(true);

        const directory = mkdtempSync(join(tmpdir(), "seqera-versions-"));
        const versionsFile = join(directory, "versions");
        const namespace = freshNamespace();
        let platform: PlatformEmulator;
        let stack: TestStack;

        before(async function () {
            this.timeout(1_800_000);
            await installPackage(directory, { ...packages, [NODE_PACKAGE]: node });
            const { cluster, engine, pulumiHome } = await testEngine();
            await provideKubernetesPlugin({ engine, pulumiHome, version: kubernetes });
            platform = await startPlatform();
            stack = await TestStack.create({
                modules: join(directory, "node_modules"),
                nodeFolder: join(directory, "node_modules", NODE_PACKAGE, "bin"),
                env: () => ({
                    // As users have it: the program's types are checked, too.
                    PULUMI_NODEJS_TRANSPILE_ONLY: "false",
                    NODE_OPTIONS: `--require ${join(FOLDER, "noteVersion.cjs")}`,
                    VERSIONS_FILE: versionsFile,
                }),
                config: {
                    ...connection(platform),
                    "kubernetes:kubeconfig": cluster.kubeconfig,
                    resourceName: "production",
                    namespace,
                    cluster: { server: cluster.server },
                },
            });
        });

        after(async () => {
            await platform?.stop();
            rmSync(directory, { recursive: true, force: true });
        });

        it("make an environment", async () => {
            await stack.mustUp();
            assert.equal((await stack.outputs()).status, "AVAILABLE");
            const processes = readFileSync(versionsFile, "utf8").trimEnd().split("\n");
            for (const script of ["run", "dynamic-provider"]) {
                const line = processes.find((each) => each.includes(join("@pulumi", "pulumi", "cmd", script)));
                assert.match(line ?? "", new RegExp(`^v${node} ${directory}`));
            }
        });

        it("leave it alone when nothing changed", async () => {
            platform.clearRequests();
            await stack.mustRest();
            assert.deepEqual(platform.requests, []);
        });

        it("replace it", async () => {
            const [old] = environments(platform);
            await stack.configure({ nextflowConfig: "process.cpus = 2" });
            await stack.must(["up", "--yes"]);
            const [env, ...more] = environments(platform);
            assert.deepEqual([env.status, more], ["AVAILABLE", []]);
            assert.notEqual(env.id, old.id);
        });

        it("destroy it, and leave nothing behind", async () => {
            await stack.mustDestroy();
            assert.deepEqual(environments(platform), []);
            await assert.rejects(kubectl("get", "namespace", namespace), /NotFound/);
            assert.deepEqual(platform.violations, []);
        });
    });
}
