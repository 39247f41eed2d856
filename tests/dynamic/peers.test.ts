import assert from "node:assert/strict";
import { CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import { failure, type Made, type Props, useWorld } from "./support";

/** The call that a fault in the making of an environment belongs to. */
const CREATE = { operation: "CreateComputeEnv" };

/**
 * How the best known alternative fails, reproduced with Terraform and its Seqera provider: each is a promise of ours, and
 * most of them are shown where the same is tested anyway. What only a whole run can show (3, 5, 8 and 10) is shown on the
 * real engine as well, in tests/engine (mishaps, rotation, refresh, lifecycle).
 *
 * 1. An environment that ends ERRORED is lost, and its replacement with it: here.
 * 2. One that is stuck in CREATING is lost: computeEnvCreate.test.ts, "that takes too long".
 * 3. A create that is killed leaves an orphan: adoption.test.ts, "a create that was killed".
 * 4. A lost answer leaves an orphan or a second one: lostAnswers.test.ts, unknownOutcome.test.ts; nothing can be imported
 *    after that: read.test.ts, "by its id alone".
 * 5. A token that has changed is no change: credentials.test.ts, "a new token" and "rotates the keys in place".
 * 6. A changed configuration leaves a gap without an environment: here.
 * 7. What could change in place replaces, and a field that is removed is no change: computeEnvDiff.test.ts, "updates for",
 *    and computeEnvUpdate.test.ts, "takes away what is wanted no more".
 * 8. A right that is lost drops what is in state: gone.test.ts, "because the right is lost altogether".
 * 9. What is gone fails the destroy: computeEnvDelete.test.ts, "of one that is gone already"; gone.test.ts.
 * 10. A credential goes before the environment that is cleaned up with it: credentials.test.ts, "refuses while a compute
 *     environment uses it".
 */
describe("what fails elsewhere", () => {
    const world = useWorld();
    let credential: Made;

    beforeEach(async () => {
        credential = await world.make("credentials", { ...GENERATED, ...CREDENTIALS["a Kubernetes token"].keys });
    });

    const inputs = (config: object = {}, others: object = {}) => environmentInputs(credential.id, config, others);
    const envs = () => world.platform.state.computeEnvs.filter(({ deleted }) => !deleted);
    const credentials = () => world.platform.state.credentials.filter(({ deleted }) => !deleted);

    /** Creates as the engine does, and gives back what it keeps when the environment is not ready. */
    async function unfinished(news: Props): Promise<Made> {
        const checked = await world.provider.checked("computeEnv", { ...world.connection, ...news });
        const { id, properties } = await failure(world.provider.create("computeEnv", checked));
        assert.ok(id, "nothing is in state");
        return { kind: "computeEnv", id, inputs: checked, props: properties as Props };
    }

    it("1. an environment that ends ERRORED is in state: it is replaced by the next run, and removed by a destroy", async () => {
        world.platform.faults.add({
            kind: "outcome",
            status: "ERRORED",
            message: "quota",
            match: { ...CREATE, times: 2 },
        });
        const first = await unfinished(inputs());
        assert.deepEqual((await world.provider.diff(first, first.inputs)).replaces, ["status"]);
        const second = await unfinished(inputs());
        await world.provider.delete(first);
        assert.deepEqual(
            envs().map(({ id }) => id),
            [second.id],
        );
        assert.match((await failure(world.provider.delete(credential))).message, /is still used by/);
        await world.provider.delete(second);
        await world.provider.delete(credential);
        assert.deepEqual([envs(), credentials()], [[], []]);
    });

    it("1. a replacement that ends ERRORED loses nothing of the old one", async () => {
        const old = await world.make("computeEnv", inputs());
        world.platform.faults.add({ kind: "outcome", status: "ERRORED", message: "quota", match: CREATE });
        const replacement = await unfinished(inputs({ namespace: "other" }));
        assert.notEqual(replacement.id, old.id);
        assert.equal((await world.provider.read(old)).props.status, "AVAILABLE");
    });

    it("6. a changed configuration is never without an environment: the new one is there before the old one goes", async () => {
        await world.restart({ timings: { create: { polls: 0 }, delete: { polls: 2 } } });
        credential = await world.make("credentials", { name: "cluster", ...CREDENTIALS["a Kubernetes token"].keys });
        const old = await world.make("computeEnv", inputs());
        const news = await world.provider.checked(
            "computeEnv",
            { ...world.connection, ...inputs({ namespace: "b" }) },
            old.inputs,
        );
        assert.deepEqual(await world.provider.diff(old, news), {
            changes: "DIFF_SOME",
            replaces: ["config"],
            deleteBeforeReplace: false,
        });
        const replacement = await world.make("computeEnv", inputs({ namespace: "b" }));
        assert.deepEqual(
            envs().map(({ status }) => status),
            ["AVAILABLE", "AVAILABLE"],
        );
        await world.provider.delete(old);
        assert.deepEqual(
            envs().map(({ id }) => id),
            [replacement.id],
        );
    });
});
