import { show } from "../rules/problems";
import { always, at, isGiven, type Rule } from "../rules/rules";
import { map } from "../rules/shapes";

/** What the clouds ask of their arguments in the same words. */

/** Tags or labels of what is made in a cloud, which judges them itself. */
export const tags = map({});

function namesIn(args: unknown, list: string): unknown[] {
    const entries = at(args, list);
    return (Array.isArray(entries) ? entries : []).map((entry) => at(entry, "name"));
}

/** Each name once: two would be one resource. */
export function namedOnce(list: string, source: string): Rule {
    return always(
        list,
        (args) => {
            const names = namesIn(args, list);
            const twice = names.find((name, index) => typeof name === "string" && names.indexOf(name) < index);
            return twice === undefined ? undefined : `contains the name ${show(twice)} twice (remove one of the two)`;
        },
        source,
    );
}

/** An identity that is for head pods, for tasks, or for both. */
export function somePods(source: string): Rule {
    return always(
        "taskPods",
        (args) =>
            at(args, "headPods") === false && at(args, "taskPods") === false
                ? "cannot be false when headPods is false: no pod would use the identity (remove one of the two)"
                : undefined,
        source,
    );
}

/** A way in that is there already, of which nothing is made. */
export const isExisting = (args: unknown): boolean => isGiven(args, "credentialsId");

/** What has no effect beside a credential that is there already; `made` is what else would be. */
export function madeOnly(property: string, made: string, source: string): Rule {
    return always(
        property,
        (args) =>
            isExisting(args) && isGiven(args, property)
                ? `cannot be used with credentialsId: no ${made} is created for an existing credential (remove one of the two)`
                : undefined,
        source,
    );
}

/** What belongs to a credential that is there already. */
export function existingOnly(property: string, source: string): Rule {
    return always(
        property,
        (args) =>
            isGiven(args, property) && !isExisting(args)
                ? "requires credentialsId: it belongs to an existing credential (set credentialsId too, or remove this argument)"
                : undefined,
        source,
    );
}

/** Whom a credential that is there already stands for, which it does not tell. */
export function existingNeeds(property: string, whom: string, source: string): Rule {
    return always(
        property,
        (args) =>
            isExisting(args) && !isGiven(args, property)
                ? `required with credentialsId (write the ${whom} that the credential uses)`
                : undefined,
        source,
    );
}
