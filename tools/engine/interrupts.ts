import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const cleanups = new Set<() => void>();

function onSignal(signal: (typeof SIGNALS)[number]): void {
    // The last begun is ended first: a compiler before the folder that it writes to is removed.
    for (const cleanup of [...cleanups].reverse()) {
        cleanup();
    }
    // As the signal would have ended the process, had it not been for us; the lock goes with the exit event.
    process.exit(128 + constants.signals[signal]);
}

/**
 * Runs `cleanup` (synchronous, it must not throw) if the process is told to end before the returned function is called.
 * Our own children do not get the terminal's Ctrl-C, because they have process groups of their own.
 */
export function onInterrupt(cleanup: () => void): () => void {
    if (cleanups.size === 0) {
        SIGNALS.forEach((signal) => process.on(signal, onSignal));
    }
    cleanups.add(cleanup);
    return () => {
        cleanups.delete(cleanup);
        if (cleanups.size === 0) {
            SIGNALS.forEach((signal) => process.off(signal, onSignal));
        }
    };
}
