import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DEFAULT_WORKSPACE, type PlatformEmulator } from "../../src/emulator";
import { kubectl } from "../engine/support/cluster";
import { testEngine, useOwnCluster } from "../engine/support/engine";
import { connection, environments, startPlatform, TOKEN } from "../engine/support/platform";
import { type Config, TestStack } from "../engine/support/stack";
import { ROOT } from "../support/installedPackage";
import { sentText } from "./support/sent";

useOwnCluster();

const DESIGN = join("examples", "design");

/** What the design has examples for. */
const NAMES = [
    "aks",
    "eks-fargate",
    "gke-spot",
    "gpu",
    "high-security",
    "integrated",
    "minimal",
    "production",
    "standard",
    "structure",
];

/** A registry's password, which must never be seen in plain text. */
const PASSWORD = "canary-registry-password-9d1e";

/** What has no default because only a user can know it, beside the cluster. */
const SETTINGS: Record<string, Config> = {
    "gke-spot": {
        clusterName: "genomics",
        project: "my-project",
        bucket: "my-bucket",
        platformAccount: "seqera@my-project.iam.gserviceaccount.com",
        podAccount: "pipelines@my-project.iam.gserviceaccount.com",
    },
    "eks-fargate": { fileSystemId: "fs-0123456789abcdef0" },
    aks: { storageAccount: "mystorageaccount" },
    integrated: { taskRoleArn: "arn:aws:iam::123456789012:role/nextflow", dockerUsername: "octo" },
    "high-security": { registryUsername: "octo" },
};

function textOf(...path: string[]): string {
    return readFileSync(join(ROOT, DESIGN, ...path), "utf8");
}

/** All objects of the kinds that examples make, wherever they are, without what Kubernetes itself puts into a namespace. */
async function everyObject(): Promise<string[]> {
    const kinds =
        "namespaces,persistentvolumes,storageclasses,persistentvolumeclaims,serviceaccounts,secrets,configmaps," +
        "roles,rolebindings,networkpolicies,resourcequotas,limitranges,podtemplates,deployments,pods";
    const { items } = JSON.parse(await kubectl("get", kinds, "--all-namespaces", "-o", "json")) as { items: any[] };
    return items
        .filter(({ metadata }) => !["kube-root-ca.crt", "default"].includes(metadata.name))
        .filter(({ metadata }) => !/^kube-/.test(metadata.namespace ?? ""))
        .map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`)
        .sort();
}

/** A credential of a cloud, made in the Platform by somebody else. */
async function googleCredential(platform: PlatformEmulator): Promise<string> {
    const answer = await fetch(`${platform.endpoint}/credentials?workspaceId=${DEFAULT_WORKSPACE.id}`, {
        method: "POST",
        headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
        body: JSON.stringify({ credentials: { name: "google", provider: "google", keys: { data: "{}" } } }),
    });
    assert.equal(answer.status, 200);
    return ((await answer.json()) as { credentialsId: string }).credentialsId;
}

/** A golden file is made anew with `UPDATE_GOLDEN=1`, and then read by whoever reviews it. */
function assertGolden(name: string, text: string): void {
    const file = join(__dirname, "golden", `${name}.yaml`);
    if (process.env.UPDATE_GOLDEN === "1") {
        writeFileSync(file, text);
    }
    assert.equal(text, readFileSync(file, "utf8"));
}

describe("the design's examples", () => {
    it("are ten", () => {
        const folders = readdirSync(join(ROOT, DESIGN), { withFileTypes: true }).filter((entry) => entry.isDirectory());
        assert.deepEqual(folders.map(({ name }) => name).sort(), NAMES);
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

for (const name of NAMES) {
    describe(`the design's example ${name}, on the real engine`, function () {
        this.timeout(120_000);

        const prerequisites = join(ROOT, DESIGN, name, "prerequisites.yaml");
        let platform: PlatformEmulator;
        let stack: TestStack;
        let found: string[];

        before(async function () {
            this.timeout(1_800_000);
            const { cluster } = await testEngine();
            platform = await startPlatform();
            if (existsSync(prerequisites)) {
                await kubectl("apply", "--filename", prerequisites);
            }
            found = await everyObject();
            const { config } = parse(textOf(name, "Pulumi.yaml")) as { config: Record<string, any> };
            const settings = {
                context: "admin",
                server: cluster.server,
                ...("credentialsId" in config ? { credentialsId: await googleCredential(platform) } : {}),
                ...SETTINGS[name],
            };
            stack = await TestStack.create({
                project: join(DESIGN, name),
                config: {
                    ...connection(platform),
                    ...Object.fromEntries(Object.entries(settings).filter(([key]) => key in config)),
                },
                env: () => ({ KUBECONFIG: cluster.kubeconfig }),
            });
            for (const key of Object.keys(config).filter((each) => config[each].secret === true)) {
                await stack.must(["config", "set", "--secret", key, PASSWORD]);
            }
        });

        after(async () => {
            await platform?.stop();
            if (existsSync(prerequisites)) {
                await kubectl("delete", "--filename", prerequisites, "--ignore-not-found");
            }
        });

        it("ends AVAILABLE, and sends what its golden file says", async () => {
            const { output } = await stack.must(["up", "--yes", "--skip-preview"]);
            assert.equal((await stack.outputs()).status, "AVAILABLE");
            assert.ok(!(output + stack.stateText()).includes(PASSWORD), "a secret is shown");
            assert.deepEqual(platform.violations, []);
            assertGolden(name, await sentText(stack, platform));
        });

        it("changes nothing the second time", async () => {
            const calls = platform.requests.length;
            const { code, output, changes } = await stack.up();
            assert.equal(code, 0, output);
            assert.deepEqual(Object.keys(changes), ["unchanged"]);
            assert.equal(platform.requests.length, calls);
        });

        it("leaves nothing behind", async () => {
            const { code, output } = await stack.destroy();
            assert.equal(code, 0, output);
            assert.deepEqual(environments(platform), []);
            const credentials = platform.state.credentials.filter(({ deleted }) => !deleted);
            assert.deepEqual(
                credentials.map(({ name: left }) => left),
                name === "gke-spot" ? ["google"] : [],
            );
            assert.deepEqual(await everyObject(), found);
        });
    });
}
