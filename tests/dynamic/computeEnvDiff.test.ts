import assert from "node:assert/strict";
import { CERTIFICATE, CONFIG, environmentInputs } from "./inputs";
import { type Made, type Props, Provider, UNKNOWN, useWorld } from "./support";

const POD_SPEC = "spec:\n  nodeSelector:\n    pool: heads\n  priorityClassName: high\n";

const FULL = {
    storageMountPath: "/scratch",
    podCleanup: "always",
    headJobCpus: 2,
    headJobMemoryMb: 4096,
    headPodSpec: POD_SPEC,
    servicePodSpec: POD_SPEC,
    preRunScript: "set -e\necho before\n",
    postRunScript: "echo after",
    nextflowConfig: "process.cpus = 1\n",
    environment: [
        { name: "A", value: "1", head: true, compute: false },
        { name: "B", value: "2", head: true, compute: true },
    ],
};

/** The environment of a component. */
const PART =
    "urn:pulumi:dev::pipelines::pulumi-seqera-kubernetes:index:KubernetesComputeEnvironment$pulumi-nodejs:dynamic/seqera:ComputeEnv::production";

const NONE = { changes: "DIFF_NONE", replaces: [], deleteBeforeReplace: false };
const UPDATE = { ...NONE, changes: "DIFF_SOME" };
const replace = (...replaces: string[]) => ({ ...UPDATE, replaces });

