import assert from "node:assert/strict";
import { guardWarnings } from "../../../src/compile/namespace/guardRules";
import {
    limitRange,
    needsPrivileged,
    networkPolicies,
    podSecurityLabels,
} from "../../../src/compile/namespace/guardRails";
import { GOOD } from "./environmentCases";
import { lines } from "./support";

const label = (mode: string) => `pod-security.kubernetes.io/${mode}`;
const METADATA = "169.254.169.254/32";

describe("Pod Security levels of a namespace", () => {
    it("are baseline, and a warning about what is not restricted", () =>
        assert.deepEqual(podSecurityLabels(undefined, false), {
            [label("enforce")]: "baseline",
            [label("warn")]: "restricted",
        }));

    it("let Fusion's pods in", () =>
        assert.deepEqual(podSecurityLabels(undefined, true), {
            [label("enforce")]: "privileged",
            [label("warn")]: "privileged",
        }));

    it("are the user's where there are some", () =>
        assert.deepEqual(podSecurityLabels({ enforce: "privileged", audit: "baseline" }, false), {
            [label("enforce")]: "privileged",
            [label("warn")]: "restricted",
            [label("audit")]: "baseline",
        }));

    const fusion: [boolean | undefined, string | undefined, boolean][] = [
        [undefined, undefined, false],
        [false, undefined, false],
        [true, undefined, true],
        [true, "process.cpus = 2", true],
        [true, "fusion.privileged = true", true],
        [true, "fusion.privileged = false", false],
        [true, "fusion {\n  enabled = true\n  privileged = false\n}", false],
        [true, "// fusion.privileged = false", true],
    ];
    for (const [enabled, text, expected] of fusion) {
        it(`need${expected ? "" : " not"} be privileged with Fusion ${enabled} and ${JSON.stringify(text)}`, () =>
            assert.equal(needsPrivileged(enabled, text), expected));
    }
});

describe("network policies", () => {
    it("let nothing in, DNS and HTTPS out, and only the Platform's pods to the API server", () => {
        const { tasks, platform } = networkPolicies({});
        const dns = {
            to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
            ports: [
                { protocol: "UDP", port: 53 },
                { protocol: "TCP", port: 53 },
            ],
        };
        const anywhere = [{ ipBlock: { cidr: "0.0.0.0/0", except: [METADATA] } }];
        const https = { to: anywhere, ports: [{ protocol: "TCP", port: 443 }] };
        assert.deepEqual(tasks, {
            podSelector: { matchExpressions: [{ key: "nextflow.io/app", operator: "Exists" }] },
            policyTypes: ["Ingress", "Egress"],
            egress: [dns, https],
        });
        assert.deepEqual(platform, {
            podSelector: { matchExpressions: [{ key: "nextflow.io/app", operator: "DoesNotExist" }] },
            policyTypes: ["Ingress", "Egress"],
            egress: [
                dns,
                https,
                {
                    to: anywhere,
                    ports: [
                        { protocol: "TCP", port: 6443 },
                        { protocol: "TCP", port: 443 },
                    ],
                },
            ],
        });
    });

    it("narrow ranges and add others", () => {
        const { tasks, platform } = networkPolicies({
            egressCidrs: ["203.0.113.0/24"],
            apiServerCidrs: ["10.0.0.1/32"],
            apiServerPort: 443,
            egress: [
                { cidr: "10.20.0.0/16", ports: [5432] },
                { cidr: "10.30.0.1/32" },
                { cidr: "10.40.0.0/16", ports: [123], protocol: "UDP" },
            ],
        });
        const further = [
            { to: [{ ipBlock: { cidr: "10.20.0.0/16" } }], ports: [{ protocol: "TCP", port: 5432 }] },
            { to: [{ ipBlock: { cidr: "10.30.0.1/32" } }] },
            { to: [{ ipBlock: { cidr: "10.40.0.0/16" } }], ports: [{ protocol: "UDP", port: 123 }] },
        ];
        const outside = { to: [{ ipBlock: { cidr: "203.0.113.0/24" } }], ports: [{ protocol: "TCP", port: 443 }] };
        assert.deepEqual(tasks.egress.slice(1), [outside, ...further]);
        const server = { to: [{ ipBlock: { cidr: "10.0.0.1/32" } }], ports: [{ protocol: "TCP", port: 443 }] };
        assert.deepEqual(platform.egress.slice(1), [outside, server, ...further]);
    });

    it("keep the metadata address closed unless it is asked for", () => {
        const open = networkPolicies({ metadataAccess: true }).tasks.egress;
        assert.deepEqual(open.slice(1), [
            { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "TCP", port: 443 }] },
            { to: [{ ipBlock: { cidr: METADATA } }], ports: [{ protocol: "TCP", port: 80 }] },
        ]);
    });
});

describe("a limit range", () => {
    it("holds for containers", () =>
        assert.deepEqual(limitRange({ default: { memory: "4Gi" }, max: { cpu: "32" } }), {
            limits: [
                {
                    type: "Container",
                    default: { memory: "4Gi" },
                    defaultRequest: undefined,
                    max: { cpu: "32" },
                    min: undefined,
                },
            ],
        }));
});

describe("a quota", () => {
    const quota = { ...GOOD, resourceQuota: { hard: { pods: "5" } } };

    it("is warned of where tasks are pods, which fail rather than wait", () =>
        assert.deepEqual(lines(guardWarnings, quota), [
            'resourceQuota: makes Kubernetes reject the pods of tasks that exceed the quota, and those tasks fail (set advanced.computeResourceType to "Job", so that tasks wait)',
        ]));

    it("is not where they are jobs, or where there is none", () => {
        assert.deepEqual(lines(guardWarnings, { ...quota, advanced: { computeResourceType: "Job" } }), []);
        assert.deepEqual(lines(guardWarnings, GOOD), []);
    });
});
