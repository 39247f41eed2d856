import assert from "node:assert/strict";
import { launcherRules } from "../../../src/compile/namespace/rbac";
import { kubectl, objects } from "../support/cluster";
import { environments } from "../support/platform";
import { granted, rightsIn, rightsOf, written } from "../support/rights";
import { keyOf, PROJECT, UNIQUE_ID } from "./gkeAnswers";
import { type CloudStack, GKE, NAMESPACE, useCloud } from "./support";

const EMAIL = `seqera-platform-test@${PROJECT}.iam.gserviceaccount.com`;

const PODS = `nextflow-pods-test@${PROJECT}.iam.gserviceaccount.com`;

describe("the example of GKE, on the real engine", function () {
    this.timeout(180_000);

    const start = useCloud(GKE);
    let gke: CloudStack;

    describe("from nothing", function () {
        this.bail(true);

        before(async () => {
            gke = await start();
        });

        it("ends AVAILABLE, with its parts in the order in which they need each other", async () => {
            const output = await gke.mustMake(
                ["Network nextflow", "Subnetwork nodes"],
                ["Subnetwork nodes", "Cluster nextflow"],
                ["RouterNat nextflow", "NodePool staying"],
                ["IAMMember nodes", "NodePool staying"],
                ["Cluster nextflow", "NodePool spot"],
                ["Account platform", "IAMMember platform"],
                ["IAMMember platform", "Key platform"],
                ["BucketIAMMember platform-genomes", "Key platform"],
                ["Account pods", "IAMMember pods-head"],
                ["Account pods", "BucketIAMMember pods-genomes"],
            );
            assert.doesNotMatch(output, /warning/);
        });

        it("tells the Platform what it needs: cluster, location, claim, spot tasks, heads that stay", async () => {
            const [{ platform: kind, config }] = environments(gke.platform);
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
                assert.ok(!gke.stack.stateText().includes(text));
            }
            const credentials = gke.stack.resource("dynamic/seqera:Credentials");
            assert.equal(credentials!.outputs.provider, "google");
            assert.equal((await gke.stack.outputs()).seqeraServiceAccount, EMAIL);
        });

        it("changes nothing the second time", () => gke.mustRest());

        it("goes backwards and leaves nothing", async () => {
            await gke.mustGo(
                ["Key platform", "IAMMember platform"],
                ["IAMMember platform", "Account platform"],
                ["NodePool spot", "Cluster nextflow"],
                ["Cluster nextflow", "Subnetwork nodes"],
            );
            assert.deepEqual(await objects(NAMESPACE, "rolebindings"), []);
        });
    });
});
