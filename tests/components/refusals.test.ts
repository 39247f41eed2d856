import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { LauncherToken } from "../../src/components/launcherToken";
import { NextflowNamespace } from "../../src/components/nextflowNamespace";
import { RegistrySecret } from "../../src/components/registrySecret";
import { ServiceAccounts } from "../../src/components/serviceAccounts";
import { WorkClaim } from "../../src/components/workClaim";
import { SAMPLES } from "./fieldSamples";
import { later, record, refused } from "./recorder";

const CLUSTER = { server: "https://10.0.0.1:6443" };

function refusal(args: unknown) {
    return refused(() => new KubernetesComputeEnvironment("prod", args as KubernetesComputeEnvironmentArgs));
}

describe("a KubernetesComputeEnvironment with arguments that cannot work", () => {
    const bad = {
        name: "my env",
        cluster: { server: "10.0.0.1:6443" },
        namespace: "Next_Flow",
        credentialsId: pulumi.output("1a2b"),
        credentials: { name: "x" },
        storage: { size: "500GB" },
        workDirectory: "/work",
        resourceLabels: { app: "nextflow" },
    };
    const faults = [
        [
            "name",
            '"my env" contains characters other than letters, digits, dashes and underscores (write it like "my-env")',
        ],
        ["cluster.server", '"10.0.0.1:6443" has no scheme (write "https://10.0.0.1:6443")'],
        [
            "cluster.certificateAuthority",
            "required with credentialsId, because no launcher token provides it (write the cluster's certificate authority as PEM, or a kubeconfig's certificate-authority-data)",
        ],
        [
            "credentialsId",
            "cannot be used with credentials, which is for a credential that is created here (remove one of the two)",
        ],
        [
            "namespace",
            '"Next_Flow" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "next-flow")',
        ],
        ["storage.size", '"500GB" is not a Kubernetes quantity (write it like "500Gi")'],
        [
            "workDirectory",
            '"/work" is outside "/scratch", where the work claim is mounted, so tasks could not see it (write "/scratch/work", or set storage.mountPath)',
        ],
        [
            "resourceLabels.app",
            '"app" is a label that Nextflow reserves, so every task would fail (write another name, such as "app-name")',
        ],
    ];

    it("is refused before anything is registered, itself included", async () => {
        assert.deepEqual((await refusal(bad)).all, []);
    });

    it("says all faults at once, a line each, and whose they are", async () => {
        const { error } = await refusal(bad);
        assert.equal(
            error.message,
            [
                'KubernetesComputeEnvironment "prod" has invalid arguments:',
                ...faults.map(([property, reason]) => `  ${property}: ${reason}`),
            ].join("\n"),
        );
    });

    it("says the faults of the connection in the same list, each once (issue 17, point 6)", async () => {
        pulumi.runtime.setConfig("seqera:workspaceId", "genomics");
        try {
            const { error, all } = await refusal({
                cluster: CLUSTER,
                name: "my env",
                endpoint: "http://platform.example.com/api",
                accessToken: "Bearer seeded",
            });
            assert.deepEqual(
                error.message.split("\n").map((line: string) => line.split(" ").slice(0, 5).join(" ")),
                [
                    'KubernetesComputeEnvironment "prod" has invalid arguments:',
                    '  name: "my env"',
                    '  endpoint: "http://platform.example.com/api" does',
                    "  accessToken: contains spaces,",
                    '  workspaceId: seqera:workspaceId "genomics"',
                ],
            );
            assert.doesNotMatch(error.message, /seeded/);
            assert.deepEqual(all, []);
        } finally {
            pulumi.runtime.setAllConfig({});
        }
    });

    it("says that there is no token where the environment is that of the CLI, and leaves unknown values alone", async () => {
        const token = process.env.TOWER_ACCESS_TOKEN;
        delete process.env.TOWER_ACCESS_TOKEN;
        process.env.PULUMI_NODEJS_MONITOR = "127.0.0.1:1";
        try {
            const { error } = await refusal({ cluster: CLUSTER, name: "my env" });
            assert.match(error.message, /\n {2}accessToken: required to call Seqera Platform \(set the argument/);
            const later = pulumi.output("http://platform.example.com/api");
            const unknown = { accessToken: later, endpoint: later, workspaceId: later };
            const known = { endpoint: "http://platform.example.com/api", allowInsecureEndpoint: pulumi.output(true) };
            for (const connection of [unknown, { ...known, accessToken: "token" }]) {
                const { error } = await refusal({ cluster: CLUSTER, name: "my env", ...connection });
                assert.equal(error.message.split("\n").length, 2, error.message);
            }
        } finally {
            delete process.env.PULUMI_NODEJS_MONITOR;
            if (token !== undefined) {
                process.env.TOWER_ACCESS_TOKEN = token;
            }
        }
    });

    it("is told property by property to programs in other languages", async () => {
        const { error } = await refusal(bad);
        assert.ok(error instanceof pulumi.InputPropertiesError);
        assert.deepEqual(
            error.errors,
            faults.map(([propertyPath, reason]) => ({ propertyPath, reason })),
        );
    });

    it("is an error that Pulumi prints without a stack", async () =>
        assert.ok(pulumi.RunError.isInstance((await refusal(bad)).error)));

    it("is refused for what is known of it, while the rest is another resource's output", async () => {
        const { error } = await refusal({
            cluster: pulumi.output(CLUSTER),
            name: pulumi.output("not judged yet"),
            headJob: { cpus: 1.5, memory: pulumi.output("not judged yet") },
        });
        assert.match(
            error.message,
            /:\n {2}headJob\.cpus: must be a whole number of CPUs greater than zero, not 1\.5 [^\n]+$/,
        );
    });

    it("is refused for a misspelt member of an argument that is an output as a whole, as soon as that is known (case 10)", async () => {
        const judged = new Set<string>();
        for (const [sample, key, value] of SAMPLES.flatMap((each) =>
            Object.entries(each).map(([key, value]: [string, unknown]) => [each, key, value] as const),
        )) {
            const [group, ...others] = Array.isArray(value) ? (value as unknown[]) : [value];
            if (typeof group !== "object" || key === "environmentVariables" || judged.has(key)) {
                continue;
            }
            const slip = { ...group, misspelt: "x" };
            const args = { ...sample, [key]: pulumi.output(Array.isArray(value) ? [slip, ...others] : slip) };
            const { message } = await record(() => new KubernetesComputeEnvironment("prod", args)).then(
                () => assert.fail(`${key} is not refused`),
                (error: Error) => error,
            );
            assert.match(message, /^KubernetesComputeEnvironment "prod" has invalid arguments:\n/);
            assert.match(message, new RegExp(`\n  ${key}(\\[0\\])?(\\.misspelt: unknown argument|: must be known)`));
            judged.add(key);
        }
        assert.ok(judged.size > 20, [...judged].join());
    });

    for (const preview of [true, false]) {
        it(`is refused for what its outputs hold, all at once, before it is registered${preview ? ", at preview" : ""}`, async () => {
            const program = () =>
                new KubernetesComputeEnvironment("prod", {
                    endpoint: pulumi.output("http://platform.example.com/api"),
                    cluster: pulumi.output({ ...CLUSTER, sever: "x" }),
                    headJob: pulumi.output({ cpu: 2, memory: later("16 gallons") }),
                    stagingOptions: Promise.resolve({ prerunScript: "true" }),
                    storage: { size: pulumi.output("100") },
                    registries: pulumi.output([{ server: "ghcr.io", user: "u", password: pulumi.secret("p") }]),
                    podOptions: pulumi.output({ affinity: pulumi.output({ nodeaffinity: {} }) }),
                    environmentVariables: pulumi.output({ "1A": "b" }),
                    networkPolicy: { egress: pulumi.output([{ cdir: "10.0.0.0/8" }]) },
                } as never);
            const { error, all } = await refused(program, { preview });
            assert.deepEqual(error.message.split("\n").slice(1), [
                '  cluster.sever: unknown argument (write "server")',
                '  registries[0].user: unknown argument (write "username")',
                '  storage.size: "100" has no unit, so it is a number of bytes (write "100Gi" or "100Mi")',
                '  headJob.cpu: unknown argument (write "cpus")',
                ...(preview
                    ? []
                    : ['  headJob.memory: "16 gallons" is not an amount of memory (write it like "16 GB")']),
                '  stagingOptions.prerunScript: unknown argument (write "preRunScript")',
                '  podOptions.affinity.nodeaffinity: unknown argument (write "nodeAffinity")',
                '  networkPolicy.egress[0].cdir: unknown argument (write "cidr")',
                '  environmentVariables.1A: "1A" is not a valid environment variable name (use letters, digits and underscores; do not begin with a digit)',
                '  endpoint: "http://platform.example.com/api" does not use https, so the access token would be sent in plain text (use https, or set allowInsecureEndpoint or seqera:allowInsecureEndpoint to true)',
            ]);
            assert.deepEqual(
                all.map(({ name }) => name),
                ["earlier"],
            );
        });
    }

    it("is refused when a resource stands where its name belongs, be it one that refers to itself", async () => {
        class Selfish extends pulumi.ComponentResource {
            readonly self = this;
        }
        for (const make of [() => new kubernetes.core.v1.Namespace("n", {}), () => new Selfish("t:t:T", "n")]) {
            const { error, all } = await refused(
                () => new KubernetesComputeEnvironment("prod", { cluster: CLUSTER, namespace: make() as never }),
            );
            assert.match(error.message, /\n {2}namespace: must be a string, not an object$/);
            assert.deepEqual(
                all.map(({ name }) => name),
                ["n"],
            );
        }
    });

    for (const [what, args] of Object.entries({ nothing: undefined, null: null, "no cluster": {} })) {
        it(`is refused with ${what}`, async () =>
            assert.match((await refusal(args)).error.message, /\n {2}cluster\.server: required \(write the address/));
    }
});

describe("a part of a compute environment that is used alone, with arguments that cannot work", () => {
    const PLAIN = "must be known at preview; outputs are not allowed here (write a plain value)";
    const SUBDOMAIN =
        "is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit";
    const cases: [make: () => pulumi.Resource, lines: string[]][] = [
        [
            () => new NextflowNamespace("part", { name: "Runs", create: "no" as never }),
            [
                'NextflowNamespace "part" has invalid arguments:',
                '  name: "Runs" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "runs")',
                "  create: must be a boolean, not a string",
            ],
        ],
        [
            () =>
                new WorkClaim("part", {
                    namespace: "n",
                    claimName: "Work",
                    size: "100 GB",
                    protect: pulumi.output(true) as never,
                }),
            [
                'WorkClaim "part" has invalid arguments:',
                `  claimName: "Work" ${SUBDOMAIN}, like "work")`,
                '  size: "100 GB" is not a Kubernetes quantity (write it like "100Gi")',
                `  protect: ${PLAIN}`,
            ],
        ],
        [
            () =>
                new ServiceAccounts("part", {
                    namespace: "n",
                    accounts: { head: { name: "my_head", create: pulumi.output(false) as never } },
                    rbacSubjects: [{ kind: "Users" as never, name: "" }],
                    imagePullSecrets: ["Pull"],
                    withoutLauncher: 1 as never,
                }),
            [
                'ServiceAccounts "part" has invalid arguments:',
                `  accounts.head.name: "my_head" ${SUBDOMAIN}, like "my-head")`,
                `  accounts.head.create: ${PLAIN}`,
                '  rbacSubjects[0].kind: unsupported value "Users" (use one of "User", "Group", "ServiceAccount")',
                "  rbacSubjects[0].name: must not be empty (write its value)",
                `  imagePullSecrets[0]: "Pull" ${SUBDOMAIN}, like "pull")`,
                "  withoutLauncher: must be a boolean, not a number",
            ],
        ],
        [
            () => new LauncherToken("part", { namespace: "n", serviceAccount: "s", secretName: "My Secret" }),
            [
                'LauncherToken "part" has invalid arguments:',
                `  secretName: "My Secret" ${SUBDOMAIN}, like "my-secret")`,
            ],
        ],
        [
            () =>
                new RegistrySecret("part", {
                    namespace: "n",
                    secretName: "s_",
                    registries: [{ server: "ghcr.io", username: "", password: undefined as never }],
                }),
            [
                'RegistrySecret "part" has invalid arguments:',
                `  secretName: "s_" ${SUBDOMAIN}, like "s")`,
                "  registries[0].username: must not be empty (write its value)",
                "  registries[0].password: required (write a string)",
            ],
        ],
    ];
    for (const [make, lines] of cases) {
        it(`is refused before anything is registered: ${lines[0].split(" ")[0]}`, async () => {
            const { error, all } = await refused(make);
            assert.equal(error.message, lines.join("\n"));
            assert.deepEqual(all, []);
            assert.ok(pulumi.RunError.isInstance(error));
        });
    }
});

describe("two environments in one program (case 12)", () => {
    const two = (first: object, second: object, apart = false) =>
        record(() => {
            const [one, other] = ["one", "other"].map((name) => new kubernetes.Provider(name, {}));
            const cluster = { server: "https://10.0.0.1:6443" };
            new KubernetesComputeEnvironment("a", { cluster, ...first }, { provider: one });
            new KubernetesComputeEnvironment("b", { cluster, ...second }, { provider: apart ? other : one });
        });
    const OTHERS = {
        createNamespace: false,
        serviceAccounts: { launcher: { name: "l" }, head: { name: "h" }, compute: { name: "c" } },
        storage: { claimName: "scratch" },
    };

    const USED = Object.fromEntries(["launcher", "head", "compute"].map((role) => [role, { create: false }]));

    it("that make the same things are refused, each thing with what to write", async () => {
        const same = 'KubernetesComputeEnvironment "a" already creates the';
        await assert.rejects(two({ primary: true }, { primary: true }), ({ message }: Error) => {
            assert.deepEqual(message.split("\n").slice(1), [
                `  namespace: ${same} namespace "nextflow" (write another name, or set createNamespace to false and add the other component to dependsOn)`,
                ...["launcher", "head", "compute"].map((role) => {
                    const name =
                        role === "launcher" ? "seqera-launcher" : `nextflow-${role === "head" ? "head" : "task"}`;
                    return `  serviceAccounts.${role}.name: ${same} service account "${name}" in the namespace "nextflow" (write another name, or set ${role === "launcher" ? "credentialsId to the credentialsId of the other component" : `serviceAccounts.${role}.create to false to share the service account`})`;
                }),
                `  storage.claimName: ${same} claim "nextflow-work" in the namespace "nextflow" (write another name, or set storage.create to false to share the claim)`,
                '  primary: KubernetesComputeEnvironment "a" is already the primary environment of this workspace (remove primary from one of the two)',
            ]);
            return true;
        });
    });

    it("that make a token for the same launcher, or the same further claim, are refused", async () => {
        const storageClaims = [
            { claimName: "refs", mountPath: "/refs", nfs: { server: "10.0.0.2", path: "/refs" }, readOnly: true },
        ];
        const second = { ...OTHERS, serviceAccounts: USED, storageClaims };
        await assert.rejects(two({ storageClaims }, second), ({ message }: Error) => {
            const same = 'KubernetesComputeEnvironment "a" already creates the';
            assert.deepEqual(message.split("\n").slice(1), [
                `  serviceAccounts.launcher.name: ${same} Secret "seqera-launcher-token" in the namespace "nextflow" (write another name, or set credentialsId to the credentialsId of the other component)`,
                `  storageClaims[0].claimName: ${same} claim "refs" in the namespace "nextflow" (write another name, or remove nfs and csi to share the claim)`,
            ]);
            return true;
        });
    });

    it("that share a namespace, or are in two clusters or workspaces, are not", async () => {
        await two({}, OTHERS);
        await two({}, {}, true);
        await two({}, { ...OTHERS, tokenRotation: { everyDays: 30 }, serviceAccounts: USED });
        await two({ primary: true, workspaceId: 1 }, { ...OTHERS, primary: true, workspaceId: 2 });
    });
});
