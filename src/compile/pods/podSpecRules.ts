import { ownPodSpec } from "./platformPods";
import { checkPodSpec, yaml } from "./podSpecs";
import { strategicMerge } from "./strategicMerge";
import { at, hasUnknown, type Rule, whenKnown } from "../rules/rules";

const MERGE = "https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/";

/** Whether all that is said is still there: each member of a map, each entry of a list. */
function keeps(merged: unknown, said: unknown): boolean {
    if (Array.isArray(said)) {
        return Array.isArray(merged) && said.every((entry) => merged.some((each) => keeps(each, entry)));
    }
    if (typeof said === "object" && said !== null) {
        return Object.entries(said).every(([key, inner]) => keeps(at(merged, key), inner));
    }
    return merged === said;
}

function lostFields(options: unknown, claims: unknown, text: string): string[] {
    try {
        const own = ownPodSpec(options as never, claims as never);
        const merged = strategicMerge(own, (yaml().parse(text) as { spec: Record<string, unknown> }).spec);
        return Object.keys(own).filter((field) => !keeps(merged[field], own[field]));
    } catch {
        // Other rules say what is wrong with the options.
        return [];
    }
}

/** A pod spec is there for what no option says. */
function replacedFault(spec: string, options: string): Rule {
    return whenKnown(
        spec,
        [options, "storageClaims"],
        (args) => {
            const [text, given, claims] = [spec, options, "storageClaims"].map((path) => at(args, path));
            const isJudged = typeof text === "string" && given !== undefined && !hasUnknown([given, claims]);
            const lost = isJudged && checkPodSpec(text) === undefined ? lostFields(given, claims, text) : [];
            return lost.length === 0
                ? undefined
                : `replaces what ${options} says of ${lost.join(" and ")} (write all of it in one of the two)`;
        },
        MERGE,
    );
}

/** Pod specs beside the options of the same pods. */
export const podSpecRules: Rule[] = [
    replacedFault("headPodSpec", "headPodOptions"),
    replacedFault("servicePodSpec", "servicePodOptions"),
];
