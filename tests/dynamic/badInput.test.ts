import assert from "node:assert/strict";
import { BAD_INPUTS, type BadInput } from "./badInputs";
import { CREDENTIALS, eksInputs, environmentInputs, GENERATED } from "./inputs";
import { type PlatformKind, type Props, UNKNOWN, useWorld } from "./support";

/** The same inputs with one leaf after the other unknown. */
function* withOneUnknown(value: Props): Generator<Props> {
    for (const [key, inner] of Object.entries(value)) {
        yield { ...value, [key]: UNKNOWN };
        if (inner !== null && typeof inner === "object") {
            for (const changed of withOneUnknown(inner)) {
                yield { ...value, [key]: Array.isArray(inner) ? Object.values(changed) : changed };
            }
        }
    }
}

/** The same inputs with a member that is null in each of their objects. */
function withNulls(value: Props): Props {
    const inner = Object.entries(value).map(([key, each]) => [
        key,
        each !== null && typeof each === "object" && !Array.isArray(each) ? withNulls(each) : each,
    ]);
    return { ...Object.fromEntries(inner), nothing: null };
}

const GOOD: Record<PlatformKind, Props[]> = {
    credentials: Object.values(CREDENTIALS).map(({ keys }) => ({ ...GENERATED, description: "d", ...keys })),
    computeEnv: [
        environmentInputs(
            "c1",
            {
                storageMountPath: "/scratch",
                podCleanup: "always",
                headJobCpus: 2,
                headJobMemoryMb: 4096,
                headPodSpec: "spec:\n  nodeSelector: {}\n",
                servicePodSpec: "spec: {}\n",
                preRunScript: "true",
                postRunScript: "true",
                nextflowConfig: "process.cpus = 1",
                environment: [{ name: "A", value: "1", head: true, compute: false }],
            },
            {
                description: "d",
                labelIds: [1, 2],
                fusionMetricsCollectionEnabled: true,
                createTimeoutSeconds: 60,
                deleteTimeoutSeconds: 60,
                forceDelete: true,
            },
        ),
        eksInputs(),
        { ...eksInputs({ workDir: "gs://bucket/work" }), platform: "gke-platform" },
    ],
    // The content of the others is not as it was given: see `dataset.test.ts`.
    dataset: [
        {
            description: "d",
            linkedUrl: "https://example.com/samples.csv?raw=1",
            hasHeader: false,
            labels: ["nightly", "rna_seq"],
            labelIds: [1],
            disableFormerVersions: true,
        },
        { linkedUrl: "http://127.0.0.1:8080/samples.tsv" },
    ],
    dataLink: [
        { resourceRef: "s3://reads/run-1/", credentialsId: "c1", description: "d" },
        { resourceRef: "gs://reads" },
        { resourceRef: "az://reads", provider: "azure-cloud" },
        { resourceRef: "s3://reads", provider: "s3", credentialsId: "c1" },
    ],
    label: [
        { name: "team", value: "genomics" },
        { name: "run", value: "${workflowId}" },
    ],
    primaryComputeEnv: [{ computeEnvId: "e1" }],
    pipeline: [
        {
            name: "rnaseq",
            repository: "https://github.com/nf-core/rnaseq",
            computeEnvId: "e1",
            revision: "3.18.0",
            params: { input: "s3://b/in.csv", deep: { list: [1, "a"] } },
            configProfiles: ["docker"],
            headJob: { cpus: 2, memory: "4 GB" },
            computeResources: { cpus: 2, maxCpus: 8 },
            retries: { maxRetries: 2 },
            processes: [{ name: "A", cpus: 1 }],
            env: [{ name: "A", value: "1" }],
            queueSize: 10,
            schema: '{"properties": {"input": {"type": "string"}}}',
            version: { name: "1.0" },
            labels: ["prod"],
            labelIds: [1],
        },
    ],
    pipelineMove: [{ computeEnvId: "e1", enabled: false }],
};

describe("check", () => {
    const world = useWorld();

    for (const [kind, cases] of Object.entries(BAD_INPUTS) as [PlatformKind, BadInput[]][]) {
        describe(`of ${kind}`, () => {
            for (const { what, inputs, faults } of cases) {
                it(`refuses ${what}`, async () => {
                    const { failures } = await world.provider.check(kind, {}, { ...world.connection, ...inputs });
                    assert.deepEqual(
                        failures.map(({ property, reason }) => [property, reason]),
                        faults,
                    );
                    assert.deepEqual(world.calls(), []);
                });
            }

            it("takes what is right, as it was given", async () => {
                for (const inputs of GOOD[kind]) {
                    const given = { ...world.connection, name: "mine", ...inputs };
                    const { inputs: checked, failures } = await world.provider.check(kind, {}, given);
                    assert.deepEqual(failures, []);
                    const { __provider, ...rest } = checked;
                    assert.deepEqual(rest, given);
                    assert.ok(Buffer.byteLength(__provider) <= 200);
                }
                assert.deepEqual(world.calls(), []);
            });

            it("takes null for what is left out, at every level (case 4)", async () => {
                for (const inputs of GOOD[kind]) {
                    const given = { ...world.connection, name: "mine", ...inputs };
                    const { inputs: checked, failures } = await world.provider.check(kind, {}, withNulls(given));
                    assert.deepEqual(failures, []);
                    const { __provider, ...rest } = checked;
                    assert.deepEqual(rest, given);
                }
            });

            it("does not judge what is not known yet", async () => {
                for (const inputs of GOOD[kind]) {
                    for (const unknown of withOneUnknown({ ...world.connection, ...inputs })) {
                        const { failures } = await world.provider.check(kind, {}, unknown);
                        assert.deepEqual(failures, [], JSON.stringify(unknown));
                    }
                }
            });
        });
    }

    it("of credentials waits for all kinds of keys before it counts them", async () => {
        for (const others of [{ aws: UNKNOWN }, { google: UNKNOWN }, { kubernetes: UNKNOWN }]) {
            const given = { ...world.connection, ...GENERATED, google: GOOD.credentials[4].google, ...others };
            assert.deepEqual((await world.provider.check("credentials", {}, given)).failures, []);
        }
    });
});
