import { ClusterClient, type ClusterAccess } from "./clusterClient";
import type { Problem } from "../platform/problem";
import {
    HEAD_ARGUMENTS,
    isUsedUp,
    isWebhook,
    type PodArguments,
    type PodPlace,
    refusedPod,
    TASK_ARGUMENTS,
} from "./findings";

/** A right that the Platform needs, as a Role grants it. */
export interface NeededRules {
    apiGroups: string[];
    resources: string[];
    verbs: string[];
}

/** A pod that is tried, as far as it is looked at here; the API server's answer has what its class ranks at. */
export interface TriedPod {
    spec?: { priorityClassName?: string; priority?: number; preemptionPolicy?: string };
}

/** What is to be tried, and what it is called in the user's arguments. */
export interface Trial extends PodPlace {
    claims: { property: string; claimName: string }[];
    rights: NeededRules[];
    headPod: TriedPod;
    taskPod: TriedPod;
}

/** What was found, what can work but likely not as meant, and what could not be tried. */
export interface TrialResult {
    findings: Problem[];
    warned: Problem[];
    notes: string[];
}

/**
 * Asks the API server, with the launcher's own token as the Platform will, whether an environment could work. Nothing is made:
 * the pods are dry runs, which pass all admission and stay nowhere. Throws {@link Unreachable} where it does not answer.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export async function tryCluster(access: ClusterAccess, trial: Trial): Promise<TrialResult> {
    const client = await ClusterClient.open(access);
    const refused = await refusalOf(client);
    if (refused !== undefined) {
        const reason = `rejects the launcher's token: ${refused} (write the address of the cluster that this program's Kubernetes provider uses)`;
        return found({ property: "cluster.server", reason });
    }
    const missing = await missingRights(client, trial);
    if (missing.findings.length > 0) {
        // Everything else would fail for the same reason.
        return missing;
    }
    const { headPod, taskPod } = trial;
    const takenOver = headPod.spec?.priorityClassName === taskPod.spec?.priorityClassName;
    const headArguments = takenOver ? { ...HEAD_ARGUMENTS, priority: TASK_ARGUMENTS.priority } : HEAD_ARGUMENTS;
    const [head, task, ...claims] = await Promise.all([
        triedPod(client, trial, "head", headArguments, headPod),
        triedPod(client, trial, "task", TASK_ARGUMENTS, taskPod),
        ...trial.claims.map((claim) => missingClaim(client, trial.namespace, claim)),
    ]);
    const results = [...claims, head, task];
    return {
        findings: once(results.flatMap(({ findings }) => findings)),
        warned: [...results.flatMap(({ warned }) => warned), ...lowHead(head.admitted, task.admitted)],
        notes: [...missing.notes, ...results.flatMap(({ notes }) => notes)],
    };
}

const NOTHING: TrialResult = { findings: [], warned: [], notes: [] };
const found = (...findings: Problem[]): TrialResult => ({ ...NOTHING, findings });

/** What two pods have in common is found twice. */
function once(findings: Problem[]): Problem[] {
    const same = (a: Problem, b: Problem) => a.property === b.property && a.reason === b.reason;
    return findings.filter((each, index) => findings.findIndex((other) => same(each, other)) === index);
}

/** Only the cluster knows what its priority classes rank at. */
function lowHead(head: TriedPod | undefined, task: TriedPod | undefined): Problem[] {
    const { priority: heads = 0 } = head?.spec ?? {};
    const { priority: tasks = 0, preemptionPolicy } = task?.spec ?? {};
    return head !== undefined && heads < tasks && preemptionPolicy !== "Never"
        ? [
              {
                  property: HEAD_ARGUMENTS.priority,
                  reason: `the priority of head pods (${heads}) is lower than that of tasks (${tasks}), so a pending task can preempt its own head pod, and the run fails (use a class that is not lower, or remove it so that head pods use the class of tasks)`,
              },
          ]
        : [];
}

/** Why the API server does not take a token; undefined when it does. Throws {@link Unreachable} where it does not answer. */
export async function tokenRefusal(access: ClusterAccess): Promise<string | undefined> {
    return refusalOf(await ClusterClient.open(access));
}

