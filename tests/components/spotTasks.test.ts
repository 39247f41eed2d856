import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { spotTasks } from "../../src/components/spotTasks";
import { record, valueOf } from "./recorder";

const NODES = {
    spot: { nodeSelector: { capacity: "spot" }, tolerations: [{ key: "spot" }], annotations: { evict: "false" } },
    lasting: { capacity: "lasting" },
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

const BATCH = { key: "batch", effect: "NoSchedule" };

const MERGED = {
    podOptions: {
        nodeSelector: { disk: "ssd", capacity: "spot" },
        tolerations: [{ key: "spot" }, BATCH],
        annotations: { evict: "true", team: "genomics" },
        schedulerName: "volcano",
    },
    // As without the preset, head pods tolerate what tasks do, and the service pod goes where head pods go.
    headPodOptions: { nodeSelector: { capacity: "reserved" }, tolerations: [BATCH] },
    servicePodOptions: { nodeSelector: { capacity: "reserved" }, tolerations: [BATCH] },
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

    it("changes nothing the second time", () =>
        assert.deepEqual(spotTasks(NODES, spotTasks(NODES, ARGS)).podOptions, MERGED.podOptions));

    it("keeps head and service pods where tasks would be without it, on lasting nodes", () => {
        const { headPodOptions, servicePodOptions } = spotTasks(NODES, { ...ARGS, headPodOptions: undefined });
        const expected = { nodeSelector: { disk: "ssd", capacity: "lasting" }, tolerations: [BATCH] };
        assert.deepEqual([headPodOptions, servicePodOptions], [expected, expected]);
    });

    it("adds no retries to another strategy", () => {
        const retries = { strategy: "ignore" as const };
        assert.deepEqual(spotTasks(NODES, { ...ARGS, retries }).retries, retries);
    });

    it("leaves what is no group of arguments to the rules that refuse it", async () => {
        const { result: resource } = await record(() => new pulumi.ComponentResource("test:index:Group", "group"));
        for (const podOptions of ["spot", resource] as never[]) {
            assert.equal(spotTasks(NODES, { ...ARGS, podOptions }).podOptions, podOptions);
        }
    });
});
