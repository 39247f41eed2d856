import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform } from "../../src/args/enums";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { record, type Recording } from "./recorder";

const CLUSTER = { server: "https://10.0.0.1:6443" };
const EVERYTHING: KubernetesComputeEnvironmentArgs = {
    cluster: CLUSTER,
    resourceLabels: { team: "genomics", cost: "research" },
    registries: [{ server: "ghcr.io", username: "octo", password: "hunter2" }],
    primary: true,
    tokenRotation: { everyDays: 90 },
};
const EKS: KubernetesComputeEnvironmentArgs = {
    cluster: { platform: KubernetesPlatform.Eks, name: "cluster", region: "eu-west-1" },
    credentialsId: "1a2b",
};
const PLATFORM = [
    ...["ComputeEnv", "Credentials", "Label", "PrimaryComputeEnv", "PipelineMove"],
    ...["PlatformPreflight", "Preflight", "ClaimGuard"],
];

/** Runs a program with the component beside its cluster's provider, as users write it. */
const run = (args: KubernetesComputeEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) =>
    record(() => {
        const provider = new kubernetes.Provider("cluster", {});
        return new KubernetesComputeEnvironment("prod", args, { provider, ...opts });
    });

/** Everything but the provider of the program. */
function own(ran: Recording<unknown>): string[] {
    return ran.labels().filter((label) => label !== "kubernetes cluster");
}

function inCluster(ran: Recording<unknown>) {
    return ran.all.filter(({ type }) => type.startsWith("kubernetes:"));
}

function isOfPlatform(type: string): boolean {
    return PLATFORM.some((kind) => type.endsWith(`:${kind}`));
}

/** The engine hands `deletedWith` down to children without one of their own. */
function inherited(ran: Recording<unknown>, label: string): string | undefined {
    const [kind, name] = label.split(" ");
    const { deletedWith, parent } = ran.one(kind, name);
    return deletedWith ?? (parent === undefined ? undefined : inherited(ran, parent));
}

describe("the tree of a KubernetesComputeEnvironment", () => {
    const children = [
        "PlatformPreflight prod-platform-preflight",
        "Namespace prod-namespace",
        "Secret prod-registries",
        "ServiceAccount prod-accounts-launcher",
        "ServiceAccount prod-accounts-head",
        "ServiceAccount prod-accounts-compute",
        "Role prod-accounts-launcher",
        "Role prod-accounts-head",
        "RoleBinding prod-accounts-launcher",
        "RoleBinding prod-accounts-head",
        "ClaimGuard prod-work-guard",
        "PersistentVolumeClaim prod-work",
        "TokenRotation prod-token-rotation",
        "Secret prod-token",
        "Preflight prod-preflight",
        "Credentials prod-credentials",
        "Label prod-label-team",
        "Label prod-label-cost",
        "ComputeEnv prod",
        "PipelineMove prod-pipelines",
        "PrimaryComputeEnv prod-primary",
    ];

    it("has these children, without components between: their names are in every user's state", async () => {
        const ran = await run(EVERYTHING);
        assert.deepEqual(own(ran), ["KubernetesComputeEnvironment prod", ...children].sort());
        for (const label of children) {
            const [kind, name] = label.split(" ");
            assert.equal(ran.one(kind, name).parent, "KubernetesComputeEnvironment prod", label);
        }
        const type = "pulumi-seqera-kubernetes:index:KubernetesComputeEnvironment";
        assert.equal(ran.one("KubernetesComputeEnvironment").type, type);
    });

    for (const [how, opts] of Object.entries<(provider: kubernetes.Provider) => pulumi.ComponentResourceOptions>({
        provider: (provider) => ({ provider }),
        "providers, as a list": (provider) => ({ providers: [provider] }),
        "providers, as a map": (provider) => ({ providers: { kubernetes: provider } }),
    })) {
        it(`makes all in the cluster with the provider that is given as ${how}, and nothing else`, async () => {
            const ran = await record(() => {
                const provider = new kubernetes.Provider("cluster", {});
                return new KubernetesComputeEnvironment("prod", EVERYTHING, opts(provider));
            });
            for (const { custom, name, type, provider } of ran.all) {
                if (custom && !type.startsWith("pulumi:providers:")) {
                    assert.equal(provider, type.startsWith("kubernetes:") ? "cluster" : undefined, `${type} ${name}`);
                }
            }
        });
    }

    it("two of them fit into one program", async () => {
        const ran = await record(() => [
            new KubernetesComputeEnvironment("a", { cluster: CLUSTER, namespace: "a" }),
            new KubernetesComputeEnvironment("b", { cluster: CLUSTER, namespace: "b" }),
        ]);
        assert.equal(new Set(ran.all.map(({ urn }) => urn)).size, ran.all.length);
        assert.equal(ran.of("ComputeEnv").length, 2);
    });
});

