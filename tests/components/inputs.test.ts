import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform } from "../../src/args/enums";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { CERTIFICATE } from "../dynamic/inputs";
import { CLUSTER, FULL, POD_SPEC } from "./fullArguments";
import { AUTHORITY, record, TOKEN } from "./recorder";

/** The same arguments, those that may be outputs as outputs: whole, or with outputs inside. */
function asOutputs(args: KubernetesComputeEnvironmentArgs, deep: boolean): KubernetesComputeEnvironmentArgs {
    const plain = [
        "namespace",
        "createNamespace",
        "serviceAccounts",
        "resourceLabels",
        "primary",
        "storage",
        "credentials",
    ];
    return Object.fromEntries(
        Object.entries(args).map(([key, value]: [string, unknown]) => {
            const inside = (given: object) =>
                Object.fromEntries(Object.entries(given).map(([name, each]) => [name, pulumi.output(each)]));
            if (key === "storage") {
                const { claimName, ...rest } = value as Record<string, unknown>;
                return [key, { claimName, ...inside(rest) }];
            }
            if (key === "credentials") {
                return [key, inside(value as object)];
            }
            if (plain.includes(key)) {
                return [key, value];
            }
            const isMap = typeof value === "object" && !Array.isArray(value);
            return [key, deep && isMap ? inside(value as object) : pulumi.output(value)];
        }),
    ) as unknown as KubernetesComputeEnvironmentArgs;
}

/** One that is left shows that the namespace is the one that it was. */
const UIDS = ["uid of Namespace prod-namespace", "uid of RoleBinding prod-accounts-head"];

const URN =
    "urn:pulumi:stack::project::pulumi-seqera-kubernetes:index:KubernetesComputeEnvironment$pulumi-nodejs:dynamic/seqera:ComputeEnv::prod";

const run = (args: KubernetesComputeEnvironmentArgs) => record(() => new KubernetesComputeEnvironment("prod", args));

