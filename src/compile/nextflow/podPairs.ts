import { podEntries, processPodEntries, taskSecurityContext } from "./taskPods";
import { at } from "../rules/rules";
import { workMount } from "../storage/paths";
import type { NextflowArguments } from "../environment";

/** That somebody decides one thing about the pods of tasks. */
export interface PodStatement {
    /** Who says it: an argument, or a line of the configuration that somebody wrote. */
    origin: string;
    /**
     * Where Nextflow takes it from. `process.pod` goes before `k8s.runAsUser` and the like, and that before the list `k8s.pod`. Anything
     * else selects processes, whose list replaces `process.pod` as a whole.
     */
    place: string;
    /** What is decided; undefined where that is not known before Nextflow runs. */
    subject: string | undefined;
    /** True where more is replaced than is said: a user alone replaces a whole security context. */
    partial?: boolean;
}

const FOR_ALL_TASKS = ["k8s.pod", "k8s", "process.pod"];

/** Whether it is about all tasks, and not about those of some processes. */
export function isForAllTasks({ place }: PodStatement): boolean {
    return FOR_ALL_TASKS.includes(place);
}

/** Two of these about one thing are not one that wins, but a pod that the API server refuses, or a variable with two values. */
const ADDED_UP = /^(mount path|variable) /;

/** A pod option of which there is one, which the pod itself has. */
const SINGLE = /^(?!imagePullSecret$)\w+$/;

/** What an entry of a list of pod options decides; undefined where its name is not known before Nextflow runs. */
export function subjectOf(entry: Record<string, unknown>): string | undefined {
    const [key, what] = [
        ["env", "variable"],
        ["label", "label"],
        ["annotation", "annotation"],
        ["mountPath", "mount path"],
    ].find(([option]) => option in entry) ?? [undefined, undefined];
    if (key !== undefined) {
        return typeof entry[key] === "string" ? `${what} ${JSON.stringify(entry[key])}` : undefined;
    }
    return "runAsUser" in entry ? "securityContext" : Object.keys(entry)[0];
}

/** Statements of a list of pod options. */
export function statementsOf(entries: Record<string, unknown>[], place: string, origin: string): PodStatement[] {
    return entries.flatMap((entry) => {
        const subject = subjectOf(entry);
        return subject === undefined ? [] : [{ origin, place, subject, partial: "runAsUser" in entry }];
    });
}

/** Whether one of two statements would take the effect of the other, as Nextflow's own classes put pods together. */
export function clash(a: PodStatement, b: PodStatement): boolean {
    const bothForAll = isForAllTasks(a) && isForAllTasks(b);
    if (!bothForAll && (a.place === "process.pod" || b.place === "process.pod")) {
        return true;
    }
    if (a.subject === undefined || b.subject === undefined) {
        return SINGLE.test(a.subject ?? b.subject ?? "");
    }
    if (a.subject !== b.subject) {
        return false;
    }
    if (a.place === b.place) {
        return a.subject !== "toleration";
    }
    // What is said of some processes is there to go before what is said of all, as far as it takes no more than it gives.
    return (
        bothForAll ||
        (isForAllTasks(a) !== isForAllTasks(b) &&
            (a.subject === "toleration" || ADDED_UP.test(a.subject) || a.partial === true || b.partial === true))
    );
}

/** Arguments of which each says, beside the list of pod options, something that such a list can say too. */
const BESIDE: [argument: string, place: string, subject: string][] = [
    ["advanced.imagePullPolicy", "k8s", "imagePullPolicy"],
    // A pod that names a pull Secret gets none of its service account.
    // https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#add-imagepullsecrets-to-a-service-account
    ["imagePullSecrets", "k8s.pod", "imagePullSecret"],
    ["advanced.imagePullSecrets", "k8s.pod", "imagePullSecret"],
    ["registries", "k8s.pod", "imagePullSecret"],
];

function says(given: unknown): boolean {
    return given !== undefined && !(Array.isArray(given) && given.length === 0);
}

/** What the arguments decide about the pods of tasks; each entry of `podOptions.extra` by its index. */
export function argumentStatements(spec: NextflowArguments, args: unknown): PodStatement[] {
    const { extra = [] } = spec.podOptions ?? {};
    const mount = workMount(args);
    return [
        ...podEntries(spec)
            .filter(({ origin }) => !["podOptions.extra", "env"].includes(origin))
            .flatMap(({ origin, entry }) => statementsOf([entry], "k8s.pod", origin)),
        ...(taskSecurityContext(spec) === undefined
            ? []
            : [{ origin: "podOptions.securityContext", place: "k8s", subject: "securityContext" }]),
        ...BESIDE.filter(([origin]) => says(at(args, origin))).map(([origin, place, subject]) => ({
            origin,
            place,
            subject,
        })),
        ...(mount.path === undefined ? [] : statementsOf([{ mountPath: mount.path }], "k8s.pod", mount.property)),
        ...Object.keys((at(args, "environmentVariables") as object | undefined) ?? {}).flatMap((name) =>
            statementsOf([{ env: name }], "k8s.pod", `environmentVariables.${name}`),
        ),
        ...(spec.env ?? []).flatMap(({ name, target }, index) =>
            target === "head" ? [] : statementsOf([{ env: name }], "k8s.pod", `env[${index}]`),
        ),
        ...extra.flatMap((entry: Record<string, unknown>, index) =>
            statementsOf([entry], "k8s.pod", `podOptions.extra[${index}]`),
        ),
        ...(spec.processes ?? []).flatMap((process, index) =>
            statementsOf(processPodEntries(process, undefined), `processes[${index}]`, `processes[${index}]`),
        ),
    ];
}

/** What to do about two statements about one thing. */
export function remedyOf({ subject }: PodStatement): string {
    return subject === "imagePullSecret"
        ? "remove it, and name all of them in imagePullSecrets"
        : "write all of it in one of the two";
}
