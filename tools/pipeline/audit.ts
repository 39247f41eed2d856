import { readFile } from "node:fs/promises";

export interface Container {
    name: string;
    image: string;
    args?: string[];
    imagePullPolicy?: string;
    resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
    volumeMounts?: { name: string; mountPath: string; readOnly?: boolean; subPath?: string }[];
    env?: { name: string; value?: string; valueFrom?: unknown }[];
}

export interface Pod {
    metadata: {
        name: string;
        namespace?: string;
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
        ownerReferences?: { kind: string; name: string }[];
    };
    spec: {
        serviceAccountName?: string;
        automountServiceAccountToken?: boolean;
        activeDeadlineSeconds?: number;
        imagePullSecrets?: { name: string }[];
        nodeSelector?: Record<string, string>;
        priorityClassName?: string;
        runtimeClassName?: string;
        schedulerName?: string;
        affinity?: object;
        terminationGracePeriodSeconds?: number;
        tolerations?: { key?: string; operator?: string; value?: string; effect?: string }[];
        securityContext?: Record<string, unknown>;
        volumes?: {
            name: string;
            persistentVolumeClaim?: { claimName: string };
            configMap?: { name: string };
            [kind: string]: unknown;
        }[];
        containers: Container[];
    };
}

export interface Job {
    metadata: { name: string };
    spec: { ttlSecondsAfterFinished?: number };
}

interface AuditEvent {
    stage: string;
    verb: string;
    user: { username: string };
    requestURI: string;
    objectRef?: { resource: string; subresource?: string; namespace?: string };
    responseStatus?: { code: number };
    responseObject?: unknown;
}

/** What each service account of a namespace did there, as the API server wrote it down. */
export interface Audit {
    /** By service account: how often each of `create pods`, `get pods/log (403)` and so on was asked. */
    calls: Record<string, Record<string, number>>;
    /** The pods that a service account created, as the API server made them. */
    podsOf: (serviceAccount: string) => Pod[];
    /** The pods of the Jobs that a service account created, each with its Job. */
    jobPodsOf: (serviceAccount: string) => (Pod & { job: Job })[];
}

export async function readAudit(file: string, namespace: string): Promise<Audit> {
    const events = (await readFile(file, "utf8"))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as AuditEvent)
        // A dry run leaves nothing behind, and is no part of what a pipeline does.
        .filter(
            ({ stage, objectRef, requestURI }) =>
                stage === "ResponseComplete" && objectRef?.namespace === namespace && !requestURI.includes("dryRun="),
        );
    const prefix = `system:serviceaccount:${namespace}:`;
    const calls: Audit["calls"] = {};
    for (const event of events.filter(({ user }) => user.username.startsWith(prefix))) {
        const account = event.user.username.slice(prefix.length);
        const name = callName(event);
        calls[account] ??= {};
        calls[account][name] = (calls[account][name] ?? 0) + 1;
    }
    const created = (call: string, by: (user: string) => boolean): unknown[] =>
        events
            .filter((event) => callName(event) === call && by(event.user.username))
            .map(({ responseObject }) => responseObject);
    const podsOf = (account: string): Pod[] =>
        created("create pods", (user) => user === `${prefix}${account}`) as Pod[];
    const jobPodsOf = (account: string): (Pod & { job: Job })[] => {
        const jobs = created("create jobs", (user) => user === `${prefix}${account}`) as Job[];
        // A controller makes them.
        const pods = created("create pods", (user) => !user.startsWith(prefix)) as Pod[];
        return pods.flatMap((pod) => {
            const job = jobs.find(({ metadata }) =>
                pod.metadata.ownerReferences?.some(({ kind, name }) => kind === "Job" && name === metadata.name),
            );
            return job === undefined ? [] : [{ ...pod, job }];
        });
    };
    return { calls, podsOf, jobPodsOf };
}

/** Refusals are told apart. */
function callName({ verb, objectRef, responseStatus }: AuditEvent): string {
    const { resource, subresource } = objectRef!;
    const code = responseStatus?.code ?? 0;
    return `${verb} ${resource}${subresource ? `/${subresource}` : ""}${code >= 400 ? ` (${code})` : ""}`;
}
