import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/installedPackage";
import { CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import { type Kind, type Made, type Props, useWorld } from "./support";

const NAMES = ["create", "no change", "update in place", "replace", "delete"] as const;
type Column = (typeof NAMES)[number];

/** The table in CONTRIBUTING.md: the calls of each cell in their order, or what the cell says in words. */
function table(): Map<string, Record<Column, string>> {
    const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
    const lines = text.slice(text.indexOf("## Calls to the Platform")).split("\n");
    const [head, , ...rows] = lines.filter((line) => line.startsWith("|"));
    const cells = (row: string) =>
        row
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim());
    assert.deepEqual(cells(head), ["resource", ...NAMES]);
    return new Map(
        rows
            .map(cells)
            .map(([resource, ...each]) => [
                resource.replaceAll("`", ""),
                Object.fromEntries(NAMES.map((name, i) => [name, each[i]])) as Record<Column, string>,
            ]),
    );
}

const written = (calls: string[]) => (calls.length === 0 ? "none" : calls.map((call) => `\`${call}\``).join(", "));

describe("the calls to the Platform", () => {
    const world = useWorld({ timings: { create: { polls: 0 }, delete: { polls: 0 } } });
    const expected = table();
    let credentialsId: string;

    /** The two calls behind the launch link, which a process makes once however many environments it makes. */
    const LAUNCH_LINK = ["GET /user-info", "GET /user/{id}/workspaces"];

    const seen = async (work: () => Promise<unknown>): Promise<string> => {
        world.quiet();
        await work();
        return written(world.calls().filter((call) => !LAUNCH_LINK.includes(call)));
    };

    const token = CREDENTIALS["a Kubernetes token"].keys;
    const role = CREDENTIALS["an AWS role"].keys;
    const label = { name: "team", value: "genomics" };
    const samples = { ...GENERATED, content: "sample\n" };
    const linked = { ...GENERATED, linkedUrl: "https://example.com/samples.csv" };
    const launched = () => ({
        ...GENERATED,
        repository: "https://github.com/nextflow-io/hello",
        computeEnvId: first.id,
    });
    const reads = { ...GENERATED, resourceRef: "s3://reads" };

    const subjects: Record<string, { kind: Kind; inputs: () => Props; update?: () => Props; replace: () => Props }> = {
        Credentials: {
            kind: "credentials",
            inputs: () => ({ ...GENERATED, ...token }),
            update: () => ({ ...GENERATED, kubernetes: { token: "rotated" } }),
            replace: () => ({ ...GENERATED, ...CREDENTIALS["AWS keys"].keys }),
        },
        "Credentials of an AWS role": {
            kind: "credentials",
            inputs: () => ({ ...GENERATED, ...role }),
            update: () => ({ ...GENERATED, aws: { assumeRoleArn: `${role.aws.assumeRoleArn}2` } }),
            replace: () => ({ ...GENERATED, nameSeed: "acme/pipelines/prod", ...role }),
        },
        ComputeEnv: {
            kind: "computeEnv",
            inputs: () => environmentInputs(credentialsId),
            update: () => ({ ...environmentInputs(credentialsId), description: "new" }),
            replace: () => environmentInputs(credentialsId, { namespace: "other" }),
        },
        "ComputeEnv with a name of its own": {
            kind: "computeEnv",
            inputs: () => ({ ...environmentInputs(credentialsId), namePrefix: undefined, name: "prod" }),
            update: () => ({
                ...environmentInputs(credentialsId),
                namePrefix: undefined,
                name: "prod",
                description: "new",
            }),
            replace: () => ({
                ...environmentInputs(credentialsId, { namespace: "other" }),
                namePrefix: undefined,
                name: "prod",
            }),
        },
        Dataset: {
            kind: "dataset",
            inputs: () => samples,
            update: () => ({ ...samples, content: "another\n" }),
            replace: () => ({ ...samples, fileName: "samples.tsv" }),
        },
        "Dataset that links to a file": {
            kind: "dataset",
            inputs: () => linked,
            update: () => ({ ...linked, linkedUrl: "https://example.com/another.csv" }),
            replace: () => ({ ...linked, nameSeed: "acme/pipelines/prod" }),
        },
        "Dataset with labels": {
            kind: "dataset",
            inputs: () => ({ ...samples, labels: ["nightly"], description: "d" }),
            update: () => ({ ...samples, labels: ["nightly"] }),
            replace: () => ({ ...samples, labels: ["weekly"], fileName: "samples.tsv" }),
        },
        DataLink: {
            kind: "dataLink",
            inputs: () => reads,
            update: () => ({ ...reads, description: "new" }),
            replace: () => ({ ...reads, resourceRef: "s3://others" }),
        },
        Label: { kind: "label", inputs: () => label, replace: () => ({ ...label, value: "imaging" }) },
        "Label that is there already": {
            kind: "label",
            inputs: () => label,
            replace: () => ({ ...label, value: "imaging" }),
        },
        Pipeline: {
            kind: "pipeline",
            inputs: () => launched(),
            update: () => ({ ...launched(), revision: "main" }),
            replace: () => ({ ...launched(), nameSeed: "acme/pipelines/prod" }),
        },
        PlatformPreflight: {
            kind: "platformPreflight",
            inputs: () => ({}),
            update: () => ({ credentialsId }),
            // Another address of the same Platform: what is checked once is not checked again by the same process.
            replace: () => ({ endpoint: world.connection.endpoint.replace("127.0.0.1", "localhost") }),
        },
        PipelineMove: {
            kind: "pipelineMove",
            inputs: () => ({ computeEnvId: first.id }),
            update: () => ({ computeEnvId: second.id }),
            replace: () => ({ computeEnvId: first.id }),
        },
        PrimaryComputeEnv: {
            kind: "primaryComputeEnv",
            inputs: () => ({ computeEnvId: first.id }),
            update: () => ({ computeEnvId: second.id }),
            replace: () => ({ computeEnvId: first.id }),
        },
    };
    let first: Made;
    let second: Made;

    it("are documented for every resource", () =>
        assert.deepEqual([...expected.keys()].sort(), Object.keys(subjects).sort()));

    for (const [resource, { kind, inputs, update, replace }] of Object.entries(subjects)) {
        it(`of ${resource} are the documented ones`, async () => {
            credentialsId = await world.credential();
            if (["primaryComputeEnv", "pipelineMove", "pipeline"].includes(kind)) {
                first = await world.make("computeEnv", environmentInputs(credentialsId));
                second = await world.make("computeEnv", environmentInputs(credentialsId, { namespace: "second" }));
            }
            if (resource === "Label that is there already") {
                await world.make("label", inputs());
                await world.make("label", replace());
            }
            const row = expected.get(resource)!;
            let made!: Made;
            assert.equal(await seen(async () => (made = await world.make(kind, inputs()))), row.create);
            assert.equal(
                await seen(async () => {
                    const news = { ...world.connection, ...inputs() };
                    const checked = await world.provider.checked(kind, news, made.inputs);
                    assert.equal((await world.provider.diff(made, checked)).changes, "DIFF_NONE");
                }),
                row["no change"],
            );
            assert.equal(
                update === undefined
                    ? "–"
                    : await seen(async () => {
                          made = await world.provider.update(made, { ...world.connection, ...update() });
                      }),
                row["update in place"],
            );
            const deleteFirst = row.replace === "delete, then as create";
            let replacement!: Made;
            let deleting = deleteFirst ? await seen(() => world.provider.delete(made)) : "";
            const creating = await seen(async () => (replacement = await world.make(kind, replace())));
            if (!deleteFirst) {
                deleting = await seen(() => world.provider.delete(made));
                assert.equal(row.replace, row.delete === "none" ? "as create" : "as create, then delete");
            }
            assert.equal(creating, row.create);
            assert.equal(deleting, row.delete);
            assert.equal(await seen(() => world.provider.delete(replacement)), row.delete);
        });
    }

    it("behind the launch link are made once a process and workspace", async () => {
        credentialsId = await world.credential();
        world.quiet();
        for (const namespace of ["one", "two"]) {
            await world.make("computeEnv", environmentInputs(credentialsId, { namespace }));
        }
        assert.deepEqual(
            world.calls().filter((call) => LAUNCH_LINK.includes(call)),
            LAUNCH_LINK,
        );
    });

    it("carry our name and version, and the API's version", async () => {
        await world.make("label", label);
        for (const { userAgent } of world.platform.requests) {
            assert.match(userAgent ?? "", /^pulumi-seqera-kubernetes\/\d+\.\d+\.\d+/);
        }
    });
});
