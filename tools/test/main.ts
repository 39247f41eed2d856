import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const BIN = join(ROOT, "node_modules", ".bin");

interface Counts {
    passed: number;
    failed: number;
    skipped: number;
}

/** A command that either passes or fails as a whole. */
interface Check {
    name: string;
    command: string;
    args: string[];
    /** Says from its output that a failure only means that the check could not be made here, and why. */
    unavailable?: (output: string) => string | undefined;
}

const CHECKS: Check[] = [
    { name: "types", command: "tsc", args: ["-p", "tsconfig.dev.json"] },
    { name: "style", command: "eslint", args: [".", "--max-warnings", "0"] },
    { name: "format", command: "prettier", args: ["--check", "--log-level", "warn", "."] },
    { name: "imports", command: "depcruise", args: ["--config", ".dependency-cruiser.cjs", "src", "tools"] },
    { name: "reference", command: "tsx", args: ["docs/generate/main.ts", "check"] },
    {
        // Two copies break component packages in ways that mocks cannot show: https://github.com/pulumi/pulumi/issues/19264
        name: "one copy of the Pulumi SDK",
        command: "sh",
        args: [
            "-c",
            'npm ls @pulumi/pulumi --all --parseable && test "$(npm ls @pulumi/pulumi --all --parseable | wc -l)" -eq 1',
        ],
    },
    {
        name: "audit of what users install",
        command: "npm",
        args: ["audit", "--omit=dev"],
        unavailable: (output) =>
            output.includes("audit endpoint returned an error") ? "the registry answers no audits" : undefined,
    },
];

/** Mocha suites, each in a process of its own, cheapest first. */
const SUITES = ["unit", "components", "dynamic", "engine", "examples", "nextflow"];

function run(
    command: string,
    args: string[],
    env: NodeJS.ProcessEnv,
    show: boolean,
): Promise<{ code: number; output: string }> {
    const path = existsSync(join(BIN, command)) ? join(BIN, command) : command;
    return new Promise((resolve) => {
        const child = spawn(path, args, {
            cwd: ROOT,
            env: { ...process.env, ...env },
            stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
        });
        let output = "";
        child.stdout?.on("data", (data: Buffer) => (output += data.toString()));
        child.stderr?.on("data", (data: Buffer) => (output += data.toString()));
        child.once("error", (error) => resolve({ code: 127, output: error.message }));
        child.once("close", (code) => resolve({ code: code ?? 1, output }));
    });
}

async function check({ name, command, args, unavailable }: Check): Promise<Counts> {
    const startedAt = Date.now();
    const { code, output } = await run(command, args, {}, false);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    const reason = code === 0 ? undefined : unavailable?.(output);
    if (code === 0 || reason !== undefined) {
        console.log(reason === undefined ? `  ✔ ${name} (${seconds} s)` : `  - ${name}: skipped, ${reason}`);
        return reason === undefined ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
    }
    console.log(`  ✘ ${name} (${seconds} s): ${command} ${args.join(" ")}\n${output}`);
    return { passed: 0, failed: 1, skipped: 0 };
}

async function suite(name: string, scratch: string): Promise<Counts> {
    console.log(`\n${name}`);
    const countsFile = join(scratch, `${name}.json`);
    const reporter = join(__dirname, "reporter.cjs");
    const { code } = await run(
        "mocha",
        ["--reporter", reporter, `tests/${name}/**/*.test.ts`],
        { TEST_COUNTS_FILE: countsFile },
        true,
    );
    if (!existsSync(countsFile)) {
        console.log(`  ✘ the suite ended with ${code} before it could count its tests`);
        return { passed: 0, failed: 1, skipped: 0 };
    }
    const counts = JSON.parse(readFileSync(countsFile, "utf8")) as Counts;
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function sum(a: Counts, b: Counts): Counts {
    return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

async function main(wanted: string[]): Promise<void> {
    const scratch = mkdtempSync(join(tmpdir(), "seqera-tests-"));
    let total: Counts = { passed: 0, failed: 0, skipped: 0 };
    try {
        if (wanted.length === 0 || wanted.includes("checks")) {
            console.log("checks");
            for (const each of CHECKS) {
                total = sum(total, await check(each));
            }
        }
        for (const name of SUITES.filter((each) => wanted.length === 0 || wanted.includes(each))) {
            total = sum(total, await suite(name, scratch));
        }
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
    const skipped = total.skipped === 0 ? "" : `, ${total.skipped} skipped`;
    console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
    process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

void main(process.argv.slice(2));
