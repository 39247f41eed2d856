import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { ExistingCluster, type ExistingClusterArgs } from "../../../src/gke/existingCluster";
import { CLUSTER, clusterAnswer } from "../../unit/gke/clusters";
import { runHosted } from "../hostedProgram";
import { HIDDEN, isKnown, record, valueOf } from "../recorder";
import { itIsRefused } from "../refusedParts";
import { google } from "./google";

const ARGS: ExistingClusterArgs = { clusterName: "production", location: "europe-west1" };

const run = (args: Partial<ExistingClusterArgs> = {}, cluster: object = {}) =>
    record(() => new ExistingCluster("cluster", { ...ARGS, ...args }), google(cluster));

/** Tokens and arguments of what Google is asked. */
async function asked(args: Partial<ExistingClusterArgs>): Promise<[string, object][]> {
    const told: [string, object][] = [];
    const answers = google();
    await record(() => new ExistingCluster("cluster", { ...ARGS, ...args }), {
        ...answers,
        calls: (token, inputs) => {
            told.push([token.slice(token.lastIndexOf(":") + 1), inputs]);
            return answers.calls!(token, inputs);
        },
    });
    return told;
}

describe("ExistingCluster of GKE", () => {
    it("finds the cluster and makes its provider, which stays the same one", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), ["ExistingCluster cluster", "kubernetes cluster"]);
        assert.equal(ran.one("ExistingCluster").type, "pulumi-seqera-kubernetes:gke:ExistingCluster");
        const provider = ran.one("kubernetes");
        assert.equal(provider.parent, "ExistingCluster cluster");
        assert.equal(provider.inputs.clusterIdentifier, CLUSTER.id);
        assert.notEqual(provider.shown.kubeconfig, HIDDEN);
    });

    it("asks for a token each time, as whom one says", async () => {
        const exec = async (args: Partial<ExistingClusterArgs>) => {
            const { installHint, ...rest } = parse((await run(args)).one("kubernetes").inputs.kubeconfig).users[0].user
                .exec;
            assert.match(installHint, /^Install gke-gcloud-auth-plugin, /);
            return rest;
        };
        const plain = {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "gke-gcloud-auth-plugin",
            interactiveMode: "Never",
            provideClusterInfo: true,
        };
        assert.deepEqual(await exec({}), plain);
        assert.deepEqual(await exec({ applicationDefaultCredentials: true }), {
            ...plain,
            args: ["--use_application_default_credentials"],
        });
    });

    it("says what other components need, and nothing of it is a secret", async () => {
        const { all } = await run();
        const { kubeconfig, ...outputs } = all.find(({ type }) => type.endsWith(":ExistingCluster"))!.outputs!;
        assert.deepEqual(parse(kubeconfig).clusters[0].cluster, {
            server: "https://203.0.113.7",
            "certificate-authority-data": clusterAnswer.masterAuths[0].clusterCaCertificate,
        });
        assert.deepEqual(outputs, {
            cluster: { platform: "gke-platform", name: "production", region: "europe-west1" },
            clusterId: CLUSTER.id,
            projectId: "research-1",
            location: "europe-west1",
            kubernetesVersion: "1.35.2-gke.1269000",
            workloadPool: "research-1.svc.id.goog",
            autopilot: false,
            network: "projects/research-1/global/networks/research",
        });
    });

    it("tells a zonal cluster by its zone, one without a pool, and Autopilot", async () => {
        const { result } = await run(
            { location: "europe-west1-b", workloadIdentity: false },
            {
                id: "projects/research-1/zones/europe-west1-b/clusters/production",
                workloadIdentityConfigs: [],
                enableAutopilot: true,
            },
        );
        assert.equal((await valueOf(result.cluster)).region, "europe-west1-b");
        assert.equal(await valueOf(result.projectId), "research-1");
        assert.equal(await valueOf(result.workloadPool), "");
        assert.equal(await valueOf(result.autopilot), true);
    });

    it("asks Google about what is wished for, and nothing else", async () => {
        const cluster = { name: "production", location: "europe-west1" };
        assert.deepEqual(await asked({ workloadIdentity: true, spotNodes: true }), [["getCluster", cluster]]);
        assert.deepEqual(await asked({ projectId: "research-1", workBucket: pulumi.output("genomes") }), [
            ["getCluster", { ...cluster, project: "research-1" }],
            ["getBucket", { name: "genomes" }],
        ]);
    });

    it("gives a compute environment its name, its location and its provider", async () => {
        const ran = await record(() => {
            const { cluster, provider } = new ExistingCluster("cluster", ARGS);
            return new KubernetesComputeEnvironment("prod", { cluster, credentialsId: "mine" }, { provider });
        }, google());
        const { platform, config } = ran.one("ComputeEnv").inputs;
        assert.equal(platform, "gke-platform");
        assert.deepEqual([config.clusterName, config.region], ["production", "europe-west1"]);
        assert.equal(ran.one("Namespace").provider, "cluster");
    });

    it("knows nothing yet of a cluster that is made in the same program", async () => {
        const ran = await record(
            () => {
                const unknown = new pulumi.StackReference("other").getOutput("cluster") as pulumi.Output<string>;
                return new ExistingCluster("cluster", { ...ARGS, clusterName: unknown });
            },
            { preview: true },
        );
        assert.equal(await isKnown(ran.result.cluster), false);
        assert.equal(await valueOf(ran.result.cluster), undefined);
    });
});

