/**
 * What the tests of the Kubernetes plugin stand on: the real CLI, a real API server, and the plugin, be it the official
 * one or the stand-in. All files share one; it is made when the first of them starts and is gone when the last has ended.
 */

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { type ControlPlane, startControlPlane } from "../../../tools/cluster";
import { type Engine, ensureEngine, terminalProgress } from "../../../tools/engine";
import { type ProvidedPlugin, provideKubernetesPlugin } from "../../../tools/kubernetes-provider";
import { TestStack } from "./testStack";

export interface Bench {
    readonly cluster: ControlPlane;
    readonly plugin: ProvidedPlugin;
    readonly pulumiHome: string;
    stack(name: string, environment?: Record<string, string>): Promise<TestStack>;
    /** Runs kubectl as an administrator; gives what it prints. `input` is an object for `-f -`. */
    kubectl(args: string[], input?: object): Promise<string>;
    get(kind: string, name: string, namespace?: string): Promise<any>;
    /** Requests that were made while `action` ran, by the user agent's beginning. */
    requestsDuring<T>(action: () => Promise<T>): Promise<{ result: T; requests: AuditedRequest[] }>;
}

export interface AuditedRequest {
    readonly verb: string;
    readonly uri: string;
    readonly userAgent: string;
    readonly status: number;
}

let shared: Promise<Bench> | undefined;
let folder: string | undefined;

export function sharedBench(): Promise<Bench> {
    shared ??= makeBench();
    return shared;
}

after("the bench is removed", async function () {
    this.timeout(60_000);
    const bench = await shared?.catch(() => undefined);
    await bench?.cluster.stop();
    if (folder !== undefined) {
        await rm(folder, { recursive: true, force: true });
    }
});

async function makeBench(): Promise<Bench> {
    const engine = await ensureEngine({ onProgress: terminalProgress() });
    folder = await mkdtemp(join(tmpdir(), "kubernetes-provider-"));
    const cluster = await startControlPlane({ dir: join(folder, "cluster"), engine });
    const pulumiHome = join(folder, "pulumi");
    const plugin = await provideKubernetesPlugin({ engine, pulumiHome });
    const command = await pulumiCommand(engine, folder);
    const state = join(folder, "state");
    await mkdir(state);
    // https://www.pulumi.com/docs/iac/cli/environment-variables/
    const environment = {
        PULUMI_HOME: pulumiHome,
        PULUMI_BACKEND_URL: `file://${state}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
        KUBECONFIG: cluster.kubeconfig,
    };
    const kubectl = async (args: string[], input?: object): Promise<string> =>
        await runKubectl(engine, cluster, args, input);
    return {
        cluster,
        plugin,
        pulumiHome,
        stack: async (name, more = {}) => await TestStack.create(name, command, state, { ...environment, ...more }),
        kubectl,
        get: async (kind, name, namespace) =>
            JSON.parse(
                await kubectl([
                    ...["get", kind, name, "-o", "json", "--show-managed-fields"],
                    ...(namespace ? ["-n", namespace] : []),
                ]),
            ),
        requestsDuring: async (action) => {
            const before = await auditLines(cluster);
            const result = await action();
            return { result, requests: (await auditLines(cluster)).slice(before.length).map(parseAudit) };
        },
    };
}

/** The automation API looks for `bin/pulumi` in a folder. */
async function pulumiCommand(engine: Engine<"pulumi">, inside: string): Promise<PulumiCommand> {
    const root = join(inside, "cli");
    await mkdir(root);
    await symlink(engine.binDir, join(root, "bin"));
    return await PulumiCommand.get({ root });
}

async function runKubectl(
    engine: Engine<"kubectl">,
    cluster: ControlPlane,
    args: string[],
    input?: object,
): Promise<string> {
    const all = ["--kubeconfig", cluster.kubeconfig, ...args];
    // The OpenAPI document is larger than what Node.js takes by itself.
    const running = promisify(execFile)(engine.programs.kubectl.path, all, { maxBuffer: 64 * 1024 * 1024 });
    if (input) {
        running.child.stdin?.end(JSON.stringify(input));
    }
    return (await running).stdout;
}

async function auditLines(cluster: ControlPlane): Promise<string[]> {
    return (await readFile(cluster.auditLog, "utf8")).split("\n").filter((line) => line !== "");
}

function parseAudit(line: string): AuditedRequest {
    const { verb, requestURI: uri, userAgent, responseStatus } = JSON.parse(line);
    return { verb, uri, userAgent: userAgent ?? "", status: responseStatus?.code ?? 0 };
}

/** Requests of the plugin that are about objects; what is left out is how it gets to know the API server. */
export function objectRequests(requests: readonly AuditedRequest[]): AuditedRequest[] {
    const discovery = /^\/(version|openapi\/|api$|apis$|api\/v1(\?|$)|apis\/[^/]+\/[^/?]+(\?|$))/;
    return requests.filter(({ uri, userAgent }) => userAgent.startsWith("pulumi-kubernetes") && !discovery.test(uri));
}
