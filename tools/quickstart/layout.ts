import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** Everything of the quickstart lies in one folder, and goes with it; tests have one of their own. */
const elsewhere = process.env.QUICKSTART_HOME;
const HOME = elsewhere ?? join(ROOT, ".quickstart");

export const layout = {
    root: ROOT,
    home: HOME,
    cluster: join(HOME, "cluster"),
    /** The Platform emulator: its process, log and state. */
    platform: join(HOME, "platform"),
    platformReady: join(HOME, "platform", "ready.json"),
    platformState: join(HOME, "platform", "state.json"),
    pulumiHome: join(HOME, "pulumi-home"),
    pulumiState: join(HOME, "pulumi-state"),
    /** Sets what the `pulumi` and `kubectl` command lines need; made for `. .quickstart/env`. */
    environment: join(HOME, "env"),
    /** Beside Pulumi.yaml, where Pulumi looks for it when a person goes on with the stack by hand. */
    stackConfig: join(elsewhere ?? ROOT, "Pulumi.quickstart.yaml"),
} as const;

export const STACK = "quickstart";
