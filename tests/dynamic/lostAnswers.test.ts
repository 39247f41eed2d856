import assert from "node:assert/strict";
import type { FaultKind } from "../../src/emulator";
import { CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import {
    failure,
    fastTimeoutsProvider,
    fastLookupsProvider,
    type Kind,
    type Props,
    type Provider,
    startPlatform,
    until,
    useWorld,
} from "./support";

type Lost =
    "a connection that breaks" | "a gateway's error" | "an answer that is cut off" | "no JSON" | "a slow answer";

const AFTER: Record<Lost, FaultKind> = {
    "a connection that breaks": { kind: "reset-after" },
    "a gateway's error": { kind: "status", status: 504, message: "upstream timed out", applied: true },
    "an answer that is cut off": { kind: "truncated" },
    "no JSON": { kind: "malformed" },
    // Longer than the client waits, so the object appears after it has begun to look.
    "a slow answer": { kind: "delay", delayMs: 500 },
};

/** A name of the program's own. */
const NAMED = { name: "prod", namePrefix: undefined, nameSeed: undefined };

interface Create {
    kind: "credentials" | "computeEnv" | "label";
    operation: string;
    inputs: (credentialsId: string) => Props;
}

const COMPUTE_ENV: Create = {
    kind: "computeEnv",
    operation: "CreateComputeEnv",
    inputs: (credentialsId) => environmentInputs(credentialsId),
};

const CREATES: Record<string, Create> = {
    credentials: {
        kind: "credentials",
        operation: "CreateCredentials",
        inputs: () => ({ ...GENERATED, ...CREDENTIALS["AWS keys"].keys }),
    },
    computeEnv: COMPUTE_ENV,
    "computeEnv with a name of the program's own": {
        ...COMPUTE_ENV,
        inputs: (credentialsId) => environmentInputs(credentialsId, {}, NAMED),
    },
    label: { kind: "label", operation: "CreateLabel", inputs: () => ({ name: "team", value: "genomics" }) },
};

describe("an answer that is lost", () => {
    const world = useWorld();
    let provider: Provider;
    let credentialsId: string;

    before(async () => {
        provider = await fastLookupsProvider();
    });

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
    const make = ({ kind, inputs }: Create, by = provider) =>
        by.make(kind, { ...world.connection, ...inputs(credentialsId) });
    const posts = () => world.platform.requests.filter(({ method }) => method === "POST").length;

    for (const [what, create] of Object.entries(CREATES)) {
        const { kind, operation } = create;

        describe(`to the create of a ${what}`, () => {
            for (const [how, fault] of Object.entries(AFTER)) {
                it(`by ${how} leaves exactly one, which is ours`, async () => {
                    world.platform.faults.add({ ...fault, match: { operation } });
                    const made = await make(create, fault.kind === "delay" ? await fastTimeoutsProvider() : provider);
                    assert.deepEqual(
                        objects(kind).map(({ id }) => String(id)),
                        [made.id],
                    );
                    assert.equal(posts(), 1);
                });
            }

            it("before it had an effect is made after all, once", async () => {
                world.platform.faults.add({ kind: "reset-before", match: { operation } });
                const made = await make(create);
                assert.deepEqual(
                    objects(kind).map(({ id }) => String(id)),
                    [made.id],
                );
                assert.equal(posts(), 2);
            });
        });
    }

    it("under a name of the program's own does not make somebody else's environment ours", async () => {
        // Between our look and our create somebody else makes one of that name: the create is refused, its answer lost.
        world.platform.faults.add({ kind: "delay", delayMs: 300, match: { operation: "CreateComputeEnv" } });
        world.platform.faults.add({ kind: "reset-after", match: { operation: "CreateComputeEnv" } });
        const ours = failure(
            provider.make("computeEnv", {
                ...world.connection,
                ...environmentInputs(credentialsId, { namespace: "ours" }, NAMED),
            }),
        );
        await until("our create is on its way", () => posts() === 1);
        const theirs = await world.make("computeEnv", environmentInputs(credentialsId, { namespace: "theirs" }, NAMED));
        const { message, id } = await ours;
        assert.match(message, /the response was lost, and the existing "prod" was created with different settings/);
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
        const made = await make(COMPUTE_ENV);
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
        assert.equal((await make(COMPUTE_ENV)).props.status, "AVAILABLE");
    });
});
