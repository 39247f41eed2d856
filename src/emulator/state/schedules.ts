import type { Clock } from "./clock";
import { loadCron, nextExecution } from "./cron";
import { timestamp } from "./ids";
import type { ActionRecord, Store } from "./store";

/** Lets a cron action launch what it launches, for the time at which it was due. */
export type Fire = (action: ActionRecord, scheduledTime: string) => void;

/** What becomes of actions as time passes: CREATING ends, and cron actions fire. */
export class Schedules {
    constructor(
        private readonly store: Store,
        private readonly clock: Clock,
        private readonly fire: Fire,
    ) {}

    /** Goes on with what a state file has. What was due while no emulator ran is not made up for. */
    async resume(): Promise<void> {
        const scheduled = this.store.state.actions.filter(({ cron }) => cron !== null);
        if (scheduled.length > 0) {
            await loadCron();
            scheduled.forEach((action) => this.plan(action));
        }
    }

    /** Finds out when an action fires next. */
    plan(action: ActionRecord, after = this.clock.now()): void {
        const next = action.cron === null ? null : nextExecution(action.cron, after);
        action.nextExecution = next === null ? null : timestamp(next);
    }

    /** Does all that is due by now, in its order. */
    advance(): void {
        for (const action of this.store.state.actions) {
            this.settle(action);
        }
        for (let due = this.due(); due !== undefined; due = this.due()) {
            const scheduledTime = due.nextExecution!;
            this.plan(due, new Date(scheduledTime));
            this.fire(due, scheduledTime);
            this.store.commit();
        }
    }

    /** Called after each describe call of an action. */
    polled({ pending }: ActionRecord): void {
        if (pending?.polls !== undefined && pending.polls > 0) {
            pending.polls--;
        }
    }

    /** Ends what "stuck" faults hold. */
    release(): void {
        for (const { pending } of this.store.state.actions) {
            if (pending?.stuck) {
                pending.stuck = false;
            }
        }
    }

    private settle(action: ActionRecord): void {
        const { pending } = action;
        const now = this.clock.now();
        if (!pending || pending.stuck || (pending.polls ?? 0) > 0 || (pending.until ?? 0) > now.getTime()) {
            return;
        }
        action.status = pending.error === undefined ? "ACTIVE" : "ERROR";
        action.error = pending.error ?? null;
        action.pending = null;
        action.lastUpdated = timestamp(now);
        this.store.commit();
    }

    private due(): ActionRecord | undefined {
        const now = timestamp(this.clock.now());
        const isDue = ({ status, cron, nextExecution: next }: ActionRecord): boolean =>
            status === "ACTIVE" && cron !== null && typeof next === "string" && next <= now;
        const due = this.store.state.actions.filter(isDue);
        return due.sort((a, b) => a.nextExecution!.localeCompare(b.nextExecution!))[0];
    }
}
