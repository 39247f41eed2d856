/** What reporter.cjs tells of a mocha process, and `commands` of a check. */
export type TestEvent =
    | { kind: "total"; tests: number }
    | { kind: "begin"; title: string }
    | TestOver
    | { kind: "hook"; title: string; seconds: number }
    /** All of a file's tests and hooks. */
    | { kind: "file"; file: string; seconds: number };

export type Outcome = "passed" | "failed" | "skipped";

export interface TestOver {
    kind: "test";
    outcome: Outcome;
    file: string;
    /** With those of the suites around it. */
    title: string;
    seconds: number;
    /** Why it failed, or was skipped. */
    error?: string;
}
