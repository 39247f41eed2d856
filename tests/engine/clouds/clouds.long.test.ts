import assert from "node:assert/strict";
import { kubectl, objects } from "../support/cluster";
import { useOwnCluster } from "../support/engine";
import { environments } from "../support/platform";
import { EXISTING_SUBNET } from "./aksAnswers";
import { EXISTING_SUBNETS } from "./eksAnswers";
import { AKS, type CloudStack, EKS, GKE, NAMESPACE, useCloud } from "./support";

useOwnCluster();

const kinds = ({ journal }: CloudStack) => journal.map(({ type }) => type.split(":").at(-1));

describe("other ways through the example of EKS, on the real engine", function () {
    this.timeout(180_000);

    const start = useCloud(EKS);

    /** The work directory is a claim on a volume of the file system. */
    async function mustClaimFileSystem({ stack, platform }: CloudStack): Promise<void> {
        const { workStore } = await stack.outputs();
        const [claim] = await objects(NAMESPACE, "persistentvolumeclaims");
        const volume = JSON.parse(await kubectl("get", "persistentvolume", claim.spec.volumeName, "-o", "json"));
        assert.deepEqual(
            [volume.spec.csi.driver, volume.spec.csi.volumeHandle, volume.spec.accessModes],
            ["efs.csi.aws.com", workStore, ["ReadWriteMany"]],
        );
        assert.equal(environments(platform)[0].config.storageClaimName, claim.metadata.name);
    }

    it("from nothing, with EFS: has a volume of it, reached from the nodes, and the driver for it", async () => {
        const eks = await start({ efs: "true", spot: "false" });
        await eks.mustMake();
        assert.deepEqual(
            eks
                .done("create")
                .filter((each) => /^(MountTarget|Addon|Bucket|NodeGroup)/.test(each))
                .sort(),
            ["Addon work-driver", "MountTarget work-0", "MountTarget work-1", "NodeGroup lasting"],
        );
        await mustClaimFileSystem(eks);
        await eks.mustRest();
        await eks.mustGo();
    });

    it("on a cluster that is there already: makes neither cluster nor network, and is done with one setting", async () => {
        const eks = await start({ existingCluster: "production" });
        await eks.mustPlan(["create aws:eks/accessEntry:AccessEntry platform"]);
        await eks.mustMake();
        assert.deepEqual(kinds(eks).sort(), ["AccessEntry", "Bucket", "Role", "Role", "RolePolicy", "RolePolicy"]);
        assert.equal(environments(eks.platform)[0].config.clusterName, "production");
        await eks.mustRest();
        await eks.mustGo();
    });

    it("on a cluster that is there already, with EFS: reaches it from the subnets that are named", async () => {
        const eks = await start({ existingCluster: "production", efs: "true", nodeSubnetIds: EXISTING_SUBNETS });
        await eks.mustMake();
        assert.deepEqual(eks.done("create").sort(), [
            "AccessEntry platform",
            "FileSystem work",
            "MountTarget work-0",
            "MountTarget work-1",
            "Role platform",
            "RolePolicy platform",
            "SecurityGroup work",
            "SecurityGroupIngressRule work",
        ]);
        const targets = eks.stack.resources().filter(({ type }) => type === "aws:efs/mountTarget:MountTarget");
        assert.deepEqual(targets.map(({ inputs }) => inputs.subnetId).sort(), EXISTING_SUBNETS);
        assert.equal(environments(eks.platform)[0].config.clusterName, "production");
        await mustClaimFileSystem(eks);
        await eks.mustRest();
        await eks.mustGo();
    });
});

