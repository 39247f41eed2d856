import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { launcherRules } from "../../../src/compile/rbac";
import type { PlatformEmulator } from "../../../src/emulator";
import { CloudWorld, installCloudStandIn, type PlainFields } from "../../../tools/cloud-provider";
import { kubectl, objects } from "../support/cluster";
import { testEngine, useOwnCluster } from "../support/engine";
import { connection, environments, startPlatform } from "../support/platform";
import { granted, rightsIn, rightsOf, written } from "../support/rights";
import { type Config, TestStack } from "../support/stack";
import { keyOf, PROJECT, UNIQUE_ID } from "./gkeAnswers";

useOwnCluster();

const NAMESPACE = "nextflow";
const EMAIL = `seqera-platform-test@${PROJECT}.iam.gserviceaccount.com`;

const PODS = `nextflow-pods-test@${PROJECT}.iam.gserviceaccount.com`;

/** What a user sets besides the connection. */
const MINE: Config = { "gcp:project": PROJECT, dataBucket: "genomes" };

/** Google's program that the kubeconfig names: it hands out what the administrator of the cluster here comes in with. */
function authPlugin(kubeconfig: string): string {
    const field = (name: string) =>
        Buffer.from(new RegExp(`${name}: (\\S+)`).exec(kubeconfig)![1], "base64").toString("utf8");
    const folder = mkdtempSync(join(tmpdir(), "gke-gcloud-auth-plugin-"));
    const credential = {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        kind: "ExecCredential",
        status: {
            clientCertificateData: field("client-certificate-data"),
            clientKeyData: field("client-key-data"),
        },
    };
    const program = `#!/bin/sh\ncat <<'EOF'\n${JSON.stringify(credential)}\nEOF\n`;
    writeFileSync(join(folder, "gke-gcloud-auth-plugin"), program, { mode: 0o755 });
    return folder;
}

