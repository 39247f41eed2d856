import assert from "node:assert/strict";
import { computeEnvRules } from "../../../src/compile/computeEnvRules";
import { UNKNOWN } from "../../../src/compile/rules/rules";
import { makeAuthority } from "./authority";
import { lines } from "./support";

const K8S = {
    name: "production",
    platform: "k8s-platform",
    credentialsId: "1a2b",
    config: {
        server: "https://10.0.0.1:6443",
        sslCert: UNKNOWN,
        namespace: "nextflow",
        headServiceAccount: "nextflow-head",
        storageClaimName: "nextflow-work",
        workDir: "/scratch/work",
    } as Record<string, unknown>,
};
const EKS = {
    ...K8S,
    platform: "eks-platform",
    config: {
        clusterName: "c",
        region: "eu-west-1",
        namespace: "nextflow",
        headServiceAccount: "nextflow-head",
        workDir: "/scratch/work",
    } as Record<string, unknown>,
};

const SUBDOMAIN = "use lower-case letters, digits, dashes and dots; begin and end with a letter or digit";

/** Changes of what is right, by dotted path, and the exact lines that they lead to. */
const BAD: [base: typeof K8S | typeof EKS, changes: Record<string, unknown>, lines: string[]][] = [
    [
        K8S,
        { name: "a b" },
        ['name: "a b" contains characters other than letters, digits, dashes and underscores (write it like "a-b")'],
    ],
    [
        K8S,
        { description: "x".repeat(2001) },
        ["description: has 2001 characters; the Platform allows at most 2000 (shorten it)"],
    ],
    [
        K8S,
        { platform: "aws-batch" },
        ['platform: unsupported value "aws-batch" (use one of "k8s-platform", "eks-platform", "gke-platform")'],
    ],
    [
        K8S,
        { credentialsId: undefined },
        [
            'credentialsId: required for the platform "k8s-platform" (write the id of a credential, such as the credentialsId of a Credentials resource)',
        ],
    ],
    [K8S, { credentialsId: "" }, ["credentialsId: must not be empty (write its value, or leave the argument out)"]],
    [
        K8S,
        { "config.server": undefined },
        [
            'config.server: required for the platform "k8s-platform" (write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443")',
        ],
    ],
    [
        K8S,
        { "config.server": "http://10.0.0.1" },
        [
            'config.server: "http://10.0.0.1" is not an https URL (write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443")',
        ],
    ],
    [
        K8S,
        { "config.sslCert": null },
        [
            "config.sslCert: required for the platform \"k8s-platform\" (write the cluster's certificate authority as PEM, or a kubeconfig's certificate-authority-data)",
        ],
    ],
    [
        K8S,
        { "config.sslCert": "x" },
        [
            "config.sslCert: is not a PEM certificate (write the text from the BEGIN CERTIFICATE line to the END CERTIFICATE line, or a kubeconfig's certificate-authority-data)",
        ],
    ],
    [
        K8S,
        { "config.namespace": undefined },
        [
            'config.namespace: required for the platform "k8s-platform" (write the namespace of all pods, like "nextflow")',
        ],
    ],
    [
        K8S,
        { "config.namespace": "a_b" },
        [
            'config.namespace: "a_b" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "a-b")',
        ],
    ],
    [
        K8S,
        { "config.headServiceAccount": undefined },
        [
            'config.headServiceAccount: required for the platform "k8s-platform" (write the service account of the head pods, like "nextflow-head")',
        ],
    ],
    [
        K8S,
        { "config.headServiceAccount": "A" },
        [`config.headServiceAccount: "A" is not an RFC 1123 subdomain (${SUBDOMAIN}, like "a")`],
    ],
    [
        K8S,
        { "config.computeServiceAccount": "A" },
        [`config.computeServiceAccount: "A" is not an RFC 1123 subdomain (${SUBDOMAIN}, like "a")`],
    ],
    [
        K8S,
        { "config.storageClaimName": undefined },
        [
            'config.storageClaimName: required for the platform "k8s-platform" (write the name of a ReadWriteMany claim, like "nextflow-work")',
        ],
    ],
    [
        K8S,
        { "config.storageClaimName": "A" },
        [`config.storageClaimName: "A" is not an RFC 1123 subdomain (${SUBDOMAIN}, like "a")`],
    ],
    [
        K8S,
        { "config.storageMountPath": "mnt" },
        ['config.storageMountPath: "mnt" is not an absolute path (write it like "/mnt")'],
    ],
    [
        K8S,
        { "config.workDir": undefined },
        [
            'config.workDir: required for the platform "k8s-platform" (write Nextflow\'s work directory, like "/scratch/work")',
        ],
    ],
    [
        K8S,
        { "config.workDir": "/work" },
        [
            'config.workDir: "/work" is outside "/scratch", where the work claim is mounted, so tasks could not see it (write "/scratch/work", or set config.storageMountPath)',
        ],
    ],
    [
        K8S,
        { "config.workDir": "gs://b/w" },
        [
            'config.workDir: "gs://b/w" is in an object store, which requires Fusion, and Fusion is only available on "eks-platform" and "gke-platform" (write a path below "/scratch", where the work claim is mounted)',
        ],
    ],
    [
        K8S,
        { "config.waveEnabled": true },
        ['config.waveEnabled: is only available on "eks-platform" and "gke-platform" (remove it)'],
    ],
    [
        K8S,
        { "config.fusion2Enabled": true },
        ['config.fusion2Enabled: is only available on "eks-platform" and "gke-platform" (remove it)'],
    ],
    [
        EKS,
        { "config.clusterName": undefined },
        ['config.clusterName: required for the platform "eks-platform" (write the cluster\'s name)'],
    ],
    [
        EKS,
        { "config.region": undefined, platform: "gke-platform" },
        ['config.region: required for the platform "gke-platform" (write the cluster\'s region)'],
    ],
    [EKS, { "config.region": " " }, ["config.region: must not be empty (write its value, or leave the argument out)"]],
    [
        EKS,
        { "config.fusion2Enabled": true, "config.workDir": "s3://b" },
        ["config.fusion2Enabled: requires Wave (set config.waveEnabled to true as well)"],
    ],
    [
        EKS,
        { "config.fusion2Enabled": true, "config.waveEnabled": true },
        [
            'config.workDir: "/scratch/work" is not in the object store of the cluster\'s cloud, where Fusion needs the work directory (write it like "s3://my-bucket/work")',
        ],
    ],
    [
        K8S,
        { "config.podCleanup": "x" },
        ['config.podCleanup: unsupported value "x" (use one of "on_success", "always", "never")'],
    ],
    [
        K8S,
        { "config.headJobCpus": 0 },
        ["config.headJobCpus: must be a whole number of CPUs greater than zero, not 0 (write 1)"],
    ],
    [
        K8S,
        { "config.headJobMemoryMb": 0.5 },
        ["config.headJobMemoryMb: must be a whole number of mebibytes greater than zero, not 0.5 (write it like 4096)"],
    ],
    [K8S, { "config.headJobMemoryMb": "4Gi" }, ["config.headJobMemoryMb: must be a number, not a string"]],
    [
        K8S,
        { "config.headPodSpec": "a: 1" },
        ['config.headPodSpec: has no key "spec" (write YAML with the PodSpec under the key "spec")'],
    ],
    [
        K8S,
        { "config.servicePodSpec": "spec: *x" },
        [
            'config.servicePodSpec: is not valid YAML: Unresolved alias (the anchor must be set before the alias): x (write YAML with the PodSpec under the key "spec")',
        ],
    ],
    [
        K8S,
        { "config.preRunScript": "mkdir genomics\r\nls\r\n", "config.postRunScript": "ls\n" },
        [
            "config.preRunScript: has line ends of Windows (CRLF), which bash reads as part of the words (write it with line feeds, for example script.replaceAll(/\\r\\n/g, '\\n'))",
        ],
    ],
    [
        K8S,
        { "config.preRunScript": "x".repeat(1025) },
        [
            "config.preRunScript: has 1025 bytes; the Platform allows at most 1024 (move the rest into a file on the work claim or in the pipeline's repository, and call that file)",
        ],
    ],
    [
        K8S,
        { "config.postRunScript": 5 },
        [
            "config.postRunScript: must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
        ],
    ],
    [
        K8S,
        { "config.nextflowConfig": "x".repeat(3201) },
        [
            "config.nextflowConfig: has 3201 characters; the Platform allows at most 3200 (move the settings of one pipeline into that pipeline's nextflow.config)",
        ],
    ],
    [
        K8S,
        { "config.environment": [{ name: "A", value: "1" }] },
        [
            'config.environment: has the variable "A", which is not set in any pod (set its head, compute or both to true)',
        ],
    ],
    [
        K8S,
        { "config.environment": [{ name: "A-B", head: true }] },
        [
            'config.environment[0].name: "A-B" is not a valid environment variable name (use letters, digits and underscores; do not begin with a digit)',
        ],
    ],
    [
        K8S,
        {
            "config.environment": [
                { name: "A", head: true },
                { value: "x", head: true },
            ],
        },
        ["config.environment[1].name: required (write a string)"],
    ],
    [
        K8S,
        { labelIds: [...Array(26).keys()] },
        ["labelIds: has 26 labels; the Platform allows at most 25 on one compute environment (remove some)"],
    ],
    [K8S, { adopt: " " }, ["adopt: must not be empty (write its value, or leave the argument out)"]],
    [K8S, { adoptWithout: ["description"] }, ["adoptWithout: has no effect without adopt (remove it)"]],
    [
        K8S,
        { adopt: "legacy", adoptWithout: ["config.prerun_script"] },
        ['adoptWithout[0]: "config.prerun_script" is not a property that adoptWithout accepts (write "preRunScript")'],
    ],
    [
        K8S,
        { createTimeoutSeconds: -1 },
        ["createTimeoutSeconds: must be greater than zero, not -1 (write a number of seconds)"],
    ],
    [K8S, { deleteTimeoutSeconds: true }, ["deleteTimeoutSeconds: must be a number, not a boolean"]],
];

