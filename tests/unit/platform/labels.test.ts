import assert from "node:assert/strict";
import type { PlatformClient } from "../../../src/platform/platformClient";
import {
    createLabel,
    deleteLabel,
    ensureLabels,
    findLabel,
    findLabelByName,
    listLabels,
} from "../../../src/platform/labels";
import { type Answer, empty, failure, json, message, reset, ScriptedPlatform, SkippedTime } from "./support";

const label = (id: number, name: string, value?: string): object => ({ id, name, value, resource: true });

describe("labels", () => {
    let platform: ScriptedPlatform;
    let client: PlatformClient;
    beforeEach(async () => {
        platform = await ScriptedPlatform.start();
        client = platform.client({ workspaceId: 7, retry: { limit: 0 } });
    });
    afterEach(() => platform.stop());

    /** A list that pages and searches the way the API does. */
    const listing =
        (...labels: object[]): Answer =>
        (response, request, socket) => {
            const [max, offset] = [Number(request.query.get("max")), Number(request.query.get("offset"))];
            const search = request.query.get("search") ?? "";
            const hits = labels.filter((each) => (each as { name: string }).name.includes(search));
            const answer =
                max > 100
                    ? message(400, "label length parameter cannot be greater than 100")
                    : json({ labels: hits.slice(offset, offset + max), totalSize: hits.length });
            answer(response, request, socket);
        };

    const many = Array.from({ length: 250 }, (_, index) => label(index + 1, `team-${index + 1}`, "x"));
    const TEAM = { name: "team", value: "genomics", resource: true };

    it("are listed over all pages, each at most 100", async () => {
        platform.on("GET /labels", listing(...many));
        const found = await listLabels(client, { type: "resource" });
        assert.deepEqual(
            found.map(({ id }) => id),
            many.map((_, index) => index + 1),
        );
        assert.deepEqual(
            platform.received.map(({ query }) => [query.get("offset"), query.get("max"), query.get("type")]),
            [
                ["0", "100", "resource"],
                ["100", "100", "resource"],
                ["200", "100", "resource"],
            ],
        );
    });

    it("are listed once each and to an end, although the list shifts or lies about its size", async () => {
        platform.on(
            "GET /labels",
            json({ labels: many.slice(0, 100), totalSize: 1_000 }),
            json({ labels: many.slice(99, 180), totalSize: 1_000 }),
            json({ labels: [], totalSize: 1_000 }),
        );
        assert.equal((await listLabels(client)).length, 180);
        assert.equal(platform.calls.length, 3);
    });

    it("are found by exact name and value", async () => {
        platform.on(
            "GET /labels",
            listing(label(1, "team-a", "genomics"), label(2, "team", "other"), label(3, "team", "genomics")),
        );
        assert.equal((await findLabelByName(client, TEAM))?.id, 3);
        assert.equal(await findLabelByName(client, { name: "team" }), undefined);
        assert.deepEqual(
            [platform.received[0]?.query.get("search"), platform.received[0]?.query.get("type")],
            ["team", "resource"],
        );
    });

    it("are found by id: first near the name, then anywhere, since they may have been renamed", async () => {
        platform.on("GET /labels", listing(...many));
        assert.equal((await findLabel(client, 250, { name: "team-250" }))?.id, 250);
        assert.equal(platform.calls.length, 1);
        assert.equal((await findLabel(client, 250, { name: "old-name" }))?.name, "team-250");
        assert.equal(await findLabel(client, 999, { name: "team-9" }), undefined);
    });

    it("are gone only when a list that succeeds lacks them", async () => {
        platform.on("GET /labels", empty(403), empty(401), listing());
        assert.equal((await failure(findLabel(client, 1))).kind, "forbidden");
        assert.equal((await failure(findLabel(client, 1))).kind, "unauthorized");
        assert.equal(await findLabel(client, 1), undefined);
    });

    const create = (): ReturnType<typeof createLabel> =>
        createLabel(client, TEAM, { createOnce: { timing: new SkippedTime() } });

    it("are made after a look whether they exist", async () => {
        platform.on("GET /labels", listing(label(1, "team", "other"))).on("POST /labels", json({ id: 9, ...TEAM }));
        assert.deepEqual(await create(), { id: 9, adopted: false, posts: 1 });
        assert.deepEqual(platform.calls, ["GET /labels", "POST /labels"]);
        assert.deepEqual(platform.received[1]?.body, TEAM);
    });

    it("that exist are not posted", async () => {
        platform.on("GET /labels", listing(label(1, "team", "genomics")));
        const error = await failure(create());
        assert.deepEqual([error.kind, error.code], ["conflict", "LABEL_EXISTS"]);
        assert.match(error.message, /The label "team=genomics" already exists in workspace 7\. Refer to it by its id/);
        assert.equal(platform.count("POST /labels"), 0);
    });

    it("are found again after a lost answer", async () => {
        platform.on("GET /labels", listing(), listing(label(9, "team", "genomics"))).on("POST /labels", reset);
        assert.deepEqual(await create(), { id: 9, adopted: true, posts: 1 });
    });

    it("are posted again when a lost request had no effect", async () => {
        platform.on("GET /labels", listing()).on("POST /labels", reset, json({ id: 10 }));
        assert.deepEqual(await create(), { id: 10, adopted: false, posts: 2 });
    });

    describe("by name", () => {
        const simple = (id: number, name: string): object => ({ id, name, value: null, resource: false });

        it("are found with one call, in the order of the names", async () => {
            platform.on("GET /labels", listing(simple(1, "rnaseq"), simple(2, "nightly"), simple(3, "rnaseq-test")));
            assert.deepEqual(await ensureLabels(client, ["nightly", "rnaseq"]), [2, 1]);
            assert.deepEqual(await ensureLabels(client, ["rnaseq"]), [1]);
            assert.deepEqual(await ensureLabels(client, []), []);
            assert.deepEqual(
                platform.received.map(({ call, query }) => [call, query.get("type"), query.get("search")]),
                [
                    ["GET /labels", "simple", null],
                    ["GET /labels", "simple", "rnaseq"],
                ],
            );
        });

        it("are made where the workspace lacks them, each once", async () => {
            platform
                .on("GET /labels", listing(simple(1, "rnaseq")))
                .on("POST /labels", json({ id: 8 }), json({ id: 9 }));
            assert.deepEqual(await ensureLabels(client, ["nightly", "rnaseq", "weekly", "nightly"]), [8, 1, 9, 8]);
            assert.deepEqual(
                platform.received.slice(1).map(({ body }) => body),
                [
                    { name: "nightly", resource: false },
                    { name: "weekly", resource: false },
                ],
            );
        });

        it("are found again after a lost answer, and not made twice", async () => {
            platform.on("GET /labels", listing(), listing(simple(9, "nightly"))).on("POST /labels", reset);
            assert.deepEqual(await ensureLabels(client, ["nightly"]), [9]);
            assert.equal(platform.count("POST /labels"), 1);
        });

        it("are those of somebody else who was quicker; another refusal is an error", async () => {
            platform
                .on("GET /labels", listing(), listing(simple(9, "nightly")))
                .on("POST /labels", message(400, "Label 'nightly' already exists"));
            assert.deepEqual(await ensureLabels(client, ["nightly"]), [9]);
            platform.on("GET /labels", listing()).on("POST /labels", message(400, "at most 1000 labels"));
            assert.match((await failure(ensureLabels(client, ["nightly"]))).message, /at most 1000 labels/);
        });
    });

    it("are deleted; gone before is fine, refused is not", async () => {
        platform
            .on("DELETE /labels/9", empty(), message(403, "Forbidden"), message(403, "Forbidden"))
            .on("GET /labels", listing(), listing(label(9, "team")));
        assert.equal(await deleteLabel(client, 9), "accepted");
        assert.equal(await deleteLabel(client, 9), "gone");
        assert.equal((await failure(deleteLabel(client, 9))).kind, "forbidden");
    });
});
