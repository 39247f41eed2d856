import assert from "node:assert/strict";
import { CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import { type Kind, UNKNOWN, useWorld } from "./support";

const token = CREDENTIALS["a Kubernetes token"].keys;

const cases: { kind: Kind; inputs: object; otherContent: object }[] = [
    {
        kind: "credentials",
        inputs: { ...GENERATED, ...token },
        otherContent: { ...GENERATED, ...CREDENTIALS["AWS keys"].keys },
    },
    {
        kind: "computeEnv",
        inputs: environmentInputs("c1"),
        otherContent: environmentInputs("c1", { workDir: "/scratch/other" }),
    },
];

describe("generated names", () => {
    const world = useWorld();
    const named = async (kind: Kind, news: object, olds: object = {}): Promise<string> =>
        (await world.provider.checked(kind, { ...world.connection, ...news }, olds)).name;

    for (const { kind, inputs, otherContent } of cases) {
        describe(`of ${kind}`, () => {
            it("have the resource's name in front and are the same each time", async () => {
                const first = await named(kind, inputs);
                assert.match(first, /^production-[0-9a-f]{7}$/);
                assert.equal(await named(kind, inputs), first);
            });

            it("differ by content", async () =>
                assert.notEqual(await named(kind, inputs), await named(kind, otherContent)));

            it("differ by stack", async () =>
                assert.notEqual(
                    await named(kind, inputs),
                    await named(kind, { ...inputs, nameSeed: "acme/pipelines/prod" }),
                ));

            it("are kept for as long as the resource lives, whatever its content becomes", async () =>
                assert.equal(
                    await named(kind, otherContent, { ...inputs, name: "production-0123456" }),
                    "production-0123456",
                ));

            it("are given up for a name of the program's own", async () =>
                assert.equal(
                    await named(
                        kind,
                        { ...inputs, name: "mine", namePrefix: undefined },
                        { name: "production-0123456" },
                    ),
                    "mine",
                ));

            it("are fresh when the engine asks for those of a replacement", async () => {
                const old = await named(kind, inputs);
                // The engine checks twice: against the old inputs, then, when it plans a replacement, against none.
                assert.equal(await named(kind, inputs, { ...inputs, ...world.connection, name: old }), old);
                const fresh = await named(kind, inputs);
                assert.match(fresh, /^production-[0-9a-f]{7}$/);
                assert.notEqual(fresh, old);
                assert.equal(await named(kind, inputs), fresh);
            });

            it("are shortened and cleaned to what the Platform takes", async () => {
                const name = await named(kind, { ...inputs, namePrefix: `my env/${"x".repeat(120)}` });
                assert.equal(name.length, 100);
                assert.match(name, /^my-env-x+-[0-9a-f]{7}$/);
            });

            it("are not made while the endpoint is unknown", async () =>
                assert.equal(await named(kind, { ...inputs, endpoint: UNKNOWN }), undefined));
        });
    }

    it("of an environment wait for all of its content", async () => {
        for (const unknown of [
            environmentInputs("c1", { server: UNKNOWN }),
            environmentInputs("c1", {}, { config: UNKNOWN }),
            environmentInputs("c1", {}, { labelIds: UNKNOWN }),
            environmentInputs("c1", {}, { labelIds: [1, UNKNOWN] }),
            environmentInputs("c1", { environment: [{ name: "A", value: UNKNOWN, head: true }] }),
        ]) {
            assert.equal(await named("computeEnv", unknown), undefined, JSON.stringify(unknown));
        }
    });

    it("of an environment do not depend on what can change in place", async () => {
        const name = await named("computeEnv", environmentInputs("c1"));
        const changed = environmentInputs(UNKNOWN, {}, { description: UNKNOWN, fusionMetricsCollectionEnabled: true });
        assert.equal(await named("computeEnv", changed), name);
    });

    it("of an environment do not depend on the order in which labels are written", async () =>
        assert.equal(
            await named("computeEnv", environmentInputs("c1", {}, { labelIds: [2, 10] })),
            await named("computeEnv", environmentInputs("c1", {}, { labelIds: [10, 2] })),
        ));

    it("of a credential do not depend on its keys, which rotate", async () =>
        assert.equal(
            await named("credentials", { ...GENERATED, ...token }),
            await named("credentials", { ...GENERATED, kubernetes: { token: UNKNOWN } }),
        ));

    it("cost no call", async () => {
        await named("computeEnv", environmentInputs("c1"));
        assert.deepEqual(world.calls(), []);
    });
});
