import type { Right } from "./rights";

/** Who acts in the cluster. */
export type Role = "launcher" | "head" | "compute";

/**
 * The shortest chain that uses a right: a pipeline of one task that fails once (its tasks being pods or Jobs, or Jobs that have to
 * wait for their pods), a run that fails before it has any, or the making of another environment.
 */
export type Chain = "pods" | "jobs" | "held jobs" | "failing" | "environment";

/** A right that is used, and what comes of the chain without it. */
export interface TakenAway {
    role: Exclude<Role, "compute">;
    right: Right;
    chain: Chain;
    /** In words. */
    effect: string;
    /** How the run or the environment ends. */
    status: "FAILED" | "SUCCEEDED" | "ERRORED";
    /** What is said; the API server's refusal of the very right unless told otherwise. */
    said?: RegExp;
}

const fails = { effect: "fails", status: "FAILED" } as const;

/** Every right that runs were seen to use, beside those that making and removing an environment uses without a node. */
export const TAKEN_AWAY: TakenAway[] = [
    { role: "launcher", right: { verb: "create", resource: "pods" }, chain: "pods", ...fails },
    { role: "launcher", right: { verb: "get", resource: "pods" }, chain: "pods", ...fails },
    {
        role: "launcher",
        right: { verb: "get", resource: "pods/log" },
        chain: "failing",
        effect: "fails as it would, and says that there is no log",
        status: "FAILED",
    },
    {
        role: "launcher",
        right: { verb: "delete", resource: "pods" },
        chain: "jobs",
        effect: "succeeds, and says that the head pod could not be removed",
        status: "SUCCEEDED",
    },
    {
        role: "launcher",
        right: { verb: "get", resource: "deployments" },
        chain: "environment",
        effect: "ends ERRORED",
        status: "ERRORED",
    },
    { role: "head", right: { verb: "create", resource: "pods" }, chain: "pods", ...fails },
    { role: "head", right: { verb: "get", resource: "pods/status" }, chain: "pods", ...fails },
    // Nextflow takes these two lightly.
    {
        role: "head",
        right: { verb: "delete", resource: "pods" },
        chain: "pods",
        effect: "leaves the pods behind, with a warning for each",
        status: "SUCCEEDED",
        said: /WARN: Unable to cleanup pod: nf-/,
    },
    {
        role: "head",
        right: { verb: "get", resource: "pods/log" },
        chain: "pods",
        effect: "shows no log of a task that failed",
        status: "SUCCEEDED",
        said: /terminated with an error exit status \(7\)/,
    },
    { role: "head", right: { verb: "create", resource: "jobs" }, chain: "jobs", ...fails },
    { role: "head", right: { verb: "list", resource: "pods" }, chain: "jobs", ...fails },
    { role: "head", right: { verb: "get", resource: "jobs/status" }, chain: "held jobs", ...fails },
    {
        role: "head",
        right: { verb: "delete", resource: "jobs" },
        chain: "jobs",
        effect: "leaves the Jobs behind, with a warning for each",
        status: "SUCCEEDED",
        said: /WARN: Unable to cleanup job: nf-/,
    },
];
