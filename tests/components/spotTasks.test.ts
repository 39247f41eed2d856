import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { spotTasks } from "../../src/components/spotTasks";
import { record, valueOf } from "./recorder";

const NODES = {
    spot: { nodeSelector: { capacity: "spot" }, tolerations: [{ key: "spot" }], annotations: { evict: "false" } },
    lasting: { nodeSelector: { capacity: "lasting" }, tolerations: [] },
};

const POD_OPTIONS = {
    nodeSelector: { disk: "ssd" },
    tolerations: [{ key: "batch", effect: "NoSchedule" }],
    annotations: { evict: "true", team: "genomics" },
    schedulerName: "volcano",
};

const ARGS: KubernetesComputeEnvironmentArgs = {
    cluster: { server: "https://10.0.0.1:6443" },
    podOptions: POD_OPTIONS,
    headPodOptions: { nodeSelector: { capacity: "reserved" } },
    retries: { maxRetries: 5 },
};

const MERGED = {
    podOptions: {
        nodeSelector: { disk: "ssd", capacity: "spot" },
        tolerations: [{ key: "spot" }, { key: "batch", effect: "NoSchedule" }],
        annotations: { evict: "true", team: "genomics" },
        schedulerName: "volcano",
    },
    headPodOptions: { nodeSelector: { capacity: "reserved" }, tolerations: [] },
    servicePodOptions: NODES.lasting,
    retries: { strategy: "retry", maxRetries: 5 },
};

describe("a preset for tasks on spot nodes", () => {
    it("keeps what is given beside it, and lets it win", () =>
        assert.deepEqual(spotTasks(NODES, ARGS), { ...ARGS, ...MERGED }));

    it("does so with outputs, at any depth", async () => {
        const { result } = await record(() =>
            [pulumi.output(POD_OPTIONS), { ...POD_OPTIONS, annotations: pulumi.output(POD_OPTIONS.annotations) }].map(
                (podOptions) => spotTasks(NODES, { ...ARGS, podOptions }).podOptions,
            ),
        );
        for (const made of result) {
            assert.deepEqual(await valueOf(pulumi.output(made)), MERGED.podOptions);
        }
    });

    it("leaves what is no object to the rules that refuse it", () => {
        const podOptions = "spot" as never;
        assert.equal(spotTasks(NODES, { ...ARGS, podOptions }).podOptions, podOptions);
    });
});
