import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { goTool, pythonTool, type Tool } from "../../support/obtained";

const run = promisify(execFile);

/** What a scanner has to say of an object. */
export interface ScannerFinding {
    check: string;
    /** Kind and name. */
    object: string;
    said: string;
}

export interface Scanner extends Tool {
    name: string;
    /** Looks at a file of manifests. */
    scan: (file: string) => Promise<{ looked: number; findings: ScannerFinding[] }>;
}

/** They end with an error where they find something. */
async function output(tool: Tool, args: string[]): Promise<unknown> {
    const { stdout, stderr } = await run(tool.path, args, { maxBuffer: 64 * 1024 * 1024 }).catch(
        (error: { stdout?: string; stderr?: string }) => ({ stdout: error.stdout ?? "", stderr: error.stderr ?? "" }),
    );
    if (stdout === "") {
        throw new Error(`${tool.path} said nothing: ${stderr}`);
    }
    return JSON.parse(stdout);
}

const checkov = pythonTool(
    "scanners",
    "checkov",
    readFileSync(join(__dirname, "checkov.txt"), "utf8").trim().split("\n"),
);
const kubeScore = goTool("scanners", "kube-score", "github.com/zegl/kube-score/cmd/kube-score", "v1.20.0");

/** Of kube-score: 10 is fine, 7 nearly so. https://github.com/zegl/kube-score/blob/master/scorecard/scorecard.go */
const FINE = 10;

export const SCANNERS: Scanner[] = [
    {
        name: "checkov",
        ...checkov,
        scan: async (file) => {
            const args = ["--file", file, "--framework", "kubernetes", "--compact", "--skip-download", "-o", "json"];
            const { results, summary } = (await output(checkov, args)) as {
                results: { failed_checks: { check_id: string; check_name: string; resource: string }[] };
                summary: { resource_count: number; parsing_errors: number };
            };
            if (summary.parsing_errors > 0) {
                throw new Error(`${file} cannot be read`);
            }
            const findings = results.failed_checks.map(({ check_id, check_name, resource }) => {
                const [kind, ...name] = resource.split(".");
                return { check: check_id, object: `${kind} ${name.at(-1)}`, said: check_name };
            });
            return { looked: summary.resource_count, findings };
        },
    },
    {
        name: "kube-score",
        ...kubeScore,
        scan: async (file) => {
            // It leaves out kinds of which it knows nothing.
            const scored = (await output(kubeScore, ["score", file, "--output-format", "json"])) as
                | {
                      type_meta: { kind: string };
                      object_meta: { name: string };
                      checks: { check: { id: string; name: string }; grade: number; skipped: boolean }[];
                  }[]
                | null;
            const findings = (scored ?? []).flatMap(({ type_meta: { kind }, object_meta: { name }, checks }) =>
                checks
                    .filter(({ grade, skipped }) => !skipped && grade < FINE)
                    .map(({ check }) => ({ check: check.id, object: `${kind} ${name}`, said: check.name })),
            );
            return { looked: scored?.length ?? 0, findings };
        },
    },
];
