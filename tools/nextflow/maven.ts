import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { EngineError, type OnProgress } from "../engine";
import { cached } from "../engine/cached";
import { onInterrupt } from "../engine/interrupts";

const run = promisify(execFile);

/** 24.10.5 has the Kubernetes executor inside and the classic parser; 25.04.4 has the strict parser. */
export type NextflowVersion = "24.10.5" | "25.04.4";

const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies";

function pom(version: NextflowVersion): string {
    return join(__dirname, version, "pom.xml");
}

/** What of Nextflow decides about something that is made with it. */
export function nextflowRecipe(version: NextflowVersion): string {
    return readFileSync(pom(version), "utf8");
}

/** A folder with Nextflow and all that it needs, as jars from Maven Central. Fetched once. */
export async function ensureNextflow(version: NextflowVersion, onProgress: OnProgress = () => {}): Promise<string> {
    return await cached(
        "nextflow",
        {
            name: version,
            recipe: nextflowRecipe(version),
            title: `fetch Nextflow ${version} from Maven Central`,
            make: async (target) => {
                await requireMaven();
                await runMaven(version, target, onProgress);
            },
        },
        onProgress,
    );
}

/** Java runs Nextflow; Maven also needs it. */
export async function requireJava(): Promise<void> {
    let said: string;
    try {
        // Java says its version on its error output.
        said = (await run("java", ["-version"])).stderr;
    } catch (error) {
        throw new EngineError('Nextflow needs Java, and there is no working "java" on PATH.', JAVA_REMEDY, {
            cause: error,
        });
    }
    const version = Number(/version "(\d+)/.exec(said)?.[1]);
    if (!(version >= 17)) {
        throw new EngineError(`Nextflow needs Java 17; "java" on PATH is ${said.split("\n")[0]}.`, JAVA_REMEDY);
    }
}

const JAVA_REMEDY = "Install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless), and run this again.";

async function requireMaven(): Promise<void> {
    await requireJava();
    try {
        await run("mvn", ["--version"]);
    } catch (error) {
        throw new EngineError(
            'Fetching Nextflow needs Maven, and there is no working "mvn" on PATH.',
            "Install Maven (Debian: apt-get install maven), and run this again.",
            { cause: error },
        );
    }
}

async function runMaven(version: NextflowVersion, target: string, onProgress: OnProgress): Promise<void> {
    const flags = ["--batch-mode", "--file", pom(version), COPY];
    const args = [...flags, "-DincludeScope=runtime", `-DoutputDirectory=${target}`];
    const child = spawn("mvn", args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
    const forget = onInterrupt(() => process.kill(-child.pid!, "SIGKILL"));
    try {
        let output = "";
        let fetched = 0;
        child.stdout.on("data", (data: Buffer) => {
            const text = data.toString();
            output += text;
            fetched += text.split("Downloaded from").length - 1;
            onProgress({ kind: "update", text: `${fetched} files` });
        });
        const code = await new Promise<number | null>((resolve, reject) => {
            child.once("error", reject);
            child.once("close", resolve);
        });
        if (code !== 0) {
            const errors = output.split("\n").filter((line) => line.startsWith("[ERROR]"));
            throw new EngineError(
                `Maven ended with ${code}:\n${errors.slice(0, 5).join("\n")}`,
                "Look whether this machine reaches Maven Central (or a mirror in ~/.m2/settings.xml), and run this again.",
            );
        }
    } finally {
        forget();
    }
}
