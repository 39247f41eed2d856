import { Command } from "commander";
import { EngineError, ensureEngine, terminalProgress } from "../engine";
import { type AuditLevel, attachControlPlane, startControlPlane, stopControlPlane } from "./index";

const AUDIT_LEVELS: readonly AuditLevel[] = ["None", "Metadata", "RequestResponse"];

const program = new Command("cluster").description(
    "A Kubernetes control plane on this machine: no nodes, loopback only",
);

program
    .command("start")
    .description("start it, or say that it runs; it runs on until `stop`")
    .requiredOption("--dir <directory>", "where all of it lies")
    .option("--audit-level <level>", AUDIT_LEVELS.join(", "), "Metadata")
    .action(async ({ dir, auditLevel }: { dir: string; auditLevel: string }) => {
        const level = AUDIT_LEVELS.find((one) => one === auditLevel);
        if (level === undefined) {
            throw new EngineError(
                `--audit-level ${auditLevel} is not a level.`,
                `Use one of ${AUDIT_LEVELS.join(", ")}.`,
            );
        }
        const onProgress = terminalProgress();
        const engine = await ensureEngine({
            programs: ["etcd", "kube-apiserver", "kube-controller-manager", "kubectl"],
            onProgress,
        });
        const { server, kubeconfig } = await startControlPlane({
            dir,
            engine,
            auditLevel: level,
            detached: true,
            onProgress,
        });
        console.log(`${server} runs.`);
        console.log(`${engine.programs.kubectl.path} --kubeconfig ${kubeconfig} get namespaces`);
    });

program
    .command("status")
    .description("say whether it runs; exit status 1 if not")
    .requiredOption("--dir <directory>", "where all of it lies")
    .action(async ({ dir }: { dir: string }) => {
        const running = await attachControlPlane(dir);
        console.log(
            running === undefined ? `Nothing runs in ${dir}.` : `${running.server} runs (${running.kubeconfig}).`,
        );
        process.exitCode = running === undefined ? 1 : 0;
    });

program
    .command("stop")
    .description("end it and remove its directory")
    .requiredOption("--dir <directory>", "where all of it lies")
    .option("--keep-directory", "leave its data for the next start")
    .action(async ({ dir, keepDirectory }: { dir: string; keepDirectory?: boolean }) => {
        await stopControlPlane(dir, { keepDirectory });
        console.log(`Nothing runs in ${dir}.`);
    });

program.parseAsync().catch((error: unknown) => {
    console.error(error instanceof EngineError ? `\n${error.message}\n${error.remedy}` : error);
    process.exitCode = 1;
});