describe("the order in a KubernetesComputeEnvironment", () => {
    const orders: [what: string, after: string[]][] = [
        [
            "ComputeEnv prod",
            [
                // No data leads from these to the Platform, which needs them to make and to remove its own objects.
                "Role prod-accounts-launcher",
                "RoleBinding prod-accounts-launcher",
                "Role prod-accounts-head",
                "RoleBinding prod-accounts-head",
                "PersistentVolumeClaim prod-work",
                "ServiceAccount prod-accounts-launcher",
                "ServiceAccount prod-accounts-head",
                "ServiceAccount prod-accounts-compute",
                "Namespace prod-namespace",
                "Credentials prod-credentials",
                "Secret prod-token",
                "Label prod-label-team",
                "Label prod-label-cost",
            ],
        ],
        ["PrimaryComputeEnv prod-primary", ["ComputeEnv prod"]],
        ["PipelineMove prod-pipelines", ["ComputeEnv prod"]],
        ["Credentials prod-credentials", ["Secret prod-token"]],
        ["Secret prod-token", ["ServiceAccount prod-accounts-launcher", "Namespace prod-namespace"]],
        ["Secret prod-registries", ["Namespace prod-namespace"]],
        ["ServiceAccount prod-accounts-head", ["Secret prod-registries", "Namespace prod-namespace"]],
        ["ServiceAccount prod-accounts-compute", ["Secret prod-registries", "Namespace prod-namespace"]],
        ["PersistentVolumeClaim prod-work", ["Namespace prod-namespace"]],
        ["RoleBinding prod-accounts-head", ["Role prod-accounts-head", "Namespace prod-namespace"]],
        ["Role prod-accounts-head", ["Namespace prod-namespace"]],
    ];
    let whole: Recording<unknown>;

    before(async () => (whole = await run(EVERYTHING)));

    for (const [what, after] of orders) {
        it(`makes ${what} after ${after.length} others, and removes it before them`, () => {
            const [kind, name] = what.split(" ");
            const earlier = whole.before(whole.one(kind, name));
            assert.deepEqual(
                after.filter((each) => !earlier.has(each)),
                [],
            );
        });
    }

    for (const [where, args] of Object.entries<KubernetesComputeEnvironmentArgs>({
        "a namespace of its own": EVERYTHING,
        "a namespace that exists": {
            ...EVERYTHING,
            ...{ createNamespace: false, networkPolicy: {}, resourceQuota: { hard: { pods: "10" } } },
            storage: { nfs: { server: "10.0.0.5", path: "/work" } },
        },
        "a cluster that the Platform reaches without a launcher": { ...EKS, resourceLabels: { team: "genomics" } },
    })) {
        it(`checks the Platform before it creates anything: in ${where}`, async () => {
            const ran = await run(args);
            const check = "PlatformPreflight prod-platform-preflight";
            const made = ran.all.filter(
                ({ type, custom }) => custom && !/:(Provider|kubernetes|ClaimGuard|TokenRotation)$/.test(type),
            );
            assert.deepEqual(
                made.filter((each) => !ran.before(each).has(check)).map(({ type, name }) => `${type} ${name}`),
                [`pulumi-nodejs:dynamic/seqera:${check}`],
            );
        });
    }

    it("looks up what must exist before it checks the Platform, with preflightAtPreview alone", async () => {
        const args = {
            cluster: CLUSTER,
            namespace: "theirs",
            createNamespace: false,
            storage: { create: false },
            storageClaims: [
                { claimName: "made", mountPath: "/made", nfs: { server: "10.0.0.5", path: "/made" } },
                { claimName: "genomes", mountPath: "/genomes" },
            ],
        };
        const ran = await run({ ...args, preflightAtPreview: true });
        const { inputs, dependencies } = ran.one("PlatformPreflight");
        assert.equal(inputs.atPreview, true);
        assert.deepEqual(dependencies, [
            "Namespace prod-createNamespace",
            "PersistentVolumeClaim prod-storage.claimName",
            "PersistentVolumeClaim prod-storageClaims[1].claimName",
        ]);
        const without = (await run(args)).one("PlatformPreflight");
        assert.deepEqual([without.dependencies, "atPreview" in without.inputs], [[], false]);
    });

    it("checks nothing with preflight: false", async () => {
        const ran = await run({ ...EVERYTHING, preflight: false });
        assert.deepEqual([...ran.of("PlatformPreflight"), ...ran.of("Preflight")], []);
    });

    it("checks a credential whose id is plain text, since another may be created by the same run", async () => {
        assert.equal((await run(EKS)).one("PlatformPreflight").inputs.credentialsId, "1a2b");
        const later = await run({ ...EKS, credentialsId: pulumi.output("1a2b") });
        assert.ok(!("credentialsId" in later.one("PlatformPreflight").inputs));
    });

    it("makes what the user's own dependencies come after, after them", async () => {
        const ran = await record(() => {
            const access = new kubernetes.core.v1.ConfigMap("access", {});
            return new KubernetesComputeEnvironment(
                "prod",
                { ...EKS, credentialsId: access.id },
                { dependsOn: access },
            );
        });
        assert.ok(ran.one("KubernetesComputeEnvironment").dependencies.includes("ConfigMap access"));
        assert.ok(ran.one("ComputeEnv").dependencies.includes("ConfigMap access"));
    });
});

