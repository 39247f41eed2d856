import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { computeConfig, partsOf } from "../unit/compile/compiled";
import { everyField } from "../unit/compile/everyField";
import { record, UNKNOWN } from "./recorder";

const run = (args: KubernetesComputeEnvironmentArgs) => record(() => new KubernetesComputeEnvironment("prod", args));

/** The same arguments with every one that may be an output as an output. */
function later(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    const plain = [
        ...["namespace", "storage", "serviceAccount", "advanced"],
        ...["networkPolicy", "resourceQuota", "limitRange", "storageClaims"],
    ];
    return Object.fromEntries(
        Object.entries(args).map(([key, value]) => [key, plain.includes(key) ? value : pulumi.output(value)]),
    ) as unknown as KubernetesComputeEnvironmentArgs;
}

describe("settings of tasks and pods in a KubernetesComputeEnvironment", () => {
    const expected = JSON.parse(JSON.stringify({ ...computeConfig(partsOf(everyField)), server: undefined }));

    for (const [what, args] of [
        ["as values", everyField],
        ["as outputs", later(everyField)],
    ] as const) {
        it(`reach the Platform compiled, ${what}`, async () => {
            const { server, sslCert, ...config } = (await run(args)).one("ComputeEnv").inputs.config;
            assert.ok(server !== undefined && sslCert !== undefined);
            assert.deepEqual(config, expected);
        });
    }

    it("reach the cluster under the design's own names", async () => {
        const ran = await run(everyField);
        const account = (role: string) => ran.one("ServiceAccount", `prod-accounts-${role}`).inputs;
        assert.equal(account("head").metadata.name, "heads");
        assert.equal(account("compute").metadata.name, "tasks");
        assert.deepEqual(account("compute").imagePullSecrets, [{ name: "registry" }]);
        assert.equal(ran.one("PersistentVolumeClaim").inputs.spec.storageClassName, "nfs");
    });

    it("hide no more than what is made of something unknown at preview", async () => {
        class Earlier extends pulumi.CustomResource {
            declare readonly result: pulumi.Output<number>;
            constructor() {
                super("test:index:Earlier", "earlier", { result: undefined });
            }
        }
        const ran = await record(
            () =>
                new KubernetesComputeEnvironment("prod", {
                    ...everyField,
                    retries: { maxRetries: new Earlier().result },
                }),
            { preview: true },
        );
        const { config } = ran.one("ComputeEnv").inputs;
        assert.equal(config.nextflowConfig, UNKNOWN);
        assert.equal(config.headPodSpec, expected.headPodSpec);
        assert.deepEqual(config.environment, expected.environment);
    });
});
