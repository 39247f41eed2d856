import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** A test runs the quickstart in a project of its own, beside the one that a person may be looking at. */
const PROJECT = process.env.QUICKSTART_PROJECT ?? ROOT;

/** Everything of the quickstart lies in one folder of the project, and goes with it. */
const HOME = join(PROJECT, ".quickstart");

export const layout = {
    root: ROOT,
    project: PROJECT,
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
    stackConfig: join(PROJECT, "Pulumi.quickstart.yaml"),
} as const;

export const STACK = "quickstart";
