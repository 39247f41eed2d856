import assert from "node:assert/strict";
import type { FaultKind } from "../../src/emulator";
import { CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import { failure, type Kind, Provider, startPlatform, useWorld } from "./support";

type Lost =
    "a connection that breaks" | "a gateway's error" | "an answer that is cut off" | "no JSON" | "a slow answer";

const AFTER: Record<Lost, FaultKind> = {
    "a connection that breaks": { kind: "reset-after" },
    "a gateway's error": { kind: "status", status: 504, message: "upstream timed out", applied: true },
    "an answer that is cut off": { kind: "truncated" },
    "no JSON": { kind: "malformed" },
    // Longer than the client waits, so the object appears after it has begun to look.
    "a slow answer": { kind: "delay", delayMs: 700 },
};

const CREATES: Record<"credentials" | "computeEnv" | "label", { operation: string; inputs: (id: string) => object }> = {
    credentials: {
        operation: "CreateCredentials",
        inputs: () => ({ ...GENERATED, ...CREDENTIALS["AWS keys"].keys }),
    },
    computeEnv: { operation: "CreateComputeEnv", inputs: (credentialsId) => environmentInputs(credentialsId) },
    label: { operation: "CreateLabel", inputs: () => ({ name: "team", value: "genomics" }) },
};

describe("an answer that is lost", () => {
    const world = useWorld();
    let provider: Provider;
    let credentialsId: string;

    before(async () => {
        provider = await Provider.start({ pace: "impatient" });
    });

    after(() => provider.stop());

    beforeEach(async () => {
        credentialsId = await world.credential();
        world.quiet();
    });

    const objects = (kind: Kind): { id: unknown }[] => {
        const { credentials, computeEnvs, labels } = world.platform.state;
        return kind === "label"
            ? labels
            : (kind === "computeEnv" ? computeEnvs : credentials).filter(
                  ({ id, deleted }) => !deleted && id !== credentialsId,
              );
    };
    const make = (kind: keyof typeof CREATES) =>
        provider.make(kind, { ...world.connection, ...CREATES[kind].inputs(credentialsId) });
    const posts = () => world.platform.requests.filter(({ method }) => method === "POST").length;

    for (const [kind, { operation }] of Object.entries(CREATES) as [keyof typeof CREATES, { operation: string }][]) {
        describe(`to the create of a ${kind}`, () => {
            for (const [what, fault] of Object.entries(AFTER)) {
                it(`by ${what} leaves exactly one, which is ours`, async () => {
                    world.platform.faults.add({ ...fault, match: { operation } });
                    const made = await make(kind);
                    assert.deepEqual(
                        objects(kind).map(({ id }) => String(id)),
                        [made.id],
                    );
                    assert.equal(posts(), 1);
                });
            }

            it("before it had an effect is made after all, once", async () => {
                world.platform.faults.add({ kind: "reset-before", match: { operation } });
                const made = await make(kind);
                assert.deepEqual(
                    objects(kind).map(({ id }) => String(id)),
                    [made.id],
                );
                assert.equal(posts(), 2);
            });

            it("is told as such when looking fails too, and the next run finds it", async () => {
                world.platform.faults.add({ kind: "reset-after", match: { operation } });
                world.platform.faults.add({
                    kind: "status",
                    status: 503,
                    match: {
                        operation: kind === "label" ? "ListLabels" : `List${operation.slice(6)}s`.replace("ss", "s"),
                        nth: kind === "label" ? 2 : 1,
                        times: 100,
                    },
                });
                const error = await failure(make(kind));
                assert.match(
                    error.message,
                    /broke before the answer was complete.*It may have taken effect all the same\./,
                );
                assert.equal(objects(kind).length, 1);
                world.platform.faults.remove();
                const made = await world.make(kind, CREATES[kind].inputs(credentialsId));
                assert.deepEqual(
                    objects(kind).map(({ id }) => String(id)),
                    [made.id],
                );
            });
        });
    }

    it("under a name of the program's own does not make somebody else's environment ours", async () => {
        const named = { name: "prod", namePrefix: undefined, nameSeed: undefined };
        // Between our look and our create somebody else makes one of that name: the create is refused, its answer lost.
        world.platform.faults.add({ kind: "delay", delayMs: 300, match: { operation: "CreateComputeEnv" } });
        world.platform.faults.add({ kind: "reset-after", match: { operation: "CreateComputeEnv" } });
        const ours = failure(
            provider.make("computeEnv", {
                ...world.connection,
                ...environmentInputs(credentialsId, { namespace: "ours" }, named),
            }),
        );
        while (posts() === 0) {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        const theirs = await world.make("computeEnv", environmentInputs(credentialsId, { namespace: "theirs" }, named));
        const { message, id } = await ours;
        assert.match(message, /the answer was lost, and the "prod" that is there now was made with other settings/);
        assert.equal(id, undefined);
        assert.deepEqual(
            objects("computeEnv").map((each) => each.id),
            [theirs.id],
        );
    });

    it("because nobody is there says what to check", async () => {
        const gone = await startPlatform();
        const { endpoint } = gone;
        await gone.stop();
        const inputs = await provider.checked("primaryComputeEnv", { endpoint, computeEnvId: "e" });
        const error = await failure(provider.create("primaryComputeEnv", inputs));
        assert.equal(
            error.message,
            `POST /compute-envs/e/primary: ${endpoint} refused the connection (ECONNREFUSED). Check the endpoint's host and port, and that the Platform is running.`,
        );
    });

    it("to an update or a delete is asked for again", async () => {
        const made = await make("computeEnv");
        world.platform.faults.add({ kind: "reset-after", match: { operation: "UpdateComputeEnv" } });
        const changed = await provider.update(made, {
            ...world.connection,
            ...environmentInputs(credentialsId),
            description: "new",
        });
        assert.equal(world.platform.state.computeEnvs[0].description, "new");
        world.platform.faults.add({ kind: "reset-after", match: { operation: "DeleteComputeEnv" } });
        await provider.delete(changed);
        assert.deepEqual(objects("computeEnv"), []);
    });

    it("while waiting does not end the waiting", async () => {
        world.platform.faults.add({ kind: "reset-before", match: { operation: "DescribeComputeEnv", times: 2 } });
        world.platform.faults.add({
            kind: "status",
            status: 502,
            match: { operation: "DescribeComputeEnv", nth: 3, times: 2 },
        });
        assert.equal((await make("computeEnv")).props.status, "AVAILABLE");
    });
});
