import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { testEngine } from "./engine";

const run = promisify(execFile);

/** Runs kubectl as the cluster's administrator. */
export async function kubectl(...args: string[]): Promise<string> {
    const { engine, cluster } = await testEngine();
    const { stdout } = await run(engine.programs.kubectl.path, ["--kubeconfig", cluster.kubeconfig, ...args]);
    return stdout;
}

/** Makes objects as `kubectl apply` does, or an update of them. */
export async function apply(object: object): Promise<void> {
    const { engine, cluster } = await testEngine();
    const child = run(engine.programs.kubectl.path, ["--kubeconfig", cluster.kubeconfig, "apply", "-f", "-"]);
    child.child.stdin!.end(JSON.stringify(object));
    await child;
}

/** Whether a user may do something in a namespace, as the API server decides it at this moment. */
export async function review(user: string, namespace: string, verb: string, resource: string): Promise<boolean> {
    const [name, subresource] = resource.split("/");
    const args = ["auth", "can-i", verb, name, `--as=${user}`, `--namespace=${namespace}`];
    const answer = await kubectl(...args, ...(subresource ? [`--subresource=${subresource}`] : [])).catch(
        // It exits with 1 to say no.
        ({ stdout }: { stdout: string }) => stdout,
    );
    return answer.trim() === "yes";
}

/** Whom a cloud makes of its identity: EKS a user in groups, GKE a user whose name is an e-mail address. */
export interface Impersonated {
    user: string;
    groups?: string[];
}

/** A right, as the API server is asked for it. */
export interface AskedRight {
    verb: string;
    /** API group; empty is the core's. */
    group: string;
    /** Resource, with its subresource behind a slash. */
    resource: string;
    /** Empty is all of them, and what belongs to none. */
    namespace: string;
}

/** Which of these rights somebody has, by a SelfSubjectAccessReview in their name for each, made in one go. */
export async function granted(who: Impersonated, asked: AskedRight[]): Promise<AskedRight[]> {
    const { engine, cluster } = await testEngine();
    const as = [
        `--as=${who.user}`,
        ...["system:authenticated", ...(who.groups ?? [])].map((each) => `--as-group=${each}`),
    ];
    const reviews = asked.map(({ verb, group, resource: full, namespace }) => {
        const [resource, subresource] = full.split("/");
        return {
            apiVersion: "authorization.k8s.io/v1",
            kind: "SelfSubjectAccessReview",
            spec: { resourceAttributes: { verb, group, resource, subresource, namespace } },
        };
    });
    const output = ["-o", 'jsonpath={.status.allowed}{"\\n"}'];
    const child = run(
        engine.programs.kubectl.path,
        ["--kubeconfig", cluster.kubeconfig, "create", "--validate=false", "-f", "-", ...as, ...output],
        { maxBuffer: 16 * 1024 * 1024 },
    );
    child.child.stdin!.end(reviews.map((each) => JSON.stringify(each)).join("\n---\n"));
    const answers = (await child).stdout.trimEnd().split("\n");
    if (answers.length !== asked.length) {
        throw new Error(`${asked.length} reviews got ${answers.length} answers`);
    }
    return asked.filter((_, index) => answers[index] === "true");
}

/** The objects of some kinds in a namespace. */
export async function objects(namespace: string, kinds: string): Promise<any[]> {
    return JSON.parse(await kubectl("--namespace", namespace, "get", kinds, "-o", "json")).items;
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
