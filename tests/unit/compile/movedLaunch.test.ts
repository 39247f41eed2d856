import assert from "node:assert/strict";
import {
    isMoved,
    movedAction,
    movedPipeline,
    type MoveTarget,
    nextVersionNames,
} from "../../../src/compile/movedLaunch";
import type { ActionDto, LaunchDto, LaunchSettings, PipelineDto } from "../../../src/platform/launchTypes";
import type { ComputeEnvDto } from "../../../src/platform/types";

/** A launch with everything set. */
const SETTINGS: LaunchSettings = {
    pipeline: "https://github.com/nextflow-io/hello",
    revision: "main",
    commitId: "0123abc",
    workDir: "/own/work",
    outputDir: "/own/out",
    configProfiles: ["test"],
    configText: "process.cpus = 1",
    paramsText: "input: a.csv",
    preRunScript: "echo own",
    postRunScript: "echo own too",
    mainScript: "main.nf",
    entryName: "entry",
    schemaName: "schema.json",
    pipelineSchemaId: 5,
    nextflowVersion: "25.10.0",
    syntaxParser: "v2",
    towerConfig: "reports: {}",
    launchContainer: "image",
    headJobCpus: 2,
    headJobMemoryMb: 4096,
    userSecrets: ["MINE"],
    workspaceSecrets: ["OURS"],
    optimizationId: "o1",
    optimizationTargets: "cpus",
    pullLatest: true,
    stubRun: true,
    resume: true,
    sessionId: "s1",
    runName: "run",
};

const OLD: ComputeEnvDto = {
    id: "old",
    name: "old",
    platform: "k8s-platform",
    status: "AVAILABLE",
    config: { workDir: "/scratch/work", preRunScript: "module load a\n", postRunScript: null },
};
const NEW: MoveTarget = { id: "new", config: { workDir: "/data/work", preRunScript: null } };
const PIPELINE: PipelineDto = { pipelineId: 1, name: "hello" };

const launch = (settings: object): LaunchDto => ({ id: "l1", computeEnv: OLD, ...settings });
const sent = (settings: object, target = NEW) => movedPipeline(PIPELINE, launch(settings), target).launch;

describe("what is launched on another environment", () => {
    it("is sent whole, and nothing that the Platform only shows", () => {
        const shown = { dateCreated: "2026-01-01T00:00:00Z", lastUpdated: null, resumeLaunchId: "x", workspaceId: 7 };
        assert.deepEqual(sent({ ...SETTINGS, ...shown }), { ...SETTINGS, computeEnvId: "new" });
    });

    it("leaves out what is not set, but not what is set to false or to nothing", () => {
        const settings = { pipeline: "p", revision: null, pullLatest: false, userSecrets: [], configText: "" };
        assert.deepEqual(sent(settings), {
            pipeline: "p",
            pullLatest: false,
            userSecrets: [],
            configText: "",
            computeEnvId: "new",
        });
    });

    it("gets from the new environment what it had from the old one", () => {
        const copied = { workDir: "/scratch/work", preRunScript: "module load a", postRunScript: "echo own" };
        assert.deepEqual(sent(copied), {
            workDir: "/data/work",
            // A script that the new one does not have is taken away with an empty text.
            preRunScript: "",
            postRunScript: "echo own",
            computeEnvId: "new",
        });
    });

    it("keeps a work directory of its own, also one below the old environment's", () => {
        assert.equal(sent({ workDir: "/scratch/work/hello" }).workDir, "/scratch/work/hello");
    });

    it("keeps everything where the Platform does not show the old environment's configuration", () => {
        const bare = { ...launch({ workDir: "/scratch/work" }), computeEnv: null };
        assert.equal(movedPipeline(PIPELINE, bare, NEW).launch.workDir, "/scratch/work");
    });

    it("keeps the pipeline's name, description, icon and labels", () => {
        const labels = [
            { id: 3, name: "a" },
            { id: 4, name: "b" },
        ];
        const { launch: _launch, ...rest } = movedPipeline(
            { ...PIPELINE, description: "d", icon: "i", labels, workspaceId: 7, computeEnv: { id: "old" } },
            launch({}),
            NEW,
        );
        assert.deepEqual(rest, { name: "hello", description: "d", icon: "i", labelIds: [3, 4] });
        assert.deepEqual(movedPipeline({ ...PIPELINE, description: null, labels: null }, launch({}), NEW), {
            name: "hello",
            launch: { computeEnvId: "new" },
        });
    });

    it("is known again when it is there already (case 18)", () => {
        const wanted = sent({ ...SETTINGS, entryName: null, preRunScript: "a\nb\n", userSecrets: [], resume: false });
        const { computeEnvId: _id, ...settings } = wanted;
        const found: LaunchDto = { id: "l2", computeEnv: { ...OLD, id: "new" }, ...settings };
        assert.ok(isMoved(found, wanted));
        assert.ok(isMoved({ ...found, preRunScript: "a\r\nb", userSecrets: null, resume: null }, wanted));
        assert.ok(!isMoved({ ...found, computeEnv: OLD }, wanted));
        for (const other of [{ revision: "dev" }, { entryName: "entry" }, { configProfiles: [] }, { stubRun: false }]) {
            assert.ok(!isMoved({ ...found, ...other }, wanted), Object.keys(other)[0]);
        }
    });

    it("gets version names as the Platform's pages make them (case 18)", () => {
        for (const [name, ...next] of [
            ["rnaseq-3", "rnaseq-4", "rnaseq-5"],
            ["rnaseq", "rnaseq-1", "rnaseq-2"],
            ["-5", "-6"],
            ["a-9", "a-10"],
            ["v1.2", "v1.2-1"],
            ["day-99999999999999999999", "day-100000000000000000000"],
        ]) {
            const names = nextVersionNames(name);
            assert.deepEqual(
                next.map(() => names.next().value),
                next,
            );
        }
    });

    const action = (others: Partial<ActionDto>): ActionDto => ({
        id: "a1",
        name: "nightly",
        launch: launch({}),
        ...others,
    });

    it("by an action has the id of the launch that it changes", () => {
        assert.deepEqual(movedAction(action({ source: "tower", config: { discriminator: "tower" } }), NEW), {
            name: "nightly",
            launch: { id: "l1", computeEnvId: "new" },
        });
    });

    it("by an action keeps its schedule, or what it watches", () => {
        const cron = { expression: "0 2 * * *", timezone: "Europe/Paris" };
        const scheduled = action({ source: "cron", config: { discriminator: "cron", preset: null, ...cron } });
        assert.deepEqual(movedAction(scheduled, NEW).cron, cron);
        const bucket = { dataLinkId: "d1", events: ["CREATED"], filter: "*.csv" };
        const shown = { discriminator: "bucket", bucketName: "b", topicArn: "t", ...bucket };
        assert.deepEqual(movedAction(action({ source: "bucket", config: shown }), NEW).bucket, bucket);
    });
});
