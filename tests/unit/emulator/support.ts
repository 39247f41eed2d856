import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { got, type Got, type Method } from "got";
import { DEFAULT_ACCESS_TOKEN, DEFAULT_WORKSPACE, PlatformEmulator, type EmulatorOptions } from "../../../src/emulator";

const documentPath = resolve(__dirname, "../../../../shared/reference/seqera-api.yaml");

/** The Platform's OpenAPI document, where it lies beside the project; without it the tests run unchecked. */
export const openapi = existsSync(documentPath) ? documentPath : undefined;

export const workspaceId = DEFAULT_WORKSPACE.id;

export interface Result {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    // Answers are looked into field by field; their shape is what the tests are about.
    body: any;
}

/** A client that never retries and never throws on a status. */
export class Client {
    private readonly http: Got;

    constructor(
        endpoint: string,
        token: string | null = DEFAULT_ACCESS_TOKEN,
        private readonly query: Record<string, string | number | boolean> = { workspaceId },
    ) {
        this.http = got.extend({
            prefixUrl: endpoint,
            headers: token === null ? {} : { authorization: `Bearer ${token}` },
            retry: { limit: 0 },
            throwHttpErrors: false,
            timeout: { request: 10_000 },
        });
    }

    async call(method: Method, path: string, json?: object, query: Record<string, unknown> = {}): Promise<Result> {
        const searchParams = new URLSearchParams();
        for (const [key, value] of Object.entries({ ...this.query, ...query })) {
            for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
                searchParams.append(key, String(one));
            }
        }
        const answer = await this.http(path.replace(/^\//, ""), { method, json, searchParams });
        return {
            status: answer.statusCode,
            headers: answer.headers,
            body: answer.body === "" ? undefined : (JSON.parse(answer.body) as unknown),
        };
    }

    get(path: string, query?: Record<string, unknown>): Promise<Result> {
        return this.call("GET", path, undefined, query);
    }

    post(path: string, body: object = {}, query?: Record<string, unknown>): Promise<Result> {
        return this.call("POST", path, body, query);
    }

    put(path: string, body: object, query?: Record<string, unknown>): Promise<Result> {
        return this.call("PUT", path, body, query);
    }

    delete(path: string, query?: Record<string, unknown>): Promise<Result> {
        return this.call("DELETE", path, undefined, query);
    }
}

const running: PlatformEmulator[] = [];

/** Starts an emulator that does not touch any cluster, unless told so, and whose work shows at the first look. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<PlatformEmulator> {
    const emulator = await PlatformEmulator.start({
        openapi,
        kubernetes: false,
        rateLimit: false,
        timings: { create: { polls: 0 }, delete: { polls: 0 } },
        ...options,
    });
    running.push(emulator);
    return emulator;
}

/** Stops what the test started; answers that violate the document fail the test. */
export async function stopEmulators(): Promise<void> {
    const stopped = running.splice(0);
    await Promise.all(stopped.map((emulator) => emulator.stop()));
    const wrong = stopped.flatMap(({ violations }) => violations.filter(({ direction }) => direction === "response"));
    if (wrong.length > 0) {
        throw new Error(`Answers violate the OpenAPI document:\n${JSON.stringify(wrong, null, 2)}`);
    }
}

export const kubernetesCredentials = { name: "cluster", provider: "k8s", keys: { token: "s3cr3t-token" } };

export async function createCredentials(client: Client, overrides: object = {}): Promise<string> {
    const { status, body } = await client.post("/credentials", {
        credentials: { ...kubernetesCredentials, ...overrides },
    });
    if (status !== 200) {
        throw new Error(`POST /credentials: ${status} ${JSON.stringify(body)}`);
    }
    return body.credentialsId as string;
}

export const kubernetesConfig = {
    discriminator: "k8s-platform",
    server: "https://10.0.0.1:6443",
    sslCert: "LS0tLS1CRUdJTi==",
    namespace: "tower-nf",
    headServiceAccount: "tower-launcher-sa",
    storageClaimName: "tower-scratch",
    workDir: "/scratch/work",
};

/** A body of `POST /compute-envs` with changes to the compute environment and to its config. */
export function computeEnvBody(credentialsId: string | undefined, overrides: object = {}, config: object = {}): object {
    return {
        computeEnv: {
            name: "prod",
            platform: "k8s-platform",
            credentialsId,
            config: { ...kubernetesConfig, ...config },
            ...overrides,
        },
    };
}

export async function createComputeEnv(
    client: Client,
    credentialsId: string,
    overrides: object = {},
    config: object = {},
): Promise<string> {
    const { status, body } = await client.post("/compute-envs", computeEnvBody(credentialsId, overrides, config));
    if (status !== 200) {
        throw new Error(`POST /compute-envs: ${status} ${JSON.stringify(body)}`);
    }
    return body.computeEnvId as string;
}

/** Waits until something holds, ten seconds at most. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!(await holds())) {
        assert.ok(Date.now() < deadline, `it does not happen that ${what}`);
        await sleep(5);
    }
}

/** Describes a compute environment until it has left a status. */
export async function settled(client: Client, id: string): Promise<Result> {
    let answer: Result;
    await eventually(`compute environment ${id} settles`, async () => {
        answer = await client.get(`/compute-envs/${id}`);
        return !["CREATING", "DELETING"].includes(answer.body?.computeEnv?.status as string);
    });
    return answer!;
}
