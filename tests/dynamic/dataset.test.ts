import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARIES, GENERATED } from "./inputs";
import {
    anotherProvider,
    failure,
    fastLookupsProvider,
    type Made,
    type Props,
    UNKNOWN,
    useWorld,
    workspaceId,
} from "./support";

/** A samplesheet whose content is nobody's to see. */
const CSV = `sample,patient\na,${CANARIES.kubernetesToken}\n`;
const OTHER = "sample,patient\nb,2\n";
const digest = (content: string) => createHash("sha256").update(content).digest("hex");

describe("a dataset", () => {
    const world = useWorld();
    const stored = () => world.platform.state.datasets.filter(({ deleted }) => !deleted);
    const versions = () => stored()[0].versions.map(({ version, disabled }) => [version, disabled]);
    const UPLOADS = "POST /datasets/{id}/upload";
    const uploads = () => world.calls().filter((call) => call === UPLOADS).length;

    const send = async (method: string, path: string, body?: object | FormData): Promise<any> => {
        const form = body instanceof FormData;
        const answer = await fetch(`${world.platform.endpoint}${path}?workspaceId=${workspaceId}`, {
            method,
            headers: {
                authorization: `Bearer ${CANARIES.accessToken}`,
                ...(form ? {} : { "content-type": "application/json" }),
            },
            body: form ? body : body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await answer.text();
        assert.ok(answer.ok, text);
        return text === "" ? undefined : JSON.parse(text);
    };
    /** What somebody adds on the web page. */
    const addOutside = (id: string, content: string, name = "samples.csv") => {
        const form = new FormData();
        form.set("file", new Blob([content]), name);
        return send("POST", `/datasets/${id}/upload`, form);
    };
    const contentAt = async (url: string): Promise<string> => {
        const answer = await fetch(url, { headers: { authorization: `Bearer ${CANARIES.accessToken}` } });
        assert.equal(answer.status, 200);
        return answer.text();
    };

    const SAMPLES = { name: "samples", content: CSV };
    const make = (others: Props = {}) => world.make("dataset", { ...SAMPLES, ...others });
    const update = (made: Made, news: Props) => world.provider.update(made, { ...world.connection, ...news });
    const diff = async (made: Made, news: Props) =>
        world.provider.diff(
            made,
            await world.provider.checked("dataset", { ...world.connection, ...news }, made.inputs),
        );

    describe("with a content", () => {
        it("is made with its first version, whose address the output is", async () => {
            const { props, id } = await make({ description: "of the run" });
            const [{ name, description, sourceType }] = stored();
            assert.deepEqual([name, description, sourceType], ["samples", "of the run", "UPLOADED"]);
            assert.deepEqual([props.version, props.mediaType], [1, "text/csv"]);
            assert.equal(props.url, `${world.platform.endpoint}/datasets/${id}/v/1/n/samples.csv`);
            assert.equal(await contentAt(props.url), CSV);
        });

        it("is in state as a digest alone", async () => {
            const { inputs, props } = await make();
            assert.ok(!JSON.stringify([inputs, props]).includes(CANARIES.kubernetesToken));
            assert.deepEqual([inputs.content, inputs.contentSha256], [undefined, digest(CSV)]);
        });

        it("changes nothing without a change, whether a default is written or not", async () => {
            const made = await make();
            world.quiet();
            const spelt = { ...SAMPLES, hasHeader: true, disableFormerVersions: false };
            assert.equal((await diff(made, SAMPLES)).changes, "DIFF_NONE");
            assert.equal((await diff(made, spelt)).changes, "DIFF_NONE");
            assert.deepEqual(world.calls(), []);
        });

        it("gets another version for another content, in place", async () => {
            const made = await make();
            const { changes, replaces } = await diff(made, { ...SAMPLES, content: OTHER });
            assert.deepEqual([changes, replaces], ["DIFF_SOME", []]);
            world.quiet();
            const { props, id } = await update(made, { ...SAMPLES, content: OTHER });
            assert.deepEqual(world.calls(), [UPLOADS]);
            assert.deepEqual([id, props.version], [made.id, 2]);
            assert.equal(await contentAt(props.url as string), OTHER);
            assert.equal(await contentAt(made.props.url as string), CSV);
        });

        it("gets another version for another header or file name, which is the last part of the address", async () => {
            let made = await make();
            made = await update(made, { ...SAMPLES, hasHeader: false });
            made = await update(made, { ...SAMPLES, hasHeader: false, fileName: "sheet.csv" });
            assert.match(made.props.url as string, /\/v\/3\/n\/sheet\.csv$/);
            assert.deepEqual(
                stored()[0].versions.map(({ hasHeader }) => hasHeader),
                [true, false, false],
            );
        });

        it("changes name and description in place, and clears a description that the program drops", async () => {
            let made = await make({ description: "d" });
            world.quiet();
            made = await update(made, { ...SAMPLES, name: "renamed" });
            assert.deepEqual(world.calls(), ["PUT /datasets/{id}"]);
            assert.deepEqual([stored()[0].name, stored()[0].description], ["renamed", ""]);
            assert.equal((await diff(made, { ...SAMPLES, name: "renamed" })).changes, "DIFF_NONE");
        });

        it("that is not known yet is judged when it is", async () => {
            const { inputs, failures } = await world.provider.check(
                "dataset",
                {},
                { ...world.connection, ...GENERATED, content: UNKNOWN },
            );
            assert.deepEqual([failures, inputs.contentSha256], [[], UNKNOWN]);
            const made = await make();
            assert.equal((await diff(made, { ...SAMPLES, content: UNKNOWN })).changes, "DIFF_SOME");
        });

        it("that this process has not seen is asked for again", async () => {
            const inputs = { ...(await world.provider.checked("dataset", { ...world.connection, ...SAMPLES })) };
            const strange = { ...inputs, contentSha256: digest("unseen") };
            const error = await failure(world.provider.create("dataset", strange));
            assert.match(error.message, /is not known\. Run `pulumi up` again\./);
            assert.equal(stored().length, 1);
        });
    });

    describe("with a file", () => {
        let programFolder: string;
        const file = (name: string, content: string) => writeFileSync(join(programFolder, name), content);
        beforeEach(() => {
            programFolder = mkdtempSync(join(tmpdir(), "datasets-"));
        });
        afterEach(() => rmSync(programFolder, { recursive: true }));
        const given = (path: string, others: Props = {}) => ({ name: "samples", file: path, programFolder, ...others });

        it("takes what it contains, under its name, and no folder into state", async () => {
            file("sheet.tsv", "sample\tpatient\n");
            const made = await world.make("dataset", given("sheet.tsv"));
            assert.equal(made.props.mediaType, "text/tab-separated-values");
            assert.match(made.props.url as string, /\/sheet\.tsv$/);
            assert.ok(!JSON.stringify([made.inputs, made.props]).includes(programFolder));
        });

        it("gets another version when it contains something else, and not when it has moved", async () => {
            file("a.csv", CSV);
            file("b.csv", CSV);
            const made = await world.make("dataset", given("a.csv"));
            file("a.csv", OTHER);
            assert.equal((await diff(made, given("a.csv"))).changes, "DIFF_SOME");
            world.quiet();
            const moved = await update(made, given("b.csv"));
            assert.deepEqual(world.calls(), []);
            assert.deepEqual([moved.props.version, moved.props.file], [1, "b.csv"]);
            assert.equal((await update(moved, given("a.csv"))).props.version, 2);
        });
    });

    describe("with a link", () => {
        const LINK = { name: "samples", linkedUrl: "https://example.com/samples.csv?raw=1" };

        it("is made, and links to another address in another version", async () => {
            const made = await world.make("dataset", LINK);
            assert.deepEqual([stored()[0].sourceType, made.props.version], ["LINKED", 1]);
            const other = { ...LINK, linkedUrl: "https://example.com/other.csv" };
            world.quiet();
            assert.equal((await update(made, other)).props.version, 2);
            assert.deepEqual(world.calls(), ["POST /datasets/{id}/link"]);
            assert.equal(stored()[0].versions[1].linkedUrl, other.linkedUrl);
        });

        it("of somebody else's is replaced by that of the program", async () => {
            const made = await world.make("dataset", LINK);
            await send("POST", `/datasets/${made.id}/link`, { url: "https://example.com/theirs.csv", hasHeader: true });
            const refreshed = await world.provider.refreshed(made);
            assert.equal(refreshed.inputs.linkedUrl, "https://example.com/theirs.csv");
            assert.equal((await diff(refreshed, LINK)).changes, "DIFF_SOME");
            assert.equal((await update(refreshed, LINK)).props.version, 3);
        });
    });

    it("is replaced for another source, format or workspace", async () => {
        const made = await make();
        const cases: [Props, string][] = [
            [{ name: "samples", linkedUrl: "https://example.com/samples.csv" }, "linkedUrl"],
            [{ ...SAMPLES, fileName: "samples.tsv" }, "fileName"],
            [{ ...SAMPLES, workspaceId: workspaceId + 1 }, "workspaceId"],
        ];
        for (const [news, property] of cases) {
            const { replaces, deleteBeforeReplace } = await diff(made, news);
            assert.deepEqual([replaces, deleteBeforeReplace], [[property], true]);
        }
    });

    it("is not replaced for a media type that the Platform writes in another way", async () => {
        const tsv = { name: "samples", content: "sample\tpatient\n", fileName: "samples.tsv" };
        const made = await world.make("dataset", tsv);
        for (const [mediaType, replaces] of [
            ["text/tsv", []],
            ["application/octet-stream", []],
            ["text/csv", ["fileName"]],
        ] as const) {
            const shown = { ...made, props: { ...made.props, mediaType } };
            assert.deepEqual((await diff(shown, tsv)).replaces, replaces);
        }
    });

    it("disables the versions before the current one, and those that come to be so, on demand", async () => {
        let made = await make();
        made = await update(made, { ...SAMPLES, content: OTHER });
        assert.deepEqual(versions(), [
            [1, false],
            [2, false],
        ]);
        const demand = { ...SAMPLES, disableFormerVersions: true };
        made = await update(made, { ...demand, content: OTHER });
        assert.deepEqual(versions(), [
            [1, true],
            [2, false],
        ]);
        made = await update(made, { ...demand, content: "c\n" });
        assert.deepEqual(versions(), [
            [1, true],
            [2, true],
            [3, false],
        ]);
        assert.equal((await diff(made, { ...demand, content: "c\n" })).changes, "DIFF_NONE");
    });

    describe("with labels", () => {
        const carried = () => {
            const { labels } = world.platform.state;
            return stored()[0]
                .labelIds.map((id) => labels.find((label) => label.id === id)!.name)
                .sort();
        };

        it("carries those that it names, found or made, and those whose ids it gives", async () => {
            const { id } = await send("POST", "/labels", { name: "there" });
            const { id: other } = await send("POST", "/labels", { name: "by-id" });
            let made = await make({ labels: ["there", "new"], labelIds: [other] });
            assert.deepEqual(carried(), ["by-id", "new", "there"]);
            assert.equal(world.platform.state.labels.filter(({ name }) => name === "there")[0].id, id);
            made = await update(made, { ...SAMPLES, labels: ["new"] });
            assert.deepEqual(carried(), ["new"]);
            made = await update(made, SAMPLES);
            assert.deepEqual(carried(), []);
            await world.provider.delete(made);
            assert.equal(world.platform.state.labels.length, 3);
        });

        it("loses those of others with the next update, unless it manages none", async () => {
            const given = { ...SAMPLES, labels: ["ours"] };
            const [managed, free] = [await make(given), await make({ name: "free" })];
            const { id } = await send("POST", "/labels", { name: "theirs" });
            const both = { datasetIds: [managed.id, free.id], labelIds: [id] };
            await send("POST", "/datasets/labels/add", both);
            const seen = await world.provider.refreshed(managed);
            assert.deepEqual(seen.inputs.labels, ["ours", "theirs"]);
            await update(seen, given);
            assert.deepEqual(carried(), ["ours"]);
            const left = await world.provider.refreshed(free);
            assert.equal((await diff(left, { ...SAMPLES, name: "free" })).changes, "DIFF_NONE");
        });
    });

    describe("that is changed outside", () => {
        it("is read again: a name, a description", async () => {
            const made = await make({ description: "d" });
            await send("PUT", `/datasets/${made.id}`, { name: "theirs", description: "theirs" });
            const seen = await world.provider.refreshed(made);
            assert.deepEqual([seen.inputs.name, seen.inputs.description], ["theirs", "theirs"]);
            const mended = await update(seen, { ...SAMPLES, description: "d" });
            assert.deepEqual([stored()[0].name, stored()[0].description], ["samples", "d"]);
            assert.equal(mended.props.version, 1);
        });

        it("by another version gets one more with the program's content", async () => {
            const made = await make();
            await addOutside(made.id, OTHER);
            const seen = await world.provider.refreshed(made);
            assert.deepEqual([seen.inputs.contentSha256, seen.props.version], [digest(OTHER), 2]);
            const mended = await update(seen, SAMPLES);
            assert.equal(mended.props.version, 3);
            assert.equal(await contentAt(mended.props.url as string), CSV);
        });

        it("by another version with the same content is as it should be, at another address", async () => {
            const made = await make();
            await addOutside(made.id, CSV);
            const seen = await world.provider.refreshed(made);
            assert.equal(seen.props.version, 2);
            assert.equal((await diff(seen, SAMPLES)).changes, "DIFF_NONE");
        });

        it("by disabling its version gets another one", async () => {
            const made = await make();
            await send("POST", `/datasets/${made.id}/versions/1/disable`, {});
            const seen = await world.provider.refreshed(made);
            assert.deepEqual([seen.props.version, seen.inputs.contentSha256], [0, undefined]);
            assert.equal((await update(seen, SAMPLES)).props.version, 2);
        });

        it("by deleting it is gone, and a deletion is done", async () => {
            const made = await make();
            await send("DELETE", `/datasets/${made.id}`);
            assert.equal((await world.provider.read(made)).id, "");
            await world.provider.delete(made);
        });

        it("is not taken for gone where the right to read is lost", async () => {
            const made = await make();
            for (const operation of ["DescribeDatasetV2", "ListDatasetsV2"]) {
                world.platform.faults.add({ kind: "status", status: 403, match: { operation, times: 9 } });
            }
            assert.match((await failure(world.provider.read(made))).message, /HTTP 403/);
            world.platform.faults.remove();
            assert.equal((await world.provider.refreshed(made)).id, made.id);
        });

        it("costs a refresh two calls, as long as the version is the same", async () => {
            const made = await make();
            world.quiet();
            const seen = await world.provider.refreshed(made);
            assert.deepEqual(world.calls(), [
                "GET /datasets/{id}/metadata?attributes=labels",
                "GET /datasets/{id}/versions",
            ]);
            assert.deepEqual(seen.inputs, made.inputs);
            assert.deepEqual(seen.props, made.props);
        });
    });

    describe("whose making is interrupted", () => {
        it("before its content is there stays in state, and the next run adds the content", async () => {
            world.platform.faults.add({
                kind: "status",
                status: 400,
                message: "Dataset storage is full",
                match: { operation: "UploadDatasetV2" },
            });
            const inputs = await world.provider.checked("dataset", { ...world.connection, ...SAMPLES });
            const error = await failure(world.provider.create("dataset", inputs));
            assert.match(error.reasons!.join(), /Dataset storage is full/);
            const made: Made = { kind: "dataset", id: error.id!, inputs, props: error.properties! };
            assert.equal(made.props.version, 0);
            assert.equal((await diff(made, SAMPLES)).changes, "DIFF_SOME");
            world.quiet();
            assert.equal((await update(made, SAMPLES)).props.version, 1);
            assert.deepEqual(world.calls(), [UPLOADS]);
        });

        it("by a kill is taken over by the next run, which makes no second one and no second version", async () => {
            const { name: _own, ...content } = SAMPLES;
            const given = { ...world.connection, ...GENERATED, ...content };
            const killed = await (await anotherProvider()).make("dataset", given);
            const made = await world.make("dataset", { ...GENERATED, ...content });
            assert.equal(made.id, killed.id);
            assert.deepEqual(versions(), [[1, false]]);
            await world.provider.says(/left by an interrupted run; taking it over/);
        });

        it("by a lost answer is one dataset with one version", async () => {
            for (const operation of ["CreateDatasetV2", "UploadDatasetV2"]) {
                world.platform.faults.add({ kind: "reset-after", match: { operation } });
            }
            await make();
            assert.equal(stored().length, 1);
            assert.deepEqual(versions(), [[1, false]]);
        });
    });

    it("whose new version may have been made is looked into before another is", async () => {
        const provider = await fastLookupsProvider();
        const given = { ...world.connection, ...SAMPLES };
        const made = await provider.make("dataset", given);
        const news = { ...given, content: OTHER };
        const { faults } = world.platform;
        faults.add({ kind: "reset-after", match: { operation: "UploadDatasetV2" } });
        faults.add({ kind: "status", status: 503, match: { operation: "ListDatasetVersionsV2", times: 1000 } });
        const inputs = await provider.checked("dataset", news, made.inputs);
        const error = await failure(provider.process.update(made.id, made.props, inputs));
        assert.match(error.reasons!.join(), /POST .*The call may still have succeeded/);
        const unsure: Made = { ...made, inputs, props: error.properties! };
        faults.remove();
        for (const [content, version] of [
            [OTHER, 2],
            // The program takes it back: what the lost call has made is current all the same.
            [CSV, 3],
        ] as const) {
            const wanted = await provider.checked("dataset", { ...given, content }, unsure.inputs);
            assert.equal((await provider.diff(unsure, wanted)).changes, "DIFF_SOME");
            assert.equal((await provider.update(unsure, { ...given, content })).props.version, version);
        }
    });

    describe("that is there already", () => {
        const THEIRS = { name: "theirs", description: "theirs" };
        let id: string;
        beforeEach(async () => {
            id = (await send("POST", "/datasets", { ...THEIRS, sourceType: "UPLOADED" })).dataset.id;
            await addOutside(id, CSV, "theirs.csv");
            world.quiet();
        });

        it("is adopted by name or id, without another version where the content is the same", async () => {
            const { description } = THEIRS;
            const made = await world.make("dataset", { ...GENERATED, content: CSV, description, adopt: "theirs" });
            assert.deepEqual([made.id, made.props.name, made.props.version], [id, "theirs", 1]);
            assert.ok(!world.calls().some((call) => /^(PUT|POST)/.test(call)));
            const other = await (
                await anotherProvider("adopting")
            ).make("dataset", {
                ...world.connection,
                ...GENERATED,
                content: OTHER,
                description,
                adopt: `${workspaceId}/${id}`,
            });
            assert.deepEqual([other.id, other.props.version], [id, 2]);
        });

        it("is not changed where the program differs, and the preview shows in what", async () => {
            const { id: label } = await send("POST", "/labels", { name: "theirs" });
            await send("POST", "/datasets/labels/add", { datasetIds: [id], labelIds: [label] });
            const given = { ...world.connection, name: "ours", content: CSV, labels: ["ours"], adopt: "theirs" };
            const { failures } = await world.provider.check("dataset", {}, given);
            for (const line of [
                'name: the dataset has "theirs", the program has "ours"',
                'description: the dataset has "theirs", the program has nothing',
                'labels: the dataset has "theirs", the program has "ours"',
            ]) {
                assert.ok(failures[0].reason.includes(line), failures[0].reason);
            }
            const consent = { ...given, adoptWithout: ["name", "description", "labels"] };
            const made = await world.provider.make("dataset", consent);
            assert.deepEqual([made.id, stored()[0].name, stored()[0].description], [id, "ours", ""]);
        });

        it("is refused with another format or source", async () => {
            for (const [others, fault] of [
                [
                    { content: "a\tb\n", fileName: "a.tsv" },
                    /has the media type text\/csv, not text\/tab-separated-values/,
                ],
                [{ linkedUrl: "https://example.com/a.csv" }, /has the source UPLOADED, not LINKED/],
            ] as const) {
                const given = { ...world.connection, ...GENERATED, ...others, adopt: "theirs" };
                const { failures } = await world.provider.check("dataset", {}, given);
                assert.match(failures[0].reason, fault);
            }
        });

        it("has its name: a program of the same name is told to adopt it", async () => {
            const error = await failure(make({ name: "theirs" }));
            assert.match(error.message, /A dataset named "theirs" already exists in workspace \d+\. .*adopt it\./);
        });
    });

    it("of a user who may not label keeps what it has, and the next run of one who may adds the labels", async () => {
        const launcher = "token-of-a-launcher-3b1f";
        await world.restart({
            accessTokens: [{ token: CANARIES.accessToken }, { token: launcher, role: "launch", userName: "launcher" }],
        });
        const { id: label } = await send("POST", "/labels", { name: "nightly" });
        const given = { ...world.connection, ...SAMPLES, labelIds: [label] };
        const inputs = await world.provider.checked("dataset", { ...given, accessToken: launcher });
        const error = await failure(world.provider.create("dataset", inputs));
        assert.match(error.reasons!.join(), /Missing permission\(s\): "dataset_label:write"/);
        const made: Made = { kind: "dataset", id: error.id!, inputs, props: error.properties! };
        assert.deepEqual([made.props.version, made.props.labelIds], [1, undefined]);
        world.quiet();
        await update(made, { ...SAMPLES, labelIds: [label] });
        assert.deepEqual(world.calls(), ["POST /datasets/labels/apply"]);
        assert.deepEqual(stored()[0].labelIds, [label]);
    });

    it("beyond the number that the workspace may have is refused with the Platform's reason", async () => {
        await world.restart({ maxDatasets: 1 });
        await make();
        const error = await failure(make({ name: "second" }));
        assert.match(error.message, /^POST \/datasets: HTTP 400: "A workspace can have at most 1 datasets"/);
        assert.equal(uploads(), 1);
    });
});