async function refusalOf(client: ClusterClient): Promise<string | undefined> {
    const { status, message } = await client.get("api");
    return status === 401 ? message : undefined;
}

interface RulesReview {
    status?: { incomplete?: boolean; resourceRules?: NeededRules[] };
}

/** One call tells all rights of a user in a namespace, unless something beside RBAC decides as well. */
async function missingRights(client: ClusterClient, { namespace, rights }: Trial): Promise<TrialResult> {
    const answer = await client.post("apis/authorization.k8s.io/v1/selfsubjectrulesreviews", {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectRulesReview",
        spec: { namespace },
    });
    const { status } = (answer.body ?? {}) as RulesReview;
    if (answer.status >= 400) {
        return {
            ...NOTHING,
            notes: [`the launcher's permissions, because the API server answered with HTTP ${answer.status}`],
        };
    }
    if (status?.incomplete === true) {
        return {
            ...NOTHING,
            notes: ["the launcher's permissions, because RBAC is not the only authorizer of the cluster"],
        };
    }
    const granted = status?.resourceRules ?? [];
    const lacking = rights.flatMap(({ apiGroups, resources, verbs }) =>
        apiGroups.flatMap((group) =>
            resources.flatMap((resource) => {
                const without = verbs.filter((verb) => !granted.some((rule) => grants(rule, group, resource, verb)));
                return without.length === 0
                    ? []
                    : [`${without.join(", ")} ${group === "" ? "" : `${group}/`}${resource}`];
            }),
        ),
    );
    return lacking.length === 0
        ? NOTHING
        : found({
              property: "serviceAccounts.launcher",
              reason: `lacks permissions that the Platform needs in the namespace "${namespace}": ${lacking.join("; ")} (bind a role that grants them, or set serviceAccounts.launcher.create to true)`,
          });
}

function grants({ apiGroups, resources, verbs }: NeededRules, group: string, resource: string, verb: string): boolean {
    const has = (list: string[] | undefined, wanted: string) => list?.some((each) => each === wanted || each === "*");
    return has(apiGroups, group) === true && has(resources, resource) === true && has(verbs, verb) === true;
}

async function missingClaim(
    client: ClusterClient,
    namespace: string,
    { property, claimName }: Trial["claims"][number],
): Promise<TrialResult> {
    const { status, body } = await client.get(`api/v1/namespaces/${namespace}/persistentvolumeclaims/${claimName}`);
    const { metadata, status: is } = (body ?? {}) as {
        metadata?: { deletionTimestamp?: string };
        status?: { phase?: string };
    };
    if (status === 404) {
        return found({
            property,
            reason: `claim "${claimName}" does not exist in the namespace "${namespace}" (create it first, or let this component create it)`,
        });
    }
    if (metadata?.deletionTimestamp !== undefined) {
        const since = `(since ${metadata.deletionTimestamp})`;
        return found({
            property,
            reason: `claim "${claimName}" is being deleted ${since}, so new pods stay Pending (write another claim, or wait until it is deleted and create it again)`,
        });
    }
    return is?.phase === "Lost"
        ? found({
              property,
              reason: `claim "${claimName}" has lost its volume (bind it to another volume, or create another claim)`,
          })
        : NOTHING;
}

/** What is wrong with a pod, or the pod as the API server would let it in. */
async function triedPod(
    client: ClusterClient,
    place: PodPlace,
    kind: "head" | "task",
    about: PodArguments,
    pod: TriedPod,
): Promise<TrialResult & { admitted?: TriedPod }> {
    const { status, message, body } = await client.post(`api/v1/namespaces/${place.namespace}/pods?dryRun=All`, pod);
    if (status < 400) {
        return { ...NOTHING, admitted: body as TriedPod };
    }
    if (isWebhook(message)) {
        const notes = [`${kind} pods, because a policy of the cluster rejected the dry run: ${message}`];
        return { ...NOTHING, notes };
    }
    const problem = refusedPod(kind, about, place, message);
    return isUsedUp(message) ? { ...NOTHING, warned: [problem] } : found(problem);
}
