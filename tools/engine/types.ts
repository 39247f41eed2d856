/** The words that the parts of the engine share. */

/** How a program that is in use came to be there. `npm` is for the helper script that ships with the Pulumi SDK. */
export type ProgramSource = "path" | "cache" | "download" | "build" | "npm";

export interface EngineProgram {
    path: string;
    version: string;
    source: ProgramSource;
}

/** What everyone gets. */
const STANDARD_PROGRAMS = [
    "pulumi",
    "pulumi-language-nodejs",
    "pulumi-resource-pulumi-nodejs",
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kubectl",
] as const;

/** What a node takes beside a control plane; got only when asked for by name. */
const NODE_PROGRAMS = ["kube-scheduler", "kubelet"] as const;

export const EVERY_PROGRAM = [...STANDARD_PROGRAMS, ...NODE_PROGRAMS];

export type StandardProgramName = (typeof STANDARD_PROGRAMS)[number];
export type NodeProgramName = (typeof NODE_PROGRAMS)[number];
export type ProgramName = StandardProgramName | NodeProgramName;

export interface Engine<P extends ProgramName = StandardProgramName> {
    /** A directory that holds every program under its own name; put it first on `PATH`. */
    binDir: string;
    programs: Record<P, EngineProgram>;
}

/** One happening on the way to a finished engine or cluster, for a display to render. */
export type ProgressEvent =
    | { kind: "start"; step: number; of: number; title: string; logFile?: string }
    | { kind: "update"; text: string }
    | { kind: "end"; ok: boolean; text: string }
    | { kind: "note"; text: string };

export type OnProgress = (event: ProgressEvent) => void;

/** A failure that a person can do something about: `remedy` says what. */
export class EngineError extends Error {
    readonly remedy: string;

    constructor(message: string, remedy: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "EngineError";
        this.remedy = remedy;
    }
}
