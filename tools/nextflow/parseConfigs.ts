import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { EngineError, type OnProgress } from "../engine";
import { ensureNextflow, type NextflowVersion, requireJava } from "./maven";

const run = promisify(execFile);

/** What Nextflow made of one configuration: its values (closures as `{ closure: true }`) or a pod, or why it was refused. */
export type ParsedConfig = { ok: true; config: Record<string, unknown> } | { ok: false; error: string };

/** Packages that Nextflow's own start script opens, of those that parsing touches. */
const OPENED = ["java.lang", "java.io", "java.nio", "java.net", "java.util", "sun.nio.ch", "sun.nio.fs"];

export function openedPackages(): string[] {
    return OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`);
}

/** Halves the processor time of a JVM that ends before its second compiler's work pays. */
const SHORT_LIVED = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/**
 * Has the real Nextflow parse configurations, all in one JVM. 24.10.5 is the classic parser; 25.04.4 is the strict one,
 * the default from 26.04 on.
 */
export async function parseConfigs(
    version: NextflowVersion,
    texts: string[],
    onProgress: OnProgress = () => {},
): Promise<ParsedConfig[]> {
    return await answers("parseConfigs.groovy", version, texts, onProgress);
}

/**
 * The pods that the real Kubernetes executor of 24.10.5 makes with configurations, all in one JVM: of a task of the process `MAKE`,
 * which has the label `big`.
 */
export async function podsOf(texts: string[], onProgress: OnProgress = () => {}): Promise<ParsedConfig[]> {
    return await answers("podsOf.groovy", "24.10.5", texts, onProgress);
}

/** Has a script answer for each configuration. */
async function answers(
    name: string,
    version: NextflowVersion,
    texts: string[],
    onProgress: OnProgress,
): Promise<ParsedConfig[]> {
    const library = await ensureNextflow(version, onProgress);
    await requireJava();
    const scratch = await mkdtemp(join(tmpdir(), "nextflow-parse-"));
    try {
        const [given, made] = [join(scratch, "texts.json"), join(scratch, "results.json")];
        await writeFile(given, JSON.stringify(texts));
        const script = join(__dirname, name);
        const main = ["-cp", join(library, "*"), "groovy.ui.GroovyMain", script, given, made];
        const env = {
            PATH: process.env.PATH,
            JAVA_HOME: process.env.JAVA_HOME,
            NXF_HOME: join(scratch, "home"),
            NXF_OFFLINE: "true",
            NXF_PLUGINS_DEFAULT: "false",
            NXF_SYNTAX_PARSER: version === "25.04.4" ? "v2" : "v1",
        };
        await run("java", ["-Djava.awt.headless=true", "-Xmx1g", ...SHORT_LIVED, ...openedPackages(), ...main], {
            env,
            cwd: scratch,
            maxBuffer: 64 * 1024 * 1024,
        });
        return JSON.parse(await readFile(made, "utf8")) as ParsedConfig[];
    } catch (error) {
        const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
        throw new EngineError(`Nextflow ${version} does not parse:\n${said.slice(-2_000)}`, "Look at what Java said.");
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}
