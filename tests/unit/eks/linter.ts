import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { PolicyDocument } from "../../../src/eks/policies";
import { pythonTool } from "../../support/obtained";

const run = promisify(execFile);

/** The linter and all that it is made of. https://github.com/duo-labs/parliament */
const PINNED = [
    "parliament==1.6.4",
    "boto3==1.44.8",
    "botocore==1.44.8",
    "jmespath==1.1.0",
    "json-cfg==0.4.2",
    "kwonly-args==1.0.10",
    "python-dateutil==2.9.0.post0",
    "PyYAML==6.0.4",
    "s3transfer==0.19.3",
    "six==1.17.0",
    "urllib3==2.8.0",
    // Which the linter finds its own files with, and newer ones no longer have.
    "setuptools==80.9.0",
];

const PARLIAMENT = pythonTool("policy-linter", "parliament", PINNED);

/** Gets the linter; the reason where Python or its packages cannot be had. */
export const obtainLinter = PARLIAMENT.obtain;

/** What the linter has to say of a policy: a line for each thing, with what it is about. */
export async function lint(policy: PolicyDocument): Promise<string[]> {
    const options = ["--json", "--include-community-auditors", "--string", JSON.stringify(policy)];
    // It ends with an error where it finds something.
    const { stdout, stderr } = await run(PARLIAMENT.path, options).catch(
        (error: { stdout?: string; stderr?: string }) => ({ stdout: error.stdout ?? "", stderr: error.stderr ?? "" }),
    );
    if (/Traceback/.test(stderr)) {
        throw new Error(stderr);
    }
    return stdout
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => {
            const { issue, detail, location } = JSON.parse(line) as Record<string, unknown>;
            return `${String(issue)} ${JSON.stringify(detail)} ${JSON.stringify(location)}`;
        });
}
