import assert from "node:assert/strict";
import {
    claimReadiness,
    deploymentReadiness,
    jobReadiness,
    quotaReadiness,
    tokenSecretReadiness,
    volumeReadiness,
} from "../../../tools/kubernetes-provider/server/await/readiness";
import type { PlainFields } from "../../../tools/plugin/server/values";

describe("readiness", () => {
    it("of a token Secret is data", () => {
        assert.ok(!tokenSecretReadiness({}).ready);
        assert.ok(!tokenSecretReadiness({ data: {} }).ready);
        assert.ok(tokenSecretReadiness({ data: { token: "eA==" } }).ready);
    });

    it("of a claim is Bound, or Pending where the first consumer is waited for", () => {
        const claim = (phase: string): PlainFields => ({ status: { phase } });
        assert.ok(claimReadiness(claim("Bound"), {}).ready);
        assert.ok(!claimReadiness(claim("Pending"), { volumeBindingMode: "Immediate" }).ready);
        assert.ok(claimReadiness(claim("Pending"), { volumeBindingMode: "WaitForFirstConsumer" }).ready);
        // As the official plugin has it: bound too early is not Pending.
        assert.ok(!claimReadiness(claim("Bound"), { volumeBindingMode: "WaitForFirstConsumer" }).ready);
        assert.ok(claimReadiness(claim("Bound"), { volumeBindingMode: "WaitForFirstConsumer", updated: true }).ready);
        assert.deepEqual(claimReadiness(claim("Lost"), {}).reasons, ["the claim is Lost, not Bound"]);
    });

    it("of a volume is Available or Bound", () => {
        assert.ok(volumeReadiness({ status: { phase: "Available" } }).ready);
        assert.ok(volumeReadiness({ status: { phase: "Bound" } }).ready);
        assert.ok(!volumeReadiness({ status: { phase: "Failed" } }).ready);
        assert.ok(!volumeReadiness({}).ready);
    });

    it("of a quota is a status that shows its limits", () => {
        const quota = (shown?: PlainFields): PlainFields => ({
            spec: { hard: { pods: "1" } },
            status: shown ? { hard: shown } : {},
        });
        assert.ok(quotaReadiness(quota({ pods: "1" })).ready);
        assert.ok(!quotaReadiness(quota({ pods: "2" })).ready);
        assert.ok(!quotaReadiness(quota()).ready);
    });

    it("of a Job is its completion; it fails with its limits", () => {
        const job = (type: string, reason = ""): PlainFields => ({
            status: { startTime: "now", failed: 1, conditions: [{ type, status: "True", reason, message: "why" }] },
        });
        assert.ok(jobReadiness(job("Complete")).ready);
        assert.deepEqual(jobReadiness(job("Failed", "BackoffLimitExceeded")), {
            ready: false,
            failed: true,
            reasons: ["[BackoffLimitExceeded] why"],
        });
        assert.deepEqual(jobReadiness(job("Suspended")).reasons, [
            "the Job has not succeeded (Active: 0 | Succeeded: 0 | Failed: 1)",
        ]);
        assert.ok(!jobReadiness({ status: {} }).ready);
    });

    describe("of a Deployment", () => {
        const annotated = (revision: string): PlainFields => ({
            annotations: { "deployment.kubernetes.io/revision": revision },
        });
        const condition = (type: string, status: string, reason: string): PlainFields => ({
            type,
            status,
            reason,
            message: "m",
        });
        const available = condition("Available", "True", "MinimumReplicasAvailable");
        const deployment = (revision: string, conditions: PlainFields[], observedGeneration = 1): PlainFields => ({
            metadata: { generation: 1, ...annotated(revision) },
            status: { observedGeneration, conditions },
        });
        const replicaSet = (revision: string, ready?: number): PlainFields => ({
            metadata: annotated(revision),
            spec: { replicas: 2 },
            status: ready === undefined ? {} : { readyReplicas: ready },
        });

        it("is availability with all pods of the newest revision ready", () => {
            const surroundings = { replicaSets: [replicaSet("1", 2)] };
            assert.ok(deploymentReadiness(deployment("1", [available]), surroundings).ready);
            assert.ok(!deploymentReadiness(deployment("1", [available]), {}).ready);
            assert.ok(!deploymentReadiness(deployment("1", []), surroundings).ready);
            assert.deepEqual(deploymentReadiness(deployment("1", [available]), { replicaSets: [replicaSet("1", 1)] }), {
                ready: false,
                reasons: ["1 of 2 pods are ready"],
            });
        });

        it("is not the old revision's, and a roll-out has to end", () => {
            const done = condition("Progressing", "True", "NewReplicaSetAvailable");
            const under = condition("Progressing", "True", "ReplicaSetUpdated");
            const replicaSets = [replicaSet("1", 2), replicaSet("2", 2)];
            assert.ok(deploymentReadiness(deployment("2", [available, done]), { replicaSets }).ready);
            assert.ok(!deploymentReadiness(deployment("2", [available, under]), { replicaSets }).ready);
            assert.ok(
                !deploymentReadiness(deployment("2", [available, done]), { replicaSets: [replicaSet("1", 2)] }).ready,
            );
        });

        it("is not there before the controller has seen the newest generation", () => {
            const surroundings = { replicaSets: [replicaSet("1", 2)] };
            assert.ok(!deploymentReadiness(deployment("1", [available], 0), surroundings).ready);
        });

        it("tells the controller's reasons", () => {
            const short = condition("Available", "False", "MinimumReplicasUnavailable");
            assert.deepEqual(
                deploymentReadiness(deployment("1", [short]), { replicaSets: [replicaSet("1")] }).reasons,
                ["[MinimumReplicasUnavailable] m", "0 of 2 pods are ready"],
            );
        });
    });
});