describe("what a KubernetesComputeEnvironment makes and what it refers to", () => {
    it("the least: no labels, no pull Secret, no primary", async () => {
        const ran = await run({ cluster: CLUSTER });
        for (const kind of ["RegistrySecret", "Label", "PrimaryComputeEnv"]) {
            assert.equal(ran.of(kind).length, 0, kind);
        }
        assert.equal(ran.of("Secret").length, 1);
    });

    it("a namespace that is there", async () => {
        const ran = await run({ cluster: CLUSTER, namespace: "theirs", createNamespace: false });
        assert.equal(ran.of("Namespace").length, 0);
        for (const { type, name, inputs } of inCluster(ran)) {
            assert.equal(inputs.metadata.namespace, "theirs", `${type} ${name}`);
        }
        assert.equal(ran.one("ComputeEnv").inputs.config.namespace, "theirs");
    });

    it("service accounts that are there", async () => {
        const there = { create: false };
        const ran = await run({ cluster: CLUSTER, serviceAccounts: { launcher: there, head: there, compute: there } });
        assert.equal(ran.of("ServiceAccount").length, 0);
        assert.equal(ran.of("RoleBinding").length, 2);
        assert.deepEqual(ran.one("Secret", "prod-token").inputs.metadata.annotations, {
            "kubernetes.io/service-account.name": "seqera-launcher",
        });
    });

    it("a claim that is there", async () => {
        const ran = await run({ cluster: CLUSTER, storage: { create: false, claimName: "theirs", mountPath: "/mnt" } });
        assert.equal(ran.of("PersistentVolumeClaim").length, 0);
        const { storageClaimName, storageMountPath, workDir } = ran.one("ComputeEnv").inputs.config;
        assert.deepEqual([storageClaimName, storageMountPath, workDir], ["theirs", "/mnt", "/mnt/work"]);
    });

    it("a credential that is there: no launcher, no token, no credential", async () => {
        const ran = await run(EKS);
        for (const kind of ["LauncherToken", "Secret", "Credentials"]) {
            assert.equal(ran.of(kind).length, 0, kind);
        }
        assert.deepEqual(
            own(ran).filter((label) => label.includes("-accounts-")),
            [
                "Role prod-accounts-head",
                "RoleBinding prod-accounts-head",
                "ServiceAccount prod-accounts-compute",
                "ServiceAccount prod-accounts-head",
            ],
        );
        assert.equal(ran.one("ComputeEnv").inputs.credentialsId, "1a2b");
        assert.equal(ran.one("ComputeEnv").inputs.platform, "eks-platform");
        assert.ok(!("sslCert" in ran.one("ComputeEnv").inputs.config));
    });

    it("subjects that are there, in the launcher's place", async () => {
        const ran = await run({ ...EKS, rbacSubjects: [{ kind: "Group", name: "seqera" }] });
        assert.deepEqual(ran.one("RoleBinding", "prod-accounts-launcher").inputs.subjects, [
            { kind: "Group", name: "seqera", apiGroup: "rbac.authorization.k8s.io" },
        ]);
        assert.equal(ran.of("ServiceAccount").length, 2);
    });

    it("pull Secrets that are there, beside the one it makes", async () => {
        const ran = await run({ ...EVERYTHING, imagePullSecrets: ["theirs"] });
        for (const { name, inputs } of ran.of("ServiceAccount")) {
            assert.deepEqual(inputs.imagePullSecrets, [{ name: "generated-0a1b2c3" }, { name: "theirs" }], name);
        }
        const alone = await run({ cluster: CLUSTER, imagePullSecrets: ["theirs"] });
        assert.deepEqual(
            alone.of("ServiceAccount").map(({ inputs }) => inputs.imagePullSecrets),
            Array(3).fill([{ name: "theirs" }]),
        );
    });

    it("a token under the name of the launcher that it is for: two environments can share a namespace (case 12)", async () => {
        const tokenOf = (ran: Recording<unknown>) => ran.one("Secret", "prod-token").inputs.metadata.name;
        assert.equal(tokenOf(await run({ cluster: CLUSTER })), "seqera-launcher-token");
        const spot = { serviceAccounts: { launcher: { name: "spot-launcher" } } };
        assert.equal(tokenOf(await run({ cluster: CLUSTER, ...spot })), "spot-launcher-token");
    });

    it("labels that are there, after those it makes", async () => {
        const ran = await run({ ...EVERYTHING, labelIds: [7] });
        const { labelIds } = ran.one("ComputeEnv").inputs;
        assert.equal(labelIds.length, 3);
        assert.equal(labelIds[2], 7);
        assert.deepEqual(ran.one("Label", "prod-label-team").inputs.value, "genomics");
    });
});