function changed(base: Record<string, unknown>, changes: Record<string, unknown>): Record<string, unknown> {
    const copy = structuredClone({ ...base, config: { ...(base.config as object), sslCert: undefined } }) as Record<
        string,
        any
    >;
    copy.config.sslCert = (base.config as Record<string, unknown>).sslCert;
    for (const [path, value] of Object.entries(changes)) {
        const [first, second] = path.split(".");
        (second === undefined ? copy : copy[first])[second ?? first] = value;
    }
    return copy;
}

describe("inputs of a ComputeEnv that are refused", () => {
    for (const [base, changes, expected] of BAD) {
        it(`on ${base.platform}: ${JSON.stringify(changes, (_key, given: unknown) => given ?? null).slice(0, 70)}`, () =>
            assert.deepEqual(lines(computeEnvRules, changed(base, changes)), expected));
    }
});

describe("inputs of a ComputeEnv that are taken", () => {
    it("the least of each platform", () => {
        assert.deepEqual(lines(computeEnvRules, K8S), []);
        assert.deepEqual(lines(computeEnvRules, EKS), []);
        assert.deepEqual(lines(computeEnvRules, { ...EKS, platform: "gke-platform" }), []);
    });

    it("a whole configuration", async () =>
        assert.deepEqual(
            lines(
                computeEnvRules,
                changed(K8S, {
                    "config.sslCert": (await makeAuthority()).pem,
                    "config.environment": [{ name: "A", value: "", head: true, compute: false }],
                    "config.headJobMemoryMb": 4096,
                    "config.storageMountPath": "/scratch",
                    labelIds: [1, 2],
                }),
            ),
            [],
        ));

    it("whatever is not known yet", () => {
        const config = Object.fromEntries(Object.keys(K8S.config).map((key) => [key, UNKNOWN]));
        const environment = [UNKNOWN, { name: UNKNOWN, head: UNKNOWN }];
        for (const args of [
            { platform: "k8s-platform", credentialsId: UNKNOWN, config: UNKNOWN },
            { ...K8S, config },
            { ...K8S, platform: UNKNOWN, config: {} },
            { ...K8S, labelIds: UNKNOWN, config: { ...K8S.config, environment } },
        ]) {
            assert.deepEqual(lines(computeEnvRules, args), []);
        }
    });
});
