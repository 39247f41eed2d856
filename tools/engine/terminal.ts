import type { OnProgress, ProgressEvent } from "./types";

const TICK_MS = 1_000;
const HEARTBEAT_MS = 30_000;

type Step = Extract<ProgressEvent, { kind: "start" }>;

/**
 * Shows progress to a person: on a terminal one line that is rewritten every second, elsewhere (a log, a pipe) a line when
 * a step starts and ends and one every half minute in between, so that nobody takes a long build for a dead one.
 */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): OnProgress {
    let current: { step: Step; text: string; startedAt: number; timer: NodeJS.Timeout } | undefined;

    const line = (): string => {
        const { step, text, startedAt } = current!;
        return [`[${step.step}/${step.of}] ${step.title}`, text, clock(startedAt)]
            .filter((part) => part !== "")
            .join(" · ");
    };
    const rewrite = (text: string): void => {
        stream.write(`\r\u001b[K${text.slice(0, (stream.columns || 80) - 1)}`);
    };
    const say = (text: string): void => {
        stream.write(stream.isTTY ? `\r\u001b[K${text}\n` : `${text}\n`);
    };

    return (event) => {
        switch (event.kind) {
            case "start": {
                clearInterval(current?.timer);
                const show = stream.isTTY ? () => rewrite(line()) : () => say(line());
                const timer = setInterval(show, stream.isTTY ? TICK_MS : HEARTBEAT_MS);
                timer.unref();
                current = { step: event, text: "", startedAt: Date.now(), timer };
                say(`[${event.step}/${event.of}] ${event.title}${event.logFile ? ` (log: ${event.logFile})` : ""}`);
                break;
            }
            case "update":
                if (current !== undefined) {
                    current.text = event.text;
                }
                break;
            case "end":
                if (current !== undefined) {
                    clearInterval(current.timer);
                    current.text = event.text;
                    say(`${line()}${event.ok ? "" : " ✗"}`);
                    current = undefined;
                }
                break;
            case "note":
                say(event.text);
                if (current !== undefined && stream.isTTY) {
                    rewrite(line());
                }
        }
    };
}

function clock(startedAt: number): string {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
