import assert from "node:assert/strict";
import { CANARIES, CERTIFICATE, CREDENTIALS, environmentInputs, GENERATED, PRIVATE_KEY, ROLE } from "./inputs";
import { type Kind, type Props, UNKNOWN, useWorld } from "./support";

const token = CREDENTIALS["a Kubernetes token"].keys;
const NAME_REMEDY =
    "write a name of 1 to 100 letters, digits, dashes or underscores, or leave it out to have one generated";
const KUBERNETES_KEYS = "needs either a token, or a certificate together with its privateKey, and not both";
const AWS_KEYS = "needs an accessKey together with its secretKey, or an assumeRoleArn, or all three";
const REMEDIES = {
    workDir: 'Nextflow\'s work directory, like "/scratch/work"',
    namespace: 'the namespace of all pods, like "nextflow"',
    headServiceAccount: 'the service account of the head pods, like "nextflow-head"',
    server: 'the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443"',
    sslCert: "the cluster's certificate authority as PEM, or a kubeconfig's certificate-authority-data",
    storageClaimName: 'the name of a ReadWriteMany claim, like "nextflow-work"',
    clusterName: "the cluster's name",
    region: "the cluster's region",
};
const LABEL_REMEDY = "write 2 to 39 letters and digits, with single dashes or underscores between them";

interface Case {
    what: string;
    inputs: Props;
    /** Property and reason of every failure. */
    faults: [string, string][];
}

const eks = (config: object = {}): Props => ({
    ...GENERATED,
    platform: "eks-platform",
    credentialsId: "c1",
    config: {
        region: "eu-west-1",
        clusterName: "pipelines",
        namespace: "nextflow",
        headServiceAccount: "nextflow-head",
        workDir: "s3://bucket/work",
        waveEnabled: true,
        fusion2Enabled: true,
        ...config,
    },
});

