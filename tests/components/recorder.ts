/**
 * Runs a program against Pulumi's mocks and records the raw registrations. The mocks themselves show types and inputs
 * only; parents, dependencies, providers and what is secret are in the requests.
 * See https://www.pulumi.com/docs/iac/guides/testing/unit/
 */
import assert from "node:assert/strict";
import { setImmediate as aTurn } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

// Pulumi reads the stack of each of its promises, and mocha asks for whole ones. This is what Node.js has by itself.
Error.stackTraceLimit = 10;

/** How a secret and an unknown value look on the wire. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What stands for every secret in {@link Registration.shown}. */
export const HIDDEN = "[secret]";

/** What Kubernetes fills the Secret of a service account token with. */
export const TOKEN = "launcher-token-eyJhbGciOi";
export const AUTHORITY = Buffer.from("certificate of the cluster").toString("base64");

export interface Registration {
    type: string;
    name: string;
    urn: string;
    custom: boolean;
    /** The inputs with every secret opened. */
    inputs: Record<string, any>;
    /** The inputs as whoever reads the state without its key sees them. */
    shown: Record<string, any>;
    /** What the engine is asked to import it from; empty when it is to be made. */
    importId: string;
    /** Kind and name of the parent. */
    parent: string | undefined;
    /** Name of the provider resource; undefined is the default provider. */
    provider: string | undefined;
    /** Kinds and names of what it depends on, through inputs or options, sorted. */
    dependencies: string[];
    /** Kind and name. */
    deletedWith: string | undefined;
    /** Kinds and names of what it is replaced with. */
    replaceWith: string[];
    protect: boolean | undefined;
    retainOnDelete: boolean | undefined;
    secretOutputs: string[];
    hiddenDiffs: string[];
    /** The outputs that a component registered, secrets hidden. */
    outputs: Record<string, any> | undefined;
}

export class Recording<T> {
    constructor(
        readonly result: T,
        readonly all: Registration[],
    ) {}

    /** All of a kind, which is the last part of a type: `Secret` of `kubernetes:core/v1:Secret`. */
    of(kind: string): Registration[] {
        return this.all.filter(({ type }) => kindOf(type) === kind);
    }

    /** The one of a kind, and of a name where there are several. */
    one(kind: string, name?: string): Registration {
        const found = this.of(kind).filter((each) => name === undefined || each.name === name);
        assert.equal(found.length, 1, `${kind} ${name ?? ""} among ${this.labels().join(", ")}`);
        return found[0];
    }

    /** Kinds and names of all that one comes after, through others, too. */
    before({ dependencies }: Registration, found = new Set<string>()): Set<string> {
        for (const each of dependencies.filter((label) => !found.has(label))) {
            found.add(each);
            const [kind, name] = each.split(" ");
            this.of(kind)
                .filter((one) => one.name === name)
                .forEach((one) => this.before(one, found));
        }
        return found;
    }

    /** Kind and name of everything, sorted. */
    labels(): string[] {
        return this.all.map(({ type, name }) => `${kindOf(type)} ${name}`).sort();
    }
}

export interface RecordOptions {
    preview?: boolean;
    /** What a cloud answers to a function. Default: nothing. */
    calls?: (token: string, inputs: Record<string, any>) => Record<string, unknown>;
    /** What a cloud adds to the inputs of a resource, and its `id`. Default: nothing, and an id made of the name. */
    adds?: (type: string, name: string, inputs: Record<string, any>) => Record<string, unknown>;
}

/** The same options, and what a program asks of the cloud: names of functions and their arguments. */
export function overheard(options: RecordOptions): { asked: [name: string, inputs: object][]; options: RecordOptions } {
    const asked: [string, object][] = [];
    const calls: RecordOptions["calls"] = (token, inputs) => {
        asked.push([token.slice(token.lastIndexOf(":") + 1), inputs]);
        return options.calls?.(token, inputs) ?? {};
    };
    return { asked, options: { ...options, calls } };
}

/** Runs a program to its end. One at a time: Pulumi keeps its monitor, its stack and what is pending in globals. */
export async function record<T>(program: () => T, options: RecordOptions = {}): Promise<Recording<T>> {
    const all = await listen(options);
    return new Recording(await toItsEnd(program), all);
}

/** The error that a program ends with, and what it had registered by then. */
export async function refused(
    program: () => unknown,
    options: RecordOptions = {},
): Promise<{ error: any; all: Registration[] }> {
    const all = await listen(options);
    try {
        await toItsEnd(program);
    } catch (error) {
        return { error, all };
    }
    throw new assert.AssertionError({ message: "the program was not refused" });
}

/** How the process hears of an error that an output throws: as a rejection, and in a unit test as an exception, too. */
const UNHEARD = ["unhandledRejection", "uncaughtException"] as const;

/**
 * Until everything that was begun is ended: registrations, and the outputs that start further ones. What an output throws
 * reaches nobody but the process, as a rejection that is not handled, and what waits for that output then waits for ever.
 */
async function toItsEnd<T>(program: () => T): Promise<T> {
    // Pulumi reads the stack of each of its promises at once, which takes half the time where lines are those of the sources.
    // The stack of an error that is thrown is read later, and has them.
    process.setSourceMapsEnabled(false);
    const others = UNHEARD.map((event) => process.rawListeners(event) as ((reason: unknown) => void)[]);
    UNHEARD.forEach((event) => process.removeAllListeners(event));
    const thrown = new Promise<never>((_, reject) => UNHEARD.forEach((event) => process.on(event, reject)));
    const ended = async () => {
        await (pulumi.runtime as any).waitForRPCs();
        await aTurn();
    };
    try {
        try {
            return program();
        } finally {
            await Promise.race([ended(), thrown]);
        }
    } finally {
        // One output that throws makes many rejections.
        await aTurn();
        UNHEARD.forEach((event, index) => {
            process.removeAllListeners(event);
            others[index].forEach((listener) => process.on(event, listener));
        });
        process.setSourceMapsEnabled(true);
    }
}

