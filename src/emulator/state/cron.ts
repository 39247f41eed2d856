import { assertInstalled } from "../../packages";

let nextRun: ((expression: string, timezone: string, after: Date) => Date | null) | undefined;

/** Loads what reads cron expressions; only actions of the source `cron` need it. */
export async function loadCron(): Promise<void> {
    if (nextRun === undefined) {
        assertInstalled("emulator", "croner");
        const { Cron } = await import("croner");
        nextRun = (expression, timezone, after) =>
            new Cron(expression, { mode: "5-part", paused: true, timezone }).nextRun(after);
    }
}

/**
 * When a cron expression of five fields fires next after a time, `null` for never. Throws if it is none, or if there is no such time
 * zone.
 */
export function nextExecution(cron: Record<string, unknown>, after: Date): Date | null {
    const timezone = typeof cron.timezone === "string" ? cron.timezone : "UTC";
    // The library finds out about a time zone only where there is a next time.
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return nextRun!(String(cron.expression), timezone, after);
}
