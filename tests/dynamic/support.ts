import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DEFAULT_WORKSPACE, PlatformEmulator, type EmulatorOptions } from "../../src/emulator";
import { type ProviderName, providerText } from "../../src/dynamic/thunk";
import { installedPackage, ROOT } from "../support/installedPackage";
import { type CheckAnswer, type DiffAnswer, type PartialFailure, ProviderProcess } from "../support/providerProcess";
import { CANARIES } from "./inputs";

export { UNKNOWN } from "../support/providerProcess";

const documentPath = join(ROOT, "..", "shared", "reference", "seqera-api.yaml");

/** The Platform's OpenAPI document, where it lies beside the project; without it calls go unchecked. */
const openapi = existsSync(documentPath) ? documentPath : undefined;

export type Kind = ProviderName;

/** The kinds that stand for something of the Platform. */
export type PlatformKind = Exclude<Kind, "claimGuard" | "platformPreflight" | "preflight" | "tokenRotation">;
export type Props = Record<string, any>;

/** A resource as it is in state. */
export interface Made {
    kind: Kind;
    id: string;
    inputs: Props;
    props: Props;
}

export const workspaceId = DEFAULT_WORKSPACE.id;

/** What the process said to a user: every message, reason and line of output, but not the properties. */
const said: string[] = [];

/** The longest that is waited for something that is under way. */
const DEADLINE_MS = 10_000;

/** Waits until something is so in this process: what the emulator has received, or a provider printed. */
export async function until(what: string, condition: () => boolean): Promise<void> {
    const deadline = Date.now() + DEADLINE_MS;
    while (!condition()) {
        assert.ok(Date.now() < deadline, `Not so after ${DEADLINE_MS / 1_000} s: ${what}`);
        await sleep(5);
    }
}

/** A provider that prints what it is given, on both of the ways that a process prints. */
const ECHO = `exports.handler = () => ({
    check: async (olds, news) => {
        console.log(news.text);
        console.error(news.text);
        return { inputs: news };
    },
});`;

let marks = 0;

/** The property that a line names, and the rest of the line. */
function problemOf(line: string): { property: string; reason: string } {
    const [, property, reason] = /^(\S+?): ([\s\S]*)$/.exec(line)!;
    return { property, reason };
}

/** A provider process, and all it says. */
export class Provider {
    private constructor(readonly process: ProviderProcess) {}

    /** Without a configuration of its own it has the token in it, and nothing else. */
    static async start({
        config = { "seqera:accessToken": CANARIES.accessToken },
        env,
        pace = "fastWaits",
    }: {
        config?: Record<string, string>;
        env?: Record<string, string>;
        /** How fast the client is; see the files of these names. */
        pace?: Pace;
    } = {}): Promise<Provider> {
        const { directory } = await installedPackage();
        const preload: Record<string, string> =
            pace === "as shipped" ? {} : { NODE_OPTIONS: `--require ${join(__dirname, `${pace}.cjs`)}` };
        return new Provider(await ProviderProcess.start({ directory, config, env: { ...preload, ...env } }));
    }

    async check(kind: Kind, olds: Props, news: Props): Promise<CheckAnswer> {
        const { inputs, failures } = await this.noting(this.process.check(providerText(kind), olds, news));
        said.push(...failures.map(({ reason }) => reason));
        // The engine would print the value of a property that is named apart.
        assert.ok(failures.every(({ property }) => property === ""));
        return { inputs, failures: failures.map(({ reason }) => problemOf(reason)) };
    }

    diff(made: Made, news: Props): Promise<DiffAnswer> {
        return this.noting(this.process.diff(made.id, made.props, { ...news, __provider: providerText(made.kind) }));
    }

    /** Checks the inputs as the engine does and gives back what goes on to `diff`, `create` and `update`. */
    async checked(kind: Kind, news: Props, olds: Props = {}): Promise<Props> {
        const { inputs, failures } = await this.check(kind, olds, news);
        assert.deepEqual(failures, []);
        return inputs;
    }

    async create(kind: Kind, inputs: Props): Promise<Made> {
        const { id, props } = await this.noting(this.process.create(inputs));
        return { kind, id, inputs, props };
    }

    async make(kind: Kind, news: Props): Promise<Made> {
        return this.create(kind, await this.checked(kind, news));
    }

    read(made: Made) {
        return this.noting(this.process.read(made.id, made.props));
    }

    /** Reads as a refresh does, and gives back the resource as it is in state afterwards. */
    async refreshed(made: Made): Promise<Made> {
        const { id, props, inputs } = await this.read(made);
        assert.equal(id, made.id);
        return { ...made, props, inputs: inputs! };
    }

    /** `news` are what the program gives: they are checked against the old inputs first. */
    async update(made: Made, news: Props): Promise<Made> {
        const inputs = await this.checked(made.kind, news, made.inputs);
        const { props } = await this.noting(this.process.update(made.id, made.props, inputs));
        return { ...made, inputs, props };
    }

    delete(made: Made): Promise<void> {
        return this.noting(this.process.delete(made.id, made.props));
    }

    /** Ends the process, as a person does who loses patience. */
    async kill(): Promise<void> {
        this.noteOutput();
        await this.process.kill();
    }

    async stop(): Promise<void> {
        await this.process.stop();
        this.noteOutput();
    }

    /** Waits until the process has said a text: its output may arrive after an answer that was sent later. */
    async says(text: string | RegExp): Promise<void> {
        const wanted = new RegExp(text);
        await until(`the process says ${wanted}`, () => wanted.test(this.output)).catch(() =>
            assert.match(this.output, wanted),
        );
    }

