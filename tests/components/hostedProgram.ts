/**
 * Runs a program as Pulumi's language host does, in a process of its own, against an engine that only listens: what is
 * registered, what is printed, and how the process ends.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ROOT } from "../support/installedPackage";
import { compiled } from "../unit/compiled";

/* eslint-disable @typescript-eslint/no-require-imports -- the SDK's messages are CommonJS without usable types */
const engine = require("@pulumi/pulumi/proto/engine_grpc_pb");
const engineMessages = require("@pulumi/pulumi/proto/engine_pb");
const monitor = require("@pulumi/pulumi/proto/resource_grpc_pb");
const providerMessages = require("@pulumi/pulumi/proto/provider_pb");
const monitorMessages = require("@pulumi/pulumi/proto/resource_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
/* eslint-enable @typescript-eslint/no-require-imports */

export interface Run {
    /** What Pulumi shows the user as errors. */
    errors: string[];
    /** What Pulumi shows the user as warnings. */
    warnings: string[];
    /** Types of what was registered, the stack itself apart. */
    registered: string[];
    code: number | null;
    output: string;
}

type Call = grpc.ServerUnaryCall<any, any>;
type Answer = grpc.sendUnaryData<any>;

/** The Secret of a service account token as Kubernetes fills it, unless it is one that Kubernetes does not know. */
function filled(request: any): unknown {
    const object = request.getObject().toJavaScript();
    const known = object.metadata.annotations["kubernetes.io/service-account.name"] !== "nobody";
    return Struct.fromJavaScript({ ...object, ...(known ? { data: { token: "dG9rZW4=", "ca.crt": "Y2E=" } } : {}) });
}

/**
 * What functions of a cloud answer, by the end of their tokens, such as `getManagedCluster`; an error where they fail, and a
 * function of the arguments where it depends on them.
 */
export type Answers = Record<string, Found | Error | ((args: Record<string, any>) => Found)>;

type Found = Record<string, unknown>;

/**
 * `body` is CommonJS; it finds the package as `seqera`, its parts by `part("aks")` and the SDK as `pulumi`. The package is a dependency of
 * the program's, unless only another one is to bring it.
 */
export async function runHosted(body: string, answers: Answers = {}, dependency = true): Promise<Run> {
    const run: Run = { errors: [], warnings: [], registered: [], code: null, output: "" };
    const server = await listen(run, answers);
    const directory = mkdtempSync(join(tmpdir(), "seqera-program-"));
    try {
        const program = [
            `const pulumi = require(${JSON.stringify(require.resolve("@pulumi/pulumi"))});`,
            `const seqera = require(${JSON.stringify(compiled("index.js"))});`,
            `const part = (name) => require(${JSON.stringify(compiled())} + "/" + name + "/index.js");`,
            body,
        ];
        writeFileSync(join(directory, "index.js"), program.join("\n"));
        writeFileSync(join(directory, "package.json"), JSON.stringify({ name: "program", main: "index.js" }));
        if (dependency) {
            mkdirSync(join(directory, "node_modules"));
            symlinkSync(ROOT, join(directory, "node_modules", "pulumi-seqera-kubernetes"));
        }
        await execute(directory, `127.0.0.1:${server.port}`, run);
    } finally {
        server.stop();
        rmSync(directory, { recursive: true, force: true });
    }
    return run;
}

function execute(directory: string, address: string, run: Run): Promise<void> {
    const host = require.resolve("@pulumi/pulumi/cmd/run");
    const options = [
        "--organization=organization",
        "--project=project",
        "--stack=stack",
        `--pwd=${directory}`,
        `--monitor=${address}`,
        `--engine=${address}`,
    ];
    const child = spawn(process.execPath, [host, ...options, "."], {
        cwd: directory,
        env: {
            ...{ PATH: process.env.PATH, HOME: process.env.HOME, PULUMI_NODEJS_TYPESCRIPT: "false" },
            TOWER_ACCESS_TOKEN: "a-token",
        },
        stdio: ["ignore", "pipe", "pipe"],
        // Node 20 describes an error for ever whose stack leads through a file right below a scope, as that of every
        // error of an output does (node_modules/@pulumi/output.ts), when it does so in colour, as Pulumi does.
        timeout: 25_000,
        killSignal: "SIGKILL",
    });
    for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (data: Buffer) => (run.output += data.toString()));
    }
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            run.code = code;
            resolve();
        });
    });
}

async function listen(run: Run, answers: Answers): Promise<{ port: number; stop: () => void }> {
    const server = new grpc.Server();
    const empty = (_call: Call, answer: Answer) => answer(null, new Empty());
    server.addService(engine.EngineService, {
        log: ({ request }: Call, answer: Answer) => {
            if (request.getSeverity() === engineMessages.LogSeverity.ERROR) {
                run.errors.push(request.getMessage());
            }
            if (request.getSeverity() === engineMessages.LogSeverity.WARNING) {
                run.warnings.push(request.getMessage());
            }
            answer(null, new Empty());
        },
        getRootResource: (_call: Call, answer: Answer) => answer(null, new engineMessages.GetRootResourceResponse()),
        setRootResource: (_call: Call, answer: Answer) => answer(null, new engineMessages.SetRootResourceResponse()),
    });
    server.addService(monitor.ResourceMonitorService, {
        supportsFeature: ({ request }: Call, answer: Answer) => {
            const supported = ["secrets", "resourceReferences", "deletedWith", "aliasSpecs"].includes(request.getId());
            answer(null, new monitorMessages.SupportsFeatureResponse().setHassupport(supported));
        },
        registerResource: ({ request }: Call, answer: Answer) => {
            const [type, name] = [request.getType(), request.getName()];
            if (type !== "pulumi:pulumi:Stack") {
                run.registered.push(type);
            }
            const registered = new monitorMessages.RegisterResourceResponse();
            registered.setUrn(`urn:pulumi:stack::project::${type}::${name}`);
            registered.setId(request.getCustom() ? `${name}-id` : "");
            registered.setObject(type === "kubernetes:core/v1:Secret" ? filled(request) : request.getObject());
            answer(null, registered);
        },
        invoke: ({ request }: Call, answer: Answer) => {
            const token = Object.keys(answers).find((name) => request.getTok().endsWith(`:${name}`));
            const given = token === undefined ? {} : answers[token];
            if (given instanceof Error) {
                answer({ code: grpc.status.UNKNOWN, details: given.message });
                return;
            }
            const found = typeof given === "function" ? given(request.getArgs().toJavaScript()) : given;
            answer(null, new providerMessages.InvokeResponse().setReturn(Struct.fromJavaScript(found)));
        },
        registerResourceOutputs: empty,
        signalAndWaitForShutdown: empty,
    });
    const port = await new Promise<number>((resolve, reject) =>
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        ),
    );
    return { port, stop: () => server.forceShutdown() };
}
