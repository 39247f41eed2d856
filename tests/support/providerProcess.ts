import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";

/** What a dynamic provider answers, and how it refuses. */
export interface PartialFailure extends Error {
    /** Given when the object was made all the same: what the engine keeps in state. */
    id?: string;
    properties?: Record<string, unknown>;
    reasons?: string[];
}

export interface CheckAnswer {
    inputs: Record<string, any>;
    failures: { property: string; reason: string }[];
}

export interface DiffAnswer {
    changes: "DIFF_NONE" | "DIFF_SOME" | "DIFF_UNKNOWN";
    replaces: string[];
    deleteBeforeReplace: boolean;
}

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * The real dynamic-provider process of `@pulumi/pulumi`, spoken to over gRPC as the engine does. Its working directory is
 * that of the user's program, from which the line in `__provider` finds the package.
 */
export class ProviderProcess {
    readonly output: string[] = [];
    private constructor(
        private readonly child: ChildProcess,
        private readonly client: any,
        private readonly messages: any,
        private readonly struct: any,
        private readonly status: any,
    ) {}

    static async start(options: {
        directory: string;
        config?: Record<string, string>;
        env?: Record<string, string>;
    }): Promise<ProviderProcess> {
        const load = createRequire(join(options.directory, "package.json"));
        const script = load.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
        const child = spawn(process.execPath, [script, "127.0.0.1:1"], {
            cwd: options.directory,
            env: { PATH: process.env.PATH, HOME: process.env.HOME, PULUMI_NODEJS_PROJECT: "test", ...options.env },
            stdio: ["ignore", "pipe", "pipe"],
        });
        const lines: string[] = [];
        const port = await new Promise<number>((resolve, reject) => {
            child.once("exit", (code) =>
                reject(new Error(`the provider process ended with ${code}: ${lines.join("")}`)),
            );
            child.stderr.on("data", (data: Buffer) => lines.push(data.toString()));
            child.stdout.on("data", (data: Buffer) => {
                const match = /^(\d+)\n/.exec(data.toString());
                lines.push(data.toString().replace(/^\d+\n/, ""));
                if (match) {
                    resolve(Number(match[1]));
                }
            });
        });
        const services = load("@pulumi/pulumi/proto/provider_grpc_pb.js");
        const messages = load("@pulumi/pulumi/proto/provider_pb.js");
        const struct = load("google-protobuf/google/protobuf/struct_pb.js");
        const status = load("@pulumi/pulumi/proto/status_pb.js");
        const client = new services.ResourceProviderClient(
            `127.0.0.1:${port}`,
            // The generated client is bound to the fixture's own copy of gRPC.
            (load("@grpc/grpc-js") as typeof grpc).credentials.createInsecure(),
        );
        const provider = new ProviderProcess(child, client, messages, struct, status);
        provider.output.push = (...items) => lines.push(...items);
        Object.defineProperty(provider, "output", { get: () => lines });
        const request = new messages.ConfigureRequest();
        request.setArgs(struct.Struct.fromJavaScript(options.config ?? {}));
        await provider.call("configure", request);
        return provider;
    }

    async check(provider: string, olds: object, news: object): Promise<CheckAnswer> {
        const request = new this.messages.CheckRequest();
        request.setOlds(this.encode(olds));
        request.setNews(this.encode({ ...news, __provider: provider }));
        const answer = await this.call("check", request);
        return {
            inputs: answer.getInputs().toJavaScript(),
            failures: answer
                .getFailuresList()
                .map((each: any) => ({ property: each.getProperty(), reason: each.getReason() })),
        };
    }

    async diff(id: string, olds: object, news: object): Promise<DiffAnswer> {
        const request = new this.messages.DiffRequest();
        request.setId(id);
        request.setOlds(this.encode(olds));
        request.setNews(this.encode(news));
        const answer = await this.call("diff", request);
        const names = Object.entries(this.messages.DiffResponse.DiffChanges) as [DiffAnswer["changes"], number][];
        return {
            changes: names.find(([, value]) => value === answer.getChanges())![0],
            replaces: answer.getReplacesList(),
            deleteBeforeReplace: answer.getDeletebeforereplace(),
        };
    }

    async create(inputs: object): Promise<{ id: string; props: Record<string, any> }> {
        const request = new this.messages.CreateRequest();
        request.setProperties(this.encode(inputs));
        const answer = await this.call("create", request);
        return { id: answer.getId(), props: answer.getProperties().toJavaScript() };
    }

    async read(
        id: string,
        props: object,
    ): Promise<{ id: string; props: Record<string, any>; inputs?: Record<string, any> }> {
        const request = new this.messages.ReadRequest();
        request.setId(id);
        request.setProperties(this.encode(props));
        const answer = await this.call("read", request);
        return {
            id: answer.getId(),
            props: answer.getProperties()?.toJavaScript(),
            inputs: answer.getInputs()?.toJavaScript(),
        };
    }

    async update(id: string, olds: object, news: object): Promise<{ props: Record<string, any> }> {
        const request = new this.messages.UpdateRequest();
        request.setId(id);
        request.setOlds(this.encode(olds));
        request.setNews(this.encode(news));
        const answer = await this.call("update", request);
        return { props: answer.getProperties().toJavaScript() };
    }

    async delete(id: string, props: object): Promise<void> {
        const request = new this.messages.DeleteRequest();
        request.setId(id);
        request.setProperties(this.encode(props));
        await this.call("delete", request);
    }

    async stop(): Promise<void> {
        await this.end("SIGTERM");
    }

    /** Ends the process without giving it a chance to finish anything. */
    async kill(): Promise<void> {
        await this.end("SIGKILL");
    }

    private async end(signal: NodeJS.Signals): Promise<void> {
        this.client.close();
        const ended = new Promise((resolve) => this.child.once("close", resolve));
        this.child.kill(signal);
        await ended;
    }

    private encode(value: object): unknown {
        return this.struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(value)));
    }

    private call(method: string, request: unknown): Promise<any> {
        return new Promise((resolve, reject) => {
            this.client[method](request, (error: grpc.ServiceError | null, answer: unknown) => {
                if (error) {
                    reject(this.failure(error));
                } else {
                    resolve(answer);
                }
            });
        });
    }

    /** The engine reads from these details what of a failed create is there all the same. */
    private failure(error: grpc.ServiceError): PartialFailure {
        const failure: PartialFailure = new Error(error.details);
        const details = error.metadata?.get("grpc-status-details-bin")[0];
        if (details !== undefined) {
            const packed = this.status.Status.deserializeBinary(new Uint8Array(details as Buffer)).getDetailsList()[0];
            const detail = this.messages.ErrorResourceInitFailed.deserializeBinary(packed.getValue_asU8());
            failure.id = detail.getId();
            failure.properties = detail.getProperties().toJavaScript();
            failure.reasons = detail.getReasonsList();
        }
        return failure;
    }
}