describe("other ways through the example of AKS, on the real engine", function () {
    this.timeout(180_000);

    const start = useCloud(AKS);

    it("from nothing: shows at preview what it would make, and makes nothing", async () => {
        const aks = await start();
        await aks.mustPlan([
            "create azure-native:containerservice:ManagedCluster nextflow",
            "create azure-native:containerservice:AgentPool spot",
            "create azure-native:storage:FileShare work",
            "create azure-native:managedidentity:FederatedIdentityCredential pods-head",
            "create kubernetes:core/v1:PersistentVolume aks-work",
            "create pulumi-nodejs:dynamic/seqera:ComputeEnv aks",
        ]);
    });

    it("on a cluster that is there already: makes neither cluster nor network, and reaches the share from the cluster's own subnet", async () => {
        const aks = await start({ existingCluster: "platform/production", spot: "false", dataAccountId: "" });
        await aks.mustMake();
        assert.deepEqual(kinds(aks), ["ResourceGroup", "StorageAccount", "FileShare"]);
        assert.deepEqual(aks.stack.resource("storage:StorageAccount")!.inputs.networkRuleSet.virtualNetworkRules, [
            { virtualNetworkResourceId: EXISTING_SUBNET },
        ]);
        assert.doesNotMatch(String(environments(aks.platform)[0].config.nextflowConfig ?? ""), /spot|azure/);
        await aks.mustGo();
    });

    it("on one that the Platform cannot reach: is refused at preview, in one error, and makes nothing", async () => {
        const aks = await start({ existingCluster: "platform/production" });
        aks.says({
            cluster: {
                apiServerAccessProfile: { enablePrivateCluster: true },
                oidcIssuerProfile: { enabled: false },
            },
        });
        await aks.mustBeRefused(
            "apiServerAccessProfile.enablePrivateCluster: must not be true",
            "oidcIssuerProfile.enabled: must be true",
        );
    });
});

describe("other ways through the example of GKE, on the real engine", function () {
    this.timeout(180_000);

    const start = useCloud(GKE);
    const existingCluster = "shared-1/europe-west4/production";

    it("from nothing: shows at preview what it would make, and makes nothing", async () => {
        const gke = await start();
        await gke.mustPlan([
            "create gcp:container/cluster:Cluster nextflow",
            "create gcp:container/nodePool:NodePool spot",
            "create gcp:filestore/instance:Instance work",
            "create gcp:serviceaccount/key:Key platform",
            "create gcp:storage/bucketIAMMember:BucketIAMMember platform-genomes",
            "create pulumi-nodejs:dynamic/seqera:Credentials platform",
            "create pulumi-nodejs:dynamic/seqera:ComputeEnv gke",
        ]);
    });

    it("on a cluster that is there already: makes neither cluster nor network, and grants in the cluster's own project", async () => {
        const gke = await start({
            existingCluster,
            spot: "false",
            dataBucket: "",
            filestoreZone: "europe-west4-a",
        });
        await gke.mustMake();
        assert.deepEqual(gke.done("create").sort(), [
            "Account platform",
            "IAMMember platform",
            "Instance work",
            "Key platform",
        ]);
        const { inputs } = gke.stack.resource("projects/iAMMember:IAMMember")!;
        assert.deepEqual([inputs.project, inputs.role], ["shared-1", "roles/container.clusterViewer"]);
        const [{ config }] = environments(gke.platform);
        assert.deepEqual([config.clusterName, config.region], ["production", "europe-west4"]);
        assert.doesNotMatch(String(config.nextflowConfig ?? ""), /spot/);
        await gke.mustGo();
    });

    it("on one that the Platform cannot reach: is refused at preview, in one error, and makes nothing", async () => {
        const gke = await start({ existingCluster });
        gke.says({
            cluster: {
                privateClusterConfigs: [{ enablePrivateEndpoint: true }],
                addonsConfigs: [{ gcpFilestoreCsiDriverConfigs: [] }],
            },
        });
        await gke.mustBeRefused(
            "privateClusterConfigs[0].enablePrivateEndpoint: must not be true",
            "addonsConfigs[0].gcpFilestoreCsiDriverConfigs[0].enabled: must be true",
        );
    });
});
