import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform, PodCleanup } from "../../src/args/enums";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { CERTIFICATE } from "../dynamic/inputs";
import { FULL, POD_SPEC } from "./fullArguments";
import { isKnown, later, record, UNKNOWN, valueOf } from "./recorder";

const run = (args: KubernetesComputeEnvironmentArgs, preview = false) =>
    record(() => new KubernetesComputeEnvironment("prod", args), { preview });

describe("a KubernetesComputeEnvironment at preview", () => {
    it("shows all that is known, though the cluster's authority and credential are not there yet", async () => {
        const { inputs } = (await run(FULL, true)).one("ComputeEnv");
        const applied = (await run(FULL)).one("ComputeEnv").inputs;
        assert.deepEqual(inputs, {
            ...applied,
            credentialsId: UNKNOWN,
            // What is still to be made has no identity.
            objectUids: applied.objectUids.map(() => ""),
            config: { ...applied.config, sslCert: UNKNOWN },
        });
    });

    it("registers the same resources as when it is applied", async () => {
        const args = { ...FULL, resourceLabels: { team: "genomics" }, primary: true };
        assert.deepEqual((await run(args, true)).labels(), (await run(args)).labels());
    });

    it("hides no more than what is made of an argument that is not known", async () => {
        const program = () =>
            new KubernetesComputeEnvironment("prod", {
                cluster: { server: later("https://10.0.0.1:6443"), certificateAuthority: later(CERTIFICATE) },
                headJob: { cpus: 1, memory: later("4Gi") },
                storage: { mountPath: "/mnt" },
                environmentVariables: { A: later("1") },
            });
        const { inputs } = (await record(program, { preview: true })).one("ComputeEnv");
        assert.equal(inputs.platform, "k8s-platform");
        const { server, sslCert, headJobMemoryMb, environment, ...known } = inputs.config;
        assert.deepEqual([server, sslCert, headJobMemoryMb, environment], Array(4).fill(UNKNOWN));
        assert.deepEqual(known, {
            namespace: "nextflow",
            headServiceAccount: "nextflow-head",
            computeServiceAccount: "nextflow-task",
            storageClaimName: "nextflow-work",
            storageMountPath: "/mnt",
            workDir: "/mnt/work",
            podCleanup: "on_success",
            headJobCpus: 1,
        });
        const applied = (await record(program)).one("ComputeEnv").inputs.config;
        assert.deepEqual(
            [applied.server, applied.sslCert, applied.headJobMemoryMb],
            ["https://10.0.0.1:6443", CERTIFICATE, 4096],
        );
    });

    it("copes with everything unknown at once", async () => {
        const ran = await record(
            () =>
                new KubernetesComputeEnvironment("prod", {
                    endpoint: later("https://x"),
                    accessToken: later("t"),
                    workspaceId: later(1),
                    name: later("n"),
                    cluster: later({ server: "https://10.0.0.1:6443" }),
                    registries: later([{ server: "ghcr.io", username: "u", password: "p" }]),
                    imagePullSecrets: later(["a"]),
                    rbacSubjects: later([{ kind: "User", name: "u" }]),
                    storage: { size: later("1Gi"), storageClassName: later("nfs"), mountPath: later("/mnt") },
                    workDirectory: later("/mnt/work"),
                    podCleanup: later(PodCleanup.Never),
                    headJob: later({ cpus: 1 }),
                    headPodSpec: later(POD_SPEC),
                    stagingOptions: later({ preRunScript: "x" }),
                    nextflowConfig: later("x"),
                    environmentVariables: later({ A: "1" }),
                    labelIds: later([1]),
                    primary: true,
                }),
            { preview: true },
        );
        const { config, ...inputs } = ran.one("ComputeEnv").inputs;
        for (const key of ["endpoint", "accessToken", "workspaceId", "name", "platform", "credentialsId", "labelIds"]) {
            assert.equal(inputs[key], UNKNOWN, key);
        }
        for (const key of ["server", "workDir", "storageMountPath", "podCleanup", "headPodSpec", "environment"]) {
            assert.equal(config[key], UNKNOWN, key);
        }
        assert.equal(config.namespace, "nextflow");
    });
});

describe("outputs of a KubernetesComputeEnvironment", () => {
    const expected = {
        computeEnvId: "prod-id",
        name: "production",
        status: "AVAILABLE",
        message: "",
        dateCreated: "2026-01-02T03:04:05Z",
        lastUpdated: "2026-01-02T03:05:06Z",
        credentialsId: "prod-credentials-id",
        namespace: "runs",
        launcherServiceAccount: "platform",
        headServiceAccount: "head",
        computeServiceAccount: "task",
        claimName: "shared",
        launchUrl: "https://cloud.seqera.io/orgs/acme/workspaces/research/launchpad",
        movedLaunches: ['pipeline "rnaseq"'],
        unmovedLaunches: [],
        kubectlCommand: "kubectl --namespace runs get deployments,pods,persistentvolumeclaims",
    };

    it("are these, each registered under the name of its field, none of them secret", async () => {
        const ran = await run(FULL);
        assert.deepEqual(ran.one("KubernetesComputeEnvironment").outputs, expected);
        for (const [key, value] of Object.entries(expected)) {
            const output: pulumi.Output<unknown> = ran.result[key as keyof typeof expected];
            assert.deepEqual(await valueOf(output), value, key);
            assert.ok(!(await pulumi.isSecret(output)), key);
        }
        const fields = Object.keys(ran.result).filter((key) => pulumi.Output.isInstance((ran.result as any)[key]));
        assert.deepEqual(fields.filter((key) => key !== "urn").sort(), Object.keys(expected).sort());
    });

    it("have the given credential, and no launcher, where there is one", async () => {
        const { result } = await run({
            cluster: { platform: KubernetesPlatform.Eks, name: "c", region: "r" },
            credentialsId: pulumi.output("1a2b"),
        });
        assert.equal(await valueOf(result.credentialsId), "1a2b");
        assert.equal(await valueOf(result.launcherServiceAccount), "");
    });

    it("are known at preview as far as the program itself decides them", async () => {
        const { result } = await run(FULL, true);
        const known = [
            "claimName",
            "computeServiceAccount",
            "headServiceAccount",
            "kubectlCommand",
            "launcherServiceAccount",
            "name",
            "namespace",
        ];
        for (const key of Object.keys(expected)) {
            assert.equal(await isKnown(result[key as keyof typeof expected]), known.includes(key), key);
        }
    });
});
