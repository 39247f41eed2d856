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
import { dependencies, devDependencies, engines } from "./newest/package.json";

const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

describe(`an environment on Node.js ${engines.node}, ${versionsOf(dependencies)}`, function () {
    this.timeout(180_000);

    const directory = mkdtempSync(join(tmpdir(), "seqera-newest-"));
    const versionsFile = join(directory, "versions");
    const namespace = freshNamespace();
    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        await installPackage(directory, { ...dependencies, ...devDependencies, [NODE_PACKAGE]: engines.node });
        const { cluster, engine, pulumiHome } = await testEngine();
        await provideKubernetesPlugin({ engine, pulumiHome, version: dependencies["@pulumi/kubernetes"] });
        platform = await startPlatform();
        stack = await TestStack.create({
            modules: join(directory, "node_modules"),
            nodeFolder: join(directory, "node_modules", NODE_PACKAGE, "bin"),
            env: () => ({
                // As users have it: the program's types are checked, too.
                PULUMI_NODEJS_TRANSPILE_ONLY: "false",
                NODE_OPTIONS: `--require ${join(__dirname, "newest", "versions.cjs")}`,
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

    it("is made", async () => {
        await stack.must(["up", "--yes", "--skip-preview"]);
        assert.equal((await stack.outputs()).status, "AVAILABLE");
        const processes = readFileSync(versionsFile, "utf8").trimEnd().split("\n");
        for (const script of ["run", "dynamic-provider"]) {
            const line = processes.find((each) => each.includes(join("@pulumi", "pulumi", "cmd", script)));
            assert.match(line ?? "", new RegExp(`^v${engines.node} ${directory}`));
        }
    });

    it("is left alone when nothing changed", async () => {
        platform.clearRequests();
        const { changes } = await stack.must(["up", "--yes", "--skip-preview"]);
        assert.deepEqual(Object.keys(changes), ["unchanged"]);
        assert.deepEqual(platform.requests, []);
    });

    it("is replaced", async () => {
        const [old] = environments(platform);
        await stack.configure({ nextflowConfig: "process.cpus = 2" });
        await stack.must(["up", "--yes"]);
        const [env, ...more] = environments(platform);
        assert.deepEqual([env.status, more], ["AVAILABLE", []]);
        assert.notEqual(env.id, old.id);
    });

    it("is destroyed, and leaves nothing behind", async () => {
        await stack.must(["destroy", "--yes", "--skip-preview"]);
        assert.deepEqual(environments(platform), []);
        await assert.rejects(kubectl("get", "namespace", namespace), /NotFound/);
        assert.deepEqual(platform.violations, []);
    });
});

function versionsOf(packages: Record<string, string>): string {
    return Object.entries(packages)
        .map(([name, version]) => `${name} ${version}`)
        .join(", ");
}
