import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** Everything of the quickstart lies in one folder of the project, and goes with it. */
const HOME = join(ROOT, ".quickstart");

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
    /** Pulumi keeps a stack's configuration beside Pulumi.yaml. */
    stackConfig: join(ROOT, "Pulumi.quickstart.yaml"),
} as const;

export const STACK = "quickstart";
