import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launcherRules } from "../../../src/compile/rbac";
import type { PlatformEmulator } from "../../../src/emulator";
import { CloudWorld, installCloudStandIn, type PlainFields } from "../../../tools/cloud-provider";
import { kubectl, objects } from "../support/cluster";
import { testEngine, useOwnCluster } from "../support/engine";
import { connection, environments, startPlatform } from "../support/platform";
import { rightsIn, rightsOf, serviceAccount, written } from "../support/rights";
import { type Config, TestStack } from "../support/stack";
import { EXISTING_SUBNET } from "./aksAnswers";

useOwnCluster();

const DATA =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/genomes";
const NAMESPACE = "nextflow";

/** What a user sets besides the connection. */
const MINE: Config = { dataAccountId: DATA, "azure-native:location": "westeurope" };

describe("the example of AKS, on the real engine", function () {
    this.timeout(180_000);

    let platform: PlatformEmulator;
    let kubeconfig: string;
    let world: CloudWorld;
    let stack: TestStack;

    /** The example with a cluster whose API server is the real one here. */
    async function aksStack(config: Config, cluster: PlainFields = {}): Promise<TestStack> {
        return TestStack.create({
            project: join("examples", "aks"),
            config: { ...connection(platform), ...MINE, ...config },
            env: (directory) => (world = new CloudWorld(directory, { kubeconfig, cluster })).environment,
        });
    }

    before(async function () {
        this.timeout(1_800_000);
        const { cluster, pulumiHome } = await testEngine();
        kubeconfig = readFileSync(cluster.kubeconfig, "utf8");
        await installCloudStandIn({
            pulumiHome,
            package: "azure-native",
            answers: join(__dirname, "aksAnswers.ts"),
        });
        platform = await startPlatform();
    });

    after(async () => {
        await platform?.stop();
    });

    describe("from nothing", () => {
        before(async () => {
            stack = await aksStack({});
        });

        it("shows at preview what it would make, and makes nothing", async () => {
            const planned = await stack.preview();
            const kinds = planned.map(({ op, type, name }) => `${op} ${type.split(":").slice(1).join(":")} ${name}`);
            for (const expected of [
                "create containerservice:ManagedCluster nextflow",
                "create containerservice:AgentPool spot",
                "create storage:FileShare work",
                "create managedidentity:FederatedIdentityCredential pods-head",
                "create core/v1:PersistentVolume aks-work",
                "create dynamic/seqera:ComputeEnv aks",
            ]) {
                assert.ok(kinds.includes(expected), `${expected} among\n${kinds.join("\n")}`);
            }
            assert.deepEqual(world.journal, []);
            assert.deepEqual(environments(platform), []);
        });

        it("ends AVAILABLE, with its parts in the order in which they need each other", async () => {
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            assert.doesNotMatch(output, /warning/);
            const made = world.journal.map(({ op, type, name }) => `${op} ${type.split(":").at(-1)} ${name}`);
            const before = (first: string, second: string) =>
                assert.ok(
                    made.indexOf(`create ${first}`) >= 0 &&
                        made.indexOf(`create ${first}`) < made.indexOf(`create ${second}`),
                    `${first} before ${second} among\n${made.join("\n")}`,
                );
            before("ResourceGroup nextflow", "VirtualNetwork nextflow");
            before("Subnet nodes", "RoleAssignment cluster-in-subnet");
            before("RoleAssignment cluster-in-subnet", "ManagedCluster nextflow");
            before("ManagedCluster nextflow", "AgentPool spot");
            before("StorageAccount work", "FileShare work");
            before("FederatedIdentityCredential pods-head", "FederatedIdentityCredential pods-compute");
            assert.equal(environments(platform)[0].status, "AVAILABLE");
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
            const [{ platform: kind, config }] = environments(platform);
            assert.equal(kind, "k8s-platform");
            assert.equal(config.server, cluster.server);
            assert.equal(config.sslCert, /certificate-authority-data: (\S+)/.exec(kubeconfig)![1]);
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
            const key = /client-key-data: (\S+)/.exec(kubeconfig)![1];
            assert.ok(!stack.stateText().includes(key));
            assert.ok(!stack.stateText().includes(kubeconfig.slice(0, 200)));
            const { server } = await stack.outputs();
            assert.equal(server, (await testEngine()).cluster.server);
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
            const gone = world.journal
                .filter(({ op }) => op === "delete")
                .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
            const made = world.journal
                .filter(({ op }) => op === "create")
                .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
            assert.deepEqual([...gone].sort(), [...made].sort());
            assert.ok(gone.indexOf("AgentPool spot") < gone.indexOf("ManagedCluster nextflow"));
            assert.ok(
                gone.indexOf("FederatedIdentityCredential pods-compute") <
                    gone.indexOf("FederatedIdentityCredential pods-head"),
            );
            assert.equal(gone.at(-1), "ResourceGroup nextflow");
        });
    });

    describe("on a cluster that is there already", () => {
        it("makes neither cluster nor network, and reaches the share from the cluster's own subnet", async () => {
            stack = await aksStack({ existingCluster: "platform/production", spot: "false", dataAccountId: "" });
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            assert.deepEqual(
                world.journal.map(({ type }) => type.split(":").at(-1)),
                ["ResourceGroup", "StorageAccount", "FileShare"],
            );
            const account = stack.resource("storage:StorageAccount");
            assert.deepEqual(account!.inputs.networkRuleSet.virtualNetworkRules, [
                { virtualNetworkResourceId: EXISTING_SUBNET },
            ]);
            assert.equal(environments(platform)[0].status, "AVAILABLE");
            assert.doesNotMatch(String(environments(platform)[0].config.nextflowConfig ?? ""), /spot|azure/);
            assert.equal((await stack.destroy()).code, 0);
        });

        it("is refused at preview where the Platform cannot reach it, in one error, and makes nothing", async () => {
            stack = await aksStack(
                { existingCluster: "platform/production" },
                { apiServerAccessProfile: { enablePrivateCluster: true }, oidcIssuerProfile: { enabled: false } },
            );
            const { code, output } = await stack.run(["preview"]);
            assert.notEqual(code, 0);
            const [told, ...others] = output.slice(output.indexOf("Diagnostics:")).match(/error: .*(\n {6}.*)*/g)!;
            assert.deepEqual(others, []);
            assert.match(
                told,
                /^error: ExistingCluster "cluster" found the cluster "production", which cannot work as it is:\n {6}apiServerAccessProfile\.enablePrivateCluster is true, .*\n {6}oidcIssuerProfile\.enabled is not true, /,
            );
            assert.deepEqual(world.journal, []);
        });
    });
});