describe("diff of a compute environment", () => {
    const world = useWorld();
    let full: Made;

    /** A made environment as it would be in state. No Platform is needed for a diff. */
    async function inState(inputs: Props, outputs: Props = {}): Promise<Made> {
        const checked = await world.provider.checked("computeEnv", { ...world.connection, ...inputs });
        const props = { ...checked, status: "AVAILABLE", message: "", dateCreated: "d", lastUpdated: "d", ...outputs };
        return { kind: "computeEnv", id: "4g09tT4XW4JFUvXTHdB6zP", inputs: checked, props };
    }

    async function diff(made: Made, news: Props, config: Props = {}) {
        const inputs = { ...made.inputs, config: { ...made.inputs.config, ...config }, ...news };
        const answer = await world.provider.diff(made, inputs);
        assert.deepEqual(world.calls(), []);
        return answer;
    }

    beforeEach(async () => {
        full = await inState(environmentInputs("c1", FULL, { labelIds: [10, 2], description: "a\nb" }));
    });

    it("sees no change where there is none", async () => assert.deepEqual(await diff(full, {}), NONE));

    const configChanges: Props = {
        ...Object.fromEntries(Object.keys(CONFIG).map((key) => [key, `${CONFIG[key as keyof typeof CONFIG]}2`])),
        sslCert: CERTIFICATE.replace("MIIBhTCC", "MIIBhTCD"),
        storageMountPath: "/scratch/inner",
        podCleanup: "never",
        headJobCpus: 3,
        headJobMemoryMb: 8192,
        headPodSpec: POD_SPEC.replace("heads", "others"),
        servicePodSpec: POD_SPEC.replace("high", "low"),
        preRunScript: "echo before",
        postRunScript: "echo afterwards",
        nextflowConfig: "process.cpus = 2\n",
        environment: [{ name: "A", value: "2", head: true, compute: false }],
    };
    it("says in one line in which order a replacement goes", async () => {
        await diff(full, {}, { podCleanup: "never" });
        await world.provider.says(/must be replaced \(config\)\. Its replacement is created first\./);
    });

    describe("in a process that no other file has used", () => {
        let shared: Provider;
        before(async () => {
            shared = world.provider;
            world.provider = await Provider.start();
        });
        after(async () => {
            await world.provider.stop();
            world.provider = shared;
        });

        it("says what a run that targets a component's environment has to target, too (case 16)", async () => {
            const said = async (name: string) => {
                const part = await inState({ ...full.inputs, resourceUrn: PART }, { name });
                return (await world.provider.printed(() => diff(part, {}, { podCleanup: "never" }))).slice(1);
            };
            const [line, ...more] = await said("production-1");
            assert.deepEqual(more, []);
            assert.match(
                line,
                /^With --target, add --target '\*\*::production-pipelines' and --target '\*\*::production-primary'\. Otherwise the pipelines and actions of compute environment "production-1" stay/,
            );
            // A run without targets has asked for what comes before it.
            await world.provider.check("platformPreflight", {}, world.connection);
            assert.deepEqual(await said("production-2"), []);
        });
    });

    for (const [key, value] of Object.entries(configChanges)) {
        it(`replaces for another config.${key}`, async () =>
            assert.deepEqual(await diff(full, {}, { [key]: value }), replace("config")));

        const unknown = key === "sslCert" ? NONE : replace("config");
        it(`${unknown === NONE ? "waits" : "replaces"} for config.${key} that is not known yet`, async () =>
            assert.deepEqual(await diff(full, {}, { [key]: UNKNOWN }), unknown));

        // It was what the Platform takes where nothing is given.
        const gone = key === "storageMountPath" ? NONE : replace("config");
        it(`${gone === NONE ? "sees no change" : "replaces"} for config.${key} that goes`, async () => {
            const { [key]: _, ...rest } = full.inputs.config;
            assert.deepEqual(await diff(full, { config: rest }), gone);
        });
    }

    it("replaces where the authority is not known yet and something else changes", async () =>
        assert.deepEqual(await diff(full, {}, { sslCert: UNKNOWN, server: UNKNOWN }), replace("config")));

    it("replaces for a configuration that is not known yet", async () =>
        assert.deepEqual(await diff(full, { config: UNKNOWN }), replace("config")));

    for (const [what, news, replaces] of [
        ["another platform", { platform: "eks-platform" }, ["platform"]],
        ["another workspace", { workspaceId: 5 }, ["workspaceId"]],
        ["the personal workspace", { workspaceId: undefined }, ["workspaceId"]],
        ["a workspace that is not known yet", { workspaceId: UNKNOWN }, ["workspaceId"]],
        ["other labels", { labelIds: [2] }, ["labelIds"]],
        ["labels that go", { labelIds: undefined }, ["labelIds"]],
        ["labels that are not known yet", { labelIds: UNKNOWN }, ["labelIds"]],
        ["a label that is not known yet", { labelIds: [2, UNKNOWN] }, ["labelIds"]],
    ] as [string, Props, string[]][]) {
        it(`replaces for ${what}`, async () => assert.deepEqual(await diff(full, news), replace(...replaces)));
    }

    it("names all that a replacement is for", async () =>
        assert.deepEqual(
            await diff(full, { workspaceId: 5, labelIds: [] }, { namespace: "other" }),
            replace("workspaceId", "config", "labelIds"),
        ));

    for (const [what, news] of [
        ["a description", { description: "other" }],
        ["a description that goes", { description: undefined }],
        ["a description that is not known yet", { description: UNKNOWN }],
        ["another credential", { credentialsId: "c2" }],
        ["a credential that is not known yet", { credentialsId: UNKNOWN }],
        ["Fusion metrics", { fusionMetricsCollectionEnabled: true }],
        ["a name of the program's own", { name: "mine", namePrefix: undefined, nameSeed: undefined }],
        ["another endpoint", { endpoint: "https://platform.example.com/api" }],
        ["another access token", { accessToken: "another" }],
        ["an insecure endpoint allowed", { allowInsecureEndpoint: true }],
        ["another time to create", { createTimeoutSeconds: 5 }],
        ["another time to delete", { deleteTimeoutSeconds: 5 }],
        ["a deletion by force", { forceDelete: true }],
    ] as [string, Props][]) {
        it(`updates for ${what}`, async () => assert.deepEqual(await diff(full, news), UPDATE));
    }

    for (const [what, news, config] of [
        ["the order of keys", { config: Object.fromEntries(Object.entries({ ...CONFIG, ...FULL }).reverse()) }],
        ["the order of labels", { labelIds: [2, 10] }],
        ["the order of variables", {}, { environment: [...FULL.environment].reverse() }],
        [
            "a variable's destination that is left out",
            {},
            {
                environment: [{ name: "A", value: "1", head: true }, FULL.environment[1]],
            },
        ],
        ["null for what is not given", { accessToken: null, forceDelete: null }, { clusterName: null }],
        ["an empty text or list, or false, for what is not given", {}, { region: "", waveEnabled: false }],
        [
            "Windows' line ends",
            {},
            {
                sslCert: CERTIFICATE.replaceAll("\n", "\r\n"),
                preRunScript: FULL.preRunScript.replaceAll("\n", "\r\n"),
                nextflowConfig: "process.cpus = 1\r\n",
            },
        ],
        ["a line end at the end", {}, { postRunScript: "echo after\n", nextflowConfig: "process.cpus = 1" }],
        [
            "the spelling of YAML",
            {},
            {
                headPodSpec: '{"spec": {"priorityClassName": "high", "nodeSelector": {"pool": "heads"}}}',
                servicePodSpec: `# the service pod\n${POD_SPEC.replace("heads", '"heads"')}`,
            },
        ],
        ["what is adopted, once it is", { adopt: "another" }],
        ["the parts of a generated name", { namePrefix: "renamed", nameSeed: "acme/pipelines/other" }],
        ["a generated name", { name: "production-0000000" }],
    ] as [string, Props, Props?][]) {
        it(`sees nothing in ${what}`, async () => assert.deepEqual(await diff(full, news, config), NONE));
    }

    it("sees nothing in another provider line", async () => {
        const older = { ...full, props: { ...full.props, __provider: "exports.handler = () => older;" } };
        assert.deepEqual(await diff(older, {}), NONE);
    });

    describe("among objects of a cluster (issue 15, point 8)", () => {
        const [namespace, role, another] = ["namespace", "role", "another"].map((what) => `uid-of-${what}`);
        const moved = async (before: unknown, now: unknown) =>
            diff(await inState(environmentInputs("c1", {}, { objectUids: before })), { objectUids: now });

        it("replaces where none is the one that it was, and says why", async () => {
            assert.deepEqual(await moved([namespace, role], [another]), replace("objectUids"));
            await world.provider.says(/must be replaced: its namespace was deleted and created again/);
        });

        for (const [what, before, now, expected] of [
            ["replaces where all are still to be made", [namespace], ["", ""], replace("objectUids")],
            ["updates where one is left", [namespace, role], [another, role], UPDATE],
            ["updates where there are more", [namespace], [namespace, role], UPDATE],
            ["updates where an older version noted none", undefined, [namespace], UPDATE],
            ["updates where the program speaks of none any more", [namespace], undefined, UPDATE],
            ["sees nothing where they are the same", [namespace, role], [namespace, role], NONE],
            ["sees nothing where they are not known yet", [namespace, role], UNKNOWN, NONE],
            ["sees nothing where one is not known yet", [namespace, role], [another, UNKNOWN], NONE],
        ] as const) {
            it(what, async () => assert.deepEqual(await moved(before, now), expected));
        }
    });

    describe("with a name of the program's own", () => {
        const mine = () =>
            inState({ ...environmentInputs("c1"), namePrefix: undefined, nameSeed: undefined, name: "mine" });

        it("deletes first where the name stays", async () =>
            assert.deepEqual(await diff(await mine(), {}, { namespace: "other" }), {
                ...replace("config"),
                deleteBeforeReplace: true,
            }));

        it("deletes first where the name may stay", async () =>
            assert.deepEqual(await diff(await mine(), { name: UNKNOWN }, { namespace: "other" }), {
                ...replace("config"),
                deleteBeforeReplace: true,
            }));

        it("makes first where the name changes as well", async () =>
            assert.deepEqual(await diff(await mine(), { name: "other" }, { namespace: "other" }), replace("config")));

        it("makes first where the name becomes a generated one", async () =>
            assert.deepEqual(
                await diff(
                    await mine(),
                    { name: "production-0123456", namePrefix: "production" },
                    { namespace: "other" },
                ),
                replace("config"),
            ));

        it("updates for another name alone", async () => {
            assert.equal((await diff(await mine(), { name: "other" })).changes, "DIFF_SOME");
            assert.deepEqual((await diff(await mine(), { name: "other" })).replaces, []);
        });
    });

    for (const [status, expected] of [
        ["AVAILABLE", NONE],
        ["DISABLED", NONE],
        ["CREATING", UPDATE],
        ["INVALID", UPDATE],
        ["ERRORED", replace("status")],
        ["DELETING", replace("status")],
        ["SOMETHING_NEW", UPDATE],
    ] as const) {
        it(`of one that is ${status}: ${expected === NONE ? "none" : expected === UPDATE ? "mended" : "replaced"}`, async () =>
            assert.deepEqual(await diff(await inState(environmentInputs("c1"), { status }), {}), expected));
    }

    for (const [status, remedy] of [
        ["CREATING", "waits until it is AVAILABLE"],
        ["INVALID", "validates it again"],
        ["ERRORED", "replaces it"],
        ["DELETING", "replaces it"],
    ]) {
        it(`of one that is ${status}: says so, with the Platform's reason and what happens now`, async () => {
            const message = "Bearer abcdefghijklmnop1234\nis expired";
            const made = await inState(environmentInputs("c1", {}, { name: `was-${status}` }), { status, message });
            await diff(made, {});
            await world.provider.says(
                `"was-${status}" was ${status} when last checked: "Bearer .redacted. is expired"; .pulumi up. ${remedy}\n`,
            );
        });
    }
});
