import type { BadInput } from "./badInputs";
import { CERTIFICATE, eksInputs, environmentInputs, GENERATED } from "./inputs";
import { UNKNOWN } from "./support";

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

/** What is wrong with inputs of a compute environment, and how it is told. */
export const BAD_ENVIRONMENTS: BadInput[] = [
    {
        what: "a name with other characters",
        inputs: environmentInputs("c1", {}, { name: "prod.eu" }),
        faults: [
            [
                "name",
                '"prod.eu" contains characters other than letters, digits, dashes and underscores (write it like "prod-eu")',
            ],
        ],
    },
    {
        what: "a name that is too long",
        inputs: environmentInputs("c1", {}, { name: "n".repeat(101) }),
        faults: [["name", "has 101 characters; the Platform allows at most 100 (shorten it)"]],
    },
    {
        what: "misspelt keys (case 10)",
        inputs: environmentInputs(
            "c1",
            { headJobMemory: 4096, environment: [{ name: "A", value: "1", heads: true, compute: true }] },
            { lableIds: [1] },
        ),
        faults: [
            ["lableIds", 'unknown argument (write "labelIds")'],
            ["config.headJobMemory", 'unknown argument (write "headJobMemoryMb")'],
            ["config.environment[0].heads", 'unknown argument (write "head")'],
        ],
    },
    {
        what: "null in the place of a label",
        inputs: environmentInputs("c1", {}, { labelIds: [null] }),
        faults: [["labelIds[0]", "must be a number, not null"]],
    },
    {
        what: "one identifier in the place of a list",
        inputs: environmentInputs("c1", {}, { objectUids: "11111111-0000-4000-8000-000000000001" }),
        faults: [["objectUids", "must be a list, not a string"]],
    },
    {
        what: "another platform",
        inputs: environmentInputs("c1", {}, { platform: "aws-batch" }),
        faults: [
            ["platform", 'unsupported value "aws-batch" (use one of "k8s-platform", "eks-platform", "gke-platform")'],
        ],
    },
    {
        what: "no credential",
        inputs: { ...environmentInputs("c1"), credentialsId: undefined },
        faults: [
            [
                "credentialsId",
                'required for the platform "k8s-platform" (write the id of a credential, such as the credentialsId of a Credentials resource)',
            ],
        ],
    },
    {
        what: "generic Kubernetes without any of what it needs",
        inputs: { ...GENERATED, platform: "k8s-platform", credentialsId: "c1", config: {} },
        faults: (["workDir", "namespace", "headServiceAccount", "server", "sslCert", "storageClaimName"] as const).map(
            (key) => [`config.${key}`, `required for the platform "k8s-platform" (write ${REMEDIES[key]})`],
        ),
    },
    {
        what: "no configuration",
        inputs: { ...GENERATED, platform: "eks-platform", credentialsId: "c1" },
        faults: (["workDir", "namespace", "headServiceAccount", "clusterName", "region"] as const).map((key) => [
            `config.${key}`,
            `required for the platform "eks-platform" (write ${REMEDIES[key]})`,
        ]),
    },
    {
        what: "a server without a scheme",
        inputs: environmentInputs("c1", { server: "10.0.0.1:6443" }),
        faults: [["config.server", '"10.0.0.1:6443" has no scheme (write "https://10.0.0.1:6443")']],
    },
    {
        what: "a server that is not https",
        inputs: environmentInputs("c1", { server: "http://10.0.0.1:6443" }),
        faults: [
            [
                "config.server",
                '"http://10.0.0.1:6443" is not an https URL (write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443")',
            ],
        ],
    },
    {
        what: "a certificate authority that is not PEM",
        inputs: environmentInputs("c1", { sslCert: "certificate" }),
        faults: [
            [
                "config.sslCert",
                "is not a PEM certificate (write the text from the BEGIN CERTIFICATE line to the END CERTIFICATE line, or a kubeconfig's certificate-authority-data)",
            ],
        ],
    },
    {
        what: "a certificate authority that is cut off",
        inputs: environmentInputs("c1", { sslCert: CERTIFICATE.replace(/\n.*\n.*\n-----END/, "\n-----END") }),
        faults: [
            [
                "config.sslCert",
                "contains a PEM block that is not a certificate (copy the whole block, with its BEGIN CERTIFICATE and END CERTIFICATE lines)",
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
                '"Next.Flow" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "next-flow")',
            ],
            ...(
                [
                    ["headServiceAccount", "Head", "head"],
                    ["computeServiceAccount", "task_pods", "task-pods"],
                    ["storageClaimName", "work/claim", "work-claim"],
                ] as const
            ).map(([key, given, near]): [string, string] => [
                `config.${key}`,
                `"${given}" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "${near}")`,
            ]),
        ],
    },
    {
        what: "a work directory outside the mount",
        inputs: environmentInputs("c1", { workDir: "/data/work" }),
        faults: [
            [
                "config.workDir",
                '"/data/work" is outside "/scratch", where the work claim is mounted, so tasks could not see it (write "/scratch/work", or set config.storageMountPath)',
            ],
        ],
    },
    {
        what: "a bucket for a work directory on generic Kubernetes",
        inputs: environmentInputs("c1", { workDir: "s3://bucket/work" }),
        faults: [
            [
                "config.workDir",
                '"s3://bucket/work" is in an object store, which requires Fusion, and Fusion is only available on "eks-platform" and "gke-platform" (write a path below "/scratch", where the work claim is mounted)',
            ],
        ],
    },
    {
        what: "a mount path that is not absolute",
        inputs: environmentInputs("c1", { storageMountPath: "scratch", workDir: UNKNOWN }),
        faults: [["config.storageMountPath", '"scratch" is not an absolute path (write it like "/scratch")']],
    },
    {
        what: "another pod cleanup",
        inputs: environmentInputs("c1", { podCleanup: "sometimes" }),
        faults: [["config.podCleanup", 'unsupported value "sometimes" (use one of "on_success", "always", "never")']],
    },
    {
        what: "parts of CPUs",
        inputs: environmentInputs("c1", { headJobCpus: 1.5 }),
        faults: [["config.headJobCpus", "must be a whole number of CPUs greater than zero, not 1.5 (write 2)"]],
    },
    {
        what: "pod specs that are none",
        inputs: environmentInputs("c1", { headPodSpec: "nodeSelector: {}", servicePodSpec: "spec: {}\nmetadata: {}" }),
        faults: [
            ["config.headPodSpec", 'has no key "spec" (write YAML with the PodSpec under the key "spec")'],
            [
                "config.servicePodSpec",
                'has "metadata" in addition to "spec"; the Platform only reads "spec" (remove everything else)',
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
            `has ${bytes} bytes; the Platform allows at most 1024 (move the rest into a file on the work claim or in the pipeline's repository, and call that file)`,
        ]),
    },
    {
        what: "a Nextflow configuration that is too long",
        inputs: environmentInputs("c1", { nextflowConfig: "x".repeat(3201) }),
        faults: [
            [
                "config.nextflowConfig",
                "has 3201 characters; the Platform allows at most 3200 (move the settings of one pipeline into that pipeline's nextflow.config)",
            ],
        ],
    },
    {
        what: "a variable that goes nowhere",
        inputs: environmentInputs("c1", { environment: [{ name: "A", value: "1" }] }),
        faults: [
            [
                "config.environment",
                'has the variable "A", which is not set in any pod (set its head, compute or both to true)',
            ],
        ],
    },
    {
        what: "a variable with a name that is none",
        inputs: environmentInputs("c1", { environment: [{ name: "1A", value: "1", head: true }] }),
        faults: [
            [
                "config.environment[0].name",
                '"1A" is not a valid environment variable name (use letters, digits and underscores; do not begin with a digit)',
            ],
        ],
    },
    {
        what: "parts of mebibytes",
        inputs: environmentInputs("c1", { headJobMemoryMb: 1.5 }),
        faults: [
            [
                "config.headJobMemoryMb",
                "must be a whole number of mebibytes greater than zero, not 1.5 (write it like 4096)",
            ],
        ],
    },
    {
        what: "Wave and Fusion on generic Kubernetes",
        inputs: environmentInputs("c1", { waveEnabled: true, fusion2Enabled: true }),
        faults: ["config.waveEnabled", "config.fusion2Enabled"].map((property) => [
            property,
            'is only available on "eks-platform" and "gke-platform" (remove it)',
        ]),
    },
    {
        what: "Fusion without Wave",
        inputs: eksInputs({ waveEnabled: false }),
        faults: [["config.fusion2Enabled", "requires Wave (set config.waveEnabled to true as well)"]],
    },
    {
        what: "a bucket of another cloud",
        inputs: { ...eksInputs(), platform: "gke-platform" },
        faults: [
            [
                "config.workDir",
                '"s3://bucket/work" is not in the object store of the cluster\'s cloud, where Fusion needs the work directory (write it like "gs://my-bucket/work")',
            ],
        ],
    },
    {
        what: "empty ids",
        inputs: environmentInputs("", {}, { adopt: "" }),
        faults: ["credentialsId", "adopt"].map((property) => [
            property,
            "must not be empty (write its value, or leave the argument out)",
        ]),
    },
    {
        what: "too many labels",
        inputs: environmentInputs("c1", {}, { labelIds: Array.from({ length: 26 }, (_, i) => i) }),
        faults: [
            ["labelIds", "has 26 labels; the Platform allows at most 25 on one compute environment (remove some)"],
        ],
    },
    {
        what: "times that are none",
        inputs: environmentInputs("c1", {}, { createTimeoutSeconds: 0, deleteTimeoutSeconds: "600" }),
        faults: [
            ["createTimeoutSeconds", "must be greater than zero, not 0 (write a number of seconds)"],
            ["deleteTimeoutSeconds", "must be a number, not a string"],
        ],
    },
];