async function listen({ preview = false, calls, adds }: RecordOptions): Promise<Registration[]> {
    await pulumi.runtime.setMocks(
        {
            call: ({ token, inputs }) => calls?.(token, inputs) ?? {},
            newResource: ({ type, name, inputs }) => {
                // At preview the engine knows the inputs and nothing that the object's maker adds.
                if (preview) {
                    return { id: undefined, state: inputs };
                }
                const { id = idOf(type, name), ...added } = adds?.(type, name, inputs) ?? {};
                const own = withUid(type, name, inputs);
                return { id: id as string, state: { ...own, ...made(type, own), ...added } };
            },
        },
        "project",
        "stack",
        preview,
        "organization",
    );
    const all: Registration[] = [];
    const monitor = pulumi.runtime.getMonitor() as any;
    const register = monitor.registerResource.bind(monitor);
    const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
    monitor.registerResource = (request: any, callback: any) =>
        register(request, (error: unknown, answer: any) => {
            if (answer) {
                all.push(registration(request, answer.getUrn()));
            }
            callback(error, answer);
        });
    monitor.registerResourceOutputs = (request: any, callback: any) => {
        all.find(({ urn }) => urn === request.getUrn())!.outputs = hidden(request.getOutputs().toJavaScript());
        return registerOutputs(request, callback);
    };
    return all;
}

/** Labels have numbers for ids. */
function idOf(type: string, name: string): string {
    return type.endsWith(":Label") ? String(100 + name.length) : `${name}-id`;
}

/** An object of the cluster has an identity once it is made. */
function withUid(type: string, name: string, inputs: any): any {
    return type.startsWith("kubernetes:") && inputs.metadata !== undefined
        ? { ...inputs, metadata: { ...inputs.metadata, uid: `uid of ${kindOf(type)} ${name}` } }
        : inputs;
}

function made(type: string, inputs: any): Record<string, unknown> {
    if (type === "kubernetes:core/v1:Secret" && inputs.type === "kubernetes.io/service-account-token") {
        return { data: { token: Buffer.from(TOKEN).toString("base64"), "ca.crt": AUTHORITY } };
    }
    if (type === "kubernetes:core/v1:Secret" && inputs.metadata.name === undefined) {
        return { metadata: { ...inputs.metadata, name: "generated-0a1b2c3" } };
    }
    if (type === "pulumi-nodejs:dynamic/seqera:TokenRotation") {
        return { generation: "0a1b2c3", since: "2026-01-02" };
    }
    if (type === "pulumi-nodejs:dynamic/seqera:ComputeEnv") {
        return {
            name: inputs.name ?? `${inputs.namePrefix}-1234567`,
            status: "AVAILABLE",
            message: "",
            dateCreated: "2026-01-02T03:04:05Z",
            lastUpdated: "2026-01-02T03:05:06Z",
            launchUrl: "https://cloud.seqera.io/orgs/acme/workspaces/research/launchpad",
        };
    }
    if (type === "pulumi-nodejs:dynamic/seqera:PipelineMove") {
        return { moved: ['pipeline "rnaseq"'], notMoved: [] };
    }
    return {};
}

function registration(request: any, urn: string): Registration {
    const wire = request.getObject().toJavaScript();
    return {
        type: request.getType(),
        name: request.getName(),
        urn,
        custom: request.getCustom(),
        inputs: opened(wire),
        shown: hidden(wire),
        importId: request.getImportid(),
        parent: label(request.getParent()),
        provider: /::([^:]+)::[^:]*$/.exec(request.getProvider())?.[1],
        dependencies: request.getDependenciesList().map(label).sort(),
        deletedWith: label(request.getDeletedwith()),
        replaceWith: request.getReplaceWithList().map(label),
        protect: request.hasProtect() ? request.getProtect() : undefined,
        retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
        secretOutputs: request.getAdditionalsecretoutputsList().sort(),
        hiddenDiffs: request.getHidediffsList(),
        outputs: undefined,
    };
}

function kindOf(type: string): string {
    return type.slice(type.lastIndexOf(":") + 1);
}

/** Kind and name of a URN; the mocks write the stack before the project. */
function label(urn: string): string | undefined {
    const [, , type, name] = urn.split("::");
    return urn === "" ? undefined : `${kindOf(type)} ${name}`;
}

function opened(value: any): any {
    return walk(value, opened);
}

function hidden(value: any): any {
    return walk(value, () => HIDDEN);
}

function walk(value: any, secret: (inner: any) => any): any {
    if (Array.isArray(value)) {
        return value.map((inner) => walk(inner, secret));
    }
    if (value === null || typeof value !== "object") {
        return value;
    }
    return value[SIGNATURE] === SECRET
        ? secret(value.value)
        : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, secret)]));
}

/** A value that an earlier resource of the program will have, unknown at preview. */
export function later<T>(value: T): pulumi.Output<T> {
    class Earlier extends pulumi.CustomResource {
        declare readonly result: pulumi.Output<T>;
        constructor() {
            super("test:index:Earlier", "earlier", { result: undefined, kept: value });
        }
    }
    const { result } = new Earlier();
    return result.apply((found) => found ?? value);
}

/** The value of an output; undefined where it is not known at preview. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
    return (output as any).promise();
}

export function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
    return (output as any).isKnown;
}
