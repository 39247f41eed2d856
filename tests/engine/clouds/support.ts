import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { PlatformEmulator } from "../../../src/emulator";
import { CloudWorld, installCloudStandIn, type PlainFields } from "../../../tools/cloud-provider";
import { testEngine } from "../support/engine";
import { connection, credentials, environments, startPlatform } from "../support/platform";
import { type Config, TestStack } from "../support/stack";
import { PROJECT } from "./gkeAnswers";

/** Where the examples put what they make. */
export const NAMESPACE = "nextflow";

/** How the example of a cloud is run. */
interface CloudExample {
    /** Its folder within `examples`, and its answers' here. */
    name: "aks" | "eks" | "gke";
    /** Packages whose plugins are stood in for. */
    packages: string[];
    /** What a user sets besides the connection. */
    config: Config;
    /** What its kubeconfig asks for a token. */
    command?: string;
}

export const AKS: CloudExample = {
    name: "aks",
    packages: ["azure-native"],
    config: {
        dataAccountId:
            "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/genomes",
        "azure-native:location": "westeurope",
    },
};

export const EKS: CloudExample = {
    name: "eks",
    packages: ["aws", "eks"],
    config: { "aws:region": "eu-west-1" },
    command: "aws",
};

export const GKE: CloudExample = {
    name: "gke",
    packages: ["gcp"],
    config: { "gcp:project": PROJECT, dataBucket: "genomes" },
    command: "gke-gcloud-auth-plugin",
};

/** One stack of an example, whose cluster's API server is the real one here. */
export class CloudStack {
    private constructor(
        readonly stack: TestStack,
        readonly platform: PlatformEmulator,
        private readonly kubeconfig: string,
        private world: CloudWorld,
    ) {}

    static async create(example: CloudExample, platform: PlatformEmulator, config: Config): Promise<CloudStack> {
        const { cluster, engine } = await testEngine();
        const kubeconfig = readFileSync(cluster.kubeconfig, "utf8");
        let world: CloudWorld;
        const stack = await TestStack.create({
            project: join("examples", example.name),
            config: { ...connection(platform), ...example.config, ...config },
            env: (directory) => {
                world = new CloudWorld(directory, { kubeconfig });
                const own = join(directory, "bin");
                mkdirSync(own);
                if (example.command !== undefined) {
                    writeTokenCommand(join(own, example.command), kubeconfig);
                }
                return {
                    ...world.environment,
                    PATH: [engine.binDir, own, dirname(process.execPath), process.env.PATH].join(delimiter),
                };
            },
        });
        return new CloudStack(stack, platform, kubeconfig, world!);
    }

    /** What the cloud says of itself from now on, where it is not what it says to others. */
    says(facts: PlainFields): void {
        this.world = new CloudWorld(this.stack.directory, { kubeconfig: this.kubeconfig, ...facts });
    }

    /** What the command for tokens was asked, once each. */
    get asked(): string[] {
        const asked = readFileSync(join(this.stack.directory, "bin", "asked"), "utf8");
        return [...new Set(asked.trimEnd().split("\n"))];
    }

    /** What was changed in the cloud. */
    get journal() {
        return this.world.journal;
    }

    /** The resources of the cloud that were made, or deleted, in order: kind and name. */
    done(op: "create" | "delete"): string[] {
        return this.journal
            .filter((each) => each.op === op)
            .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
    }

    /** Of the kubeconfig that the administrator of the cluster has. */
    field(name: string): string {
        return fieldOf(this.kubeconfig, name);
    }

    async mustPlan(expected: string[]): Promise<void> {
        const planned = (await this.stack.preview()).map(({ op, type, name }) => `${op} ${type} ${name}`);
        for (const step of expected) {
            assert.ok(planned.includes(step), `${step} among\n${planned.join("\n")}`);
        }
        assert.deepEqual(this.journal, []);
        assert.deepEqual(environments(this.platform), []);
    }

    /** In this order, and with an environment that is ready. Gives what the CLI said. */
    async mustMake(...pairs: [first: string, second: string][]): Promise<string> {
        const { output } = await this.stack.mustUp();
        assertOrder(this.done("create"), pairs);
        assert.equal(environments(this.platform)[0].status, "AVAILABLE");
        return output;
    }

    async mustRest(): Promise<void> {
        const { length } = this.journal;
        await this.stack.mustRest();
        assert.equal(this.journal.length, length);
    }

    /** In this order, and nothing is left. */
    async mustGo(...pairs: [first: string, second: string][]): Promise<void> {
        await this.stack.mustDestroy();
        assert.deepEqual(environments(this.platform), []);
        assert.deepEqual(credentials(this.platform), []);
        const gone = this.done("delete");
        assert.deepEqual([...gone].sort(), this.done("create").sort());
        assertOrder(gone, pairs);
    }

    /** At preview, for what the cloud says of the cluster "production", in one error, before anything is made. */
    async mustBeRefused(...findings: string[]): Promise<void> {
        const { output } = await this.stack.mustFail(/Diagnostics:/, ["preview"]);
        const [told, ...others] = output.slice(output.indexOf("Diagnostics:")).match(/error: .*(\n {6}.*)*/g)!;
        assert.deepEqual(others, []);
        const [refusal, ...lines] = told.split("\n");
        assert.match(refusal, /^error: \w+ExistingCluster "cluster" cannot use the cluster "production":$/);
        findings.forEach((each, index) => assert.ok(lines[index]?.startsWith(`      ${each}`), told));
        assert.deepEqual(this.journal, []);
    }
}

/** For a describe: a Platform, and the stand-ins for the cloud's plugins. */
export function useCloud(example: CloudExample): (config?: Config) => Promise<CloudStack> {
    let platform: PlatformEmulator;
    before(async function () {
        this.timeout(1_800_000);
        const { pulumiHome } = await testEngine();
        for (const name of example.packages) {
            const answers = join(__dirname, `${example.name}Answers.ts`);
            await installCloudStandIn({ pulumiHome, package: name, answers });
        }
        platform = await startPlatform();
    });
    after(async () => {
        await platform?.stop();
    });
    return (config = {}) => CloudStack.create(example, platform, config);
}

function fieldOf(kubeconfig: string, name: string): string {
    return new RegExp(`${name}: (\\S+)`).exec(kubeconfig)![1];
}

/** The cloud's program that a kubeconfig names: it notes what it is asked, and hands out what the administrator comes in with. */
function writeTokenCommand(file: string, kubeconfig: string): void {
    const decoded = (name: string) => Buffer.from(fieldOf(kubeconfig, name), "base64").toString();
    const credential = {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        kind: "ExecCredential",
        status: {
            clientCertificateData: decoded("client-certificate-data"),
            clientKeyData: decoded("client-key-data"),
        },
    };
    const asked = join(dirname(file), "asked");
    const program = `#!/bin/sh\necho "$@" >> ${asked}\ncat <<'EOF'\n${JSON.stringify(credential)}\nEOF\n`;
    writeFileSync(file, program, { mode: 0o755 });
}

function assertOrder(list: string[], pairs: [first: string, second: string][]): void {
    for (const [first, second] of pairs) {
        const told = `${first} before ${second} among\n${list.join("\n")}`;
        assert.ok(list.includes(first) && list.indexOf(first) < list.indexOf(second), told);
    }
}
