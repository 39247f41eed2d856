/** The words that the parts of the engine share. */

/** How a program that is in use came to be there. `npm` is for the helper script that ships with the Pulumi SDK. */
export type ProgramSource = "path" | "cache" | "download" | "build" | "npm";

export interface EngineProgram {
    path: string;
    version: string;
    source: ProgramSource;
}

/** What a node takes beside a control plane; got only when asked for by name. */
export type NodeProgramName = "kube-scheduler" | "kubelet";

/** What everyone gets. */
export type StandardProgramName =
    | "pulumi"
    | "pulumi-language-nodejs"
    | "pulumi-resource-pulumi-nodejs"
    | "etcd"
    | "kube-apiserver"
    | "kube-controller-manager"
    | "kubectl";

export type ProgramName = StandardProgramName | NodeProgramName;

export const EVERY_PROGRAM = [
    "pulumi",
    "pulumi-language-nodejs",
    "pulumi-resource-pulumi-nodejs",
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kubectl",
    "kube-scheduler",
    "kubelet",
] as const satisfies ProgramName[];

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
