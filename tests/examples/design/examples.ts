import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { PlatformEmulator } from "../../../src/emulator";
import { kubectl } from "../../engine/support/cluster";
import { testEngine } from "../../engine/support/engine";
import { connection, credentials, environments, request, startPlatform } from "../../engine/support/platform";
import { type Config, TestStack } from "../../engine/support/stack";
import { ROOT } from "../../support/installedPackage";
import { sentText } from "../support/sent";

export const DESIGN = join("examples", "design");

/**
 * What the design has examples for: a list for each test file, and in it lists of examples that may be there at the same time,
 * since they have other namespaces. So the ten seconds that a namespace takes to go cost nothing.
 */
export const EXAMPLES = [
    [
        ["minimal", "standard", "structure"],
        ["high-security", "production"],
    ],
    [
        ["gke-spot", "aks", "integrated"],
        ["eks-fargate", "gpu"],
    ],
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

/** Those that are run a second time in `make test`; the others, in `make test-long`. */
export const REST = ["gke-spot", "high-security", "production"];

export function textOf(...path: string[]): string {
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
    const google = { name: "google", provider: "google", keys: { data: "{}" } };
    return (await request(platform, "POST", "/credentials", { credentials: google })).credentialsId;
}

/** A golden file is made anew with `UPDATE_GOLDEN=1`, and then read by whoever reviews it. */
function assertGolden(name: string, text: string): void {
    const file = join(__dirname, "..", "golden", `${name}.yaml`);
    if (process.env.UPDATE_GOLDEN === "1") {
        writeFileSync(file, text);
    }
    assert.equal(text, readFileSync(file, "utf8"));
}

/** The life of one example, with a Platform of its own. */
class Example {
    private readonly namespace: string;
    private readonly prerequisites: string | undefined;
    private platform!: PlatformEmulator;
    private stack!: TestStack;
    private found: string[] = [];

    constructor(private readonly name: string) {
        this.namespace = /namespace: "(.+)"/.exec(textOf(name, "index.ts"))![1];
        const file = join(ROOT, DESIGN, name, "prerequisites.yaml");
        this.prerequisites = existsSync(file) ? file : undefined;
    }

    /** Ends AVAILABLE, and sends what its golden file says. */
    async make(): Promise<void> {
        this.platform = await startPlatform();
        if (this.prerequisites !== undefined) {
            await kubectl("apply", "--filename", this.prerequisites);
            this.found = await this.objects();
        }
        this.stack = await this.configured();
        const { output } = await this.stack.mustUp();
        assert.equal((await this.stack.outputs()).status, "AVAILABLE");
        assert.ok(!(output + this.stack.stateText()).includes(PASSWORD), "a secret is shown");
        assert.deepEqual(this.platform.violations, []);
        assertGolden(this.name, await sentText(this.stack, this.platform));
    }

    async rest(): Promise<void> {
        const calls = this.platform.requests.length;
        await this.stack.mustRest();
        assert.equal(this.platform.requests.length, calls);
    }

    async leave(): Promise<void> {
        await this.stack.mustDestroy();
        assert.deepEqual(environments(this.platform), []);
        assert.deepEqual(
            credentials(this.platform).map(({ name: left }) => left),
            this.name === "gke-spot" ? ["google"] : [],
        );
        assert.deepEqual(await this.objects(), this.found);
    }

    async clear(): Promise<void> {
        await this.platform.stop();
        if (this.prerequisites !== undefined) {
            await kubectl("delete", "--filename", this.prerequisites, "--ignore-not-found");
        }
    }

    private async configured(): Promise<TestStack> {
        const { cluster } = await testEngine();
        const { config } = parse(textOf(this.name, "Pulumi.yaml")) as { config: Record<string, any> };
        const settings = {
            context: "admin",
            server: cluster.server,
            ...("credentialsId" in config ? { credentialsId: await googleCredential(this.platform) } : {}),
            ...SETTINGS[this.name],
        };
        const stack = await TestStack.create({
            project: join(DESIGN, this.name),
            config: {
                ...connection(this.platform),
                ...Object.fromEntries(Object.entries(settings).filter(([key]) => key in config)),
            },
            env: () => ({ KUBECONFIG: cluster.kubeconfig }),
        });
        for (const key of Object.keys(config).filter((each) => config[each].secret === true)) {
            await stack.must(["config", "set", "--secret", key, PASSWORD]);
        }
        return stack;
    }

    private async objects(): Promise<string[]> {
        return (await everyObject()).filter((each) => each.includes(` ${this.namespace}/`));
    }
}

/** What comes of its steps. */
type Life = Record<"made" | "rested" | "gone" | "cleared", Promise<void>>;

/** One after another; one that fails is no reason not to try the next. */
function live(names: string[], rests: (name: string) => boolean): [string, Life][] {
    let before: Promise<unknown> = Promise.resolve();
    return names.map((name) => {
        const example = new Example(name);
        const made = before.then(() => example.make());
        const rested = made.then(() => (rests(name) ? example.rest() : undefined));
        const gone = rested.catch(() => {}).then(() => example.leave());
        const cleared = Promise.allSettled([made, rested, gone]).then(() => example.clear());
        before = cleared.catch(() => {});
        return [name, { made, rested, gone, cleared }];
    });
}

/** Tests of lists of examples that may be there at the same time, some of them with a second `up`. */
export function testExamples(lists: string[][], rests: (name: string) => boolean): void {
    describe("the design's examples, on the real engine", function () {
        this.timeout(240_000);

        let found: string[];
        let lives: Record<string, Life>;

        before(async function () {
            this.timeout(1_800_000);
            await testEngine();
            found = await everyObject();
            lives = Object.fromEntries(lists.flatMap((names) => live(names, rests)));
        });

        for (const name of lists.flat()) {
            it(`${name} ends AVAILABLE, and sends what its golden file says`, () => lives[name].made);

            if (rests(name)) {
                it(`${name} changes nothing the second time`, () => lives[name].rested);
            }

            it(`${name} leaves nothing behind`, () => lives[name].gone);
        }

        it("leave nothing in the cluster", async () => {
            await Promise.all(Object.values(lives).map(({ cleared }) => cleared));
            assert.deepEqual(await everyObject(), found);
        });
    });
}
