import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { launcherRules } from "../../../src/compile/namespace/rbac";
import { objects } from "../support/cluster";
import { environments } from "../support/platform";
import { rightsIn, rightsOf, written } from "../support/rights";
import { type CloudStack, EKS, NAMESPACE, useCloud } from "./support";

const GROUP = "seqera-launcher";
const ROLE = "arn:aws:iam::123456789012:role/seqera-platform-seqera-eks-test";

/** What AWS makes of the Platform's role by its access entry, which names no user. */
const PLATFORM = {
    user: "arn:aws:sts::123456789012:assumed-role/seqera-platform-seqera-eks-test/session",
    groups: [GROUP],
};

describe("the example of EKS, on the real engine", function () {
    this.timeout(240_000);

    const start = useCloud(EKS);
    let eks: CloudStack;

    describe("from nothing, with a bucket and Fusion", function () {
        this.bail(true);

        before(async () => {
            eks = await start({ dataBucket: "genomes" });
        });

        it("shows at preview what it would make, and makes nothing", () =>
            eks.mustPlan([
                "create eks:index:Cluster nextflow",
                "create aws:eks/nodeGroup:NodeGroup lasting",
                "create aws:eks/nodeGroup:NodeGroup spot",
                "create aws:s3/bucket:Bucket work",
                "create aws:eks/accessEntry:AccessEntry platform",
                "create aws:iam/role:Role pods",
                "create pulumi-nodejs:dynamic/seqera:Credentials platform",
                "create pulumi-nodejs:dynamic/seqera:ComputeEnv eks",
            ]));

        it("ends AVAILABLE, with its parts in the order in which they need each other", async () => {
            const output = await eks.mustMake(
                ["RouteTableAssociation nodes-0", "NodeGroup lasting"],
                ["NatGateway nextflow", "NodeGroup lasting"],
                ["RolePolicyAttachment nodes-AmazonEKS_CNI_Policy", "NodeGroup spot"],
                ["NodeGroup spot", "AccessEntry platform"],
                ["Role platform", "AccessEntry platform"],
            );
            assert.doesNotMatch(output, /warning/);
        });

        it("asks the AWS command line for each token, of this cluster and region", () => {
            assert.deepEqual(eks.asked, [
                "--region eu-west-1 eks get-token --cluster-name seqera-eks-test --output json",
            ]);
            assert.ok(!eks.stack.stateText().includes(eks.field("client-key-data")));
        });

        it("tells the Platform what it needs: cluster, region, credential, bucket, Fusion, spot tasks, heads that stay", async () => {
            const [{ platform: kind, config, credentialsId }] = environments(eks.platform);
            const { workStore } = await eks.stack.outputs();
            assert.equal(kind, "eks-platform");
            assert.deepEqual(
                [config.clusterName, config.region, config.workDir, config.waveEnabled, config.fusion2Enabled],
                ["seqera-eks-test", "eu-west-1", `s3://${workStore}/work`, true, true],
            );
            const credentials = eks.platform.state.credentials.find(({ id }) => id === credentialsId)!;
            assert.equal((credentials.keys as { assumeRoleArn?: string }).assumeRoleArn, ROLE);
            assert.match(String(config.nextflowConfig), /'eks\.amazonaws\.com\/capacityType': 'SPOT'/);
            assert.match(String(config.headPodSpec), /capacityType: ON_DEMAND/);
        });

        it("gives pods one role, by their service accounts, and the launcher none", async () => {
            const accounts = await objects(NAMESPACE, "serviceaccounts");
            const { podRoleArn } = await eks.stack.outputs();
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
            const entry = eks.stack.resource("eks/accessEntry:AccessEntry");
            assert.deepEqual(entry!.inputs.kubernetesGroups, [GROUP]);
            assert.deepEqual(await rightsOf(PLATFORM, NAMESPACE), written(rightsIn(NAMESPACE, launcherRules())));
        });

        it("changes nothing the second time", () => eks.mustRest());

        it("goes backwards and leaves nothing", () =>
            eks.mustGo(
                ["AccessEntry platform", "NodeGroup lasting"],
                ["NodeGroup lasting", "NatGateway nextflow"],
                ["Subnet nodes-0", "Vpc nextflow"],
            ));
    });

    it("on a cluster that is there already is refused at preview where nothing could work, in one error, and makes nothing", async () => {
        eks = await start({ existingCluster: "production" });
        eks.says({ oidcProvider: false, cluster: { accessConfigs: [{ authenticationMode: "CONFIG_MAP" }] } });
        await eks.mustBeRefused(
            'accessConfigs[0].authenticationMode: must not be "CONFIG_MAP"',
            "identities[0].oidcs[0].issuer: must have an OIDC provider in IAM",
        );
        assert.ok(!existsSync(join(eks.stack.directory, "bin", "asked")));
    });
});
