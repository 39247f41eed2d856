import { readFile, rename, writeFile } from "node:fs/promises";
import type { ControlPlaneSettings, Ports } from "./arguments";
import type { ClusterLayout } from "./layout";

export interface ControlPlaneState {
    /** False until it was ready once; what is in the directory before that is worth nothing. */
    complete: boolean;
    settings: ControlPlaneSettings;
    ports?: Ports;
}

export async function readState(layout: ClusterLayout): Promise<ControlPlaneState | undefined> {
    try {
        return JSON.parse(await readFile(layout.state(), "utf8")) as ControlPlaneState;
    } catch {
        return undefined;
    }
}

export async function writeState(layout: ClusterLayout, state: ControlPlaneState): Promise<void> {
    await writeFile(`${layout.state()}.new`, `${JSON.stringify(state, undefined, 4)}\n`, { mode: 0o600 });
    await rename(`${layout.state()}.new`, layout.state());
}
