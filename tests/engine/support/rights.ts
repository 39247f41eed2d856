import type { PolicyRule } from "../../../src/compile/rbac";
import { fed, kubectl } from "./cluster";

/** Whom a cluster makes of an identity: EKS a user in groups, GKE a user whose name is an e-mail address, Kubernetes a service account. */
export interface Impersonated {
    user: string;
    groups?: string[];
}

/** The user that a service account is. */
export function serviceAccount(namespace: string, name: string): Impersonated {
    return { user: `system:serviceaccount:${namespace}:${name}` };
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

/** The rights that rules grant in a namespace. */
export function rightsIn(namespace: string, rules: PolicyRule[]): AskedRight[] {
    return rules.flatMap(({ apiGroups, resources, verbs }) =>
        apiGroups.flatMap((group) =>
            resources.flatMap((resource) => verbs.map((verb) => ({ verb, group, resource, namespace }))),
        ),
    );
}

/** Rights in words that can be compared. */
export function written(rights: AskedRight[]): string[] {
    return rights.map(({ verb, group, resource, namespace }) => `${verb} ${group} ${resource} ${namespace}`).sort();
}

/** Which of these rights somebody has at this moment, by a SelfSubjectAccessReview in their name for each, made in one go. */
export async function granted(who: Impersonated, asked: AskedRight[]): Promise<AskedRight[]> {
    const reviews = asked.map(({ verb, group, resource: full, namespace }) => {
        const [resource, subresource] = full.split("/");
        return JSON.stringify({
            apiVersion: "authorization.k8s.io/v1",
            kind: "SelfSubjectAccessReview",
            spec: { resourceAttributes: { verb, group, resource, subresource, namespace } },
        });
    });
    const as = [`--as=${who.user}`, ...(who.groups ?? []).map((each) => `--as-group=${each}`)];
    const output = ["-o", 'jsonpath={.status.allowed}{"\\n"}'];
    const said = await fed(reviews.join("\n---\n"), "create", "--validate=false", "-f", "-", ...as, ...output);
    const answers = said.trimEnd().split("\n");
    if (answers.length !== asked.length) {
        throw new Error(`${asked.length} reviews got ${answers.length} answers`);
    }
    return asked.filter((_, index) => answers[index] === "true");
}

/**
 * What somebody may do in a namespace, in another one and in all, of everything that can be done there; without what everybody
 * who is known may ask about themselves.
 */
export async function rightsOf(who: Impersonated, namespace: string): Promise<string[]> {
    const everything = await allRights(namespace);
    const everybodys = new Set(written(await granted({ user: "nobody" }, everything)));
    return written(await granted(who, everything)).filter((right) => !everybodys.has(right));
}

const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

const GROUPS = ["/api/v1", "/apis/apps/v1", "/apis/batch/v1", "/apis/rbac.authorization.k8s.io/v1"];

async function allRights(own: string): Promise<AskedRight[]> {
    const found = await Promise.all(GROUPS.map(async (path) => JSON.parse(await kubectl("get", "--raw", path))));
    const resources = found.flatMap((list: { groupVersion: string; resources: { name: string }[] }) =>
        list.resources.map(({ name }) => ({
            group: list.groupVersion.includes("/") ? list.groupVersion.split("/")[0] : "",
            resource: name,
        })),
    );
    const special = [
        ...["users", "groups", "serviceaccounts"].map((resource) => ({ verb: "impersonate", group: "", resource })),
        ...["roles", "clusterroles"].flatMap((resource) =>
            ["bind", "escalate"].map((verb) => ({ verb, group: "rbac.authorization.k8s.io", resource })),
        ),
    ];
    const asked = [...resources.flatMap((each) => VERBS.map((verb) => ({ verb, ...each }))), ...special];
    return [own, "kube-system", ""].flatMap((namespace) => asked.map((each) => ({ ...each, namespace })));
}
