import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_WORKSPACE, type PlatformEmulator } from "../../src/emulator";
import { objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import { freshNamespace, startPlatform, TOKEN } from "./support/platform";
import { TestStack } from "./support/stack";

/** Seeded, so that a find in a log of weeks ago can be told from chance. */
const canary = (what: string) =>
    `canary-${what}-${createHash("sha256").update(`seed 1 ${what}`).digest("hex").slice(0, 16)}`;

const SECRETS = {
    "access token": TOKEN,
    "registry password": canary("registry"),
    "environment variable": canary("variable"),
    "word in a script": canary("script"),
    "word in the configuration": canary("configuration"),
    "AWS secret key": canary("aws"),
    "Google private key": canary("google"),
    "rotated AWS secret key": canary("rotated"),
};

/** `Marshaling property for RPC[…]`, `RegisterResource RPC finished: …`. */
const PULUMI_CALL_RECORD =
    /"msg":"(eventSink::Debug\(<\{%reset%\}>)?((Unm|M)arshaling property for RPC\[|\w+ RPC (finished|prepared): )/;

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

describe("secrets, searched for in everything that is written or shown", function () {
    this.timeout(240_000);

    let platform: PlatformEmulator;
    let stack: TestStack;
    const namespace = freshNamespace();
    /** What Kubernetes has made for the launcher so far: it cannot be seeded. */
    const launcher: Record<string, string> = {};
    let searched = 0;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        const { cluster } = await testEngine();
        stack = await TestStack.create({
            program: PROGRAM,
            config: {
                "kubernetes:kubeconfig": cluster.kubeconfig,
                "seqera:endpoint": platform.endpoint,
                "seqera:accessToken": TOKEN,
                "seqera:workspaceId": String(DEFAULT_WORKSPACE.id),
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
        for (const [key, what] of Object.entries(words)) {
            await stack.must(["config", "set", "--secret", key, SECRETS[what]]);
        }
    });

    after(async () => {
        await platform?.stop();
    });

    /** Fails where a secret stands in a text: as it is, in base64 at any offset, or as a URL has it. */
    function search(where: string, text: string, wanted: (what: string) => boolean = () => true): void {
        const all = Object.entries({ ...SECRETS, ...launcher });
        for (const [what, secret] of all.filter(([name]) => wanted(name))) {
            for (const form of formsOf(secret)) {
                searched++;
                assert.ok(!text.includes(form), `the ${what} stands in ${where}: …${around(text, form)}…`);
            }
        }
    }

    /** What the Platform shows to everybody in the workspace, environment variables and scripts, is no secret there. */
    function searchKeys(where: string, text: string): void {
        const shown = ["environment variable", "word in a script", "word in the configuration"];
        search(where, text, (what) => !shown.includes(what));
    }

    async function searchState(): Promise<void> {
        search("the state on disk", stack.stateText());
        search("an exported stack", (await stack.must(["stack", "export"])).output);
        for (const name of readdirSync(join(stack.directory, ".pulumi"), { recursive: true }) as string[]) {
            if (name.endsWith(".json") || name.endsWith(".bak")) {
                search(`the backend's ${name}`, readFileSync(join(stack.directory, ".pulumi", name), "utf8"));
            }
        }
    }

    function searchPlatform(): void {
        searchKeys("the emulator's requests", JSON.stringify(platform.requests));
        searchKeys("the emulator's state", JSON.stringify(platform.state));
    }

    /** Searches from here on for the token that the cluster has now. */
    async function learn(what: string): Promise<void> {
        const secrets = await objects(namespace, "secrets");
        const [{ data }, ...others] = secrets.filter(({ type }) => type === "kubernetes.io/service-account-token");
        assert.deepEqual(others, []);
        launcher[what] = Buffer.from(data.token as string, "base64").toString("utf8");
        assert.match(launcher[what], /^eyJ/);
    }

    /** A run's log but for what Pulumi records of its calls. */
    async function loggedUp(level: string): Promise<string> {
        const flags = ["--logtostderr", "--logflow", `-v=${level}`];
        const { code, output } = await stack.run(["up", "--yes", "--skip-preview", ...flags]);
        assert.equal(code, 0, "the run that is logged ends well");
        const lines = output.split("\n").filter((line) => !PULUMI_CALL_RECORD.test(line));
        assert.ok(lines.length > 10, "there is a log");
        return lines.join("\n");
    }

    it("a preview, whole and as JSON", async () => {
        search("a preview", (await stack.must(["preview", "--diff"])).output);
        search("a preview as JSON", (await stack.must(["preview", "--json"])).output);
    });

    it("an up, its state, and what the Platform says about itself", async () => {
        search("an up", (await stack.must(["up", "--yes", "--skip-preview", "--diff"])).output);
        await learn("launcher token");
        await searchState();
        searchPlatform();
        const shown = (await stack.must(["stack", "output", "--json"])).output;
        search("outputs", shown);
    });

    it("a refresh, and an up that changes nothing", async () => {
        search("a refresh", (await stack.must(["refresh", "--yes", "--skip-preview", "--diff"])).output);
        search("an up without change", (await stack.must(["up", "--yes", "--skip-preview", "--diff"])).output);
        await searchState();
    });

    it("a rotated key, shown as a change", async () => {
        await stack.must(["config", "set", "--secret", "aws", SECRETS["rotated AWS secret key"]]);
        search("a preview of a rotation", (await stack.must(["preview", "--diff"])).output);
        search("a rotation", (await stack.must(["up", "--yes", "--skip-preview", "--diff"])).output);
        await searchState();
    });

    it("errors in which the Platform repeats what it was sent", async () => {
        await stack.configure({ description: "another" });
        const message = `Bad value ${SECRETS["environment variable"]} of ${TOKEN} with ${launcher["launcher token"]}`;
        const fault = platform.faults.add({
            match: { operation: "UpdateComputeEnv" },
            kind: "status",
            status: 400,
            message,
        });
        const { code, output } = await stack.up("--diff");
        assert.notEqual(code, 0, output);
        search("a failed up", output);
        await searchState();
        platform.faults.remove(fault);
    });

    // The engine and its Node.js SDK write out what they send each other, secrets opened; Pulumi says so of its verbose logs.
    // Whatever comes from the package or its provider process is still searched.
    it("the logs of levels 3 and 9, but for Pulumi's own record of its calls", async () => {
        for (const level of ["3", "9"]) {
            search(`the log of level ${level}`, await loggedUp(level));
        }
    });

    it("a rotation of the launcher's token, in the log of level 9 as well", async () => {
        await stack.configure({ tokenRotation: { request: "another" } });
        search("a preview of a rotated token", (await stack.must(["preview", "--diff"])).output);
        const log = await loggedUp("9");
        await learn("launcher's new token");
        assert.equal(new Set(Object.values(launcher)).size, 2);
        search("the log of a rotated token", log);
        await searchState();
        searchPlatform();
    });

    it("a destroy, and what is left", async () => {
        search("a destroy", (await stack.must(["destroy", "--yes", "--skip-preview", "--diff"])).output);
        await searchState();
        console.log(`      ${Object.keys({ ...SECRETS, ...launcher }).length} canaries, ${searched} searches`);
    });
});

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
