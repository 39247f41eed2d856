/** What the ExistingCluster of every cloud does in the same way; what differs is beside each cloud's other tests. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AksExistingCluster } from "../../src/aks/existingCluster";
import { EksExistingCluster } from "../../src/eks/existingCluster";
import { GkeExistingCluster } from "../../src/gke/existingCluster";
import { clusterAnswer as aksAnswer } from "../unit/aks/clusters";
import { ENTRA } from "../unit/aks/kubeconfigs";
import { CLUSTER as EKS, clusterAnswer as eksAnswer, GOOD } from "../unit/eks/clusters";
import { CLUSTER as GKE, clusterAnswer as gkeAnswer } from "../unit/gke/clusters";
import { azure } from "./aks/azure";
import { aws } from "./eks/aws";
import { google } from "./gke/google";
import { type Answers, runHosted } from "./hostedProgram";
import { isKnown, record, type RecordOptions, valueOf } from "./recorder";

interface Cloud {
    part: string;
    /** Whose answers these are. */
    owner: string;
    make: (clusterName: pulumi.Input<string>) => { cluster: pulumi.Output<unknown> };
    answers: RecordOptions;
    /** What the provider knows the cluster by. */
    identifier: string;
    /** The further arguments of a hosted program, and what is found there: a cluster that cannot work, with what is told of it. */
    refused: { args: string; answers: Answers; lines: RegExp[] };
    /** The same of one with likely slips, by the properties that are told of. */
    warned: { args: string; answers: Answers; properties: string[] };
}

const entra = { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(ENTRA).toString("base64") }] };

const CLOUDS: Record<string, Cloud> = {
    EKS: {
        part: "eks",
        owner: "AWS",
        make: (clusterName) => new EksExistingCluster("cluster", { clusterName }),
        answers: aws(),
        identifier: EKS.arn,
        refused: {
            args: "",
            answers: {
                getCluster: {
                    ...eksAnswer,
                    accessConfigs: [{ authenticationMode: "CONFIG_MAP" }],
                    vpcConfig: { ...eksAnswer.vpcConfig, endpointPublicAccess: false },
                },
            },
            lines: [
                /^accessConfigs\[0\]\.authenticationMode: must not be "CONFIG_MAP": /,
                /^vpcConfig\.endpointPublicAccess: must not be false: /,
            ],
        },
        warned: {
            args: 'workBucket: "genomes"',
            answers: {
                getCluster: {
                    ...eksAnswer,
                    vpcConfig: { ...GOOD.vpcConfig, ...eksAnswer.vpcConfig, publicAccessCidrs: ["192.0.2.0/24"] },
                },
                getBucket: { bucketRegion: "us-east-1" },
            },
            properties: ["vpcConfig.publicAccessCidrs", "workBucket"],
        },
    },
    GKE: {
        part: "gke",
        owner: "Google",
        make: (clusterName) => new GkeExistingCluster("cluster", { clusterName, location: "europe-west1" }),
        answers: google(),
        identifier: GKE.id,
        refused: {
            args: 'location: "europe-west1", fusion: true',
            answers: {
                getCluster: {
                    ...gkeAnswer,
                    enableAutopilot: true,
                    privateClusterConfigs: [{ enablePrivateEndpoint: true }],
                },
            },
            lines: [
                /^privateClusterConfigs\[0\]\.enablePrivateEndpoint: must not be true: /,
                /^enableAutopilot: must not be true for fusion: /,
            ],
        },
        warned: {
            args: 'location: "europe-west1", workBucket: "genomes"',
            answers: {
                getCluster: { ...gkeAnswer, workloadIdentityConfigs: [] },
                getBucket: { name: "genomes", location: "US", uniformBucketLevelAccess: true },
            },
            properties: ["workloadIdentityConfigs[0].workloadPool"],
        },
    },
    AKS: {
        part: "aks",
        owner: "Azure",
        make: (clusterName) => new AksExistingCluster("cluster", { resourceGroupName: "research", clusterName }),
        answers: azure(),
        identifier: aksAnswer.id,
        refused: {
            args: 'resourceGroupName: "research", workloadIdentity: true',
            answers: {
                getManagedCluster: {
                    ...aksAnswer,
                    apiServerAccessProfile: { enablePrivateCluster: true },
                    securityProfile: {},
                },
                listManagedClusterUserCredentials: entra,
            },
            lines: [
                /^apiServerAccessProfile\.enablePrivateCluster: must not be true: Seqera Cloud /,
                /^securityProfile\.workloadIdentity\.enabled: must be true for workloadIdentity: /,
            ],
        },
        warned: {
            args: 'resourceGroupName: "research", workloadIdentity: true',
            answers: {
                getManagedCluster: { ...aksAnswer, apiServerAccessProfile: { authorizedIPRanges: ["192.0.2.0/24"] } },
                listManagedClusterUserCredentials: entra,
            },
            properties: ["apiServerAccessProfile.authorizedIPRanges"],
        },
    },
};

for (const [name, { part, owner, make, answers, identifier, refused, warned }] of Object.entries(CLOUDS)) {
    describe(`an ExistingCluster, here of ${name},`, () => {
        const kind = `${part[0].toUpperCase()}${part.slice(1)}ExistingCluster`;
        const type = `pulumi-seqera-kubernetes:index:${kind}`;
        const program = (args: string) =>
            `new (part("${part}").${kind})("cluster", { clusterName: "production", ${args} });`;

        it("finds the cluster and makes its provider, which stays the same one", async () => {
            const ran = await record(() => make("production"), answers);
            assert.deepEqual(ran.labels(), [`${kind} cluster`, "kubernetes cluster"]);
            assert.equal(ran.one(kind).type, type);
            const provider = ran.one("kubernetes");
            assert.equal(provider.parent, `${kind} cluster`);
            assert.equal(provider.inputs.clusterIdentifier, identifier);
        });

        it("knows nothing yet of a cluster that is made in the same program", async () => {
            const { result } = await record(
                () => make(new pulumi.StackReference("other").getOutput("cluster") as pulumi.Output<string>),
                { preview: true },
            );
            assert.equal(await isKnown(result.cluster), false);
            assert.equal(await valueOf(result.cluster), undefined);
        });

        it(`is refused for what ${owner} says of the cluster, all of it in one error, and has no provider then`, async () => {
            const run = await runHosted(program(refused.args), refused.answers);
            assert.equal(run.errors.length, 1, run.errors.join("\n"));
            const [heading, ...lines] = run.errors[0].split("\n");
            const whose = `${kind} "cluster" cannot use the cluster "production"`;
            assert.equal(heading, `${whose}:`);
            assert.equal(lines.length, refused.lines.length, run.errors[0]);
            refused.lines.forEach((expected, index) => assert.match(lines[index].replace(/^ {2}/, ""), expected));
            assert.deepEqual(run.registered, [type]);
            assert.notEqual(run.code, 0);
            assert.doesNotMatch(run.output, /^\s+at /m);
        });

        it("warns of what is likely a slip, and goes on", async () => {
            const run = await runHosted(program(warned.args), warned.answers);
            assert.deepEqual(run.errors, []);
            assert.deepEqual(
                run.warnings.map((text) =>
                    text.replace(/^\w+ExistingCluster "cluster" found the cluster "production": (\S+): .*$/s, "$1"),
                ),
                warned.properties,
            );
            assert.deepEqual(run.registered, [type, "pulumi:providers:kubernetes"]);
        });
    });
}
