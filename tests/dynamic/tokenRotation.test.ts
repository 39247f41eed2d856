import assert from "node:assert/strict";
import { type Provider, sharedProvider, UNKNOWN } from "./support";

const TODAY = new Date().toISOString().slice(0, 10);

describe("the rotation of a token", () => {
    let provider: Provider;
    before(async () => {
        provider = await sharedProvider();
    });

    const checked = (news: object, olds: object = {}) => provider.checked("tokenRotation", news, olds);

    it("is plainValue in check, so that a preview knows it, and stays", async () => {
        const first = await checked({ everyDays: 30 });
        assert.equal(first.since, TODAY);
        assert.deepEqual(await checked({ everyDays: 30 }, first), first);
        const made = await provider.create("tokenRotation", first);
        assert.equal((await provider.diff(made, first)).changes, "DIFF_NONE");
    });

    it("changes in place on request and when its time is over", async () => {
        const first = await checked({ everyDays: 30, request: "a" });
        const made = await provider.create("tokenRotation", first);
        for (const [news, olds] of [
            [{ everyDays: 30, request: "b" }, first],
            [
                { everyDays: 30, request: "a" },
                { ...first, since: "2020-01-01" },
            ],
        ]) {
            const next = await checked(news, olds);
            assert.notEqual(next.generation, first.generation);
            const { changes, replaces } = await provider.diff(made, next);
            assert.deepEqual([changes, replaces], ["DIFF_SOME", []]);
        }
    });

    it("is the same under another schedule by which it is not due", async () => {
        const first = await checked({ everyDays: 30, request: "a" });
        const next = await checked({ everyDays: 1, request: "a" }, first);
        assert.deepEqual(next, { ...first, everyDays: 1 });
    });

    it("waits until everything is known", async () =>
        assert.equal((await checked({ request: UNKNOWN })).generation, undefined));
});