    /** The lines that the process prints during some work. */
    async printed(work: () => Promise<unknown>): Promise<string[]> {
        const before = await this.mark();
        await work();
        const after = await this.mark();
        return this.output
            .slice(this.output.lastIndexOf(before) + before.length)
            .split("\n")
            .filter((line) => line !== "" && line !== after);
    }

    /** Prints a line of its own, behind which nothing can arrive that was printed before. */
    private async mark(): Promise<string> {
        const text = `mark ${++marks} of the tests`;
        await this.process.check(ECHO, {}, { text });
        await until("the mark is printed twice", () => this.output.split(`${text}\n`).length === 3);
        return text;
    }

    private get output(): string {
        return this.process.output.join("");
    }

    private noteOutput(): void {
        said.push(...this.output.split("\n"));
    }

    private async noting<T>(answer: Promise<T>): Promise<T> {
        try {
            return await answer;
        } catch (error) {
            const { message, reasons } = error as PartialFailure;
            said.push(message, ...(reasons ?? []));
            throw error;
        }
    }
}

type Pace = "as shipped" | "fastWaits" | "fastLookups" | "fastTimeouts";

/** The processes that suites share, since starting one takes longer than most tests. */
const shared = new Map<string, Promise<Provider>>();

function sharedAs(whose: string, pace?: Pace): Promise<Provider> {
    const provider = shared.get(whose) ?? Provider.start({ pace });
    shared.set(whose, provider);
    return provider;
}

/** The process of the run that a test is about. */
export const sharedProvider = () => sharedAs("ours");

/** The process of somebody else, or of another run. */
export const anotherProvider = (whose = "theirs") => sharedAs(whose);

/** The process of a \`pulumi destroy\`, in which no program speaks: nothing is checked in it. */
export const destroyingProvider = () => sharedAs("destroying");

/** A process that gives up and looks again after milliseconds. */
export const fastLookupsProvider = () => sharedAs("fastLookups", "fastLookups");

/** A process that does the same, and takes an answer that comes late for lost. */
export const fastTimeoutsProvider = () => sharedAs("fastTimeouts", "fastTimeouts");

/** The shared process, and a Platform of each test's own. */
export interface World {
    provider: Provider;
    platform: PlatformEmulator;
    /** Starts a Platform with other options in the place of the test's own. */
    restart(options: EmulatorOptions): Promise<void>;
    /** The connection arguments of the test's Platform. The token comes from the stack's configuration. */
    readonly connection: { endpoint: string; workspaceId: number };
    make(kind: Kind, news: Props): Promise<Made>;
    /** A Kubernetes credential. */
    credential(): Promise<string>;
    /** Forgets the calls so far. */
    quiet(): void;
    calls(): string[];
}

/** Gives every test of a suite a Platform of its own. Whatever breaks the API's document fails the test. */
export function useWorld(options: EmulatorOptions = {}): World {
    const started: PlatformEmulator[] = [];
    const world: World = {
        provider: undefined as never,
        platform: undefined as never,
        async restart(others) {
            world.platform = await startPlatform({ ...options, ...others });
            started.push(world.platform);
        },
        get connection() {
            return { endpoint: world.platform.endpoint, workspaceId };
        },
        make: (kind, news) => world.provider.make(kind, { ...world.connection, ...news }),
        async credential() {
            const keys = { kubernetes: { token: CANARIES.kubernetesToken } };
            return (await world.make("credentials", { name: "cluster", ...keys })).id;
        },
        quiet: () => world.platform.clearRequests(),
        calls: () => callsTo(world.platform),
    };
    before(async () => {
        world.provider = await sharedProvider();
    });
    beforeEach(() => world.restart({}));
    afterEach(async () => {
        const ended = started.splice(0);
        await Promise.all(ended.map((each) => each.stop()));
        assert.deepEqual(
            ended.flatMap(({ violations }) => violations),
            [],
        );
    });
    return world;
}

export function startPlatform(options: EmulatorOptions = {}): Promise<PlatformEmulator> {
    return PlatformEmulator.start({
        openapi,
        accessTokens: [{ token: CANARIES.accessToken }],
        kubernetes: false,
        rateLimit: false,
        timings: { create: { polls: 0 }, delete: { polls: 0 } },
        ...options,
    });
}

/** Queries that change what a call means. */
const TELLING = ["force", "checked", "useExternalId", "attributes"];

/** The calls that a Platform has received, ids left out. */
export function callsTo({ requests }: PlatformEmulator): string[] {
    return requests.map(({ method, path, query }) => {
        const general = path
            .split("/")
            .map((part) => (/^(\d+|[A-Za-z0-9]{20,22}|v1-user-[0-9a-f]{32})$/.test(part) ? "{id}" : part))
            .join("/");
        const flags = TELLING.filter((key) => key in query).map((key) => `${key}=${query[key]}`);
        return `${method} ${general}${flags.length === 0 ? "" : `?${flags.join("&")}`}`;
    });
}

/** The error that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<PartialFailure> {
    try {
        await promise;
    } catch (error) {
        return error as PartialFailure;
    }
    throw new assert.AssertionError({ message: "Nothing was refused" });
}

before(async function () {
    // Packing and installing take longer than a test may.
    this.timeout(120_000);
    await installedPackage();
});

/** After all suites: whatever was said is one line without secrets and without our stack. */
after(async function () {
    await Promise.all([...shared.values()].map(async (each) => (await each).stop()));
    for (const [what, canary] of Object.entries(CANARIES)) {
        const leaked = said.filter((line) => line.includes(canary));
        assert.deepEqual(leaked, [], `The ${what} was printed`);
    }
    // Only what stands against an adoption has lines: a whole environment to copy.
    const traces = said.filter(
        (text) => /^\s+at |node_modules/m.test(text) || (/\n/.test(text) && !/^adopt: /.test(text)),
    );
    assert.deepEqual(traces, [], "What is printed has more than one line, or a stack");
});