describe("an ExistingCluster of GKE that cannot work", () => {
    itIsRefused('ExistingCluster "cluster"', (args) => new ExistingCluster("cluster", args), [
        [
            "values that are none",
            {
                clusterName: "prod/uction",
                location: undefined,
                projectId: "123456789012",
                filestore: pulumi.output(true),
                workBucket: "gs://genomes/work",
                platformCidrs: ["18.169.21.18", "seqera.io"],
            },
            [
                'clusterName "prod/uction" is not the name of a GKE cluster; write at most 40 lower-case letters, digits and dashes, beginning with a letter and ending with a letter or digit',
                'location is missing; write the cluster\'s region, like "europe-west1", or the zone of a zonal one',
                'projectId "123456789012" is the number of a project; write its id, as "gcloud projects describe 123456789012 --format=\'value(projectId)\'" prints it',
                "filestore is another resource's output, but decides what is made; write a plain value",
                'workBucket "gs://genomes/work" is an address; write the bucket\'s name alone',
                'platformCidrs[1] "seqera.io" is no range of addresses in CIDR notation; write it like "18.169.21.18/32"',
            ],
        ],
        [
            "a location that is none",
            { ...ARGS, location: "Belgium" },
            [
                'location "Belgium" is neither a region nor a zone; write the cluster\'s, like "europe-west1", or "europe-west1-b" for a zonal one',
            ],
        ],
    ]);

    const program = (args = "") =>
        `new (part("gke").ExistingCluster)("cluster", { clusterName: "production", location: "europe-west1", ${args} });`;

    it("is refused for what Google says of the cluster, all of it in one error, and has no provider then", async () => {
        const run = await runHosted(program("fusion: true"), {
            getCluster: {
                ...clusterAnswer,
                enableAutopilot: true,
                privateClusterConfigs: [{ enablePrivateEndpoint: true }],
            },
        });
        assert.equal(run.errors.length, 1, run.errors.join("\n"));
        assert.match(
            run.errors[0],
            /^ExistingCluster "cluster" found the cluster "production", which cannot work as it is:\n {2}privateClusterConfigs\[0\]\.enablePrivateEndpoint is true, .*\n {2}enableAutopilot is true, .*$/,
        );
        assert.deepEqual(run.registered, ["pulumi-seqera-kubernetes:gke:ExistingCluster"]);
        assert.notEqual(run.code, 0);
        assert.doesNotMatch(run.output, /^\s+at /m);
    });

    it("warns of what is likely a slip, and goes on", async () => {
        const run = await runHosted(program('workBucket: "genomes"'), {
            getCluster: { ...clusterAnswer, workloadIdentityConfigs: [] },
            getBucket: { name: "genomes", location: "US", uniformBucketLevelAccess: true },
        });
        assert.deepEqual(run.errors, []);
        assert.deepEqual(
            run.warnings.map((text) =>
                text.replace(/^ExistingCluster "cluster" found the cluster "production": (\S+) .*$/s, "$1"),
            ),
            ["workloadIdentityConfigs[0].workloadPool"],
        );
        assert.deepEqual(run.registered.slice(1), ["pulumi:providers:kubernetes"]);
    });

    it("hears Google's own words of a cluster that is not there", async () => {
        const run = await runHosted(program(), {
            getCluster: new Error("Not found: projects/research-1/locations/europe-west1/clusters/production."),
        });
        assert.equal(run.errors.length, 1, run.errors.join("\n"));
        assert.match(run.errors[0], /Not found: projects\/research-1/);
    });
});
