/** One call to the Platform: its attempts, its limits, and how its end is told. */

import type { OptionsOfTextResponseBody, Response } from "got";
import type { Channel } from "./channel";
import {
    abandonedError,
    type AnswerFacts,
    type CallFacts,
    malformedError,
    networkError,
    statusError,
} from "./diagnose";
import { PlatformError } from "./errors";
import { parseRetryAfter, retryDelay } from "./retry";
import type { CallOptions, ClientSettings } from "./settings";
import { systemTiming } from "./timing";
import type { ErrorResponse } from "./types";

/** An encoding in which every byte is one character: a file's bytes survive being read as a text. */
const FILE_ENCODING = "latin1";

export class Call<T> {
    readonly #abort = new AbortController();
    readonly #idempotent: boolean;
    readonly #limitMs: number;
    readonly #end: number;
    #attempts = 0;
    #inFlight = false;
    #earlierLost = false;
    #lastFailure: PlatformError | undefined;
    #deadlinePassed = false;

    constructor(
        private readonly facts: CallFacts,
        private readonly options: CallOptions<T>,
        private readonly settings: ClientSettings,
        private readonly channel: Channel,
    ) {
        this.#idempotent = options.idempotent ?? facts.method !== "POST";
        const now = Date.now();
        this.#end = Math.min(options.deadline ?? Number.POSITIVE_INFINITY, now + settings.callTimeoutMs);
        this.#limitMs = Math.max(0, this.#end - now);
    }

    async run(url: string, request: OptionsOfTextResponseBody): Promise<T | undefined> {
        const { signal } = this.options;
        const abort = (): void => this.#abort.abort();
        const timer = setTimeout(() => {
            this.#deadlinePassed = true;
            abort();
        }, this.#limitMs);
        signal?.addEventListener("abort", abort);
        if (signal?.aborted) {
            abort();
        }
        try {
            const answer = this.channel.run(async () => {
                this.#abort.signal.throwIfAborted();
                const { got } = await import("got");
                return got(url, { ...request, ...this.#sending() });
            });
            return this.#read(await untilAborted(answer, this.#abort.signal));
        } catch (error) {
            throw this.#explain(error);
        } finally {
            clearTimeout(timer);
            signal?.removeEventListener("abort", abort);
        }
    }

    #sending(): OptionsOfTextResponseBody {
        return {
            agent: this.channel.agents,
            responseType: "text",
            ...(this.options.isFile === true ? { encoding: FILE_ENCODING } : {}),
            // An API does not redirect; following would carry a POST's body elsewhere or turn it into a GET.
            followRedirect: false,
            throwHttpErrors: false,
            signal: this.#abort.signal,
            hooks: {
                // Before every attempt and before got's timers start: waiting in line is not the Platform's slowness.
                beforeRequest: [
                    async () => {
                        await this.channel.turn(this.#abort.signal, systemTiming);
                        this.#abort.signal.throwIfAborted();
                        this.#attempts++;
                        this.#inFlight = true;
                    },
                ],
            },
            retry: {
                // The rules are ours for every method: got's lists know no difference between a lost and a refused POST.
                calculateDelay: ({ error }) => this.#delayAfter(error),
            },
        };
    }

    #delayAfter(error: Error & { response?: unknown }): number {
        if (this.#abort.signal.aborted) {
            return 0;
        }
        const response = error.response as Response<string> | undefined;
        const failure =
            response !== undefined && error.name === "HTTPError"
                ? statusError(this.#facts(), answerFacts(response))
                : networkError(this.#facts(), error);
        const remainingMs = this.#end - Date.now();
        if (failure.kind === "rateLimited" && failure.retryAfterMs !== undefined) {
            this.channel.pauseUntil(Date.now() + Math.min(failure.retryAfterMs, this.settings.retry.maxRetryAfterMs));
        }
        const delay = retryDelay({
            error: failure,
            idempotent: this.#idempotent,
            attempts: this.#attempts,
            remainingMs,
            settings: this.settings.retry,
            random: Math.random(),
        });
        this.#lastFailure = failure;
        this.#inFlight = false;
        this.#earlierLost ||= failure.mayHaveTakenEffect;
        return delay ?? 0;
    }

    #read(response: Response<string>): T | undefined {
        const answer = answerFacts(response);
        if (answer.status < 200 || answer.status >= 300) {
            throw statusError(this.#facts(), answer);
        }
        if (this.options.isFile === true && this.options.read !== undefined) {
            if (/^text\/html\b/i.test(answer.contentType ?? "")) {
                throw malformedError(this.#facts(), answer, "the response is a web page, and no file");
            }
            return this.options.read(Buffer.from(answer.body, FILE_ENCODING));
        }
        let body: unknown;
        try {
            // Also where nothing is to be read: a login page of a proxy with status 200 must not pass for success.
            body = answer.body.trim() === "" ? undefined : JSON.parse(answer.body);
        } catch {
            throw malformedError(this.#facts(), answer, "the response is not JSON");
        }
        try {
            return (this.options.read ?? readNothing)(body);
        } catch (error) {
            throw malformedError(this.#facts(), answer, (error as Error).message);
        }
    }

    #explain(error: unknown): unknown {
        if (error instanceof PlatformError) {
            return error;
        }
        if (this.#abort.signal.aborted) {
            return abandonedError(this.#facts(), {
                kind: this.#deadlinePassed ? "deadline" : "aborted",
                inFlight: this.#inFlight,
                lastFailure: this.#lastFailure,
                limitMs: this.#limitMs,
            });
        }
        return networkError(this.#facts(), error);
    }

    #facts(): CallFacts {
        return { ...this.facts, attempts: this.#attempts, earlierLost: this.#earlierLost };
    }
}

/** Settles with the promise, or rejects as soon as the signal aborts; the promise may then end as it likes. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
    let stop = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
        stop = () => reject(signal.reason as Error);
        signal.addEventListener("abort", stop);
        if (signal.aborted) {
            stop();
        }
    });
    try {
        return await Promise.race([promise, aborted]);
    } finally {
        signal.removeEventListener("abort", stop);
    }
}

/** Where there is nothing to read, a body is the Platform's error envelope, whatever the status says. */
function readNothing(body: unknown): undefined {
    const { message } = (body ?? {}) as Partial<ErrorResponse>;
    if (typeof message === "string") {
        throw new TypeError(`the response says "${message}"`);
    }
    return undefined;
}

function answerFacts(response: Response<unknown>): AnswerFacts {
    return {
        status: response.statusCode,
        body: typeof response.body === "string" ? response.body : "",
        contentType: response.headers["content-type"],
        location: response.headers.location,
        retryAfterMs: parseRetryAfter(response.headers["retry-after"], Date.now()),
    };
}
