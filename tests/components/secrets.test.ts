import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { CLUSTER } from "./fullArguments";
import { HIDDEN, record, TOKEN } from "./recorder";

const ACCESS_TOKEN = "access-token-eyJ0aWQi";
const PASSWORD = "hunter2-password";

type Wrap = <T>(value: T) => pulumi.Input<T>;

const WRAPS: Record<string, Wrap> = {
    "plain text": (value) => value,
    "an output": (value) => pulumi.output(value) as never,
    "a promise": (value) => Promise.resolve(value),
    "a secret": (value) => pulumi.secret(value) as never,
};

function args(wrap: Wrap): KubernetesComputeEnvironmentArgs {
    return {
        cluster: CLUSTER,
        accessToken: wrap(ACCESS_TOKEN),
        registries: [{ server: "ghcr.io", username: "octo", password: wrap(PASSWORD) }],
        resourceLabels: { team: "genomics" },
        primary: true,
    };
}

describe("secrets of a KubernetesComputeEnvironment", () => {
    for (const [what, wrap] of Object.entries(WRAPS)) {
        it(`that are given as ${what} are in plain text nowhere in state`, async () => {
            const ran = await record(() => new KubernetesComputeEnvironment("prod", args(wrap)));
            const encoded = Buffer.from(`octo:${PASSWORD}`).toString("base64");
            for (const { type, name, shown, outputs } of ran.all) {
                const text = JSON.stringify([shown, outputs]);
                for (const secret of [ACCESS_TOKEN, PASSWORD, encoded, TOKEN, Buffer.from(TOKEN).toString("base64")]) {
                    assert.ok(!text.includes(secret), `${type} ${name} shows ${secret}`);
                }
            }
        });
    }

    it("arrive where they are needed", async () => {
        const ran = await record(() => new KubernetesComputeEnvironment("prod", args(WRAPS["plain text"])));
        assert.equal(ran.one("Credentials").inputs.kubernetes.token, TOKEN);
        assert.equal(ran.one("ComputeEnv").inputs.accessToken, ACCESS_TOKEN);
        assert.ok(ran.one("Secret", "prod-registries").inputs.stringData[".dockerconfigjson"].includes(PASSWORD));
    });

    it("are recorded as secrets with the component itself", async () => {
        const { shown } = (await record(() => new KubernetesComputeEnvironment("prod", args(WRAPS["plain text"])))).one(
            "KubernetesComputeEnvironment",
        );
        assert.deepEqual(shown, {
            accessToken: HIDDEN,
            registries: HIDDEN,
            cluster: CLUSTER,
            resourceLabels: { team: "genomics" },
            primary: true,
        });
    });

    it("are no reason to hide what is public: an environment with a token shows its configuration", async () => {
        const { shown } = (await record(() => new KubernetesComputeEnvironment("prod", args(WRAPS["a secret"])))).one(
            "ComputeEnv",
        );
        assert.ok(!JSON.stringify(shown.config).includes(HIDDEN));
        assert.equal(shown.credentialsId, "prod-credentials-id");
    });

    it("stay secret when the user made another argument one", async () => {
        const ran = await record(
            () =>
                new KubernetesComputeEnvironment("prod", {
                    cluster: CLUSTER,
                    nextflowConfig: pulumi.secret("aws.accessKey = 'x'"),
                    environmentVariables: pulumi.secret({ A: "y" }),
                }),
        );
        const { config } = ran.one("ComputeEnv").shown;
        assert.equal(config.nextflowConfig, HIDDEN);
        assert.equal(config.environment, HIDDEN);
        assert.equal(config.workDir, "/scratch/work");
    });
});
