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
        what: "one identifier in the place of a list",
        inputs: environmentInputs("c1", {}, { objectUids: "11111111-0000-4000-8000-000000000001" }),
        faults: [["objectUids", "is a string; write a list"]],
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
        what: "a variable with a name that is none",
        inputs: environmentInputs("c1", { environment: [{ name: "1A", value: "1", head: true }] }),
        faults: [
            [
                "config.environment[0].name",
                '"1A" is not a name for an environment variable; write letters, digits and underscores, not beginning with a digit',
            ],
        ],
    },
    {
        what: "parts of mebibytes",
        inputs: environmentInputs("c1", { headJobMemoryMb: 1.5 }),
        faults: [["config.headJobMemoryMb", "1.5 is not a whole number of mebibytes; write it like 4096"]],
    },
    {
        what: "Wave and Fusion on generic Kubernetes",
        inputs: environmentInputs("c1", { waveEnabled: true, fusion2Enabled: true }),
        faults: ["config.waveEnabled", "config.fusion2Enabled"].map((property) => [
            property,
            'is true, but the Platform has this switch only on the "eks-platform" and "gke-platform"; leave it out',
        ]),
    },
    {
        what: "Fusion without Wave",
        inputs: eksInputs({ waveEnabled: false }),
        faults: [["config.fusion2Enabled", "is true, but Fusion needs Wave; set config.waveEnabled to true as well"]],
    },
    {
        what: "a bucket of another cloud",
        inputs: { ...eksInputs(), platform: "gke-platform" },
        faults: [
            [
                "config.workDir",
                '"s3://bucket/work" is not in the object store of the cluster\'s cloud; with Fusion the work directory is in a bucket: write it like "gs://my-bucket/work"',
            ],
        ],
    },
    {
        what: "empty ids",
        inputs: environmentInputs("", {}, { adopt: "" }),
        faults: ["credentialsId", "adopt"].map((property) => [
            property,
            "is empty; write its value, or leave the whole argument out",
        ]),
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
