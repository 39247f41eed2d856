import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARIES, CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import { failure, type Made, type Props, useWorld, workspaceId } from "./support";

const token = CREDENTIALS["a Kubernetes token"].keys;
const role = CREDENTIALS["an AWS role"].keys;
const googleKey = JSON.stringify({ type: "service_account", private_key: "theirs" });

/** What somebody else writes into each kind of credential, without a change that can be seen. */
const THEIRS: Record<keyof typeof CREDENTIALS, { keys: Props; seen: boolean }> = {
    "a Kubernetes token": { keys: { token: "theirs" }, seen: true },
    "a Kubernetes certificate": {
        keys: { ...CREDENTIALS["a Kubernetes certificate"].keys.kubernetes, privateKey: "-----BEGIN X" },
        seen: true,
    },
    "AWS keys": { keys: { mode: "keys", ...CREDENTIALS["AWS keys"].keys.aws, secretKey: "theirs" }, seen: true },
    // There is nothing of a role that the Platform does not show.
    "an AWS role": { keys: { mode: "role", ...role.aws }, seen: false },
    "a Google key": { keys: { data: googleKey }, seen: true },
};

describe("the keys of a credential that nobody can read", () => {
    let ahead = 0;
    const clock = () => new Date(Date.now() + ahead);
    const world = useWorld({ clock });
    const directory = mkdtempSync(join(tmpdir(), "credentials-doubt-"));
    const stateFile = join(directory, "state.json");

    beforeEach(async () => {
        ahead = 0;
        rmSync(stateFile, { force: true });
        await world.restart({ stateFile });
    });

    after(() => rmSync(directory, { recursive: true }));

    const later = () => (ahead += 5_000);
    const stored = (made: Made) => world.platform.state.credentials.find(({ id }) => id === made.id)!;
    /** The secret keys that the Platform has by now. */
    const secrets = (made: Made): Props => JSON.parse(readFileSync(stateFile, "utf8")).state.secrets[made.id];
    const make = (keys: Props = token) => world.make("credentials", { ...GENERATED, ...keys });
    const update = (made: Made, keys: Props = token) =>
        world.provider.update(made, { ...world.connection, ...GENERATED, ...keys });
    const changes = async (made: Made) => {
        const { changes: what, replaces } = await world.provider.diff(made, programOf(made));
        return [what, replaces];
    };
    const programOf = ({ inputs: { keysInDoubt: _, ...inputs } }: Made) => inputs;
    const due = ["DIFF_SOME", []];
    const none = ["DIFF_NONE", []];

    /** Writes a credential behind the resource's back. */
    async function elsewhere(made: Made, keys: Props): Promise<void> {
        const { name, provider } = made.props;
        const url = `${world.platform.endpoint}/credentials/${made.id}?workspaceId=${workspaceId}`;
        const answer = await fetch(url, {
            method: "PUT",
            headers: { authorization: `Bearer ${CANARIES.accessToken}`, "content-type": "application/json" },
            body: JSON.stringify({ credentials: { name, provider, keys } }),
        });
        assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
    }

    /** Nothing is due, and a refresh changes nothing, however often. */
    async function rests(made: Made): Promise<void> {
        later();
        assert.deepEqual(await changes(made), none);
        const refreshed = await world.provider.refreshed(made);
        assert.deepEqual([refreshed.props, refreshed.inputs], [made.props, programOf(made)]);
        assert.deepEqual((await world.provider.refreshed(refreshed)).props, made.props);
        assert.deepEqual(await changes(refreshed), none);
    }

    for (const [what, { keys: theirs, seen }] of Object.entries(THEIRS)) {
        const { keys } = CREDENTIALS[what as keyof typeof CREDENTIALS];

        it(`${what}: one that was written outside ${seen ? "is written again, once" : "without a change is left alone"}`, async () => {
            const made = await make(keys);
            const ours = secrets(made);
            later();
            await elsewhere(made, theirs);
            const { lastUpdated } = stored(made);
            const refreshed = await world.provider.refreshed(made);
            if (!seen) {
                assert.deepEqual([refreshed.props, refreshed.inputs], [made.props, made.inputs]);
                assert.deepEqual(await changes(refreshed), none);
                return;
            }
            const keysInDoubt = `changed outside at ${lastUpdated}`;
            assert.deepEqual(refreshed.inputs, { ...made.inputs, keysInDoubt });
            assert.deepEqual(refreshed.props, { ...made.props, keysInDoubt });
            const again = await world.provider.refreshed(refreshed);
            assert.deepEqual([again.inputs, again.props], [refreshed.inputs, refreshed.props]);
            assert.notDeepEqual(secrets(made), ours);

            assert.deepEqual(await changes(refreshed), due);
            await world.provider.says(
                `"${made.props.name}" may no longer have the keys of the program .${keysInDoubt}`,
            );
            later();
            world.quiet();
            const mended = await update(refreshed, keys);
            assert.deepEqual(world.calls(), ["PUT /credentials/{id}", "GET /credentials/{id}"]);
            assert.deepEqual(secrets(made), ours);
            assert.deepEqual(mended.props, { ...made.props, writtenAt: stored(made).lastUpdated });
            await rests(mended);
        });
    }

    it("are in doubt when what was written is older, as after a restore", async () => {
        const made = await make();
        ahead -= 60_000;
        await elsewhere(made, { token: "restored" });
        assert.deepEqual(await changes(await world.provider.refreshed(made)), due);
    });

    it("are not in doubt for our own writes, nor for a second that passes within one", async () => {
        const made = await make();
        await rests(made);
        const changed = await update(made, { ...token, description: "changed" });
        await rests(changed);
        ahead = Date.parse(changed.props.writtenAt) + 1_000 - Date.now();
        await elsewhere(changed, token.kubernetes);
        assert.deepEqual((await world.provider.refreshed(changed)).props, changed.props);
    });

    it("are not in doubt because the credential is used", async () => {
        const made = await make();
        const env = await world.make("computeEnv", environmentInputs(made.id));
        later();
        const answer = await fetch(`${world.platform.endpoint}/workflow/launch?workspaceId=${workspaceId}`, {
            method: "POST",
            headers: { authorization: `Bearer ${CANARIES.accessToken}`, "content-type": "application/json" },
            body: JSON.stringify({
                launch: { computeEnvId: env.id, pipeline: "https://github.com/nextflow-io/hello", workDir: "/scratch" },
            }),
        });
        assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
        assert.notEqual(stored(made).lastUsed, null);
        await rests(made);
    });

    it("in a state of an older version are taken as they are found, and watched from then on", async () => {
        const made = await make();
        later();
        await elsewhere(made, { token: "theirs" });
        const { writtenAt: _, ...props } = made.props;
        const refreshed = await world.provider.refreshed({ ...made, props });
        assert.deepEqual(refreshed.props, { ...props, writtenAt: stored(made).lastUpdated });
        await rests(refreshed);
        await elsewhere(made, { token: "others'" });
        assert.deepEqual(await changes(await world.provider.refreshed(refreshed)), due);
    });

    it("are watched from the next refresh on when the Platform cannot be asked after a write", async () => {
        const made = await make();
        later();
        for (const operation of ["DescribeCredentials", "ListCredentials"]) {
            world.platform.faults.add({ kind: "status", status: 403, message: "Forbidden", match: { operation } });
        }
        const changed = await update(made, { kubernetes: { token: "second" } });
        assert.equal("writtenAt" in changed.props, false);
        assert.deepEqual(await changes(changed), none);
        later();
        const refreshed = await world.provider.refreshed(changed);
        assert.equal(refreshed.props.writtenAt, stored(made).lastUpdated);
        await rests(refreshed);
        await elsewhere(made, { token: "theirs" });
        assert.deepEqual(await changes(await world.provider.refreshed(refreshed)), due);
    });

    it("stay in doubt over refreshes when the answer to an update was lost", async () => {
        const made = await make();
        later();
        world.platform.faults.add({ kind: "reset-after", match: { operation: "UpdateCredentials", times: 9 } });
        const inputs = await world.provider.checked("credentials", {
            ...world.connection,
            ...GENERATED,
            kubernetes: { token: "second" },
        });
        const { properties, id } = await failure(world.provider.process.update(made.id, made.props, inputs));
        world.platform.faults.remove();
        assert.equal(id, made.id);
        const keysInDoubt = "the answer to an update was lost";
        const unsure = { ...made, inputs, props: properties! as Props };
        assert.equal(unsure.props.keysInDoubt, keysInDoubt);
        const refreshed = await world.provider.refreshed(await world.provider.refreshed(unsure));
        assert.equal(refreshed.inputs.keysInDoubt, keysInDoubt);
        assert.deepEqual(await changes(refreshed), due);
        await rests(await update(refreshed));
        assert.deepEqual(secrets(made), token.kubernetes);
    });

    it("are written and watched where the credential was there already", async () => {
        const theirs = await world.make("credentials", { name: "legacy", kubernetes: { token: "theirs" } });
        later();
        // Of another provider process: in this one the credential has an owner.
        const adopted = await update(
            { ...theirs, props: { ...theirs.props, keysInDoubt: "adopted" } },
            { ...token, name: "legacy", namePrefix: undefined },
        );
        assert.equal(adopted.props.writtenAt, stored(theirs).lastUpdated);
        await rests(adopted);
    });

    it("by the credential's id alone are not known, and so are not in doubt", async () => {
        const made = await make();
        later();
        await elsewhere(made, { token: "theirs" });
        const { __provider } = made.props;
        const { props } = await world.provider.read({ ...made, props: { __provider, ...world.connection } });
        assert.equal(props.writtenAt, stored(made).lastUpdated);
        assert.equal("keysInDoubt" in props, false);
    });

    describe("and that the Platform finds INVALID", () => {
        const EXPIRED = 'INVALID: "the key has expired"';
        const expire = (made: Made) => world.platform.setCredentialsStatus(made.id, "INVALID", "the key\nhas expired ");
        const VALIDATED = [
            "PUT /credentials/{id}",
            "GET /credentials/{id}",
            "POST /credentials/{id}/validate",
            "GET /credentials/{id}",
        ];

        for (const [what, { keys }] of Object.entries(CREDENTIALS)) {
            it(`${what}: are written and validated again, until they are taken`, async () => {
                const made = await make(keys);
                expire(made);
                const refreshed = await world.provider.refreshed(made);
                assert.deepEqual(refreshed.inputs, { ...made.inputs, keysInDoubt: EXPIRED });
                assert.deepEqual((await world.provider.refreshed(refreshed)).props, refreshed.props);
                assert.deepEqual(await changes(refreshed), due);

                world.quiet();
                const still = await update(refreshed, keys);
                assert.deepEqual(
                    world.calls().map((call) => call.replace("?useExternalId=true", "")),
                    VALIDATED,
                );
                assert.equal(still.props.keysInDoubt, EXPIRED);
                await world.provider.says(
                    `"${made.props.name}" as invalid with the keys of the program too: "the key has expired"`,
                );
                assert.deepEqual(await changes(still), due);

                world.platform.setCredentialsStatus(made.id, "AVAILABLE");
                const mended = await update(still, keys);
                assert.equal("keysInDoubt" in mended.props, false);
                await rests(mended);
            });
        }

        it("since somebody else has written others, are mended by one update", async () => {
            const made = await make();
            later();
            await elsewhere(made, { token: "theirs" });
            expire(made);
            const refreshed = await world.provider.refreshed(made);
            assert.equal(refreshed.inputs.keysInDoubt, `changed outside at ${stored(made).lastUpdated}; ${EXPIRED}`);
            world.quiet();
            const mended = await update(refreshed);
            assert.deepEqual(world.calls(), VALIDATED);
            assert.equal(stored(made).status, "AVAILABLE");
            await rests(mended);
        });

        it("are in doubt no more when the Platform takes them again by itself", async () => {
            const made = await make();
            expire(made);
            const refreshed = await world.provider.refreshed(made);
            world.platform.setCredentialsStatus(made.id, "AVAILABLE");
            assert.deepEqual((await world.provider.refreshed(refreshed)).props, made.props);
        });

        it("stay in doubt where they cannot be validated", async () => {
            const made = await make();
            expire(made);
            const refreshed = await world.provider.refreshed(made);
            world.platform.faults.add({
                kind: "status",
                status: 403,
                message: "Forbidden",
                match: { operation: "ValidateCredentials" },
            });
            const still = await update(refreshed);
            assert.equal(still.props.keysInDoubt, EXPIRED);
            assert.equal(still.props.writtenAt, stored(made).lastUpdated);
            await world.provider.says(
                /The Platform could not validate it again: POST \/credentials\/\w+\/validate: HTTP 403/,
            );
        });
    });
});