const CASES: Record<Kind, Case[]> = {
    credentials: [
        {
            what: "an empty name",
            inputs: { name: "", ...token },
            faults: [["name", `is empty; ${NAME_REMEDY}`]],
        },
        {
            what: "a name that is too long",
            inputs: { name: "n".repeat(101), ...token },
            faults: [["name", "has 101 characters; the Platform takes at most 100: shorten it"]],
        },
        {
            what: "a name with other characters",
            inputs: { name: "my cluster", ...token },
            faults: [
                [
                    "name",
                    '"my cluster" has other characters than letters, digits, dashes and underscores; write "my-cluster", for example',
                ],
            ],
        },
        {
            what: "a name that is no text",
            inputs: { name: 7, ...token },
            faults: [["name", "is a number; write a string"]],
        },
        {
            what: "a description that is too long",
            inputs: { ...GENERATED, description: "d".repeat(2001), ...token },
            faults: [["description", "has 2001 characters; the Platform takes at most 2000: shorten it"]],
        },
        {
            what: "no keys",
            inputs: GENERATED,
            faults: [
                ["kubernetes", "is missing, and so are aws and google; give exactly one of kubernetes, aws and google"],
            ],
        },
        {
            what: "keys of two kinds",
            inputs: { ...GENERATED, ...token, aws: { assumeRoleArn: ROLE } },
            faults: [
                [
                    "kubernetes",
                    "is given together with others (kubernetes, aws); give exactly one of kubernetes, aws and google",
                ],
            ],
        },
        {
            what: "Kubernetes keys with nothing in them",
            inputs: { ...GENERATED, kubernetes: {} },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "an empty token",
            inputs: { ...GENERATED, kubernetes: { token: "" } },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "a token and a certificate",
            inputs: {
                ...GENERATED,
                kubernetes: { token: CANARIES.kubernetesToken, certificate: CERTIFICATE, privateKey: PRIVATE_KEY },
            },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "a certificate without its key",
            inputs: { ...GENERATED, kubernetes: { certificate: CERTIFICATE } },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "a private key without its certificate",
            inputs: { ...GENERATED, kubernetes: { privateKey: PRIVATE_KEY } },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "an AWS key without its secret",
            inputs: { ...GENERATED, aws: { accessKey: "AKIAIOSFODNN7EXAMPLE" } },
            faults: [["aws", AWS_KEYS]],
        },
        {
            what: "an AWS secret without its key",
            inputs: { ...GENERATED, aws: { secretKey: CANARIES.awsSecretKey, assumeRoleArn: ROLE } },
            faults: [["aws", AWS_KEYS]],
        },
        { what: "empty AWS keys", inputs: { ...GENERATED, aws: {} }, faults: [["aws", AWS_KEYS]] },
        {
            what: "what is no ARN of a role",
            inputs: { ...GENERATED, aws: { assumeRoleArn: "arn:aws:iam::1234:user/me" } },
            faults: [
                [
                    "aws.assumeRoleArn",
                    '"arn:aws:iam::1234:user/me" is not the ARN of a role; write it like "arn:aws:iam::123456789012:role/name"',
                ],
            ],
        },
        {
            what: "a Google key that is no JSON",
            inputs: { ...GENERATED, google: { data: CANARIES.googlePrivateKey } },
            faults: [["google.data", "is not JSON; write the whole text of a service account key file"]],
        },
        {
            what: "a Google key of another type",
            inputs: {
                ...GENERATED,
                google: { data: JSON.stringify({ type: "authorized_user", private_key: CANARIES.googlePrivateKey }) },
            },
            faults: [
                [
                    "google.data",
                    'is JSON, but no service account key (its "type" is another one); write the key file\'s whole text',
                ],
            ],
        },
        {
            what: "a Google key without data",
            inputs: { ...GENERATED, google: {} },
            faults: [["google.data", "is missing; write the whole text of a service account key file"]],
        },
    ],
    computeEnv: [],
    label: [
        {
            what: "a name that Nextflow keeps for itself",
            inputs: { name: "runName", value: "x1" },
            faults: [
                [
                    "name",
                    '"runName" is a label that Nextflow keeps for itself, and every task would fail; write another name, such as "app-name"',
                ],
            ],
        },
        {
            what: "a name that is too short",
            inputs: { name: "t", value: "genomics" },
            faults: [["name", `"t" is not a label name that the Platform takes; ${LABEL_REMEDY}`]],
        },
        {
            what: "a name with double dashes",
            inputs: { name: "cost--centre", value: "genomics" },
            faults: [["name", `"cost--centre" is not a label name that the Platform takes; ${LABEL_REMEDY}`]],
        },
        {
            what: "a value that is too long",
            inputs: { name: "team", value: "v".repeat(40) },
            faults: [
                [
                    "value",
                    `"${"v".repeat(40)}" is not a label value that the Platform takes; ${LABEL_REMEDY}, or one of \${workflowId}, \${sessionId}, \${userName}`,
                ],
            ],
        },
        {
            what: "a value that is unknown to the Platform's own list",
            inputs: { name: "team", value: "${team}" },
            faults: [
                [
                    "value",
                    `"\${team}" is not a label value that the Platform takes; ${LABEL_REMEDY}, or one of \${workflowId}, \${sessionId}, \${userName}`,
                ],
            ],
        },
        {
            what: "neither name nor value",
            inputs: {},
            faults: [
                ["name", "is missing; " + LABEL_REMEDY],
                ["value", "is missing; " + LABEL_REMEDY],
            ],
        },
    ],
    primaryComputeEnv: [
        {
            what: "no environment",
            inputs: {},
            faults: [["computeEnvId", "is missing; give the id of the compute environment"]],
        },
        {
            what: "an empty id",
            inputs: { computeEnvId: "" },
            faults: [["computeEnvId", "is empty; give the id of the compute environment"]],
        },
    ],
};

