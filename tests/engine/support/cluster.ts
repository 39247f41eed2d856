import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { testEngine } from "./engine";

const run = promisify(execFile);

/** Runs kubectl as the cluster's administrator. */
export async function kubectl(...args: string[]): Promise<string> {
    return fed("", ...args);
}

/** The same, with something to read. */
export async function fed(input: string, ...args: string[]): Promise<string> {
    const { engine, cluster } = await testEngine();
    const child = run(engine.programs.kubectl.path, ["--kubeconfig", cluster.kubeconfig, ...args], {
        maxBuffer: 16 * 1024 * 1024,
    });
    child.child.stdin!.end(input);
    return (await child).stdout;
}

/** Makes objects as `kubectl apply` does, or an update of them. */
export async function apply(object: object): Promise<void> {
    await fed(JSON.stringify(object), "apply", "-f", "-");
}

/** The objects of some kinds in a namespace. */
export async function objects(namespace: string, kinds: string): Promise<any[]> {
    return JSON.parse(await kubectl("--namespace", namespace, "get", kinds, "-o", "json")).items;
}

export async function namespaceExists(namespace: string): Promise<boolean> {
    return (await kubectl("get", "namespace", namespace, "--ignore-not-found", "-o", "name")) !== "";
}

/** The user that the Platform is in the cluster. */
export const launcherOf = (namespace: string): string => `system:serviceaccount:${namespace}:seqera-launcher`;

/** The token that the Platform gets, from its Secret. */
export async function launcherToken(namespace: string): Promise<string> {
    const secrets = await objects(namespace, "secrets");
    const [{ data }, ...others] = secrets.filter(({ type }) => type === "kubernetes.io/service-account-token");
    assert.deepEqual(others, []);
    return Buffer.from(data.token as string, "base64").toString();
}

/** The binding of the launcher's role. */
export async function launcherBinding(namespace: string): Promise<any> {
    const bindings = await objects(namespace, "rolebindings");
    return bindings.find(({ subjects }) => subjects[0].name === "seqera-launcher");
}

export interface AuditEntry {
    verb: string;
    user: string;
    resource: string;
    subresource?: string;
    name?: string;
    namespace?: string;
    code: number;
    /** Nothing came of it. */
    dryRun: boolean;
    at: string;
}

/** Who did what in a namespace, in the order in which it was answered, from the API server's own audit log. */
export async function audit(namespace: string): Promise<AuditEntry[]> {
    const { cluster } = await testEngine();
    const lines = (await readFile(cluster.auditLog, "utf8")).trimEnd().split("\n");
    return lines
        .filter((line) => line.includes(`"${namespace}"`))
        .map((line) => JSON.parse(line))
        .filter((entry) => entry.objectRef?.namespace === namespace && entry.stage === "ResponseComplete")
        .map((entry) => ({
            verb: entry.verb,
            user: entry.user.username,
            resource: entry.objectRef.resource,
            subresource: entry.objectRef.subresource,
            name: entry.objectRef.name,
            namespace: entry.objectRef.namespace,
            code: entry.responseStatus?.code,
            dryRun: entry.requestURI.includes("dryRun="),
            at: entry.stageTimestamp,
        }));
}