describe("what a KubernetesComputeEnvironment asks the Platform for", () => {
    it("with the least of arguments", async () => {
        const { inputs } = (await run({ cluster: CLUSTER })).one("ComputeEnv");
        assert.deepEqual(inputs, {
            __provider: 'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").computeEnv;',
            namePrefix: "prod",
            nameSeed: "organization/project/stack",
            resourceUrn: URN,
            platform: "k8s-platform",
            credentialsId: "prod-credentials-id",
            labelIds: [],
            objectUids: UIDS,
            config: {
                server: "https://10.0.0.1:6443",
                sslCert: AUTHORITY,
                namespace: "nextflow",
                headServiceAccount: "nextflow-head",
                computeServiceAccount: "nextflow-task",
                storageClaimName: "nextflow-work",
                storageMountPath: "/scratch",
                workDir: "/scratch/work",
                podCleanup: "on_success",
            },
        });
    });

    it("with all arguments", async () => {
        const { inputs } = (await run(FULL)).one("ComputeEnv");
        assert.deepEqual(inputs, {
            __provider: 'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").computeEnv;',
            endpoint: "https://platform.example.com/api",
            accessToken: "access-token-eyJ0aWQi",
            workspaceId: 75887156211590,
            name: "production",
            nameSeed: "organization/project/stack",
            resourceUrn: URN,
            description: "Where pipelines run",
            platform: "k8s-platform",
            credentialsId: "prod-credentials-id",
            labelIds: [7, 8],
            objectUids: UIDS,
            adopt: "5e6f",
            adoptWithout: ["headJobCpus"],
            createTimeoutSeconds: 60,
            deleteTimeoutSeconds: 120,
            forceDelete: true,
            config: {
                server: "https://10.0.0.1:6443",
                sslCert: AUTHORITY,
                namespace: "runs",
                headServiceAccount: "head",
                computeServiceAccount: "task",
                storageClaimName: "shared",
                storageMountPath: "/mnt",
                workDir: "/mnt/a/b",
                podCleanup: "always",
                headJobCpus: 2,
                headJobMemoryMb: 4096,
                headPodSpec: POD_SPEC,
                servicePodSpec: POD_SPEC,
                preRunScript: "echo before",
                postRunScript: "echo after",
                nextflowConfig: "process.cpus = 4",
                environment: [
                    { name: "A", value: "1", head: true, compute: true },
                    { name: "NXF_OPTS", value: "-Xmx4g", head: true, compute: false },
                ],
            },
        });
    });

    it("in a namespace that it does not make: what it makes there tells it from another one (issue 15, point 8)", async () => {
        const { inputs } = (await run({ cluster: CLUSTER, createNamespace: false })).one("ComputeEnv");
        const accounts = ["launcher", "head", "compute"].map((role) => `ServiceAccount prod-accounts-${role}`);
        const bindings = ["launcher", "head"].map((role) => `RoleBinding prod-accounts-${role}`);
        assert.deepEqual(
            inputs.objectUids,
            [...accounts, ...bindings].map((object) => `uid of ${object}`),
        );
    });

    it("with the switches of the clouds", async () => {
        const { inputs } = (
            await run({
                cluster: { platform: KubernetesPlatform.Gke, name: "c", region: "europe-west1" },
                credentialsId: "1a2b",
                workDirectory: "gs://bucket/work",
                waveEnabled: true,
                fusionEnabled: true,
            })
        ).one("ComputeEnv");
        assert.equal(inputs.platform, "gke-platform");
        const { clusterName, region, workDir, waveEnabled, fusion2Enabled } = inputs.config;
        assert.deepEqual(
            [clusterName, region, workDir, waveEnabled, fusion2Enabled],
            ["c", "europe-west1", "gs://bucket/work", true, true],
        );
    });

    it("the user's certificate authority wins over the token's", async () => {
        const { inputs, dependencies } = (
            await run({ cluster: { ...CLUSTER, certificateAuthority: pulumi.output(CERTIFICATE) } })
        ).one("ComputeEnv");
        assert.equal(inputs.config.sslCert, CERTIFICATE);
        assert.ok(dependencies.includes("Credentials prod-credentials"));
    });

    it("the credential is made of the launcher's token", async () => {
        const { inputs } = (await run(FULL)).one("Credentials");
        assert.deepEqual(inputs.kubernetes, { token: TOKEN });
        assert.equal(inputs.name, "cluster-token");
        assert.equal(inputs.description, "The launcher's");
    });

    it("every object of the Platform goes to the same place", async () => {
        const ran = await run({ ...FULL, resourceLabels: { team: "genomics" }, primary: true });
        for (const kind of ["ComputeEnv", "Credentials", "Label", "PrimaryComputeEnv", "PipelineMove"]) {
            const { endpoint, accessToken, workspaceId } = ran.one(kind).inputs;
            assert.deepEqual(
                [endpoint, accessToken, workspaceId],
                ["https://platform.example.com/api", "access-token-eyJ0aWQi", 75887156211590],
                kind,
            );
        }
        assert.equal(ran.one("PrimaryComputeEnv").inputs.computeEnvId, "prod-id");
        assert.equal(ran.one("PipelineMove").inputs.computeEnvId, "prod-id");
    });

    for (const deep of [false, true]) {
        it(`is the same when arguments are outputs${deep ? " inside" : ""}`, async () => {
            const plain = await run(FULL);
            const outputs = await run(asOutputs(FULL, deep));
            assert.deepEqual(outputs.labels(), plain.labels());
            for (const { type, name, urn, inputs, shown, parent } of plain.all) {
                const twin = outputs.all.find((each) => each.urn === urn)!;
                assert.deepEqual(twin.inputs, inputs, `${type} ${name}`);
                assert.deepEqual(twin.shown, shown, `${type} ${name}`);
                assert.equal(twin.parent, parent, `${type} ${name}`);
            }
        });
    }

    it("does not change with the order in which arguments are written", async () => {
        const turned = Object.fromEntries(
            Object.entries(FULL).reverse(),
        ) as unknown as KubernetesComputeEnvironmentArgs;
        const [a, b] = [
            await run(FULL),
            await run({ ...turned, environmentVariables: { A: "1", NXF_OPTS: "-Xmx4g" } }),
        ];
        assert.equal(JSON.stringify(b.one("ComputeEnv").inputs), JSON.stringify(a.one("ComputeEnv").inputs));
    });
});
