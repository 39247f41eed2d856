import { type Answer, ClusterClient, type ClusterAccess } from "./client";
import { type Finding, HEAD_ARGUMENTS, isWebhook, refusedPod, TASK_ARGUMENTS } from "./findings";

/** A right that the Platform needs, as a Role grants it. */
export interface NeededRules {
    apiGroups: string[];
    resources: string[];
    verbs: string[];
}

/** What is to be tried, and what it is called in the user's arguments. */
export interface Trial {
    namespace: string;
    claims: { property: string; claimName: string }[];
    rights: NeededRules[];
    headPod: object;
    taskPod: object;
}

/** What was found, and what could not be tried. */
export interface TrialResult {
    findings: Finding[];
    notes: string[];
}

/**
 * Asks the API server, with the launcher's own token as the Platform will, whether an environment could work. Nothing is made:
 * the pods are dry runs, which pass all admission and stay nowhere. Throws {@link Unreachable} where there is no answer.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export async function tryCluster(access: ClusterAccess, trial: Trial): Promise<TrialResult> {
    const client = new ClusterClient(access);
    const refused = await refusalOf(client);
    if (refused !== undefined) {
        const reason = `does not take the launcher's token (${refused}); write the address of the cluster that the Kubernetes provider of this program is for`;
        return { findings: [{ property: "cluster.server", reason }], notes: [] };
    }
    const missing = await missingRights(client, trial);
    if (missing.findings.length > 0) {
        // Everything else would fail for the same reason.
        return missing;
    }
    const results = await Promise.all([
        ...trial.claims.map((claim) => missingClaim(client, trial.namespace, claim)),
        refusal(client, trial.namespace, "head", trial.headPod),
        refusal(client, trial.namespace, "task", trial.taskPod),
    ]);
    return {
        findings: results.flatMap(({ findings }) => findings),
        notes: [...missing.notes, ...results.flatMap(({ notes }) => notes)],
    };
}

const found = (...findings: Finding[]): TrialResult => ({ findings, notes: [] });
const NOTHING: TrialResult = { findings: [], notes: [] };

/** Why the API server does not take a token; undefined when it does. Throws {@link Unreachable} where there is no answer. */
export function tokenRefusal(access: ClusterAccess): Promise<string | undefined> {
    return refusalOf(new ClusterClient(access));
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
    if (answer.status >= 400 || status?.incomplete === true) {
        return { findings: [], notes: ["the launcher's rights, since something beside RBAC decides about them"] };
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
              reason: `lacks rights in the namespace "${namespace}" that the Platform needs: ${lacking.join("; ")}; bind them to it, or set serviceAccounts.launcher.create to true`,
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
    const phase = (body as { status?: { phase?: string } } | undefined)?.status?.phase;
    if (status === 404) {
        return found({
            property,
            reason: `is "${claimName}", which is not in the namespace "${namespace}"; make that claim before, or have it made here`,
        });
    }
    return phase === "Lost"
        ? found({
              property,
              reason: `is "${claimName}", whose volume is lost; bind it to another one, or make another claim`,
          })
        : NOTHING;
}

async function refusal(
    client: ClusterClient,
    namespace: string,
    kind: "head" | "task",
    pod: object,
): Promise<TrialResult> {
    const answer: Answer = await client.post(`api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
    if (answer.status < 400) {
        return NOTHING;
    }
    if (isWebhook(answer.message)) {
        return {
            findings: [],
            notes: [`${kind} pods, since a policy of the cluster refused a trial: ${answer.message}`],
        };
    }
    return found(refusedPod(kind, kind === "head" ? HEAD_ARGUMENTS : TASK_ARGUMENTS, answer.message));
}