CASES.computeEnv = [
    {
        what: "a name with other characters",
        inputs: environmentInputs("c1", {}, { name: "prod.eu" }),
        faults: [
            [
                "name",
                '"prod.eu" has other characters than letters, digits, dashes and underscores; write "prod-eu", for example',
            ],
        ],
    },
    {
        what: "a name that is too long",
        inputs: environmentInputs("c1", {}, { name: "n".repeat(101) }),
        faults: [["name", "has 101 characters; the Platform takes at most 100: shorten it"]],
    },
    {
        what: "another platform",
        inputs: environmentInputs("c1", {}, { platform: "aws-batch" }),
        faults: [
            ["platform", '"aws-batch" is no such choice; write one of "k8s-platform", "eks-platform", "gke-platform"'],
        ],
    },
    {
        what: "no credential",
        inputs: { ...environmentInputs("c1"), credentialsId: undefined },
        faults: [
            [
                "credentialsId",
                'is missing; the platform "k8s-platform" needs it: write the id of a credential, such as the credentialsId of a Credentials',
            ],
        ],
    },
    {
        what: "generic Kubernetes without any of what it needs",
        inputs: { ...GENERATED, platform: "k8s-platform", credentialsId: "c1", config: {} },
        faults: (["workDir", "namespace", "headServiceAccount", "server", "sslCert", "storageClaimName"] as const).map(
            (key) => [`config.${key}`, `is missing; the platform "k8s-platform" needs it: write ${REMEDIES[key]}`],
        ),
    },
    {
        what: "no configuration",
        inputs: { ...GENERATED, platform: "eks-platform", credentialsId: "c1" },
        faults: (["workDir", "namespace", "headServiceAccount", "clusterName", "region"] as const).map((key) => [
            `config.${key}`,
            `is missing; the platform "eks-platform" needs it: write ${REMEDIES[key]}`,
        ]),
    },
    {
        what: "a server without a scheme",
        inputs: environmentInputs("c1", { server: "10.0.0.1:6443" }),
        faults: [["config.server", '"10.0.0.1:6443" has no scheme; write "https://10.0.0.1:6443"']],
    },
    {
        what: "a server that is not https",
        inputs: environmentInputs("c1", { server: "http://10.0.0.1:6443" }),
        faults: [
            [
                "config.server",
                '"http://10.0.0.1:6443" is not an https address; write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443"',
            ],
        ],
    },
    {
        what: "a certificate authority that is not PEM",
        inputs: environmentInputs("c1", { sslCert: "certificate" }),
        faults: [
            [
                "config.sslCert",
                "is not a PEM certificate; write the text between and including the BEGIN CERTIFICATE and END CERTIFICATE lines, or a kubeconfig's certificate-authority-data",
            ],
        ],
    },
    {
        what: "a certificate authority that is cut off",
        inputs: environmentInputs("c1", { sslCert: CERTIFICATE.replace(/\n.*\n.*\n-----END/, "\n-----END") }),
        faults: [
            [
                "config.sslCert",
                "has a PEM block that is not a certificate; copy it whole, with its BEGIN CERTIFICATE and END CERTIFICATE lines",
            ],
        ],
    },
    {
        what: "a namespace and service accounts with other characters",
        inputs: environmentInputs("c1", {
            namespace: "Next.Flow",
            headServiceAccount: "Head",
            computeServiceAccount: "task_pods",
            storageClaimName: "work/claim",
        }),
        faults: [
            [
                "config.namespace",
                '"Next.Flow" is not an RFC 1123 label; write lower-case letters, digits and dashes, beginning and ending with a letter or digit, such as "next-flow"',
            ],
            ...(
                [
                    ["headServiceAccount", "Head", "head"],
                    ["computeServiceAccount", "task_pods", "task-pods"],
                    ["storageClaimName", "work/claim", "work-claim"],
                ] as const
            ).map(([key, given, near]): [string, string] => [
                `config.${key}`,
                `"${given}" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "${near}"`,
            ]),
        ],
    },
    {
        what: "a work directory outside the mount",
        inputs: environmentInputs("c1", { workDir: "/data/work" }),
        faults: [
            [
                "config.workDir",
                '"/data/work" lies outside "/scratch", where the work claim is mounted, so tasks would not see it; write "/scratch/work", or set config.storageMountPath',
            ],
        ],
    },
    {
        what: "a bucket for a work directory on generic Kubernetes",
        inputs: environmentInputs("c1", { workDir: "s3://bucket/work" }),
        faults: [
            [
                "config.workDir",
                '"s3://bucket/work" is an object store, which needs Fusion, and Fusion exists only on the "eks-platform" and "gke-platform"; write a path below "/scratch", where the work claim is mounted',
            ],
        ],
    },
    {
        what: "a mount path that is not absolute",
        inputs: environmentInputs("c1", { storageMountPath: "scratch", workDir: UNKNOWN }),
        faults: [["config.storageMountPath", '"scratch" is not an absolute path; write "/scratch", for example']],
    },
    {
        what: "another pod cleanup",
        inputs: environmentInputs("c1", { podCleanup: "sometimes" }),
        faults: [["config.podCleanup", '"sometimes" is no such choice; write one of "on_success", "always", "never"']],
    },
    {
        what: "parts of CPUs",
        inputs: environmentInputs("c1", { headJobCpus: 1.5 }),
        faults: [
            ["config.headJobCpus", "1.5 is not a whole number of CPUs, which is all the Platform can take; write 2"],
        ],
    },
    {
        what: "pod specs that are none",
        inputs: environmentInputs("c1", { headPodSpec: "nodeSelector: {}", servicePodSpec: "spec: {}\nmetadata: {}" }),
        faults: [
            [
                "config.headPodSpec",
                'is not a pod spec; write YAML that begins with "spec:" and has the PodSpec below it',
            ],
            [
                "config.servicePodSpec",
                'has "metadata" beside "spec"; the Platform reads nothing but the "spec" of a pod: leave it out',
            ],
        ],
    },
    {
        what: "scripts that are too long",
        inputs: environmentInputs("c1", { preRunScript: "é".repeat(513), postRunScript: "x".repeat(1025) }),
        faults: [
            ["preRunScript", 1026],
            ["postRunScript", 1025],
        ].map(([key, bytes]) => [
            `config.${key}`,
            `has ${bytes} bytes; the Platform takes at most 1024: put the rest in a file on the work claim or in the pipeline's repository and call that`,
        ]),
    },
    {
        what: "a Nextflow configuration that is too long",
        inputs: environmentInputs("c1", { nextflowConfig: "x".repeat(3201) }),
        faults: [
            [
                "config.nextflowConfig",
                "has 3201 characters; the Platform takes at most 3200: move what belongs to one pipeline into that pipeline's nextflow.config",
            ],
        ],
    },
    {
        what: "a variable that goes nowhere",
        inputs: environmentInputs("c1", { environment: [{ name: "A", value: "1" }] }),
        faults: [
            ["config.environment", 'has the variable "A" that goes to no pod; set its head, compute or both to true'],
        ],
    },
    {
        what: "too many labels",
        inputs: environmentInputs("c1", {}, { labelIds: Array.from({ length: 26 }, (_, i) => i) }),
        faults: [
            ["labelIds", "has 26 labels; the Platform takes at most 25 on one compute environment: leave some out"],
        ],
    },
    {
        what: "times that are none",
        inputs: environmentInputs("c1", {}, { createTimeoutSeconds: 0, deleteTimeoutSeconds: "600" }),
        faults: [
            ["createTimeoutSeconds", "0 is not a time in seconds; write a number above 0"],
            ["deleteTimeoutSeconds", "is a string; write a number"],
        ],
    },
];

