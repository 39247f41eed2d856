import { type Problem, problemLine } from "../../platform/problem";

/** Throws one error that has a line for each finding, and says how to go on without the preflight. */
export function assertNoFindings(heading: string, findings: Problem[]): void {
    if (findings.length > 0) {
        throw new Error(
            [
                `Preflight failed: ${heading}:`,
                ...findings.map((each) => `  ${problemLine(each)}`),
                "  (Set preflight to false to skip this check.)",
            ].join("\n"),
        );
    }
}

/** Says what was not checked, which does not stop the run. */
export function noteUnchecked(what: string): void {
    console.log(`Preflight could not check ${what}; the Platform may still report a problem`);
}
