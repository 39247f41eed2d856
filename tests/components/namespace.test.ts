import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import { NextflowNamespace } from "../../src/components/nextflowNamespace";
import { record, valueOf } from "./recorder";
import type { NextflowNamespaceArgs } from "../../src/args/namespace";

const run = (args?: NextflowNamespaceArgs) => record(() => new NextflowNamespace("ns", args));

describe("NextflowNamespace", () => {
    it("makes a namespace with guard rails, whatever it is called", async () => {
        const ran = await run();
        assert.equal(ran.all.length, 2);
        assert.equal(ran.one("NextflowNamespace").type, "pulumi-seqera-kubernetes:index:NextflowNamespace");
        assert.deepEqual(ran.one("Namespace").inputs, {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
                name: "nextflow",
                labels: {
                    "pod-security.kubernetes.io/enforce": "baseline",
                    "pod-security.kubernetes.io/warn": "restricted",
                    "istio-injection": "disabled",
                },
                annotations: { "linkerd.io/inject": "disabled" },
            },
        });
        assert.equal(ran.one("Namespace").parent, "NextflowNamespace ns");
        assert.equal(ran.one("Namespace").protect, undefined);
        assert.equal(await valueOf(ran.result.name), "nextflow");
        assert.deepEqual(ran.one("NextflowNamespace").outputs, { name: "nextflow" });
    });

    it("lets the user's labels and annotations win over the guard rails, and keeps the others", async () => {
        const ran = await run({
            name: "runs",
            labels: { "pod-security.kubernetes.io/enforce": "privileged", team: "x" },
            annotations: { note: "y" },
        });
        const { name, labels, annotations } = ran.one("Namespace").inputs.metadata;
        assert.equal(name, "runs");
        assert.equal(labels["pod-security.kubernetes.io/enforce"], "privileged");
        assert.equal(labels["istio-injection"], "disabled");
        assert.equal(labels.team, "x");
        assert.deepEqual(annotations, { "linkerd.io/inject": "disabled", note: "y" });
    });

    it("refers to one that is there without touching it", async () => {
        const { all, result } = await run({ name: "theirs", create: false });
        assert.deepEqual(
            all.map(({ type }) => type),
            ["pulumi-seqera-kubernetes:index:NextflowNamespace"],
        );
        assert.equal(await valueOf(result.name), "theirs");
    });

    it("makes policies, a quota and limits on demand, which go with the namespace", async () => {
        const ran = await run({
            podSecurity: { enforce: "privileged" },
            networkPolicy: {},
            resourceQuota: { hard: { pods: "500" } },
            limitRange: { default: { memory: "4Gi" } },
        });
        assert.deepEqual(ran.all.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort(), [
            "LimitRange ns",
            "Namespace ns",
            "NetworkPolicy ns-platform",
            "NetworkPolicy ns-tasks",
            "NextflowNamespace ns",
            "ResourceQuota ns",
        ]);
        assert.equal(ran.one("Namespace").inputs.metadata.labels["pod-security.kubernetes.io/enforce"], "privileged");
        assert.deepEqual(ran.one("ResourceQuota").inputs.spec, { hard: { pods: "500" } });
        assert.deepEqual(ran.one("LimitRange").inputs.spec, {
            limits: [{ type: "Container", default: { memory: "4Gi" } }],
        });
        for (const kind of ["ResourceQuota", "LimitRange"]) {
            assert.equal(ran.one(kind).inputs.metadata.namespace, "nextflow");
            assert.equal(ran.one(kind).parent, "NextflowNamespace ns");
        }
    });

    it("guards a namespace that is there already, too", async () => {
        const ran = await run({ name: "theirs", create: false, resourceQuota: { hard: { pods: "5" } } });
        assert.equal(ran.one("ResourceQuota").inputs.metadata.namespace, "theirs");
    });

    it("opens up for privileged pods", async () => {
        const { labels } = (await run({ privileged: true })).one("Namespace").inputs.metadata;
        assert.equal(labels["pod-security.kubernetes.io/enforce"], "privileged");
    });

    it("is refused while state has it as being deleted, with what to wait for (issue 15, point 8)", async () => {
        const metadata = { name: "nextflow", deletionTimestamp: "2026-11-30T10:00:00Z" };
        const adds = () => ({ metadata });
        await assert.rejects(
            record(() => new NextflowNamespace("ns"), { adds }),
            /The namespace "nextflow" was being deleted when Pulumi last read it .* Wait until it is deleted: `kubectl wait --for=delete namespace\/nextflow`\. Then run `pulumi up --refresh`/,
        );
    });

    it("protects the namespace on demand", async () =>
        assert.equal((await run({ protect: true })).one("Namespace").protect, true));

    it("is made by the provider it is given", async () => {
        const ran = await record(() => {
            const provider = new kubernetes.Provider("cluster", {});
            return new NextflowNamespace("ns", {}, { provider });
        });
        assert.equal(ran.one("Namespace").provider, "cluster");
    });
});
