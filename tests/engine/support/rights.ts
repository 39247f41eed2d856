import assert from "node:assert/strict";
import type { PolicyRule } from "../../../src/compile/namespace/rbac";
import { fed } from "./cluster";

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
        const resourceAttributes = { verb, group, resource, subresource, namespace };
        return { kind: "SelfSubjectAccessReview", spec: { resourceAttributes } };
    });
    const answers = await reviewed(who, reviews, "{.status.allowed}");
    return asked.filter((_, index) => answers[index] === "true");
}

/** The API server's answers to reviews in somebody's name, made in one go. */
async function reviewed(who: Impersonated, reviews: object[], answer: string): Promise<string[]> {
    const items = reviews.map((each) => JSON.stringify({ apiVersion: "authorization.k8s.io/v1", ...each }));
    const as = [`--as=${who.user}`, ...(who.groups ?? []).map((each) => `--as-group=${each}`)];
    const output = ["-o", `jsonpath=${answer}{"\\n"}`];
    const said = await fed(items.join("\n---\n"), "create", "--validate=false", "-f", "-", ...as, ...output);
    const answers = said.trimEnd().split("\n");
    assert.equal(answers.length, reviews.length);
    return answers;
}

/**
 * What somebody may do in a namespace, and in another one, which shows what holds everywhere; by the rules that the API server
 * knows for them, without what everybody who is known may ask about themselves.
 */
export async function rightsOf(who: Impersonated, namespace: string): Promise<string[]> {
    const namespaces = [namespace, "kube-system"];
    const [own, everybodys] = await Promise.all([who, { user: "nobody" }].map((each) => ruled(each, namespaces)));
    return own.filter((right) => !everybodys.includes(right));
}

async function ruled(who: Impersonated, namespaces: string[]): Promise<string[]> {
    const statuses = await reviewed(
        who,
        namespaces.map((namespace) => ({ kind: "SelfSubjectRulesReview", spec: { namespace } })),
        "{.status}",
    );
    return statuses
        .flatMap((text, index) => {
            const { incomplete, resourceRules } = JSON.parse(text) as {
                incomplete: boolean;
                resourceRules: (PolicyRule & { resourceNames?: string[] })[];
            };
            assert.equal(incomplete, false);
            return resourceRules.flatMap(({ resourceNames, ...rule }) =>
                written(rightsIn(namespaces[index], [rule])).map((right) =>
                    [right, ...(resourceNames ?? [])].join(" "),
                ),
            );
        })
        .sort();
}
