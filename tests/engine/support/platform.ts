import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_WORKSPACE, type EmulatorOptions, PlatformEmulator } from "../../../src/emulator";
import { ROOT } from "../../support/installedPackage";
import { testEngine } from "./engine";
import { type Config, TestStack } from "./stack";

/** A token that must never be seen in plain text. */
export const TOKEN = "canary-access-token-5f2b9c";

const DOCUMENT = join(ROOT, "..", "shared", "reference", "seqera-api.yaml");

export async function startPlatform(options: EmulatorOptions = {}): Promise<PlatformEmulator> {
    return PlatformEmulator.start({
        accessTokens: [{ token: TOKEN }],
        ...(existsSync(DOCUMENT) ? { openapi: DOCUMENT } : {}),
        ...options,
    });
}

let stacks = 0;

/** A namespace that no other test uses. */
export function freshNamespace(): string {
    return `nf-${process.pid}-${++stacks}`;
}

/** How a stack reaches a Platform. */
export function connection(platform: PlatformEmulator): Config {
    return {
        "seqera:endpoint": platform.endpoint,
        "seqera:accessToken": TOKEN,
        "seqera:workspaceId": String(DEFAULT_WORKSPACE.id),
    };
}

/** The shipped program for a cluster and a Platform. */
export function environmentStack(
    platform: PlatformEmulator,
    namespace: string,
    config: Config = {},
): Promise<TestStack> {
    return stackIn("kubernetes:kubeconfig", platform, namespace, { resourceName: "production", ...config });
}

/** A stack of another program, which makes its own provider of `kubeconfig`. */
export function programStack(
    platform: PlatformEmulator,
    namespace: string,
    program: string,
    config: Config = {},
): Promise<TestStack> {
    return stackIn("kubeconfig", platform, namespace, config, program);
}

async function stackIn(
    kubeconfig: string,
    platform: PlatformEmulator,
    namespace: string,
    config: Config,
    program?: string,
): Promise<TestStack> {
    const { cluster } = await testEngine();
    const where = { [kubeconfig]: cluster.kubeconfig, namespace, cluster: { server: cluster.server } };
    return TestStack.create({ config: { ...connection(platform), ...where, ...config }, program });
}

/** An environment in a namespace of its own. */
export async function freshEnvironment(
    platform: PlatformEmulator,
    config: Config = {},
): Promise<{ namespace: string; stack: TestStack }> {
    const namespace = freshNamespace();
    return { namespace, stack: await environmentStack(platform, namespace, config) };
}

/** What a person or another tool asks of the Platform. */
export async function request(platform: PlatformEmulator, method: string, path: string, body?: object): Promise<any> {
    const answer = await fetch(`${platform.endpoint}${path}?workspaceId=${DEFAULT_WORKSPACE.id}`, {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
}

/** The calls that changed or asked something, as `POST /compute-envs`, ids made equal. */
export function calls(platform: PlatformEmulator): string[] {
    return platform.requests.map(
        ({ method, path }) =>
            `${method} ${path.replace(/\/[0-9A-Za-z]{22}(?=\/|$)/g, "/{id}").replace(/\/user\/\d+/, "/user/{id}")}`,
    );
}

/** The environments that are there, deleted ones left out. */
export function environments(platform: PlatformEmulator) {
    return platform.state.computeEnvs.filter((env) => !env.deleted);
}

/** The credentials that are there, deleted ones left out. */
export function credentials(platform: PlatformEmulator) {
    return platform.state.credentials.filter((each) => !each.deleted);
}
