import assert from "node:assert/strict";
import { CANARIES, CREDENTIALS, GENERATED } from "./inputs";
import { anotherProvider, failure, type Made, type Props, UNKNOWN, useWorld, workspaceId } from "./support";

describe("a data-link", () => {
    const world = useWorld();
    const stored = () => world.platform.state.dataLinks;
    const READS = { name: "reads", resourceRef: "s3://reads/run-1" };

    const make = (others: Props = {}) => world.make("dataLink", { ...READS, ...others });
    const update = (made: Made, news: Props) => world.provider.update(made, { ...world.connection, ...news });
    const diff = async (made: Made, news: Props) =>
        world.provider.diff(
            made,
            await world.provider.checked("dataLink", { ...world.connection, ...news }, made.inputs),
        );
    const credential = async (name: string): Promise<string> =>
        (await world.make("credentials", { name, ...CREDENTIALS["AWS keys"].keys })).id;
    const put = (id: string, body: object) =>
        fetch(`${world.platform.endpoint}/data-links/${id}?workspaceId=${workspaceId}`, {
            method: "PUT",
            headers: { authorization: `Bearer ${CANARIES.accessToken}`, "content-type": "application/json" },
            body: JSON.stringify(body),
        });

    it("is made for a public bucket, of the provider that its scheme means", async () => {
        const made = await make({ description: "of the run" });
        const [{ provider, publicAccessible, credentialsId, description, type }] = stored();
        assert.deepEqual(
            [provider, publicAccessible, credentialsId, description, type],
            ["aws", true, null, "of the run", "bucket"],
        );
        assert.deepEqual([made.id, made.props.provider, made.props.region], [stored()[0].id, "aws", ""]);
        world.quiet();
        assert.equal((await diff(made, { ...READS, description: "of the run" })).changes, "DIFF_NONE");
        assert.equal((await diff(made, { ...READS, description: "of the run", provider: "aws" })).changes, "DIFF_NONE");
        assert.deepEqual(world.calls(), []);
    });

    it("changes name, description and credential in place, and clears a description that the program drops", async () => {
        const [first, second] = [await credential("first"), await credential("second")];
        const made = await make({ credentialsId: first, description: "d" });
        world.quiet();
        await update(made, { ...READS, name: "new", credentialsId: second });
        assert.deepEqual(world.calls(), ["PUT /data-links/{id}"]);
        const [{ name, description, credentialsId }] = stored();
        assert.deepEqual([name, description, credentialsId], ["new", "", second]);
    });

    it("is replaced for what the Platform cannot change, the old one first where both lead to the same", async () => {
        const made = await make();
        const cases: [Props, string, boolean][] = [
            [{ resourceRef: "s3://other" }, "resourceRef", false],
            [{ provider: "seqeracompute", credentialsId: "c1" }, "provider,credentialsId", true],
            [{ credentialsId: UNKNOWN }, "credentialsId", true],
            [{ workspaceId: workspaceId + 1 }, "workspaceId", false],
        ];
        for (const [others, replaces, first] of cases) {
            const answer = await diff(made, { ...READS, ...others });
            assert.deepEqual([answer.replaces.join(), answer.deleteBeforeReplace], [replaces, first]);
        }
    });

    it("that is changed outside is read, and restored", async () => {
        const [ours, theirs] = [await credential("ours"), await credential("theirs")];
        const given = { ...READS, description: "d", credentialsId: ours };
        const made = await make(given);
        await put(made.id, { name: "theirs", description: "theirs", credentialsId: theirs });
        const seen = await world.provider.refreshed(made);
        const { name, description, credentialsId } = seen.inputs;
        assert.deepEqual([name, description, credentialsId], ["theirs", "theirs", theirs]);
        assert.equal((await diff(seen, given)).changes, "DIFF_SOME");
        await update(seen, given);
        assert.deepEqual([stored()[0].name, stored()[0].credentialsId], ["reads", ours]);
        const again = await world.provider.refreshed(await update(seen, given));
        assert.equal((await diff(again, given)).changes, "DIFF_NONE");
    });

    it("that is deleted outside is gone, and a deletion is done", async () => {
        const made = await make();
        await world.provider.delete(made);
        assert.deepEqual(stored(), []);
        assert.equal((await world.provider.read(made)).id, "");
        await world.provider.delete(made);
    });

    it("is made once, although an answer is lost or a run is killed", async () => {
        world.platform.faults.add({ kind: "reset-after", match: { operation: "CreateCustomDataLink" } });
        const given = { ...world.connection, ...GENERATED, resourceRef: READS.resourceRef };
        const killed = await (await anotherProvider()).make("dataLink", given);
        assert.equal(stored().length, 1);
        const made = await world.provider.make("dataLink", { ...given, description: "new" });
        assert.deepEqual([made.id, stored().length, stored()[0].description], [killed.id, 1, "new"]);
        await world.provider.says(/left by an interrupted run; taking it over/);
    });

    describe("that is there already", () => {
        let id: string;
        beforeEach(async () => {
            const theirs = { ...world.connection, ...READS, name: "theirs", description: "theirs" };
            ({ id } = await (await anotherProvider()).make("dataLink", theirs));
        });

        it("is adopted by name or id", async () => {
            for (const [adopt, whose] of [
                ["theirs", "by name"],
                [`${workspaceId}/${id}`, "by id"],
            ]) {
                const given = { ...GENERATED, resourceRef: READS.resourceRef, description: "theirs", adopt };
                const made = await (await anotherProvider(whose)).make("dataLink", { ...world.connection, ...given });
                assert.deepEqual([made.id, made.props.name], [id, "theirs"]);
            }
            assert.equal(stored().length, 1);
        });

        it("is not changed where the program differs", async () => {
            const given = { ...world.connection, ...READS, adopt: "theirs" };
            const { failures } = await world.provider.check("dataLink", {}, given);
            assert.match(failures[0].reason, /name: the data-link has "theirs", the program has "reads"/);
            assert.match(failures[0].reason, /description: the data-link has "theirs", the program has nothing/);
            const elsewhere = { ...given, resourceRef: "s3://other" };
            assert.deepEqual((await world.provider.check("dataLink", {}, elsewhere)).failures, [
                {
                    property: "adopt",
                    reason: 'the data-link "theirs" leads to s3://reads/run-1 of aws, not to s3://other of aws (write its resourceRef and provider, or remove adopt to create a new data-link)',
                },
            ]);
            const withCredential = { ...given, credentialsId: await credential("ours") };
            assert.match(
                (await world.provider.check("dataLink", {}, withCredential)).failures[0].reason,
                /credentialsId: .*the Platform cannot change it/,
            );
            const consent = { ...given, adoptWithout: ["name", "description"] };
            assert.equal((await world.provider.make("dataLink", consent)).id, id);
            assert.deepEqual([stored()[0].name, stored()[0].description], ["reads", ""]);
        });

        it("stands in the way of a second one to the same resource", async () => {
            const error = await failure(make({ name: "second" }));
            assert.match(error.message, /^POST \/data-links: HTTP 400: "A data-link to 's3:\/\/reads\/run-1' exists/);
        });
    });
});
