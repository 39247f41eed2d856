#!/usr/bin/env node
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import {
    DEFAULT_ACCESS_TOKEN,
    DEFAULT_WORKSPACE,
    type EmulatorOptions,
    type PipelineVersions,
    type WorkspaceOptions,
} from "./options";

interface Flags {
    host: string;
    port: number;
    basePath: string;
    token?: string;
    workspace?: WorkspaceOptions[];
    stateFile?: string;
    seed: number;
    createDelay: number;
    deleteDelay: number;
    rateLimit: number;
    pipelineVersions: PipelineVersions;
    openapi?: string;
    tlsCert?: string;
    tlsKey?: string;
    kubernetes: boolean;
    serviceImage?: string;
    waitForServicePod?: true;
    launcherImage?: string;
    readyFile?: string;
    log?: string | true;
}

function wholeNumber(value: string): number {
    if (!/^\d+$/.test(value)) {
        throw new InvalidArgumentError("expected a whole number.");
    }
    return Number(value);
}

function workspace(value: string, former: WorkspaceOptions[] = []): WorkspaceOptions[] {
    const match = /^(\d+)=([\w-]+)$/.exec(value);
    if (!match) {
        throw new InvalidArgumentError("expected <id>=<name>, such as 75887156211589=compute.");
    }
    return [...former, { id: Number(match[1]), name: match[2] }];
}

function program(): Command {
    const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };
    return new Command("seqera-platform-emulator")
        .description(
            "Serves the Seqera Platform API for tests: credentials, labels, compute environments, pipelines, runs, actions. " +
                "A page at / shows what there is. Stops on SIGTERM or Ctrl-C.",
        )
        .version(manifest.version)
        .option("--host <address>", "address to bind to", "127.0.0.1")
        .option("--port <number>", "port, 0 for a free one", wholeNumber, 0)
        .option("--base-path <path>", "path under which the API is served", "/api")
        .addOption(
            new Option("--token <text>", `accepted access token (default: "${DEFAULT_ACCESS_TOKEN}")`).env(
                "SEQERA_EMULATOR_TOKEN",
            ),
        )
        .option(
            "--workspace <id=name>",
            `workspace that exists, repeatable (default: ${DEFAULT_WORKSPACE.id}=${DEFAULT_WORKSPACE.name})`,
            workspace,
        )
        .option(
            "--state-file <path>",
            "JSON file that keeps state between runs; it holds credentials' keys (mode 0600)",
        )
        .option("--seed <number>", "seed of all ids", wholeNumber, 1)
        .option("--create-delay <ms>", "milliseconds until a compute environment is created", wholeNumber, 300)
        .option("--delete-delay <ms>", "milliseconds until a compute environment is deleted", wholeNumber, 300)
        .option("--rate-limit <number>", "calls per second and token, 0 for no limit", wholeNumber, 20)
        .addOption(
            new Option("--pipeline-versions <kind>", "what becomes of a change to what a pipeline launches")
                .choices(["drafts", "promoted", "none"])
                .default("drafts"),
        )
        .option("--openapi <path>", "the Platform's OpenAPI document, to check requests and answers against")
        .option("--tls-cert <path>", "serve https with this PEM certificate chain")
        .option("--tls-key <path>", "its PEM private key")
        .option("--no-kubernetes", "never connect to a cluster")
        .option("--service-image <image>", "image of the service pod")
        .option("--wait-for-service-pod", "a compute environment is AVAILABLE only when its service pod runs")
        .option("--launcher-image <image>", "run what is launched, in head pods of this image")
        .option("--ready-file <path>", "write { endpoint, controlEndpoint, pid } there once listening")
        .option("--log [path]", "log each request, to a file or to standard output");
}

function logger(target: string | true | undefined): ((line: string) => void) | undefined {
    if (target === undefined) {
        return undefined;
    }
    const stamped = (line: string): string => `${new Date().toISOString()} ${line}\n`;
    return target === true
        ? (line) => process.stdout.write(stamped(line))
        : (line) => appendFileSync(target, stamped(line), { mode: 0o600 });
}

function emulatorOptions(flags: Flags): EmulatorOptions {
    if ((flags.tlsCert === undefined) !== (flags.tlsKey === undefined)) {
        throw new Error("--tls-cert and --tls-key go together");
    }
    return {
        host: flags.host,
        port: flags.port,
        basePath: flags.basePath,
        ...(flags.token === undefined ? {} : { accessTokens: [{ token: flags.token }] }),
        workspaces: flags.workspace,
        stateFile: flags.stateFile,
        seed: flags.seed,
        timings: { create: flags.createDelay, delete: flags.deleteDelay },
        rateLimit: flags.rateLimit === 0 ? false : flags.rateLimit,
        pipelineVersions: flags.pipelineVersions,
        openapi: flags.openapi,
        ...(flags.tlsCert !== undefined && flags.tlsKey !== undefined
            ? { tls: { cert: readFileSync(flags.tlsCert, "utf8"), key: readFileSync(flags.tlsKey, "utf8") } }
            : {}),
        kubernetes: flags.kubernetes && {
            image: flags.serviceImage,
            waitForServicePod: flags.waitForServicePod,
            ...(flags.launcherImage === undefined ? {} : { launcher: { image: flags.launcherImage } }),
        },
        log: logger(flags.log),
    };
}

async function main(): Promise<void> {
    const flags = program().parse().opts<Flags>();
    // Not before the arguments are read: what the emulator needs may not be installed, which is an error like those below.
    const { PlatformEmulator } = await import("./index.js");
    const emulator = await PlatformEmulator.start(emulatorOptions(flags));
    const { endpoint, controlEndpoint } = emulator;
    if (flags.readyFile !== undefined) {
        // Renamed into place, so that whoever waits for the file never reads half of it.
        const temporary = `${flags.readyFile}.${process.pid}.tmp`;
        writeFileSync(temporary, `${JSON.stringify({ endpoint, controlEndpoint, pid: process.pid })}\n`);
        renameSync(temporary, flags.readyFile);
    }
    process.stdout.write(`Seqera Platform emulator at ${endpoint}\n`);
    const stop = (): void => {
        void emulator.stop().then(() => {
            if (flags.readyFile !== undefined) {
                rmSync(flags.readyFile, { force: true });
            }
            process.exit(0);
        }, fail);
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
}

function fail(error: unknown): void {
    process.stderr.write(`seqera-platform-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
}

main().catch(fail);
