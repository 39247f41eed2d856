import assert from "node:assert/strict";
import { once } from "node:events";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";

describe("a user's unit test with Pulumi's mocks (issue 17, point 13)", () => {
    const heard: NodeJS.UncaughtExceptionListener[] = [];

    before(async () => {
        heard.push(...(process.rawListeners("uncaughtException") as NodeJS.UncaughtExceptionListener[]));
        process.removeAllListeners("uncaughtException");
        const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({
            id: name,
            state: inputs as object,
        });
        await pulumi.runtime.setMocks({ call: () => ({}), newResource }, "project", "stack", false, "organization");
    });

    after(() => heard.forEach((listener) => process.on("uncaughtException", listener)));

    it("hears of a refusal that an output brings, once, though what it waits for never comes", async () => {
        const thrown: Error[] = [];
        const first = once(process, "uncaughtException");
        process.on("uncaughtException", (error) => thrown.push(error));
        new KubernetesComputeEnvironment("prod", {
            cluster: { server: "https://10.0.0.1:6443" },
            headJob: { memory: pulumi.output("16 gallons") },
            nextflowConfig: pulumi.output("/".repeat(3201)),
        });
        await first;
        assert.deepEqual(
            thrown.map(({ message }) => message),
            [
                'KubernetesComputeEnvironment "prod" has invalid arguments:\n  headJob.memory: "16 gallons" is not an amount of memory (write it like "16 GB")\n  nextflowConfig: has 3201 characters; the Platform allows at most 3200 (move the settings of one pipeline into that pipeline\'s nextflow.config)',
            ],
        );
    });
});

/** As https://www.pulumi.com/docs/iac/guides/testing/unit/ shows it. */
describe("a user's unit test as Pulumi's documents show it (issue 17)", () => {
    const BASE = { cluster: { server: "https://10.0.0.1:6443" } };
    const valueOf = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

    beforeEach(async () => {
        await pulumi.runtime.setMocks({
            newResource: ({ inputs }: pulumi.runtime.MockResourceArgs) => ({
                id: `${(inputs as { name?: string }).name}-id`,
                state: inputs as object,
            }),
            call: ({ inputs }: pulumi.runtime.MockCallArgs) => inputs as object,
        });
    });

    it("needs no organization, project or stack", async () => {
        const lab = new KubernetesComputeEnvironment("lab", {
            ...BASE,
            name: "lab-env",
            storage: { storageClassName: "efs" },
        });
        assert.equal(await valueOf(lab.name), "lab-env");
        assert.equal(await valueOf(lab.computeEnvId), "lab-env-id");
        assert.equal(await valueOf(lab.claimName), "nextflow-work");
    });

    it("can make another one after one that was not made", () => {
        const refuse = ({ type }: pulumi.ResourceTransformationArgs) => {
            if (type.endsWith(":ComputeEnv")) {
                throw new Error("against our policy");
            }
            return undefined;
        };
        assert.throws(
            () => new KubernetesComputeEnvironment("first", BASE, { transformations: [refuse] }),
            /against our policy/,
        );
        new KubernetesComputeEnvironment("second", BASE);
        assert.throws(() => new KubernetesComputeEnvironment("third", BASE), /"second" already creates the namespace/);
        const storage = { claimName: "other" };
        new KubernetesComputeEnvironment("third", {
            ...{ ...BASE, namespace: "third", storage },
            serviceAccounts: { launcher: { name: "l" }, head: { name: "h" }, compute: { name: "c" } },
        });
        new KubernetesComputeEnvironment("fourth", { ...BASE, namespace: "fourth", storage });
    });
});
