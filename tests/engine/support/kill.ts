import { descendants, end } from "../../chaos/processes";
import type { TestStack } from "./stack";

/** Runs an `up` and, when `moment` has come, ends it with all that it has started: as a machine does that goes down. */
export async function killedUp(stack: TestStack, moment: () => Promise<unknown>): Promise<void> {
    let cli = 0;
    const running = stack.run(["up", "--yes", "--skip-preview"], { onStart: (pid) => (cli = pid) });
    await moment();
    const plugins = await descendants(cli);
    end(cli);
    plugins.forEach(({ pid }) => end(pid));
    await running;
}

/** What docs/operations.md says of a run that was killed. */
export async function clearAfterKill(stack: TestStack): Promise<void> {
    await stack.run(["cancel", "--yes"]);
    await stack.mustRefresh("--clear-pending-creates");
}
