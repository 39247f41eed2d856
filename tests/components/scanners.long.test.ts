import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { SAMPLES } from "./fieldSamples";
import { CLUSTER } from "./fullArguments";
import { CLOUDS } from "./scanners/clouds";
import { type KubernetesObject, manifests, rendered } from "./scanners/rendered";
import { SCANNERS, type ScannerFinding } from "./scanners/scanners";

const GUARDED: KubernetesComputeEnvironmentArgs = {
    cluster: CLUSTER,
    networkPolicy: {},
    resourceQuota: { hard: { pods: "50" } },
    limitRange: { default: { memory: "2Gi" }, defaultRequest: { memory: "64Mi" } },
    registries: [{ server: "ghcr.io", username: "octo", password: "hunter2" }],
    advanced: { computeResourceType: "Job" },
};

/** The findings that are accepted, and why; docs/security.md tells users of them. */
const ACCEPTED: (ScannerFinding & { because: string })[] = ["platform", "tasks"].map((pods) => ({
    check: "networkpolicy-targets-pod",
    object: `NetworkPolicy prod-namespace-${pods}`,
    said: "NetworkPolicy targets Pod",
    because: "the pods come later: the Platform and Nextflow make them",
}));

const told = ({ check, object, said }: ScannerFinding): string => `${object}: ${check} ${said}`;
const accepted = ACCEPTED.map(told);

const POD: KubernetesObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "slip", namespace: "nextflow" },
    spec: { containers: [{ name: "slip", image: "busybox:1.37", securityContext: { privileged: true } }] },
};

describe("scanners, over all that is rendered", () => {
    let directory: string;

    before(() => (directory = mkdtempSync(join(tmpdir(), "seqera-scanners-"))));
    after(() => rmSync(directory, { recursive: true, force: true }));

    it("are given what clouds add to a cluster", async () => {
        const kinds = new Set<string>();
        for (const make of Object.values(CLOUDS)) {
            (await make()).forEach(({ kind }) => kinds.add(kind));
        }
        assert.deepEqual([...kinds].sort(), [
            "Namespace",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Role",
            "RoleBinding",
            "Secret",
            "ServiceAccount",
            "StorageClass",
        ]);
    });

    for (const { name, obtain, scan } of SCANNERS) {
        describe(name, function () {
            this.timeout(60_000);

            async function scanned(objects: KubernetesObject[]) {
                const file = join(directory, `${name}.yaml`);
                writeFileSync(file, manifests(objects));
                const { looked, findings } = await scan(file);
                return { looked, findings: findings.map(told) };
            }

            before(async function () {
                this.timeout(900_000);
                const missing = await obtain();
                if (missing !== undefined) {
                    console.log(`      skipped: ${name} cannot be had: ${missing}`);
                    this.skip();
                }
            });

            const cases: Record<string, () => Promise<KubernetesObject[]>> = {
                "by default": () => rendered({ cluster: CLUSTER }),
                "with every guard on": () => rendered(GUARDED),
                "of a namespace that is there, with nearly every argument": () => rendered(SAMPLES[0]),
                "of a namespace that is made, with nearly every other": () => rendered(SAMPLES[1]),
                ...CLOUDS,
            };
            for (const [which, make] of Object.entries(cases)) {
                it(`finds nothing unexplained in the objects ${which}`, async () => {
                    const { findings } = await scanned(await make());
                    assert.deepEqual(
                        findings.filter((finding) => !accepted.includes(finding)),
                        [],
                    );
                });
            }

            it("looks at the objects", async () => {
                const objects = await rendered(GUARDED);
                const { looked } = await scanned(objects);
                // The other scores pods and what is about them alone.
                const policies = objects.filter(({ kind }) => kind === "NetworkPolicy").length;
                assert.equal(looked, name === "checkov" ? objects.length : policies);
            });

            it("would find a privileged pod", async () => {
                const { findings } = await scanned([...(await rendered(GUARDED)), POD]);
                const expected = name === "checkov" ? /Pod slip: CKV_K8S_16 / : /Pod slip: container-security-context-/;
                assert.match(findings.join("\n"), expected);
            });

            if (name === "checkov") {
                it("would find a wildcard in a Role", async () => {
                    const objects = (await rendered(GUARDED)).map((each) =>
                        each.kind === "Role"
                            ? { ...each, rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["*"] }] }
                            : each,
                    );
                    assert.match((await scanned(objects)).findings.join("\n"), /^Role \S+: CKV_K8S_49 /m);
                });
            } else {
                it("finds what is accepted, so that no reason outlives its finding", async () => {
                    const { findings } = await scanned(await rendered(GUARDED));
                    assert.deepEqual(findings.sort(), accepted.sort());
                });
            }
        });
    }
});