describe("what goes away with what", () => {
    it("each is deleted by itself: a namespace that stays must not keep what state has lost (issue 15, point 2)", async () => {
        for (const createNamespace of [true, false]) {
            const ran = await run({
                ...EVERYTHING,
                createNamespace,
                networkPolicy: {},
                resourceQuota: { hard: { pods: "5" } },
            });
            assert.ok(ran.all.every(({ deletedWith }) => deletedWith === undefined));
        }
    });

    it("the guard of the claim comes before the namespace around it, and so stops a replacement of both (case 1)", async () => {
        const ran = await run(EVERYTHING);
        const guard = "ClaimGuard prod-work-guard";
        assert.ok(ran.before(ran.one("Namespace")).has(guard));
        const referred = await run({ cluster: CLUSTER, storage: { create: false } });
        assert.equal(referred.one("ClaimGuard").inputs.referred, true);
        const bucket = { ...EKS, waveEnabled: true, fusionEnabled: true, workDirectory: "s3://bucket/work" };
        const further = await run({ ...bucket, storageClaims: [{ claimName: "genomes", mountPath: "/genomes" }] });
        assert.equal(further.one("ClaimGuard").inputs.claimName, "genomes");
        const without = [
            await run(bucket),
            await run({ cluster: CLUSTER, createNamespace: false, storage: { create: false } }),
        ];
        assert.deepEqual(
            without.flatMap((each) => each.of("ClaimGuard")),
            [],
        );
    });

    it("objects of the Platform never go with the user's cluster, objects in it do", async () => {
        for (const createNamespace of [true, false]) {
            const ran = await record(() => {
                const provider = new kubernetes.Provider("cluster", {});
                const deletedWith = new kubernetes.core.v1.ConfigMap("machine", {}, { provider });
                return new KubernetesComputeEnvironment(
                    "prod",
                    { ...EVERYTHING, createNamespace },
                    { provider, deletedWith },
                );
            });
            for (const { type, name, custom, parent } of ran.all) {
                const label = `${type.slice(type.lastIndexOf(":") + 1)} ${name}`;
                if (isOfPlatform(type)) {
                    assert.equal(inherited(ran, label), undefined, label);
                } else if (custom && parent !== undefined) {
                    assert.equal(inherited(ran, label), "ConfigMap machine", label);
                }
            }
        }
    });

    it("storage that is protected keeps the claim and the namespace around it", async () => {
        const ran = await run({ cluster: CLUSTER, storage: { protect: true } });
        const kept = ran.all.filter((each) => each.protect).map(({ type }) => type.slice(type.lastIndexOf(":") + 1));
        assert.deepEqual(kept.sort(), ["Namespace", "PersistentVolumeClaim"]);
        assert.ok((await run(EVERYTHING)).all.every((each) => !each.protect));
    });

    it("storage that is protected in a namespace that is not ours keeps the claim", async () => {
        const ran = await run({ cluster: CLUSTER, createNamespace: false, storage: { protect: true } });
        assert.equal(ran.one("PersistentVolumeClaim").protect, true);
    });
});
