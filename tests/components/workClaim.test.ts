import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { WorkClaim } from "../../src/components/workClaim";
import { record, valueOf } from "./recorder";
import type { WorkClaimArgs } from "../../src/args/volumes";

const run = (args: Partial<WorkClaimArgs> = {}) =>
    record(() => new WorkClaim("work", { namespace: "nextflow", ...args }));

describe("WorkClaim", () => {
    it("makes a claim that pods on several nodes can share, and does not wait for it", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), ["ClaimGuard work-guard", "PersistentVolumeClaim work", "WorkClaim work"]);
        const claim = ran.one("PersistentVolumeClaim");
        assert.equal(claim.parent, "WorkClaim work");
        assert.equal(claim.protect, undefined);
        assert.deepEqual(claim.inputs, {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: {
                name: "nextflow-work",
                namespace: "nextflow",
                annotations: { "pulumi.com/skipAwait": "true" },
            },
            spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "100Gi" } } },
        });
        assert.equal(await valueOf(ran.result.claimName), "nextflow-work");
    });

    it("takes size, class, volume and name", async () => {
        const { metadata, spec } = (
            await run({
                claimName: "shared",
                size: pulumi.output("2Ti"),
                storageClassName: "",
                volumeName: pulumi.output("volume-1"),
            })
        ).one("PersistentVolumeClaim").inputs;
        assert.equal(metadata.name, "shared");
        assert.deepEqual(spec, {
            accessModes: ["ReadWriteMany"],
            storageClassName: "",
            volumeName: "volume-1",
            resources: { requests: { storage: "2Ti" } },
        });
    });

    it("waits on demand", async () =>
        assert.ok(!("annotations" in (await run({ skipAwait: false })).one("PersistentVolumeClaim").inputs.metadata)));

    it("takes access modes and a selector, and remembers what it is", async () => {
        const ran = await run({
            accessModes: ["ReadWriteOnce"],
            selector: { matchLabels: { tier: "fast" } },
            replaceable: true,
        });
        const { spec } = ran.one("PersistentVolumeClaim").inputs;
        assert.deepEqual(spec.accessModes, ["ReadWriteOnce"]);
        assert.deepEqual(spec.selector, { matchLabels: { tier: "fast" } });
        assert.deepEqual(ran.one("PersistentVolumeClaim").dependencies.includes("ClaimGuard work-guard"), true);
        const { __provider, ...guarded } = ran.one("ClaimGuard").inputs;
        assert.equal(__provider, 'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").claimGuard;');
        assert.deepEqual(guarded, {
            namespace: "nextflow",
            claimName: "nextflow-work",
            clusterProvider: "default",
            accessModes: ["ReadWriteOnce"],
            matchLabels: { tier: "fast" },
            replaceable: true,
        });
    });

    it("is protected on demand", async () =>
        assert.equal((await run({ protect: true })).one("PersistentVolumeClaim").protect, true));

    it("is warned of while state has it as being deleted", async () => {
        const metadata = { name: "nextflow-work", namespace: "runs", deletionTimestamp: "2026-11-30T10:00:00Z" };
        const said: string[] = [];
        const { warn } = console;
        console.warn = (text: string) => said.push(text);
        try {
            await record(() => new WorkClaim("work", { namespace: "runs" }), { adds: () => ({ metadata }) });
        } finally {
            console.warn = warn;
        }
        assert.equal(said.length, 1);
        assert.match(
            said[0],
            /The claim "nextflow-work" was being deleted when Pulumi last read it \(since 2026-11-30T10:00:00Z\), so new pods stay Pending\. Wait until it is deleted: `kubectl --namespace runs wait --for=delete persistentvolumeclaim\/nextflow-work`\. Then run `pulumi up --refresh`/,
        );
    });

    it("refers to one that is there", async () => {
        const ran = await run({ create: false, claimName: "theirs" });
        assert.deepEqual(ran.labels(), ["WorkClaim work"]);
        assert.equal(await valueOf(ran.result.claimName), "theirs");
    });
});
