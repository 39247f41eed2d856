import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { launcherRules } from "../../../src/compile/namespace/rbac";
import { kubectl, objects } from "../support/cluster";
import { testEngine } from "../support/engine";
import { environments } from "../support/platform";
import { rightsIn, rightsOf, serviceAccount, written } from "../support/rights";
import { AKS, type CloudStack, NAMESPACE, useCloud } from "./support";

describe("the example of AKS, on the real engine", function () {
    this.timeout(180_000);

    const start = useCloud(AKS);
    let aks: CloudStack;

    describe("from nothing", function () {
        this.bail(true);

        before(async () => {
            aks = await start();
        });

        it("ends AVAILABLE, with its parts in the order in which they need each other", async () => {
            const output = await aks.mustMake(
                ["ResourceGroup nextflow", "VirtualNetwork nextflow"],
                ["Subnet nodes", "RoleAssignment cluster-in-subnet"],
                ["RoleAssignment cluster-in-subnet", "ManagedCluster nextflow"],
                ["ManagedCluster nextflow", "AgentPool spot"],
                ["StorageAccount work", "FileShare work"],
                ["FederatedIdentityCredential pods-head", "FederatedIdentityCredential pods-compute"],
            );
            assert.doesNotMatch(output, /warning/);
        });

        it("has a cluster that takes all of it: volume, claim, service accounts, and what the Platform makes", async () => {
            const [claim] = await objects(NAMESPACE, "persistentvolumeclaims");
            const volume = JSON.parse(await kubectl("get", "persistentvolume", claim.spec.volumeName, "-o", "json"));
            assert.equal(volume.spec.csi.driver, "file.csi.azure.com");
            assert.equal(volume.spec.csi.volumeAttributes.protocol, "nfs");
            assert.deepEqual(volume.spec.mountOptions, ["nconnect=4", "noresvport", "actimeo=30"]);
            assert.equal(volume.spec.claimRef.uid === undefined || volume.status.phase === "Bound", true);
            const accounts = await objects(NAMESPACE, "serviceaccounts");
            const annotation = (name: string) =>
                accounts.find(({ metadata }) => metadata.name === name).metadata.annotations?.[
                    "azure.workload.identity/client-id"
                ];
            assert.deepEqual(["nextflow-head", "nextflow-task", "seqera-launcher"].map(annotation), [
                "client-id",
                "client-id",
                undefined,
            ]);
            assert.equal((await objects(NAMESPACE, "deployments")).length, 1);
        });

        it("tells the Platform what it needs: address, authority, claim, spot tasks, heads that stay, the identity", async () => {
            const { cluster } = await testEngine();
            const [{ platform: kind, config }] = environments(aks.platform);
            assert.equal(kind, "k8s-platform");
            assert.equal(config.server, cluster.server);
            assert.equal(config.sslCert, aks.field("certificate-authority-data"));
            assert.equal(config.storageClaimName, "nextflow-work");
            const text = String(config.nextflowConfig);
            for (const part of [
                "nodeSelector: ['kubernetes.azure.com/scalesetpriority': 'spot']",
                "key: 'kubernetes.azure.com/scalesetpriority'",
                "label: 'azure.workload.identity/use', value: 'true'",
                "azure.storage.accountName = 'genomes'",
                "azure.managedIdentity.clientId = 'client-id'",
                "maxRetries = 3",
            ]) {
                assert.ok(text.includes(part), `${part} in\n${text}`);
            }
            assert.doesNotMatch(String(config.headPodSpec), /spot/);
            assert.match(String(config.headPodSpec), /kubernetes\.io\/os: linux/);
        });

        it("lets the Platform do its work through a token in one namespace, and nothing else anywhere", async () => {
            const launcher = serviceAccount(NAMESPACE, "seqera-launcher");
            assert.deepEqual(await rightsOf(launcher, NAMESPACE), written(rightsIn(NAMESPACE, launcherRules())));
            // Nobody of Azure's is bound: the Platform does not come in through Microsoft Entra ID.
            const subjects = (await objects(NAMESPACE, "rolebindings")).flatMap((binding) => binding.subjects);
            assert.deepEqual([...new Set(subjects.map(({ kind }) => kind))], ["ServiceAccount"]);
        });

        it("keeps the kubeconfig and the token out of state", async () => {
            const { cluster } = await testEngine();
            for (const secret of [
                aks.field("client-key-data"),
                readFileSync(cluster.kubeconfig, "utf8").slice(0, 200),
            ]) {
                assert.ok(!aks.stack.stateText().includes(secret));
            }
            const { server } = await aks.stack.outputs();
            assert.equal(server, cluster.server);
        });

        it("changes nothing the second time", () => aks.mustRest());

        it("goes backwards and leaves nothing", async () => {
            await aks.mustGo(
                ["AgentPool spot", "ManagedCluster nextflow"],
                ["FederatedIdentityCredential pods-compute", "FederatedIdentityCredential pods-head"],
            );
            assert.equal(aks.done("delete").at(-1), "ResourceGroup nextflow");
        });
    });
});
