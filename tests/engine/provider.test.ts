import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformEmulator } from "../../src/emulator";
import { recipe } from "../support/operations";
import { audit, kubectl, objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import { environments, freshNamespace, programStack, startPlatform } from "./support/platform";
import type { RunOptions, TestStack } from "./support/stack";

const PROGRAM = `
const kubernetes = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");
const seqera = require("pulumi-seqera-kubernetes");

const config = new pulumi.Config();
const kubeconfig = require("node:fs").readFileSync(config.require("kubeconfig"), "utf8");
const provider = new kubernetes.Provider("cluster", { kubeconfig, clusterIdentifier: config.get("clusterIdentifier") });
new seqera.KubernetesComputeEnvironment("lab", {
    namespace: config.require("namespace"),
    cluster: config.requireObject("cluster"),
    storage: config.getObject("storage"),
    registries: config.getObject("registries"),
    serviceAccounts: { launcher: { name: "lab-launcher" } },
}, { provider });
`;

describe("the provider of the cluster, on the real engine (case 1)", function () {
    this.timeout(180_000);
    this.bail(true);

    const namespace = freshNamespace();
    const upsert: RunOptions = { env: { PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true" } };
    let platform: PlatformEmulator;
    let stack: TestStack;
    let claim: string;
    let renamed: string;

    before(async function () {
        this.timeout(1_800_000);
        const { cluster } = await testEngine();
        platform = await startPlatform();
        stack = await programStack(platform, namespace, PROGRAM);
        renamed = join(stack.directory, "renamed.kubeconfig");
        writeFileSync(renamed, readFileSync(cluster.kubeconfig, "utf8").replaceAll("127.0.0.1", "localhost"));
        await stack.mustUp();
        claim = await uid();
    });

    after(async () => {
        await platform?.stop();
        await kubectl("delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
    });

    async function uid(): Promise<string> {
        const [{ metadata }] = await objects(namespace, "persistentvolumeclaims");
        return metadata.uid;
    }

    const REFUSED =
        /clusterProvider: is another Kubernetes provider, or one that will be replaced, which replaces the claim "nextflow-work" and loses its data \(if it is the same cluster, restore the provider, set its clusterIdentifier/;

    it("is not replaced under a claim: a preview says so, and warns of what upsert would do", async () => {
        await stack.configure({ kubeconfig: renamed });
        const { code, output } = await stack.run(["preview"], upsert);
        assert.notEqual(code, 0, output);
        assert.match(output, REFUSED);
        assert.match(output, /PULUMI_K8S_UPSERT_EXISTING_OBJECTS is on, so a replacement takes over the object/);
    });

    it("changes without replacing anything once it has an identifier, as the message says", async () => {
        const { cluster } = await testEngine();
        await stack.configure({ kubeconfig: cluster.kubeconfig, clusterIdentifier: "production" });
        await stack.mustUp();
        await stack.configure({ kubeconfig: renamed });
        await stack.mustUp();
        assert.equal(await uid(), claim);
        assert.equal(environments(platform).length, 1);
    });

    it("is not replaced under a claim without a preview either, and with upsert", async () => {
        await stack.configure({ clusterIdentifier: "another" });
        const { code, output } = await stack.run(["up", "--yes", "--skip-preview"], upsert);
        assert.notEqual(code, 0, output);
        assert.match(output, REFUSED);
        assert.equal(await uid(), claim);
    });

    it("is taken back as the page says: the new provider's id in the place of the old one's", async () => {
        const [old, now] = ["deleted", "kept"].map(
            (which) =>
                stack
                    .resources()
                    .find(
                        (each) =>
                            each.type === "pulumi:providers:kubernetes" && !!each.delete === (which === "deleted"),
                    )!.id!,
        );
        const ids = { "id of the old one": old, "id of the new one": now };
        await stack.mustFollow(...recipe("Changing the Kubernetes provider", ids));
        await stack.mustUp();
        assert.equal(await uid(), claim);
        await stack.mustRest();
    });

    it("changes a registry's password with a pull Secret at every moment (issue 15, point 11)", async () => {
        for (const password of ["one", "two"]) {
            await stack.configure({ registries: [{ server: "r.example.org", username: "u", password }] });
            await stack.mustUp();
        }
        const secrets = (await objects(namespace, "secrets")).map(({ metadata }) => metadata.name);
        assert.equal(secrets.length, 2);
        assert.ok(secrets.includes("lab-launcher-token"));
        for (const { metadata, imagePullSecrets } of await objects(namespace, "serviceaccounts")) {
            const [pull] = metadata.name === "default" ? [] : imagePullSecrets;
            assert.ok(pull === undefined || secrets.includes(pull.name), metadata.name);
        }
        const seen = (await audit(namespace))
            .filter(({ verb, code, dryRun }) => /create|delete|patch/.test(verb) && code < 300 && !dryRun)
            .map(({ verb, resource }) => `${verb} ${resource}`);
        const gone = seen.lastIndexOf("delete secrets");
        assert.ok(seen.lastIndexOf("create secrets") < gone && seen.lastIndexOf("patch serviceaccounts") < gone);
    });

    it("does not matter to a claim that is protected, whatever the engine is told to replace", async () => {
        await stack.configure({ storage: { protect: true } });
        await stack.mustUp();
        // An update of the claim alone does not ask its guard.
        await stack.configure({ storage: { protect: true, accessModes: ["ReadWriteOnce"] } });
        const [target, around] = ["PersistentVolumeClaim", "Namespace"].map((type) => stack.resource(type)!.urn);
        await stack.mustFail(/protect/, ["up", "--yes", "--skip-preview", "--target", target]);
        await stack.configure({ storage: { protect: true } });
        for (const told of [target, around]) {
            await stack.mustFail(/protect/, ["up", "--yes", "--skip-preview", "--replace", told]);
        }
        assert.equal(await uid(), claim);
    });

    it("a destroy without a preview leaves nothing out of state that is there (issue 15, point 2)", async () => {
        await stack.mustFail(/protect/, ["destroy", "--yes", "--skip-preview"]);
        const kinds = "serviceaccounts,secrets,roles,rolebindings,persistentvolumeclaims";
        const there = (await objects(namespace, kinds)).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
        const held = stack.resources().map(({ outputs }) => `${outputs?.kind} ${outputs?.metadata?.name}`);
        assert.deepEqual(
            there.filter((object) => object !== "ServiceAccount default" && !held.includes(object)),
            [],
        );
        assert.equal(await uid(), claim);
        await stack.mustUp();
        await stack.mustRest();
        assert.equal(await uid(), claim);
    });
});
