import assert from "node:assert/strict";
import { createOnce, type Created, type CreateOnceSettings, type Sighting } from "../../../src/platform/createOnce";
import { PlatformError, type PlatformErrorFields } from "../../../src/platform/errors";
import { failure, SkippedTime } from "./support";

const OURS: Sighting<string> = { seen: "ours", id: "x1" };
const NOTHING: Sighting<string> = { seen: "nothing" };

function platformError(fields: Partial<PlatformErrorFields>): PlatformError {
    const base = { kind: "network", operation: "POST /x", code: "X", happened: "x", remedy: "x" } as const;
    return new PlatformError({ ...base, ...fields }, (text) => text);
}

const lost = (): PlatformError => platformError({ mayHaveTakenEffect: true, transient: true, happened: "lost" });
const refused = (kind: "conflict" | "badRequest" | "forbidden"): PlatformError => platformError({ kind });
const passing = (): PlatformError => platformError({ kind: "serverError", transient: true, happened: "passing" });

/** Takes the next step of a script; the last one repeats. */
function next<T>(script: (T | Error)[]): T {
    const step = script.length > 1 ? script.shift() : script[0];
    if (step instanceof Error) {
        throw step;
    }
    return step as T;
}

describe("createOnce", () => {
    let time: SkippedTime;
    let log: string[];
    beforeEach(() => {
        time = new SkippedTime();
        log = [];
    });

    function create(
        posts: (string | Error)[],
        lookUps: (Sighting<string> | Error)[],
        settings: Partial<CreateOnceSettings> = {},
    ): Promise<Created<string>> {
        return createOnce({
            post: async () => {
                log.push("post");
                return next(posts);
            },
            lookUp: async () => {
                log.push(`look@${time.elapsed}`);
                return next(lookUps);
            },
            settings: { timing: time, ...settings },
        });
    }

    it("does not look for what it was told of", async () => {
        assert.deepEqual(await create(["x1"], []), { id: "x1", adopted: false, posts: 1 });
        assert.deepEqual(log, ["post"]);
    });

    it("takes over what a lost answer left, without a second POST", async () => {
        assert.deepEqual(await create([lost()], [OURS]), { id: "x1", adopted: true, posts: 1 });
        assert.deepEqual(log, ["post", "look@0"]);
    });

    it("looks again before it believes that nothing is there, since the request may still be at work", async () => {
        assert.deepEqual(await create([lost()], [NOTHING, NOTHING, OURS]), { id: "x1", adopted: true, posts: 1 });
        assert.deepEqual(log, ["post", "look@0", "look@1000", "look@4000"]);
    });

    it("posts again when nothing is there", async () => {
        assert.deepEqual(await create([lost(), "x2"], [NOTHING]), { id: "x2", adopted: false, posts: 2 });
        assert.deepEqual(log, ["post", "look@0", "look@1000", "look@4000", "post"]);
    });

    it("gives up after so many POSTs, with the last lost answer", async () => {
        const error = await failure(create([lost()], [NOTHING]));
        assert.equal(error.mayHaveTakenEffect, true);
        assert.equal(log.filter((entry) => entry === "post").length, 3);
        assert.match(log.at(-1) ?? "", /^look/);
    });

    it("takes a refusal for what it is when no answer was lost before", async () => {
        for (const kind of ["conflict", "badRequest", "forbidden"] as const) {
            assert.equal((await failure(create([refused(kind)], [OURS]))).kind, kind);
        }
        assert.deepEqual(log, ["post", "post", "post"]);
    });

    for (const kind of ["conflict", "badRequest"] as const) {
        it(`takes a ${kind} after a lost answer for its own object, and looks for it until the list shows it`, async () => {
            const made = await create([lost(), refused(kind)], [NOTHING, NOTHING, NOTHING, NOTHING, OURS]);
            assert.deepEqual(made, { id: "x1", adopted: true, posts: 2 });
        });

        it(`reports a ${kind} after a lost answer when nothing is found`, async () => {
            assert.equal((await failure(create([lost(), refused(kind)], [NOTHING]))).kind, kind);
            assert.equal(log.filter((entry) => entry === "post").length, 2);
        });
    }

    it("does not take a lost permission for anything else", async () =>
        assert.equal((await failure(create([lost(), refused("forbidden")], [NOTHING]))).kind, "forbidden"));

    it("leaves a foreign object alone", async () => {
        const foreign: Sighting<string> = { seen: "foreign", error: new Error("somebody else's") };
        await assert.rejects(create([lost()], [foreign]), /somebody else's/);
        assert.deepEqual(log, ["post", "look@0"]);
    });

    it("repeats a look-up that fails for a passing reason", async () => {
        assert.equal((await create([lost()], [passing(), passing(), OURS])).adopted, true);
        assert.deepEqual(log, ["post", "look@0", "look@1000", "look@3000"]);
    });

    it("says that the answer was lost when it cannot look, and does not post again", async () => {
        const error = await failure(create([lost()], [passing()]));
        assert.equal(error.happened, "lost");
        assert.equal(error.mayHaveTakenEffect, true);
        assert.ok(time.elapsed <= 60_000 && time.elapsed > 30_000, String(time.elapsed));
        assert.equal(log.filter((entry) => entry === "post").length, 1);
        log = [];
        assert.equal((await failure(create([lost()], [refused("forbidden")]))).happened, "lost");
        assert.deepEqual(log, ["post", `look@${time.elapsed}`]);
    });

    it("looks once the deadline has passed, and does not post then", async () => {
        const cutOff = platformError({ kind: "deadline", mayHaveTakenEffect: true, transient: true });
        assert.equal((await create([cutOff], [OURS])).adopted, true);
        assert.equal((await failure(create([cutOff], [NOTHING]))).kind, "deadline");
        assert.equal(log.filter((entry) => entry === "post").length, 2);
    });

    it("gives each look-up time of its own", async () => {
        let deadline: number | undefined;
        const lookUp = async (limits: { deadline?: number }): Promise<Sighting<string>> => {
            deadline = limits.deadline;
            return OURS;
        };
        await createOnce({
            post: () => Promise.reject(lost()),
            lookUp,
            settings: { timing: time, lookUpPatienceMs: 5_000 },
        });
        assert.equal(deadline, time.now() + 5_000);
    });

    it("passes on what is no failure of a call", async () => {
        await assert.rejects(create([new TypeError("a bug")], [OURS]), TypeError);
        await assert.rejects(create([lost()], [new TypeError("a bug")]), TypeError);
    });
});
