import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reporter } from "../../src/dynamic/providers/computeEnvWaits";
import { selfSigned } from "../unit/emulator/certificates";
import { LIMITED, makesAtOnce } from "./atOnce";
import { CANARIES, CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import { failure, type Kind, type Props, Provider, useWorld } from "./support";

const TOKEN = CREDENTIALS["a Kubernetes token"].keys;

describe("the provider process as it is shipped", () => {
    const world = useWorld(LIMITED);
    let provider: Provider;

    before(async () => {
        provider = await Provider.start({ pace: "as shipped" });
    });

    after(() => provider.stop());

    const make = (kind: Kind, news: Props) => provider.make(kind, { ...world.connection, ...news });

    it("serves several first calls at once, all of them with the configuration", async () => {
        const { endpoint, workspaceId } = world.connection;
        const fresh = await Provider.start({
            pace: "as shipped",
            config: {
                "seqera:endpoint": endpoint,
                "seqera:workspaceId": String(workspaceId),
                "seqera:accessToken": CANARIES.accessToken,
            },
        });
        try {
            const news = (i: number) => ({ name: `label-${i}`, value: "genomics" });
            const checked = await Promise.all([1, 2, 3].map((i) => fresh.checked("label", news(i))));
            for (const inputs of checked) {
                assert.deepEqual([inputs.endpoint, inputs.workspaceId], [endpoint, workspaceId]);
            }
            const made = await Promise.all(checked.map((inputs) => fresh.create("label", inputs)));
            assert.equal(new Set(made.map(({ id }) => id)).size, 3);
        } finally {
            await fresh.stop();
        }
    });

    it("serves several first creates at once", async () => {
        const fresh = await Provider.start({ pace: "as shipped" });
        try {
            const inputs = await Promise.all(
                [1, 2].map((i) =>
                    provider.checked("label", { ...world.connection, name: `label-${i}`, value: "genomics" }),
                ),
            );
            const made = await Promise.all(inputs.map((each) => fresh.create("label", each)));
            assert.equal(new Set(made.map(({ id }) => id)).size, 2);
        } finally {
            await fresh.stop();
        }
    });

    // These already make more calls in the first second than the Platform takes, were they not held back.
    it("makes eight environments at once and stays below the Platform's limit", () => makesAtOnce(8, provider, world));

    it("prints nothing when all is well", async () => {
        const lines = await provider.printed(async () => {
            const credential = await make("credentials", { ...GENERATED, ...TOKEN });
            const env = await make("computeEnv", environmentInputs(credential.id));
            await provider.read(env);
            await provider.delete(env);
            await provider.delete(credential);
        });
        assert.deepEqual(lines, []);
    });
});

describe("the provider process", () => {
    const world = useWorld();

    it("prints one line for a failure, without a stack and without a secret", async () => {
        const made = await world.make("label", { name: "team", value: "genomics" });
        const echo = `You sent Authorization: Bearer ${CANARIES.accessToken} and more`;
        for (const operation of ["ListLabels", "DeleteLabel"]) {
            world.platform.faults.add({ kind: "status", status: 400, message: echo, match: { operation, times: 9 } });
        }
        const errors: string[] = [];
        const lines = await world.provider.printed(async () => {
            errors.push((await failure(world.provider.read(made))).message);
            errors.push((await failure(world.provider.delete(made))).message);
        });
        assert.deepEqual(
            lines,
            errors.map((message) => `${message}: `),
        );
        for (const line of lines) {
            assert.match(line, /\[redacted\]/);
        }
    });

    for (const [what, { provider: kind, keys }] of Object.entries(CREDENTIALS)) {
        it(`does not repeat ${what} that the Platform sends back`, async () => {
            const [canary] = Object.values(CANARIES).filter((each) => JSON.stringify(keys).includes(each));
            const echo = `The ${kind} keys ${canary ?? "of no secret"} of ${CANARIES.accessToken} are wrong`;
            for (const operation of ["CreateCredentials", "UpdateCredentials"]) {
                world.platform.faults.add({ kind: "status", status: 400, message: echo, match: { operation } });
            }
            const refused = await failure(world.make("credentials", { ...GENERATED, ...keys }));
            const made = await world.make("credentials", { ...GENERATED, namePrefix: "second", ...keys });
            const error = await failure(
                world.provider.update(made, { ...world.connection, ...GENERATED, ...keys, description: "new" }),
            );
            for (const { message } of [refused, error]) {
                assert.match(message, /HTTP 400: "The \w+ keys .* are wrong"/);
                assert.equal(message.includes(CANARIES.accessToken), false);
                assert.equal(canary !== undefined && message.includes(canary), false);
            }
        });
    }

    it("keeps tokens of arguments to itself", async () => {
        const wrong = `${CANARIES.accessToken}-of-an-argument`;
        const error = await failure(world.make("label", { name: "team", value: "genomics", accessToken: wrong }));
        assert.match(error.message, /HTTP 401/);
        assert.equal(error.message.includes(CANARIES.accessToken), false);
    });

    it("says what to check when the server's certificate is not trusted, and takes one that is", async () => {
        const tls = await selfSigned();
        await world.restart({ tls });
        const error = await failure(world.make("label", { name: "team", value: "genomics" }));
        assert.equal(
            error.message,
            `GET /labels: could not establish a trusted TLS connection to ${world.platform.endpoint} (DEPTH_ZERO_SELF_SIGNED_CERT). Check the server's certificate and this machine's clock. For a private certificate authority, or a proxy that inspects TLS, set NODE_EXTRA_CA_CERTS to the authority's PEM file.`,
        );
        const folder = mkdtempSync(join(tmpdir(), "seqera-authority-"));
        try {
            writeFileSync(join(folder, "ca.pem"), tls.cert);
            const trusting = await Provider.start({ env: { NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") } });
            try {
                await trusting.make("label", { ...world.connection, name: "team", value: "genomics" });
            } finally {
                await trusting.stop();
            }
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("never writes the token of the configuration into a state", async () => {
        const label = await world.make("label", { name: "team", value: "genomics" });
        const credential = await world.make("credentials", {
            ...GENERATED,
            ...TOKEN,
        });
        const env = await world.make("computeEnv", environmentInputs(credential.id));
        const primary = await world.make("primaryComputeEnv", { computeEnvId: env.id });
        for (const made of [label, credential, env, primary]) {
            const states: Props[] = [made.props, made.inputs, await world.provider.read(made)];
            assert.equal(JSON.stringify(states).includes(CANARIES.accessToken), false, made.kind);
        }
    });
});

describe("a long wait", () => {
    /** What is printed when the environment is looked at after these many seconds. */
    function printed(looks: [number, { status: string; message?: string }?][]): string[] {
        const lines: string[] = [];
        const { log } = console;
        console.log = (line: string) => lines.push(line);
        try {
            const report = reporter("prod", "AVAILABLE");
            for (const [seconds, last] of looks) {
                report({ elapsedMs: seconds * 1_000, last: last as never });
            }
        } finally {
            console.log = log;
        }
        return lines;
    }

    it("is silent for ten seconds, then says every half minute where it is", () => {
        const looks = Array.from({ length: 100 }, (_, i): [number, { status: string }] => [i, { status: "CREATING" }]);
        assert.deepEqual(
            printed(looks),
            [10, 40, 70].map(
                (seconds) => `Compute environment "prod" is CREATING after ${seconds} s; waiting until it is AVAILABLE`,
            ),
        );
    });

    it("passes on what the Platform says, in one line and without what looks like a token", () =>
        assert.deepEqual(
            printed([[12, { status: "CREATING", message: "pulling\nimage, Bearer abcdefghijklmnop1234" }]]),
            [
                'Compute environment "prod" is CREATING after 12 s: pulling image, Bearer [redacted]; waiting until it is AVAILABLE',
            ],
        ));

    it("says when nothing has been seen yet", () =>
        assert.deepEqual(printed([[12]]), [
            'Compute environment "prod" is not visible yet after 12 s; waiting until it is AVAILABLE',
        ]));
});
