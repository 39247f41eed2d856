import assert from "node:assert/strict";
import { parse } from "yaml";
import { headPodSpec, servicePodSpec } from "../../../src/compile/pods/platformPods";
import type { PodOptionsArgs } from "../../../src/args/tasks";
import type { PodSpecArguments } from "../../../src/compile/environment";
import type { Known } from "../../../src/compile/known";

const read = (text: string | undefined) => (text === undefined ? undefined : parse(text).spec);

describe("specs of head and service pods", () => {
    it("are the user's own text, byte by byte, where there is nothing to merge it with", () => {
        const own = "spec:  {priority: 1} # mine\n";
        assert.equal(headPodSpec({ headPodSpec: own, podOptions: { labels: { a: "b" } } }), own);
        assert.equal(servicePodSpec({ servicePodSpec: own }), own);
        assert.equal(headPodSpec({}), undefined);
    });

    const kept: [what: string, tasks: Known<PodOptionsArgs>, inherited: object | undefined][] = [
        [
            "an ordinary selector",
            { nodeSelector: { workload: "nextflow" } },
            { nodeSelector: { workload: "nextflow" } },
        ],
        [
            "nothing of a GKE spot selector",
            { nodeSelector: { "cloud.google.com/gke-spot": "true", workload: "x" } },
            undefined,
        ],
        ["nothing of a Karpenter spot selector", { nodeSelector: { "karpenter.sh/capacity-type": "spot" } }, undefined],
        [
            "a Karpenter on-demand selector",
            { nodeSelector: { "karpenter.sh/capacity-type": "on-demand" } },
            { nodeSelector: { "karpenter.sh/capacity-type": "on-demand" } },
        ],
        ["nothing of an EKS spot selector", { nodeSelector: { "eks.amazonaws.com/capacityType": "SPOT" } }, undefined],
        [
            "no AKS spot toleration",
            { tolerations: [{ key: "kubernetes.azure.com/scalesetpriority", operator: "Equal", value: "spot" }] },
            undefined,
        ],
        ["nothing of a GPU selector", { nodeSelector: { "cloud.google.com/gke-accelerator": "nvidia-l4" } }, undefined],
        [
            "the tolerations that are not for GPUs",
            {
                tolerations: [
                    { key: "nvidia.com/gpu", operator: "Exists" },
                    { key: "dedicated", operator: "Exists" },
                ],
            },
            { tolerations: [{ key: "dedicated", operator: "Exists" }] },
        ],
        ["the priority class", { priorityClassName: "tasks" }, { priorityClassName: "tasks" }],
        ["no security context", { securityContext: { runAsUser: 1000 } }, undefined],
    ];
    for (const [what, podOptions, inherited] of kept) {
        it(`take over ${what}`, () => {
            assert.deepEqual(read(headPodSpec({ podOptions })), inherited);
            assert.deepEqual(read(servicePodSpec({ podOptions })), inherited);
        });
    }

    const apart: PodSpecArguments = {
        podOptions: {
            nodeSelector: { pool: "tasks" },
            tolerations: [{ key: "a", operator: "Exists" }],
            priorityClassName: "tasks",
        },
        headPodOptions: { nodeSelector: { pool: "heads" }, priorityClassName: "head" },
        servicePodOptions: { nodeSelector: {}, securityContext: { fsGroup: 5 }, priorityClassName: "service" },
    };

    it("differ where they are told to, the service pod following the head", () => {
        assert.deepEqual(read(headPodSpec(apart)), {
            nodeSelector: { pool: "heads" },
            priorityClassName: "head",
            tolerations: [{ key: "a", operator: "Exists" }],
        });
        assert.deepEqual(read(servicePodSpec(apart)), {
            priorityClassName: "service",
            securityContext: { fsGroup: 5, fsGroupChangePolicy: "OnRootMismatch" },
            tolerations: [{ key: "a", operator: "Exists" }],
        });
        const { nodeSelector, priorityClassName } = read(servicePodSpec({ ...apart, servicePodOptions: undefined }));
        assert.deepEqual(
            { nodeSelector, priorityClassName },
            { nodeSelector: { pool: "heads" }, priorityClassName: "head" },
        );
    });

    it("mount claims in the container that is named, one volume a claim", () =>
        assert.deepEqual(
            read(
                headPodSpec({
                    headPodOptions: { mountStorageClaims: true, containerName: "launcher" },
                    storageClaims: [
                        { claimName: "data", mountPath: "/a", subPath: "a" },
                        { claimName: "data", mountPath: "/b", readOnly: true },
                        { name: "ref", claimName: "reference.data", mountPath: "/ref" },
                    ],
                }),
            ),
            {
                containers: [
                    {
                        name: "launcher",
                        volumeMounts: [
                            { name: "data", mountPath: "/a", subPath: "a" },
                            { name: "data", mountPath: "/b", readOnly: true },
                            { name: "ref", mountPath: "/ref" },
                        ],
                    },
                ],
                volumes: [
                    { name: "data", persistentVolumeClaim: { claimName: "data" } },
                    { name: "ref", persistentVolumeClaim: { claimName: "reference.data" } },
                ],
            },
        ));

    it("have the user's own YAML over them as Kubernetes merges", () =>
        assert.deepEqual(
            read(
                headPodSpec({
                    headPodOptions: {
                        nodeSelector: { a: "1", b: "2" },
                        tolerations: [{ key: "x", operator: "Exists" }],
                        priorityClassName: "head",
                        mountStorageClaims: true,
                        containerName: "launcher",
                    },
                    storageClaims: [{ claimName: "data", mountPath: "/data" }],
                    headPodSpec: `spec:
  nodeSelector: {b: "3", c: "4", a: null}
  tolerations: [{key: y, operator: Exists}]
  priorityClassName: null
  containers:
  - name: launcher
    env: [{name: A, value: "1"}]
    volumeMounts: [{mountPath: /data, name: data, readOnly: true}, {mountPath: /tmp, name: tmp}]
  volumes: [{name: tmp, emptyDir: {}}]
`,
                }),
            ),
            {
                nodeSelector: { b: "3", c: "4" },
                tolerations: [{ key: "y", operator: "Exists" }],
                containers: [
                    {
                        name: "launcher",
                        env: [{ name: "A", value: "1" }],
                        volumeMounts: [
                            { name: "data", mountPath: "/data", readOnly: true },
                            { name: "tmp", mountPath: "/tmp" },
                        ],
                    },
                ],
                volumes: [
                    { name: "data", persistentVolumeClaim: { claimName: "data" } },
                    { name: "tmp", emptyDir: {} },
                ],
            },
        ));
});
