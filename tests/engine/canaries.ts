import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformEmulator } from "../../src/emulator";
import { launcherToken } from "./support/cluster";
import { testEngine } from "./support/engine";
import { connection, freshNamespace, startPlatform, TOKEN } from "./support/platform";
import { TestStack } from "./support/stack";

/** Seeded, so that a find in a log of weeks ago can be told from chance. */
const canary = (what: string) =>
    `canary-${what}-${createHash("sha256").update(`seed 1 ${what}`).digest("hex").slice(0, 16)}`;

export const SECRETS = {
    "access token": TOKEN,
    "registry password": canary("registry"),
    "environment variable": canary("variable"),
    "word in a script": canary("script"),
    "word in the configuration": canary("configuration"),
    "AWS secret key": canary("aws"),
    "Google private key": canary("google"),
    "rotated AWS secret key": canary("rotated"),
};

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const seqera = require("pulumi-seqera-kubernetes");
const config = new pulumi.Config();
const word = (name) => config.requireSecret(name);
const environment = new seqera.KubernetesComputeEnvironment("production", {
    cluster: { server: config.require("server") },
    namespace: config.require("namespace"),
    registries: [{ server: "ghcr.io", username: "octo", password: word("registry") }],
    environmentVariables: { LICENCE: word("variable"), PLAIN: "plain" },
    stagingOptions: { preRunScript: pulumi.interpolate\`echo \${word("script")}\` },
    nextflowConfig: pulumi.interpolate\`params.word = '\${word("configuration")}'\`,
    description: config.get("description"),
    tokenRotation: config.getObject("tokenRotation"),
});
new seqera.Credentials("aws", { aws: { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: word("aws") } });
const google = word("google").apply((key) => JSON.stringify({ type: "service_account", private_key: key }));
new seqera.Credentials("google", { google: { data: google } });
exports.id = environment.computeEnvId;
`;

/** A stack with every secret in its configuration, and the search for them in what is written or shown. */
export class Canaries {
    /** What Kubernetes has made for the launcher so far: it cannot be seeded. */
    readonly launcher: Record<string, string> = {};
    private searched = 0;

    private constructor(
        readonly platform: PlatformEmulator,
        readonly stack: TestStack,
        private readonly namespace: string,
    ) {}

    static async start(): Promise<Canaries> {
        const namespace = freshNamespace();
        const platform = await startPlatform();
        const { cluster } = await testEngine();
        const stack = await TestStack.create({
            program: PROGRAM,
            config: {
                ...connection(platform),
                "kubernetes:kubeconfig": cluster.kubeconfig,
                server: cluster.server,
                namespace,
            },
        });
        const words = {
            registry: "registry password",
            variable: "environment variable",
            script: "word in a script",
            configuration: "word in the configuration",
            aws: "AWS secret key",
            google: "Google private key",
        } as const;
        const settings = Object.entries(words).flatMap(([key, what]) => ["--secret", `${key}=${SECRETS[what]}`]);
        await stack.must(["config", "set-all", ...settings]);
        return new Canaries(platform, stack, namespace);
    }

    /** Fails where a secret stands in a text: as it is, in base64 at any offset, or as a URL has it. */
    search(where: string, text: string, wanted: (what: string) => boolean = () => true): void {
        const all = Object.entries({ ...SECRETS, ...this.launcher });
        for (const [what, secret] of all.filter(([name]) => wanted(name))) {
            for (const form of formsOf(secret)) {
                this.searched++;
                assert.ok(!text.includes(form), `the ${what} stands in ${where}: …${around(text, form)}…`);
            }
        }
    }

    /** Searches what a run that ends well shows. */
    async searchRun(what: string, ...args: string[]): Promise<void> {
        this.search(what, (await this.stack.must(args)).output);
    }

    searchState(): void {
        this.search("the state on disk", this.stack.stateText());
        const folder = join(this.stack.directory, ".pulumi");
        for (const name of readdirSync(folder, { recursive: true }) as string[]) {
            if (name.endsWith(".json") || name.endsWith(".bak")) {
                this.search(`the backend's ${name}`, readFileSync(join(folder, name), "utf8"));
            }
        }
    }

    /** What the Platform shows to everybody in the workspace, environment variables and scripts, is no secret there. */
    searchPlatform(): void {
        const shown = ["environment variable", "word in a script", "word in the configuration"];
        const { requests, state } = this.platform;
        for (const [what, content] of Object.entries({ requests, state })) {
            this.search(`the emulator's ${what}`, JSON.stringify(content), (each) => !shown.includes(each));
        }
    }

    /** Searches from here on for the token that the cluster has now. */
    async learn(what: string): Promise<void> {
        this.launcher[what] = await launcherToken(this.namespace);
        assert.match(this.launcher[what], /^eyJ/);
    }

    counted(): string {
        return `${Object.keys({ ...SECRETS, ...this.launcher }).length} canaries, ${this.searched} searches`;
    }
}

function formsOf(secret: string): string[] {
    const offsets = [0, 1, 2].map((offset) => {
        const encoded = Buffer.from(" ".repeat(offset) + secret).toString("base64");
        // What the bytes around it share characters with is left out.
        return encoded.slice(offset === 0 ? 0 : 4, Math.floor(encoded.length / 4) * 4 - 4);
    });
    return [...new Set([secret, encodeURIComponent(secret), ...offsets])];
}

function around(text: string, form: string): string {
    const at = text.indexOf(form);
    return text.slice(Math.max(0, at - 120), at + form.length + 20).replaceAll("\n", " ");
}
