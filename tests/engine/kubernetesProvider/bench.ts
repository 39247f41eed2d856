/**
 * What the tests of the Kubernetes plugin stand on: the engine tests' CLI, API server and plugin, be it the official one
 * or the stand-in, with stacks whose programs run in the test's own process, which is twice as fast as starting others.
 */

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { type TestEngine, testEngine } from "../support/engine";
import { TestStack } from "./testStack";

export interface Bench extends TestEngine {
    stack(name: string, environment?: Record<string, string>): Promise<TestStack>;
    /** Runs kubectl as an administrator; gives what it prints. `input` is an object for `-f -`. */
    kubectl(args: string[], input?: object): Promise<string>;
    get(kind: string, name: string, namespace?: string): Promise<any>;
    /** All requests that the API server answered while `action` ran. */
    requestsDuring<T>(action: () => Promise<T>): Promise<{ result: T; requests: AuditedRequest[] }>;
}

export interface AuditedRequest {
    readonly verb: string;
    readonly uri: string;
    readonly userAgent: string;
}

let shared: Promise<Bench> | undefined;
let folder: string | undefined;

export function sharedBench(): Promise<Bench> {
    shared ??= makeBench();
    return shared;
}

after(async () => {
    if (folder !== undefined) {
        await rm(folder, { recursive: true, force: true });
    }
});

async function makeBench(): Promise<Bench> {
    const engine = await testEngine();
    folder = await mkdtemp(join(tmpdir(), "kubernetes-provider-"));
    const command = await pulumiCommand(engine, folder);
    const state = join(folder, "state");
    await mkdir(state);
    // https://www.pulumi.com/docs/iac/cli/environment-variables/
    const environment = {
        PULUMI_HOME: engine.pulumiHome,
        PULUMI_BACKEND_URL: `file://${state}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
        KUBECONFIG: engine.cluster.kubeconfig,
    };
    const kubectl = async (args: string[], input?: object): Promise<string> => await runKubectl(engine, args, input);
    return {
        ...engine,
        stack: async (name, more = {}) => await TestStack.create(name, command, state, { ...environment, ...more }),
        kubectl,
        get: async (kind, name, namespace) => {
            const within = namespace ? ["-n", namespace] : [];
            return JSON.parse(await kubectl(["get", kind, name, "-o", "json", "--show-managed-fields", ...within]));
        },
        requestsDuring: async (action) => {
            const before = await auditLines(engine);
            const result = await action();
            return { result, requests: (await auditLines(engine)).slice(before.length).map(parseAudit) };
        },
    };
}

/** The automation API looks for `bin/pulumi` in a folder. */
async function pulumiCommand({ engine }: TestEngine, inside: string): Promise<PulumiCommand> {
    const root = join(inside, "cli");
    await mkdir(root);
    await symlink(engine.binDir, join(root, "bin"));
    return await PulumiCommand.get({ root });
}

async function runKubectl({ engine, cluster }: TestEngine, args: string[], input?: object): Promise<string> {
    const all = ["--kubeconfig", cluster.kubeconfig, ...args];
    // The OpenAPI document is larger than what Node.js takes by itself.
    const running = promisify(execFile)(engine.programs.kubectl.path, all, { maxBuffer: 64 * 1024 * 1024 });
    if (input) {
        running.child.stdin?.end(JSON.stringify(input));
    }
    return (await running).stdout;
}

async function auditLines({ cluster }: TestEngine): Promise<string[]> {
    return (await readFile(cluster.auditLog, "utf8")).split("\n").filter((line) => line !== "");
}

function parseAudit(line: string): AuditedRequest {
    const { verb, requestURI: uri, userAgent } = JSON.parse(line);
    return { verb, uri, userAgent: userAgent ?? "" };
}

/** Requests of the plugin that are about a test's objects: others may use the same API server. */
export function objectRequests(requests: readonly AuditedRequest[], namespace: string): AuditedRequest[] {
    return requests.filter(
        ({ uri, userAgent }) => userAgent.startsWith("pulumi-kubernetes") && uri.includes(namespace),
    );
}
