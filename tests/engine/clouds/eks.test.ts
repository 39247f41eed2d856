import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { PlatformEmulator } from "../../../src/emulator";
import { launcherRules } from "../../../src/compile/rbac";
import { CloudWorld, installCloudStandIn, type PlainFields } from "../../../tools/cloud-provider";
import { kubectl, objects } from "../support/cluster";
import { testEngine, useOwnCluster } from "../support/engine";
import { connection, environments, startPlatform } from "../support/platform";
import { rightsIn, rightsOf, written } from "../support/rights";
import { type Config, TestStack } from "../support/stack";
import { EXISTING_SUBNETS } from "./eksAnswers";

useOwnCluster();

const NAMESPACE = "nextflow";
const GROUP = "seqera-launcher";
const ROLE = "arn:aws:iam::123456789012:role/seqera-platform-seqera-eks-test";

/** What AWS makes of the Platform's role by its access entry, which names no user. */
const PLATFORM = {
    user: "arn:aws:sts::123456789012:assumed-role/seqera-platform-seqera-eks-test/session",
    groups: [GROUP],
};

describe("the example of EKS, on the real engine", function () {
    this.timeout(240_000);

    let platform: PlatformEmulator;
    let kubeconfig: string;
    let binDir: string;
    let world: CloudWorld;
    let stack: TestStack;

    /**
     * The example with a cluster whose API server is the real one here. An `aws` of ours answers the kubeconfig's question for a
     * token, with the administrator's certificate, and notes what it was asked.
     */
    async function eksStack(config: Config, facts: PlainFields = {}): Promise<TestStack> {
        return TestStack.create({
            project: join("examples", "eks"),
            config: { ...connection(platform), "aws:region": "eu-west-1", ...config },
            env: (directory) => {
                const own = join(directory, "bin");
                mkdirSync(own);
                const status = {
                    clientCertificateData: fromKubeconfig("client-certificate-data"),
                    clientKeyData: fromKubeconfig("client-key-data"),
                };
                const answer = {
                    apiVersion: "client.authentication.k8s.io/v1beta1",
                    kind: "ExecCredential",
                    status: Object.fromEntries(
                        Object.entries(status).map(([key, data]) => [key, Buffer.from(data, "base64").toString()]),
                    ),
                };
                writeFileSync(join(own, "answer.json"), JSON.stringify(answer));
                writeFileSync(
                    join(own, "aws"),
                    `#!/bin/sh\necho "$@" >> ${join(own, "asked")}\ncat ${join(own, "answer.json")}\n`,
                );
                chmodSync(join(own, "aws"), 0o755);
                return {
                    PATH: [binDir, own, dirname(process.execPath), process.env.PATH].join(delimiter),
                    ...(world = new CloudWorld(directory, { kubeconfig, ...facts })).environment,
                };
            },
        });
    }

    function fromKubeconfig(key: string): string {
        return new RegExp(`${key}: (\\S+)`).exec(kubeconfig)![1];
    }

    const inOrder = (op: string) =>
        world.journal.filter((each) => each.op === op).map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);

    function inSequence(list: string[], first: string, second: string): void {
        assert.ok(
            list.includes(first) && list.indexOf(first) < list.indexOf(second),
            `${first} before ${second} among\n${list.join("\n")}`,
        );
    }

    before(async function () {
        this.timeout(1_800_000);
        const { engine, cluster, pulumiHome } = await testEngine();
        binDir = engine.binDir;
        kubeconfig = readFileSync(cluster.kubeconfig, "utf8");
        for (const name of ["aws", "eks"]) {
            await installCloudStandIn({ pulumiHome, package: name, answers: join(__dirname, "eksAnswers.ts") });
        }
        platform = await startPlatform();
    });

    after(async () => {
        await platform?.stop();
    });

    describe("from nothing, with a bucket and Fusion", () => {
        before(async () => {
            stack = await eksStack({ dataBucket: "genomes" });
        });

        it("shows at preview what it would make, and makes nothing", async () => {
            const planned = (await stack.preview()).map(({ op, type, name }) => `${op} ${type} ${name}`);
            for (const expected of [
                "create eks:index:Cluster nextflow",
                "create aws:eks/nodeGroup:NodeGroup lasting",
                "create aws:eks/nodeGroup:NodeGroup spot",
                "create aws:s3/bucket:Bucket work",
                "create aws:eks/accessEntry:AccessEntry platform",
                "create aws:iam/role:Role pods",
                "create pulumi-nodejs:dynamic/seqera:Credentials platform",
                "create pulumi-nodejs:dynamic/seqera:ComputeEnv eks",
            ]) {
                assert.ok(planned.includes(expected), `${expected} among\n${planned.join("\n")}`);
            }
            assert.deepEqual(world.journal, []);
            assert.deepEqual(environments(platform), []);
        });

        it("ends AVAILABLE, with its parts in the order in which they need each other", async () => {
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            assert.doesNotMatch(output, /warning/);
            const made = inOrder("create");
            inSequence(made, "RouteTableAssociation nodes-0", "NodeGroup lasting");
            inSequence(made, "NatGateway nextflow", "NodeGroup lasting");
            inSequence(made, "RolePolicyAttachment nodes-AmazonEKS_CNI_Policy", "NodeGroup spot");
            inSequence(made, "NodeGroup spot", "AccessEntry platform");
            inSequence(made, "Role platform", "AccessEntry platform");
            assert.equal(environments(platform)[0].status, "AVAILABLE");
        });

        it("asks the AWS command line for each token, of this cluster and region", async () => {
            const asked = readFileSync(join(stack.directory, "bin", "asked"), "utf8")
                .trimEnd()
                .split("\n");
            assert.deepEqual(
                [...new Set(asked)],
                ["--region eu-west-1 eks get-token --cluster-name seqera-eks-test --output json"],
            );
            assert.ok(!stack.stateText().includes(fromKubeconfig("client-key-data")));
        });

        it("tells the Platform what it needs: cluster, region, credential, bucket, Fusion, spot tasks, heads that stay", async () => {
            const [{ platform: kind, config, credentialsId }] = environments(platform);
            const { workStore } = await stack.outputs();
            assert.equal(kind, "eks-platform");
            assert.deepEqual(
                [config.clusterName, config.region, config.workDir, config.waveEnabled, config.fusion2Enabled],
                ["seqera-eks-test", "eu-west-1", `s3://${workStore}/work`, true, true],
            );
            const credentials = platform.state.credentials.find(({ id }) => id === credentialsId)!;
            assert.equal((credentials.keys as { assumeRoleArn?: string }).assumeRoleArn, ROLE);
            assert.match(String(config.nextflowConfig), /'eks\.amazonaws\.com\/capacityType': 'SPOT'/);
            assert.match(String(config.headPodSpec), /capacityType: ON_DEMAND/);
        });

        it("gives pods one role, by their service accounts, and the launcher none", async () => {
            const accounts = await objects(NAMESPACE, "serviceaccounts");
            const { podRoleArn } = await stack.outputs();
            const role = (name: string) =>
                accounts.find(({ metadata }) => metadata.name === name)?.metadata.annotations?.[
                    "eks.amazonaws.com/role-arn"
                ];
            assert.deepEqual(["nextflow-head", "nextflow-task", "default"].map(role), [
                podRoleArn,
                podRoleArn,
                undefined,
            ]);
        });

        it("lets the group of the access entry do what the Platform does, in one namespace, and nothing else", async () => {
            const entry = stack.resource("eks/accessEntry:AccessEntry");
            assert.deepEqual(entry!.inputs.kubernetesGroups, [GROUP]);
            assert.deepEqual(await rightsOf(PLATFORM, NAMESPACE), written(rightsIn(NAMESPACE, launcherRules())));
        });

        it("changes nothing the second time", async () => {
            const made = world.journal.length;
            const again = await stack.up();
            assert.equal(again.code, 0, again.output);
            assert.deepEqual(Object.keys(again.changes), ["unchanged"]);
            assert.equal(world.journal.length, made);
        });

        it("goes backwards and leaves nothing", async () => {
            const { code, output } = await stack.destroy();
            assert.equal(code, 0, output);
            assert.deepEqual(environments(platform), []);
            assert.deepEqual(
                platform.state.credentials.filter(({ deleted }) => !deleted),
                [],
            );
            const gone = inOrder("delete");
            assert.deepEqual([...gone].sort(), inOrder("create").sort());
            inSequence(gone, "AccessEntry platform", "NodeGroup lasting");
            inSequence(gone, "NodeGroup lasting", "NatGateway nextflow");
            inSequence(gone, "Subnet nodes-0", "Vpc nextflow");
        });
    });

    describe("from nothing, with EFS", () => {
        it("has a volume of the file system, reached from the nodes, and the driver for it", async () => {
            stack = await eksStack({ efs: "true", spot: "false" });
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            const made = inOrder("create");
            assert.deepEqual(made.filter((each) => /^(MountTarget|Addon|Bucket|NodeGroup)/.test(each)).sort(), [
                "Addon work-driver",
                "MountTarget work-0",
                "MountTarget work-1",
                "NodeGroup lasting",
            ]);
            const { workStore } = await stack.outputs();
            const [claim] = await objects(NAMESPACE, "persistentvolumeclaims");
            const volume = JSON.parse(await kubectl("get", "persistentvolume", claim.spec.volumeName, "-o", "json"));
            assert.deepEqual(
                [volume.spec.csi.driver, volume.spec.csi.volumeHandle, volume.spec.accessModes],
                ["efs.csi.aws.com", workStore, ["ReadWriteMany"]],
            );
            assert.equal(environments(platform)[0].config.storageClaimName, claim.metadata.name);
            assert.deepEqual(Object.keys((await stack.up()).changes), ["unchanged"]);
            assert.equal((await stack.destroy()).code, 0);
            assert.deepEqual(inOrder("delete").sort(), made.sort());
        });
    });

    describe("on a cluster that is there already", () => {
        it("makes neither cluster nor network, and is done with one setting", async () => {
            stack = await eksStack({ existingCluster: "production" });
            const planned = await stack.preview();
            assert.ok(planned.some(({ type }) => type === "aws:eks/accessEntry:AccessEntry"));
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            const kinds = ["AccessEntry", "Bucket", "Role", "Role", "RolePolicy", "RolePolicy"];
            assert.deepEqual(world.journal.map(({ type }) => type.split(":").at(-1)).sort(), kinds);
            const [{ status, config }] = environments(platform);
            assert.deepEqual([status, config.clusterName], ["AVAILABLE", "production"]);
            assert.deepEqual(Object.keys((await stack.up()).changes), ["unchanged"]);
            assert.equal((await stack.destroy()).code, 0);
            assert.deepEqual(environments(platform), []);
        });

        it("reaches EFS from the subnets that are named", async () => {
            stack = await eksStack({ existingCluster: "production", efs: "true", nodeSubnetIds: EXISTING_SUBNETS });
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            const targets = stack.resources().filter(({ type }) => type === "aws:efs/mountTarget:MountTarget");
            assert.deepEqual(targets.map(({ inputs }) => inputs.subnetId).sort(), EXISTING_SUBNETS);
            assert.ok(!inOrder("create").includes("Addon work-driver"));
            assert.equal((await stack.destroy()).code, 0);
        });

        it("is refused at preview where nothing could work, in one error, and makes nothing", async () => {
            stack = await eksStack(
                { existingCluster: "production" },
                { oidcProvider: false, cluster: { accessConfigs: [{ authenticationMode: "CONFIG_MAP" }] } },
            );
            const { code, output } = await stack.run(["preview"]);
            assert.notEqual(code, 0);
            const [told, ...others] = output.slice(output.indexOf("Diagnostics:")).match(/error: .*(\n {6}.*)*/g)!;
            assert.deepEqual(others, []);
            assert.match(
                told,
                /^error: ExistingCluster "cluster" found the cluster "production", which cannot work as it is:\n {6}accessConfigs\[0\]\.authenticationMode is "CONFIG_MAP", .*\n {6}identities\[0\]\.oidcs\[0\]\.issuer has no OIDC provider in IAM, /,
            );
            assert.deepEqual(world.journal, []);
            assert.ok(!existsSync(join(stack.directory, "bin", "asked")));
        });
    });
});
