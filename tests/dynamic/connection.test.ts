import assert from "node:assert/strict";
import { CANARIES, CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import { type PlatformKind, type Props, Provider, sharedProvider, UNKNOWN, workspaceId } from "./support";

type Connected = PlatformKind | "platformPreflight";

const INPUTS: Record<Connected, Props> = {
    credentials: { ...GENERATED, ...CREDENTIALS["a Kubernetes token"].keys },
    computeEnv: environmentInputs("c1"),
    dataLink: { ...GENERATED, resourceRef: "s3://reads" },
    dataset: { ...GENERATED, linkedUrl: "https://example.com/samples.csv" },
    label: { name: "team", value: "genomics" },
    primaryComputeEnv: { computeEnvId: "e1" },
    pipeline: { name: "rnaseq", repository: "https://github.com/nf-core/rnaseq" },
    pipelineMove: { computeEnvId: "e1" },
    platformPreflight: {},
};
const KINDS = Object.keys(INPUTS) as Connected[];

const CLOUD = "https://api.cloud.seqera.io";
const NO_TOKEN =
    "required to call Seqera Platform (set the argument accessToken, or run `pulumi config set --secret seqera:accessToken`, or set the environment variable TOWER_ACCESS_TOKEN)";

describe("the connection", () => {
    let provider: Provider;
    before(async () => {
        provider = await sharedProvider();
    });

    const faults = async (kind: Connected, connection: Props, which = provider) =>
        (await which.check(kind, {}, { ...INPUTS[kind], ...connection })).failures;

    for (const kind of KINDS) {
        describe(`of ${kind}`, () => {
            it("is Seqera Cloud and the personal workspace when nothing is said", async () => {
                const { inputs, failures } = await provider.check(kind, {}, INPUTS[kind]);
                assert.deepEqual(failures, []);
                assert.equal(inputs.endpoint, CLOUD);
                assert.equal("workspaceId" in inputs, false);
            });

            it("takes a workspace that is written as text, and an endpoint with a slash at its end", async () => {
                const connection = { endpoint: "https://platform.example.com/api/", workspaceId: String(workspaceId) };
                const inputs = await provider.checked(kind, { ...INPUTS[kind], ...connection });
                assert.equal(inputs.endpoint, "https://platform.example.com/api");
                assert.equal(inputs.workspaceId, workspaceId);
            });

            it("does not have the token in inputs that did not name it", async () =>
                assert.equal("accessToken" in (await provider.checked(kind, INPUTS[kind])), false));

            it("that is unknown is not judged and stays unknown", async () => {
                const connection = {
                    endpoint: UNKNOWN,
                    workspaceId: UNKNOWN,
                    accessToken: UNKNOWN,
                    allowInsecureEndpoint: UNKNOWN,
                };
                const { inputs, failures } = await provider.check(kind, {}, { ...INPUTS[kind], ...connection });
                assert.deepEqual(failures, []);
                for (const key of Object.keys(connection)) {
                    assert.equal(inputs[key], UNKNOWN, key);
                }
            });

            it("refuses http to another machine", async () =>
                assert.deepEqual(await faults(kind, { endpoint: "http://platform.example.com/api" }), [
                    {
                        property: "endpoint",
                        reason: '"http://platform.example.com/api" does not use https, so the access token would be sent in plain text (use https, or set allowInsecureEndpoint or seqera:allowInsecureEndpoint to true)',
                    },
                ]));

            it("takes http to this machine, and elsewhere when that is allowed", async () => {
                for (const connection of [
                    { endpoint: "http://127.0.0.1:8000/api" },
                    { endpoint: "http://localhost:8000/api" },
                    { endpoint: "http://[::1]:8000/api" },
                    { endpoint: "http://platform.example.com/api", allowInsecureEndpoint: true },
                ]) {
                    assert.deepEqual(await faults(kind, connection), [], connection.endpoint);
                }
            });

            it("refuses what is no address", async () =>
                assert.deepEqual(await faults(kind, { endpoint: "platform.example.com" }), [
                    {
                        property: "endpoint",
                        reason: '"platform.example.com" is not an https URL (write the URL of the API, such as https://api.cloud.seqera.io or https://<host>/api)',
                    },
                ]));

            it("refuses the address of the web interface", async () =>
                assert.deepEqual(await faults(kind, { endpoint: "https://cloud.seqera.io" }), [
                    {
                        property: "endpoint",
                        reason: '"https://cloud.seqera.io" is the URL of the web interface, not of the API (use https://api.cloud.seqera.io)',
                    },
                ]));

            it("refuses a workspace that is not a number", async () =>
                assert.deepEqual(await faults(kind, { workspaceId: "acme/compute" }), [
                    {
                        property: "workspaceId",
                        reason: '"acme/compute" is not a workspace id (write the number that the Platform shows next to the workspace\'s name, such as 75887156211590, or leave it out for your personal workspace)',
                    },
                ]));

            it("refuses an empty token, without looking further", async () =>
                assert.deepEqual(await faults(kind, { accessToken: "" }), [
                    {
                        property: "accessToken",
                        reason: "must not be empty (write a personal access token of Seqera Platform)",
                    },
                ]));

            it("refuses a token with what does not belong to it, without repeating it", async () =>
                assert.deepEqual(await faults(kind, { accessToken: `Bearer ${CANARIES.accessToken}` }), [
                    {
                        property: "accessToken",
                        reason: 'contains spaces, line breaks or non-ASCII characters (write only the token, without "Bearer" or quotes)',
                    },
                ]));
        });
    }

    it("tells every fault at once", async () =>
        assert.deepEqual(
            (await faults("label", { endpoint: "nowhere", workspaceId: -1, accessToken: " " })).map(
                ({ property }) => property,
            ),
            ["endpoint", "accessToken", "workspaceId"],
        ));

    it("is settled part by part: an unknown token leaves endpoint and workspace known", async () => {
        const settled = { endpoint: "https://platform.example.com/api", workspaceId };
        const tokenless = await Provider.start({
            config: { "seqera:endpoint": settled.endpoint, "seqera:workspaceId": String(workspaceId) },
        });
        try {
            const { inputs, failures } = await tokenless.check(
                "computeEnv",
                {},
                { ...INPUTS.computeEnv, accessToken: UNKNOWN },
            );
            assert.deepEqual(failures, []);
            assert.deepEqual({ endpoint: inputs.endpoint, workspaceId: inputs.workspaceId }, settled);
            assert.deepEqual(await faults("label", {}, tokenless), [{ property: "accessToken", reason: NO_TOKEN }]);
        } finally {
            await tokenless.stop();
        }
    });
});

describe("where the connection comes from", () => {
    const CONFIG = {
        "seqera:endpoint": "https://config.example.com/api",
        "seqera:workspaceId": "22",
        "seqera:accessToken": CANARIES.accessToken,
    };
    const ENVIRONMENT = {
        TOWER_API_ENDPOINT: "https://environment.example.com/api",
        TOWER_WORKSPACE_ID: "33",
        TOWER_ACCESS_TOKEN: CANARIES.accessToken,
    };
    const ARGUMENTS = {
        endpoint: "https://argument.example.com/api",
        workspaceId: 11,
        accessToken: CANARIES.accessToken,
    };

    const STARTS = {
        both: { config: CONFIG, env: ENVIRONMENT },
        "the environment alone": { config: {}, env: ENVIRONMENT },
        "a bad configuration": { config: { ...CONFIG, "seqera:workspaceId": "compute" } },
        "a bad environment": {
            config: {},
            env: { ...ENVIRONMENT, TOWER_API_ENDPOINT: "http://platform.example.com/api" },
        },
    };
    const providers = new Map<string, Provider>();

    before(() =>
        Promise.all(
            Object.entries(STARTS).map(async ([what, start]) => providers.set(what, await Provider.start(start))),
        ),
    );

    after(() => Promise.all([...providers.values()].map((each) => each.stop())));

    /** Endpoint and workspace of the inputs, and what was wrong with them. */
    async function settled(from: keyof typeof STARTS, explicit: Props = {}): Promise<unknown[]> {
        const { inputs, failures } = await providers.get(from)!.check("label", {}, { ...INPUTS.label, ...explicit });
        return [inputs.endpoint, inputs.workspaceId, ...failures.map(({ reason }) => reason)];
    }

    it("is the argument first", async () =>
        assert.deepEqual(await settled("both", ARGUMENTS), ["https://argument.example.com/api", 11]));

    it("then the stack's configuration", async () =>
        assert.deepEqual(await settled("both"), ["https://config.example.com/api", 22]));

    it("then the environment, under the names that Seqera's command line uses", async () =>
        assert.deepEqual(await settled("the environment alone"), ["https://environment.example.com/api", 33]));

    it("is judged under the name that it was given by", async () => {
        const [, , configured] = await settled("a bad configuration");
        assert.match(String(configured), /^seqera:workspaceId "compute" is not a workspace id \(/);
        const [, , exported] = await settled("a bad environment");
        assert.match(String(exported), /^TOWER_API_ENDPOINT "http:\/\/platform\S+" does not use https, /);
    });
});