describe("the example of GKE, on the real engine", function () {
    this.timeout(180_000);

    let platform: PlatformEmulator;
    let kubeconfig: string;
    let plugin: string;
    let world: CloudWorld;
    let stack: TestStack;

    /** The example with a cluster whose API server is the real one here. */
    async function gkeStack(config: Config, cluster: PlainFields = {}): Promise<TestStack> {
        const { engine } = await testEngine();
        return TestStack.create({
            project: join("examples", "gke"),
            config: { ...connection(platform), ...MINE, ...config },
            env: (directory) => ({
                ...(world = new CloudWorld(directory, { kubeconfig, cluster })).environment,
                PATH: [engine.binDir, plugin, dirname(process.execPath), process.env.PATH].join(delimiter),
            }),
        });
    }

    before(async function () {
        this.timeout(1_800_000);
        const { cluster, pulumiHome } = await testEngine();
        kubeconfig = readFileSync(cluster.kubeconfig, "utf8");
        plugin = authPlugin(kubeconfig);
        await installCloudStandIn({ pulumiHome, package: "gcp", answers: join(__dirname, "gkeAnswers.ts") });
        platform = await startPlatform();
    });

    after(async () => {
        await platform?.stop();
        rmSync(plugin, { recursive: true, force: true });
    });

    const made = (op: string) =>
        world.journal.filter((each) => each.op === op).map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);

    describe("from nothing", () => {
        before(async () => {
            stack = await gkeStack({});
        });

        it("shows at preview what it would make, and makes nothing", async () => {
            const planned = await stack.preview();
            const kinds = planned.map(({ op, type, name }) => `${op} ${type.split(":").slice(1).join(":")} ${name}`);
            for (const expected of [
                "create container/cluster:Cluster nextflow",
                "create container/nodePool:NodePool spot",
                "create filestore/instance:Instance work",
                "create serviceaccount/key:Key platform",
                "create storage/bucketIAMMember:BucketIAMMember platform-genomes",
                "create dynamic/seqera:Credentials platform",
                "create dynamic/seqera:ComputeEnv gke",
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
            const order = made("create");
            const before = (first: string, second: string) =>
                assert.ok(
                    order.includes(first) && order.indexOf(first) < order.indexOf(second),
                    `${first} before ${second} among\n${order.join("\n")}`,
                );
            before("Network nextflow", "Subnetwork nodes");
            before("Subnetwork nodes", "Cluster nextflow");
            before("RouterNat nextflow", "NodePool staying");
            before("IAMMember nodes", "NodePool staying");
            before("Cluster nextflow", "NodePool spot");
            before("Account platform", "IAMMember platform");
            before("IAMMember platform", "Key platform");
            before("BucketIAMMember platform-genomes", "Key platform");
            before("Account pods", "IAMMember pods-head");
            before("Account pods", "BucketIAMMember pods-genomes");
            assert.equal(environments(platform)[0].status, "AVAILABLE");
        });

        it("tells the Platform what it needs: cluster, location, claim, spot tasks, heads that stay", async () => {
            const [{ platform: kind, config }] = environments(platform);
            assert.equal(kind, "gke-platform");
            assert.match(String(config.clusterName), /^nextflow-/);
            assert.equal(config.region, "europe-west1-b");
            assert.equal(config.storageClaimName, "nextflow-work");
            assert.match(String(config.nextflowConfig), /nodeSelector: \['cloud\.google\.com\/gke-spot': 'true'\]/);
            assert.match(String(config.nextflowConfig), /maxRetries = 3/);
            assert.doesNotMatch(String(config.headPodSpec), /gke-spot/);
        });

        it("has a cluster that takes all of it: volume, claim, service accounts with their identity", async () => {
            const [claim] = await objects(NAMESPACE, "persistentvolumeclaims");
            assert.deepEqual(claim.spec.accessModes, ["ReadWriteMany"]);
            const volume = JSON.parse(await kubectl("get", "persistentvolume", claim.spec.volumeName, "-o", "json"));
            assert.equal(volume.spec.csi.driver, "filestore.csi.storage.gke.io");
            assert.deepEqual(volume.spec.csi.volumeAttributes, { ip: "10.45.3.2", volume: "work" });
            assert.equal(volume.spec.persistentVolumeReclaimPolicy, "Retain");
            const accounts = await objects(NAMESPACE, "serviceaccounts");
            const annotation = (name: string) =>
                accounts.find(({ metadata }) => metadata.name === name).metadata.annotations?.[
                    "iam.gke.io/gcp-service-account"
                ];
            assert.deepEqual(["nextflow-head", "nextflow-task", "default"].map(annotation), [PODS, PODS, undefined]);
            const names = accounts.map(({ metadata }) => metadata.name);
            assert.ok(!names.includes("seqera-launcher"), "the Platform comes in as a user");
        });

        it("lets the Google service account do the Platform's work in one namespace, and nothing else anywhere", async () => {
            const subjects = (await objects(NAMESPACE, "rolebindings")).flatMap((binding) => binding.subjects);
            assert.deepEqual(
                subjects.filter(({ kind }) => kind === "User").map(({ name }) => name),
                [EMAIL, UNIQUE_ID],
            );
            const needed = rightsIn(NAMESPACE, launcherRules());
            // As GKE knows a token that tells an e-mail address, and one that does not.
            for (const user of [EMAIL, UNIQUE_ID]) {
                assert.deepEqual(await rightsOf({ user }, NAMESPACE), written(needed), user);
            }
            // A name that is nearly the same is somebody else.
            for (const user of [`serviceAccount:${EMAIL}`, EMAIL.replace(PROJECT, "research-2"), "1".repeat(21)]) {
                assert.deepEqual(await granted({ user }, needed), [], user);
            }
        });

        it("keeps the key out of state, and gives it to the Platform", async () => {
            const key = keyOf(EMAIL);
            const { private_key: secret } = JSON.parse(key) as { private_key: string };
            for (const text of [key, Buffer.from(key).toString("base64"), JSON.stringify(secret).slice(1, -1)]) {
                assert.ok(!stack.stateText().includes(text));
            }
            const credentials = stack.resource("dynamic/seqera:Credentials");
            assert.equal(credentials!.outputs.provider, "google");
            assert.equal((await stack.outputs()).seqeraServiceAccount, EMAIL);
        });

        it("changes nothing the second time", async () => {
            const { length } = world.journal;
            const again = await stack.up();
            assert.equal(again.code, 0, again.output);
            assert.deepEqual(Object.keys(again.changes), ["unchanged"]);
            assert.equal(world.journal.length, length);
        });

        it("goes backwards and leaves nothing", async () => {
            const { code, output } = await stack.destroy();
            assert.equal(code, 0, output);
            assert.deepEqual(environments(platform), []);
            const gone = made("delete");
            assert.deepEqual([...gone].sort(), [...made("create")].sort());
            const before = (first: string, second: string) =>
                assert.ok(
                    gone.indexOf(first) < gone.indexOf(second),
                    `${first} before ${second} among\n${gone.join("\n")}`,
                );
            before("Key platform", "IAMMember platform");
            before("IAMMember platform", "Account platform");
            before("NodePool spot", "Cluster nextflow");
            before("Cluster nextflow", "Subnetwork nodes");
            assert.deepEqual(
                (await objects(NAMESPACE, "rolebindings").catch(() => [])).map(({ metadata }) => metadata.name),
                [],
            );
        });
    });

    describe("on a cluster that is there already", () => {
        const existingCluster = "shared-1/europe-west4/production";

        it("makes neither cluster nor network, and grants in the cluster's own project", async () => {
            stack = await gkeStack({ existingCluster, spot: "false", dataBucket: "", filestoreZone: "europe-west4-a" });
            const { code, output } = await stack.up();
            assert.equal(code, 0, output);
            assert.deepEqual(made("create").sort(), [
                "Account platform",
                "IAMMember platform",
                "Instance work",
                "Key platform",
            ]);
            const grant = stack.resource("projects/iAMMember:IAMMember");
            assert.deepEqual(
                [grant!.inputs.project, grant!.inputs.role],
                ["shared-1", "roles/container.clusterViewer"],
            );
            const [{ status, config }] = environments(platform);
            assert.deepEqual([status, config.clusterName, config.region], ["AVAILABLE", "production", "europe-west4"]);
            assert.doesNotMatch(String(config.nextflowConfig ?? ""), /spot/);
            assert.equal((await stack.destroy()).code, 0);
        });

        it("is refused at preview where the Platform cannot reach it, in one error, and makes nothing", async () => {
            stack = await gkeStack(
                { existingCluster },
                {
                    privateClusterConfigs: [{ enablePrivateEndpoint: true }],
                    addonsConfigs: [{ gcpFilestoreCsiDriverConfigs: [] }],
                },
            );
            const { code, output } = await stack.run(["preview"]);
            assert.notEqual(code, 0);
            const [told, ...others] = output.slice(output.indexOf("Diagnostics:")).match(/error: .*(\n {6}.*)*/g)!;
            assert.deepEqual(others, []);
            assert.match(
                told,
                /^error: ExistingCluster "cluster" found the cluster "production", which cannot work as it is:\n {6}privateClusterConfigs\[0\]\.enablePrivateEndpoint is true, .*\n {6}addonsConfigs\[0\]\.gcpFilestoreCsiDriverConfigs\[0\]\.enabled is not true, /,
            );
            assert.deepEqual(world.journal, []);
        });
    });
});
