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
            nextflowConfig: pulumi.output("x".repeat(3201)),
        });
        await first;
        assert.deepEqual(
            thrown.map(({ message }) => message),
            [
                'KubernetesComputeEnvironment "prod" has invalid arguments:\n  headJob.memory: "16 gallons" is not an amount of memory (write it like "16 GB")',
            ],
        );
    });
});
