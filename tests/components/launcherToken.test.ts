import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LauncherToken } from "../../src/components/launcherToken";
import { AUTHORITY, isKnown, record, refused, TOKEN, valueOf } from "./recorder";
import type { LauncherTokenArgs } from "../../src/args/launcherToken";

const run = (args: Partial<LauncherTokenArgs> = {}, preview = false) =>
    record(() => new LauncherToken("token", { namespace: "nextflow", serviceAccount: "seqera-launcher", ...args }), {
        preview,
    });

describe("LauncherToken", () => {
    it("makes the Secret that Kubernetes fills", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), ["LauncherToken token", "Secret token"]);
        assert.equal(ran.one("LauncherToken").type, "pulumi-seqera-kubernetes:index:LauncherToken");
        assert.equal(ran.one("Secret").parent, "LauncherToken token");
        assert.deepEqual(ran.one("Secret").inputs, {
            apiVersion: "v1",
            kind: "Secret",
            metadata: {
                name: "seqera-launcher-token",
                namespace: "nextflow",
                annotations: { "kubernetes.io/service-account.name": "seqera-launcher" },
            },
            type: "kubernetes.io/service-account-token",
        });
    });

    it("gives the token decoded and secret, and the authority as it is and public", async () => {
        const { result } = await run();
        assert.equal(await valueOf(result.token), TOKEN);
        assert.equal(await pulumi.isSecret(result.token), true);
        assert.equal(await valueOf(result.certificateAuthority), AUTHORITY);
        assert.equal(await pulumi.isSecret(result.certificateAuthority), false);
    });

    it("keeps them in no record of its own: the Secret's has them", async () =>
        assert.deepEqual((await run()).one("LauncherToken").outputs, {}));

    it("keeps what Kubernetes fills in secret in state", async () =>
        assert.deepEqual((await run()).one("Secret").secretOutputs, ["data", "stringData"]));

    it("takes a name for the Secret, and outputs for the rest", async () => {
        const ran = await run({
            secretName: "mine",
            namespace: pulumi.output("runs"),
            serviceAccount: pulumi.output("platform"),
        });
        assert.deepEqual(ran.one("Secret").inputs.metadata, {
            name: "mine",
            namespace: "runs",
            annotations: { "kubernetes.io/service-account.name": "platform" },
        });
    });

    it("names the Secret after the rotation, which it asks for", async () => {
        const ran = await run({ rotation: { request: pulumi.output("2026-11"), everyDays: 90 } });
        assert.deepEqual(ran.labels(), ["LauncherToken token", "Secret token", "TokenRotation token-rotation"]);
        const { parent, inputs } = ran.one("TokenRotation");
        assert.equal(parent, "LauncherToken token");
        assert.deepEqual([inputs.request, inputs.everyDays], ["2026-11", 90]);
        assert.equal(ran.one("Secret").inputs.metadata.name, "seqera-launcher-token-0a1b2c3");
        assert.deepEqual(ran.one("Secret").dependencies, ["TokenRotation token-rotation"]);
    });

    it("refuses a rotation that cannot be", async () => {
        const { error, all } = await refused(
            () => new LauncherToken("token", { namespace: "n", serviceAccount: "s", rotation: { everyDays: 0 } }),
        );
        assert.match(error.message, /rotation\.everyDays: must be a whole number of days from 1 to 3650, not 0/);
        assert.deepEqual(all, []);
    });

    it("knows neither at preview, and says nothing about it", async () => {
        const { result } = await run({}, true);
        assert.equal(await isKnown(result.token), false);
        assert.equal(await isKnown(result.certificateAuthority), false);
    });
});
