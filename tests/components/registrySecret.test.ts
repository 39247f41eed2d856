import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { RegistrySecret } from "../../src/components/registrySecret";
import { HIDDEN, record, valueOf } from "./recorder";
import type { RegistryArgs } from "../../src/args/registries";

const PASSWORD = "hunter2-password";
const REGISTRIES = [
    { server: "ghcr.io", username: "octo", password: PASSWORD },
    { server: "https://index.docker.io/v1/", username: "café", password: "p:w" },
];

const run = (registries: pulumi.Input<pulumi.Input<RegistryArgs>[]>, secretName?: string) =>
    record(() => new RegistrySecret("pull", { namespace: "nextflow", secretName, registries }));

describe("RegistrySecret", () => {
    it("makes one Secret of Docker's configuration for all registries", async () => {
        const ran = await run(REGISTRIES);
        const { metadata, type, stringData } = ran.one("Secret").inputs;
        assert.equal(ran.one("Secret").parent, "RegistrySecret pull");
        // Under a generated name, for another password another Secret is made before the old one goes.
        assert.deepEqual(metadata, { namespace: "nextflow" });
        assert.equal(type, "kubernetes.io/dockerconfigjson");
        assert.deepEqual(JSON.parse(stringData[".dockerconfigjson"]), {
            auths: {
                "ghcr.io": {
                    username: "octo",
                    password: PASSWORD,
                    auth: Buffer.from(`octo:${PASSWORD}`).toString("base64"),
                },
                "https://index.docker.io/v1/": {
                    username: "café",
                    password: "p:w",
                    auth: Buffer.from("café:p:w").toString("base64"),
                },
            },
        });
    });

    for (const [what, registries] of Object.entries<pulumi.Input<pulumi.Input<RegistryArgs>[]>>({
        "plain values": REGISTRIES,
        outputs: pulumi.output(REGISTRIES),
        "outputs inside": REGISTRIES.map((each) => ({ ...each, password: pulumi.output(each.password) })),
    })) {
        it(`keeps passwords out of every record when they come as ${what}`, async () => {
            const ran = await run(registries);
            const shown = JSON.stringify(ran.all.map((each) => [each.shown, each.outputs]));
            assert.ok(!shown.includes(PASSWORD));
            assert.ok(!shown.includes(Buffer.from(`octo:${PASSWORD}`).toString("base64")));
            assert.equal(ran.one("RegistrySecret").shown.registries, HIDDEN);
            // All of it goes into the real Secret all the same.
            assert.ok(ran.one("Secret").inputs.stringData[".dockerconfigjson"].includes(PASSWORD));
        });
    }

    it("gives the Secret's name out, which is no secret", async () => {
        const { result } = await run(REGISTRIES, "mine");
        assert.equal(await valueOf(result.secretName), "mine");
        assert.equal(await pulumi.isSecret(result.secretName), false);
    });
});