/** The same inputs with one leaf after the other unknown. */
function* withOneUnknown(value: Props): Generator<Props> {
    for (const [key, inner] of Object.entries(value)) {
        yield { ...value, [key]: UNKNOWN };
        if (inner !== null && typeof inner === "object") {
            for (const changed of withOneUnknown(inner)) {
                yield { ...value, [key]: Array.isArray(inner) ? Object.values(changed) : changed };
            }
        }
    }
}

const GOOD: Record<Kind, Props[]> = {
    credentials: Object.values(CREDENTIALS).map(({ keys }) => ({ ...GENERATED, description: "d", ...keys })),
    computeEnv: [
        environmentInputs(
            "c1",
            {
                storageMountPath: "/scratch",
                podCleanup: "always",
                headJobCpus: 2,
                headJobMemoryMb: 4096,
                headPodSpec: "spec:\n  nodeSelector: {}\n",
                servicePodSpec: "spec: {}\n",
                preRunScript: "true",
                postRunScript: "true",
                nextflowConfig: "process.cpus = 1",
                environment: [{ name: "A", value: "1", head: true, compute: false }],
            },
            {
                description: "d",
                labelIds: [1, 2],
                fusionMetricsCollectionEnabled: true,
                adopt: "old",
                createTimeoutSeconds: 60,
                deleteTimeoutSeconds: 60,
                forceDelete: true,
            },
        ),
        eks(),
        { ...eks({ workDir: "gs://bucket/work" }), platform: "gke-platform" },
    ],
    label: [
        { name: "team", value: "genomics" },
        { name: "run", value: "${workflowId}" },
    ],
    primaryComputeEnv: [{ computeEnvId: "e1" }],
};

describe("check", () => {
    const world = useWorld();

    for (const [kind, cases] of Object.entries(CASES) as [Kind, Case[]][]) {
        describe(`of ${kind}`, () => {
            for (const { what, inputs, faults } of cases) {
                it(`refuses ${what}`, async () => {
                    const { failures } = await world.provider.check(kind, {}, { ...world.connection, ...inputs });
                    assert.deepEqual(
                        failures.map(({ property, reason }) => [property, reason]),
                        faults,
                    );
                    assert.deepEqual(world.calls(), []);
                });
            }

            it("takes what is right, as it was given", async () => {
                for (const inputs of GOOD[kind]) {
                    const given = { ...world.connection, name: "mine", ...inputs };
                    const { inputs: checked, failures } = await world.provider.check(kind, {}, given);
                    assert.deepEqual(failures, []);
                    const { __provider, ...rest } = checked;
                    assert.deepEqual(rest, given);
                    assert.ok(Buffer.byteLength(__provider) <= 200);
                }
                assert.deepEqual(world.calls(), []);
            });

            it("does not judge what is not known yet", async () => {
                for (const inputs of GOOD[kind]) {
                    for (const unknown of withOneUnknown({ ...world.connection, ...inputs })) {
                        const { failures } = await world.provider.check(kind, {}, unknown);
                        assert.deepEqual(failures, [], JSON.stringify(unknown));
                    }
                }
            });
        });
    }

    it("of credentials waits for all kinds of keys before it counts them", async () => {
        for (const others of [{ aws: UNKNOWN }, { google: UNKNOWN }, { kubernetes: UNKNOWN }]) {
            const given = { ...world.connection, ...GENERATED, google: GOOD.credentials[4].google, ...others };
            assert.deepEqual((await world.provider.check("credentials", {}, given)).failures, []);
        }
    });
});
