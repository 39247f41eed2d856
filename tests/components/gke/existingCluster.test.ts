import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import type { GkeExistingClusterArgs } from "../../../src/gke/args";
import { GkeExistingCluster } from "../../../src/gke/existingCluster";
import { CLUSTER, clusterAnswer } from "../../unit/gke/clusters";
import { runHosted } from "../hostedProgram";
import { HIDDEN, overheard, record, valueOf } from "../recorder";
import { itIsRefused } from "../refusedParts";
import { google } from "./google";

const ARGS: GkeExistingClusterArgs = { clusterName: "production", location: "europe-west1" };

const run = (args: Partial<GkeExistingClusterArgs> = {}, cluster: object = {}) =>
    record(() => new GkeExistingCluster("cluster", { ...ARGS, ...args }), google(cluster));

/** Tokens and arguments of what Google is asked. */
async function asked(args: Partial<GkeExistingClusterArgs>): Promise<[string, object][]> {
    const { asked, options } = overheard(google());
    await record(() => new GkeExistingCluster("cluster", { ...ARGS, ...args }), options);
    return asked;
}

describe("GkeExistingCluster of GKE", () => {
    it("asks for a token each time, as whom one says", async () => {
        const exec = async (args: Partial<GkeExistingClusterArgs>) => {
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
        const ran = await run();
        assert.notEqual(ran.one("kubernetes").shown.kubeconfig, HIDDEN);
        const { kubeconfig, ...outputs } = ran.one("GkeExistingCluster").outputs!;
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
            const { cluster, provider } = new GkeExistingCluster("cluster", ARGS);
            return new KubernetesComputeEnvironment("prod", { cluster, credentialsId: "mine" }, { provider });
        }, google());
        const { platform, config } = ran.one("ComputeEnv").inputs;
        assert.equal(platform, "gke-platform");
        assert.deepEqual([config.clusterName, config.region], ["production", "europe-west1"]);
        assert.equal(ran.one("Namespace").provider, "cluster");
    });
});

describe("an GkeExistingCluster of GKE that cannot work", () => {
    itIsRefused('GkeExistingCluster "cluster"', (args) => new GkeExistingCluster("cluster", args), [
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
                'clusterName: "prod/uction" is not a valid GKE cluster name (use at most 40 lower-case letters, digits and dashes; begin with a letter and end with a letter or digit)',
                'location: required (write the cluster\'s region, like "europe-west1", or the zone of a zonal cluster)',
                "projectId: \"123456789012\" is a project number, not a project id (write the id that `gcloud projects describe 123456789012 --format='value(projectId)'` prints)",
                "filestore: must be known at preview; outputs are not allowed here (write a plain value)",
                'workBucket: "gs://genomes/work" is a URL, not a bucket name (write only the bucket\'s name)',
                'platformCidrs[1]: "seqera.io" is not a CIDR range (write it like "18.169.21.18/32")',
            ],
        ],
        [
            "a location that is none",
            { ...ARGS, location: "Belgium" },
            [
                'location: "Belgium" is not a region or zone (write it like "europe-west1", or "europe-west1-b" for a zone)',
            ],
        ],
    ]);

    const program = (args = "") =>
        `new (part("gke").GkeExistingCluster)("cluster", { clusterName: "production", location: "europe-west1", ${args} });`;

    it("hears Google's own words of a cluster that is not there", async () => {
        const run = await runHosted(program(), {
            getCluster: new Error("Not found: projects/research-1/locations/europe-west1/clusters/production."),
        });
        assert.equal(run.errors.length, 1, run.errors.join("\n"));
        assert.match(run.errors[0], /Not found: projects\/research-1/);
    });
});
