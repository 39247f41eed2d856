import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { processIdentity } from "../../../tools/cluster/processes";

/** Waits until a condition holds, ten seconds at most. */
export async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!(await condition())) {
        assert.ok(Date.now() < deadline, "it does not happen");
        await sleep(20);
    }
}

/** Not so for what has ended, though its parent, which for an orphan can be a lazy one, has not taken note of that yet. */
export async function isAlive(pid: number): Promise<boolean> {
    return (await processIdentity(pid)) !== undefined;
}
