import assert from "node:assert/strict";
import type { DeletedAnswer } from "../../src/emulator";
import { environmentInputs } from "./inputs";
import { failure, type Made, type Props, useWorld } from "./support";

/** The call that a fault in the deletion of an environment belongs to. */
const DELETE = { operation: "DeleteComputeEnv" };

describe("deleting a compute environment", () => {
    const world = useWorld();
    let credentialsId: string;

    beforeEach(async () => {
        credentialsId = await world.credential();
    });

    async function make(others: Props = {}): Promise<Made> {
        const made = await world.make("computeEnv", environmentInputs(credentialsId, {}, others));
        world.quiet();
        return made;
    }

    const stored = (made: Made) => world.platform.state.computeEnvs.find(({ id }) => id === made.id)!;

    for (const deletedAnswer of ["200-deleted", "200-deleted-available", "400", "403", "404"] as DeletedAnswer[]) {
        it(`waits until it is gone, answered as ${deletedAnswer}`, async () => {
            await world.restart({ deletedAnswer, timings: { create: { polls: 0 }, delete: { polls: 1 } } });
            credentialsId = await world.credential();
            const made = await make();
            await world.provider.delete(made);
            assert.equal(stored(made).deleted, true);
            assert.deepEqual(world.calls(), [
                "DELETE /compute-envs/{id}",
                "GET /compute-envs/{id}",
                "GET /compute-envs/{id}",
                "GET /compute-envs",
            ]);
        });

        it(`of one that is gone already, answered as ${deletedAnswer}, is done`, async () => {
            await world.restart({ deletedAnswer });
            credentialsId = await world.credential();
            const made = await make();
            world.platform.setComputeEnvStatus(made.id, "DELETED");
            await world.provider.delete(made);
            assert.deepEqual(world.calls(), [
                "DELETE /compute-envs/{id}",
                "GET /compute-envs/{id}",
                "GET /compute-envs",
            ]);
        });
    }

    it("of one that is being deleted already waits for that", async () => {
        await world.restart({ timings: { create: { polls: 0 }, delete: { polls: 2 } } });
        credentialsId = await world.credential();
        const made = await make();
        await Promise.all([world.provider.delete(made), world.provider.delete(made)]);
        assert.equal(stored(made).deleted, true);
    });

    it("of an environment that never became ready works by its state alone", async () => {
        world.platform.faults.add({
            kind: "outcome",
            status: "ERRORED",
            message: "m",
            match: { operation: "CreateComputeEnv" },
        });
        const error = await failure(make());
        await world.provider.delete({
            kind: "computeEnv",
            id: error.id!,
            inputs: {},
            props: error.properties as Props,
        });
        assert.equal(world.platform.state.computeEnvs[0].deleted, true);
    });

    describe("with active runs", () => {
        it("waits until they end, and says that it does", async () => {
            const made = await make();
            const run = world.platform.addRun(made.id);
            const deleting = world.provider.delete(made);
            await world.provider.says(
                `Compute environment "${made.props.name}" has active runs; waiting for them to end before deleting it\n`,
            );
            assert.equal(stored(made).status, "AVAILABLE");
            world.platform.endRun(run);
            await deleting;
            assert.equal(stored(made).deleted, true);
        });

        it("gives up when the time is over, says so and changes nothing", async () => {
            const made = await make({ deleteTimeoutSeconds: 0.3, forceDelete: true });
            world.platform.addRun(made.id);
            const error = await failure(world.provider.delete(made));
            assert.equal(
                error.message,
                `The compute environment "${made.props.name}" could not be deleted within deleteTimeoutSeconds. DELETE /compute-envs/${made.id}: HTTP 409: "Conflicting deletion: compute environment '${made.props.name}' has 1 active job(s)". Runs are still active on this compute environment: wait for them to end or cancel them, then run again.`,
            );
            assert.equal(stored(made).status, "AVAILABLE");
        });
    });

    describe("that the Platform cannot clean up", () => {
        const cannot = () =>
            world.platform.faults.add({
                kind: "outcome",
                status: "ERRORED",
                message: "no such cluster",
                match: DELETE,
            });

        it("is an error that names it and the way out; the next run tries again", async () => {
            const made = await make();
            cannot();
            const error = await failure(world.provider.delete(made));
            assert.equal(
                error.message,
                `The Platform could not clean up the compute environment "${made.props.name}": "no such cluster". Fix the cause and run \`pulumi destroy\` again, or set forceDelete to leave behind what the Platform created in the cluster: the argument for \`pulumi up\`, the configuration seqera:forceDelete for \`pulumi destroy --run-program\`.`,
            );
            assert.equal(stored(made).status, "ERRORED");
            await world.provider.delete(made);
            assert.equal(stored(made).deleted, true);
        });

        it("is deleted by force where that is allowed, and only then", async () => {
            const made = await make({ forceDelete: true });
            cannot();
            await world.provider.delete(made);
            assert.equal(stored(made).deleted, true);
            assert.deepEqual(
                world.calls().filter((call) => call.startsWith("DELETE")),
                ["DELETE /compute-envs/{id}", "DELETE /compute-envs/{id}?force=true"],
            );
        });

        it("is recognised at once although it was ERRORED before", async () => {
            let now = Date.now();
            await world.restart({ clock: () => new Date((now += 1_000)) });
            credentialsId = await world.credential();
            const made = await make();
            world.platform.setComputeEnvStatus(made.id, "ERRORED", "before");
            const { props } = await world.provider.refreshed(made);
            cannot();
            const error = await failure(world.provider.delete({ ...made, props }));
            assert.match(error.message, /^The Platform could not clean up .*"no such cluster"/);
        });
    });

    describe("that takes too long", () => {
        it("is an error that says so, and the next run goes on waiting", async () => {
            const made = await make({ deleteTimeoutSeconds: 0.3 });
            world.platform.faults.add({ kind: "stuck", match: DELETE });
            const error = await failure(world.provider.delete(made));
            assert.equal(
                error.message,
                `The compute environment "${made.props.name}" is still DELETING after 1 s. Run again to continue to wait; to allow more time, raise deleteTimeoutSeconds.`,
            );
            world.platform.release(made.id);
            await world.provider.delete(made);
            assert.equal(stored(made).deleted, true);
        });

        it("is ended by force where that is allowed", async () => {
            const made = await make({ deleteTimeoutSeconds: 0.3, forceDelete: true });
            world.platform.faults.add({ kind: "stuck", match: DELETE });
            await world.provider.delete(made);
            assert.equal(stored(made).deleted, true);
        });
    });

    it("without the right is an error and no success", async () => {
        const made = await make();
        for (const operation of ["DeleteComputeEnv", "DescribeComputeEnv", "ListComputeEnvs"]) {
            world.platform.faults.add({
                kind: "status",
                status: 403,
                message: "Forbidden",
                match: { operation, times: 9 },
            });
        }
        const error = await failure(world.provider.delete(made));
        assert.match(error.message, /HTTP 403/);
        assert.equal(stored(made).deleted, false);
    });

    it("loses the right while it waits: an error and no success", async () => {
        const made = await make();
        world.platform.faults.add({ kind: "stuck", match: DELETE });
        for (const operation of ["DescribeComputeEnv", "ListComputeEnvs"]) {
            world.platform.faults.add({
                kind: "status",
                status: 403,
                message: "Forbidden",
                match: { operation, times: 9 },
            });
        }
        const error = await failure(world.provider.delete(made));
        assert.match(
            error.message,
            /^Waiting for the deletion of the compute environment "\S+" failed: GET .* HTTP 403/,
        );
    });

    it("frees the name only when it has ended, and then at once", async () => {
        await world.restart({ timings: { create: { polls: 0 }, delete: { polls: 1 } } });
        credentialsId = await world.credential();
        const named = { name: "prod", namePrefix: undefined, nameSeed: undefined };
        const made = await make(named);
        await world.provider.delete(made);
        const again = await make(named);
        assert.notEqual(again.id, made.id);
    });
});
