import { setTimeout as sleep } from "node:timers/promises";
import type { Kubectl } from "./kubectl";
import { rightsTable } from "./rightsTable";

/** One right of a service account, such as `{ verb: "get", resource: "pods/status" }`. */
export interface Right {
    verb: string;
    resource: string;
}

export interface PolicyRule {
    apiGroups: string[];
    resources: string[];
    verbs: string[];
}

interface Role {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace: string };
    rules: PolicyRule[];
}

interface RoleBinding {
    roleRef: { name: string };
    subjects: { name: string }[];
}

const KNOWN_WITHIN_MS = 10_000;

/** Does something while a service account lacks one right, which the API server knows of before and after. */
export async function lacking<T>(
    kubectl: Kubectl,
    namespace: string,
    account: string,
    right: Right,
    run: () => Promise<T>,
): Promise<T> {
    const role = await roleOf(kubectl, namespace, account);
    const user = `system:serviceaccount:${namespace}:${account}`;
    await kubectl.apply([{ ...role, rules: without(role.rules, right) }]);
    await known(kubectl, namespace, user, right, "no");
    try {
        return await run();
    } finally {
        await kubectl.apply([role]);
        await known(kubectl, namespace, user, right, "yes");
    }
}

/** The Role that a service account is bound to. */
export async function roleOf(kubectl: Kubectl, namespace: string, account: string): Promise<Role> {
    const bindings = await kubectl.list<RoleBinding>(namespace, "rolebindings");
    const { roleRef } = bindings.find(({ subjects }) => subjects.some(({ name }) => name === account))!;
    const roles = await kubectl.list<Role>(namespace, "roles");
    const { apiVersion, kind, metadata, rules } = roles.find(({ metadata: { name } }) => name === roleRef.name)!;
    return { apiVersion, kind, metadata: { name: metadata.name, namespace }, rules };
}

/** The rules without one verb on one resource; a rule needs a verb. */
export function without(rules: PolicyRule[], { verb, resource }: Right): PolicyRule[] {
    return rules
        .flatMap(({ apiGroups, resources, verbs }) =>
            resources.map((each) => ({
                apiGroups,
                resources: [each],
                verbs: each === resource ? verbs.filter((one) => one !== verb) : verbs,
            })),
        )
        .filter(({ verbs }) => verbs.length > 0);
}

/** The rights in some rules that the table of rights does not have. */
export function unlisted(role: string, rules: PolicyRule[]): string[] {
    const listed = rightsTable().flatMap(({ identity, verbs, resource }) =>
        identity === role ? verbs.map((verb) => `${verb} ${resource}`) : [],
    );
    return rules
        .flatMap(({ resources, verbs }) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)))
        .filter((right) => !listed.includes(right));
}

/** The authorizer hears of a changed Role a little later. */
async function known(
    kubectl: Kubectl,
    namespace: string,
    user: string,
    { verb, resource }: Right,
    expected: "yes" | "no",
): Promise<void> {
    const [name, subresource] = resource.split("/");
    const args = ["auth", "can-i", verb, name, `--as=${user}`, `--namespace=${namespace}`];
    const deadline = Date.now() + KNOWN_WITHIN_MS;
    while (Date.now() < deadline) {
        const said = await kubectl
            .run([...args, ...(subresource === undefined ? [] : [`--subresource=${subresource}`])])
            // It exits with 1 to say no.
            .catch(() => "no");
        if (said.trim() === expected) {
            return;
        }
        await sleep(50);
    }
    throw new Error(`The API server does not say ${expected} to ${user} and "${verb} ${resource}".`);
}
