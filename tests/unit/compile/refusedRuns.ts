import { UNKNOWN } from "../../../src/compile/rules/rules";
import { type Case, EKS, FUSION, GKE, LATER, MANY, SUBDOMAIN } from "./environmentCases";

const WORDS = "write 2 to 39 letters and digits, with single dashes or underscores between them";

/** Where runs work, what they ask for and what they carry. */
export const REFUSED_RUNS: Case[] = [
    // Storage.
    [
        "a claim's name with capitals",
        { storage: { claimName: "Work" } },
        [`storage.claimName: "Work" is not an RFC 1123 subdomain (${SUBDOMAIN}, like "work")`],
    ],
    [
        "a size that is no quantity",
        { storage: { size: "500GB" } },
        ['storage.size: "500GB" is not a Kubernetes quantity (write it like "500Gi")'],
    ],
    [
        "a size of nothing",
        { storage: { size: "0" } },
        ['storage.size: must be greater than zero, not "0" (write it like "500Gi")'],
    ],
    [
        "a size as a number",
        { storage: { size: 500 } },
        ['storage.size: "500" has no unit, so it is a number of bytes (write "500Gi" or "500Mi")'],
    ],
    [
        "a mount path that is relative",
        { storage: { mountPath: "scratch" } },
        ['storage.mountPath: "scratch" is not an absolute path (write it like "/scratch")'],
    ],
    [
        "a mount path that is the root",
        { storage: { mountPath: "/" } },
        [
            'storage.mountPath: "/" is the root of the container, where nothing can be mounted (write it like "/scratch")',
        ],
    ],
    [
        "a mount path with a slash at the end, and no second message about the work directory",
        { storage: { mountPath: "/mnt/" }, workDirectory: "/mnt/work" },
        ['storage.mountPath: "/mnt/" is not a normalized path (write "/mnt")'],
    ],
    [
        "a mount path that is no text, and no second message about the work directory",
        { storage: { mountPath: 5 }, workDirectory: "/x" },
        [
            "storage.mountPath: must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
        ],
    ],
    ["advanced arguments of another resource", { advanced: UNKNOWN }, [`advanced: ${LATER}`]],
    ["storage of another resource", { storage: UNKNOWN }, [`storage: ${LATER}`]],
    ["a claim that another resource decides about", { storage: { create: UNKNOWN } }, [`storage.create: ${LATER}`]],
    // The work directory.
    [
        "a work directory outside the mount",
        { workDirectory: "/data/work" },
        [
            'workDirectory: "/data/work" is outside "/scratch", where the work claim is mounted, so tasks could not see it (write "/scratch/work", or set storage.mountPath)',
        ],
    ],
    [
        "a work directory outside another mount",
        { workDirectory: "/scratch/work", storage: { mountPath: "/mnt/shared" } },
        [
            'workDirectory: "/scratch/work" is outside "/mnt/shared", where the work claim is mounted, so tasks could not see it (write "/mnt/shared/work", or set storage.mountPath)',
        ],
    ],
    [
        "a work directory that climbs out of the mount",
        { workDirectory: "/scratch/../etc" },
        ['workDirectory: "/scratch/../etc" is not a normalized path (write "/etc")'],
    ],
    [
        "a bucket on generic Kubernetes",
        { workDirectory: "s3://bucket/work" },
        [
            'workDirectory: "s3://bucket/work" is in an object store, which requires Fusion, and Fusion is only available on "eks-platform" and "gke-platform" (write a path below "/scratch", where the work claim is mounted)',
        ],
    ],
    [
        "a bucket without Fusion",
        { ...EKS, workDirectory: "s3://bucket/work" },
        [
            'workDirectory: "s3://bucket/work" is in an object store, which requires Fusion, and Fusion is only available on "eks-platform" and "gke-platform" (write a path below "/scratch", where the work claim is mounted)',
        ],
    ],
    [
        "Fusion without a bucket",
        { ...EKS, ...FUSION },
        [
            'workDirectory: required with Fusion, which needs a work directory in a bucket (write it like "s3://my-bucket/work")',
        ],
    ],
    [
        "Fusion with a bucket of the other cloud",
        { ...GKE, ...FUSION, workDirectory: "s3://bucket/work" },
        [
            'workDirectory: "s3://bucket/work" is not in the object store of the cluster\'s cloud, where Fusion needs the work directory (write it like "gs://my-bucket/work")',
        ],
    ],
    // Switches.
    [
        "Fusion on generic Kubernetes",
        { fusionEnabled: true },
        ['fusionEnabled: is only available on "eks-platform" and "gke-platform" (remove it, or set cluster.platform)'],
    ],
    [
        "Fusion without Wave",
        { ...EKS, fusionEnabled: true, workDirectory: "s3://b/w" },
        ["fusionEnabled: requires Wave (set waveEnabled to true as well)"],
    ],
    [
        "Wave on generic Kubernetes",
        { waveEnabled: true },
        [
            'waveEnabled: is only available on "eks-platform" and "gke-platform" (remove it, and set "wave.enabled = true" in nextflowConfig)',
        ],
    ],
    [
        "a pod cleanup that is none",
        { podCleanup: "sometimes" },
        ['podCleanup: unsupported value "sometimes" (use one of "on_success", "always", "never")'],
    ],
    ["primary as a text", { primary: "yes" }, ["primary: must be a boolean, not a string"]],
    // The head job.
    [
        "a part of a CPU",
        { headJob: { cpus: 1.5 } },
        ["headJob.cpus: must be a whole number of CPUs greater than zero, not 1.5 (write 2)"],
    ],
    ["CPUs as a text", { headJob: { cpus: "2" } }, ["headJob.cpus: must be a number, not a string"]],
    [
        "memory that is none",
        { headJob: { memory: "16 gallons" } },
        ['headJob.memory: "16 gallons" is not an amount of memory (write it like "16 GB")'],
    ],
    [
        "memory that is no whole mebibyte",
        { headJob: { memory: "4G" } },
        [
            'headJob.memory: "4G" is ambiguous: Kubernetes counts in powers of 1000 and Nextflow in powers of 1024 (write "4 GB" or "4Gi")',
        ],
    ],
    [
        "a head pod spec without spec",
        { headPodSpec: "nodeSelector: {}" },
        ['headPodSpec: has no key "spec" (write YAML with the PodSpec under the key "spec")'],
    ],
    [
        "a head pod spec whose spec is a text",
        { headPodSpec: "spec: nodeSelector" },
        ['headPodSpec: is not a pod spec (write YAML with the PodSpec under the key "spec")'],
    ],
    [
        "a service pod spec that is no YAML",
        { servicePodSpec: "spec: {" },
        [
            'servicePodSpec: is not valid YAML: Flow map in block collection must be sufficiently indented and end with a } at line 1, column 8 (write YAML with the PodSpec under the key "spec")',
        ],
    ],
    // Texts.
    [
        "a pre-run script that is too long",
        { stagingOptions: { preRunScript: "é".repeat(513) } },
        [
            "stagingOptions.preRunScript: has 1026 bytes; the Platform allows at most 1024 (move the rest into a file on the work claim or in the pipeline's repository, and call that file)",
        ],
    ],
    [
        "a post-run script that is too long",
        { stagingOptions: { postRunScript: "x".repeat(1025) } },
        [
            "stagingOptions.postRunScript: has 1025 bytes; the Platform allows at most 1024 (move the rest into a file on the work claim or in the pipeline's repository, and call that file)",
        ],
    ],
    [
        "a configuration that is too long",
        { nextflowConfig: "//".repeat(1600) + "x" },
        [
            "nextflowConfig: has 3201 characters; the Platform allows at most 3200 (move the settings of one pipeline into that pipeline's nextflow.config)",
        ],
    ],
    [
        "a variable's name with a dash",
        { environmentVariables: { "MY-VAR": "x" } },
        [
            'environmentVariables.MY-VAR: "MY-VAR" is not a valid environment variable name (use letters, digits and underscores; do not begin with a digit)',
        ],
    ],
    [
        "a variable that is no text",
        { environmentVariables: { THREADS: [4] } },
        ["environmentVariables.THREADS: must be a string, not a list"],
    ],
    // Labels.
    [
        "the reserved label app",
        { resourceLabels: { app: "nextflow" } },
        [
            'resourceLabels.app: "app" is a label that Nextflow reserves, so every task would fail (write another name, such as "app-name")',
        ],
    ],
    [
        "the reserved label runName",
        { resourceLabels: { runName: "nextflow" } },
        [
            'resourceLabels.runName: "runName" is a label that Nextflow reserves, so every task would fail (write another name, such as "app-name")',
        ],
    ],
    [
        "a label's name that is too short",
        { resourceLabels: { a: "nextflow" } },
        [`resourceLabels.a: "a" is not a valid name of a resource label (${WORDS})`],
    ],
    [
        "a label's value that is empty",
        { resourceLabels: { team: "" } },
        [
            `resourceLabels.team: "" is not a valid value of a resource label (${WORDS}, or one of \${workflowId}, \${sessionId}, \${userName})`,
        ],
    ],
    [
        "too many labels",
        { resourceLabels: MANY(26) },
        [
            "resourceLabels: has 26 labels together with labelIds; the Platform allows at most 25 on one compute environment (remove some)",
        ],
    ],
    [
        "too many labels with those of other resources",
        { resourceLabels: MANY(24), labelIds: [1, 2, UNKNOWN] },
        [
            "resourceLabels: has 26 labels together with labelIds; the Platform allows at most 25 on one compute environment (remove some)",
        ],
    ],
    ["labels of another resource", { resourceLabels: UNKNOWN }, [`resourceLabels: ${LATER}`]],
    // Life cycle.
    ["an empty adopt", { adopt: "" }, ["adopt: must not be empty (write its value, or leave the argument out)"]],
    [
        "a credential to adopt that is no text",
        { credentials: { adopt: 7 } },
        [
            "credentials.adopt: must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
        ],
    ],
    [
        "a credential to adopt without a name",
        { credentials: { adopt: " " } },
        ["credentials.adopt: must not be empty (write its value, or leave the argument out)"],
    ],
    [
        "what to adopt without, and nothing to adopt",
        { adoptWithout: ["preRunScript"], credentials: { adoptWithout: ["description"] } },
        [
            "credentials.adoptWithout: has no effect without credentials.adopt (remove it)",
            "adoptWithout: has no effect without adopt (remove it)",
        ],
    ],
    [
        "what to adopt without, by the names of arguments",
        { adopt: "legacy", adoptWithout: ["stagingOptions.preRunScript", "labels", UNKNOWN] },
        [
            'adoptWithout[0]: "stagingOptions.preRunScript" is not a property that adoptWithout accepts (write "preRunScript")',
            'adoptWithout[1]: "labels" is not a property that adoptWithout accepts (write "labelIds")',
        ],
    ],
    [
        "what to adopt without, by names of nothing",
        { credentials: { adopt: "legacy", adoptWithout: ["keys", 7] } },
        [
            'credentials.adoptWithout[0]: "keys" is not a property that adoptWithout accepts (use one of name, description)',
            "credentials.adoptWithout[1]: must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
        ],
    ],
    [
        "a create time of nothing",
        { createTimeoutSeconds: 0 },
        ["createTimeoutSeconds: must be greater than zero, not 0 (write a number of seconds)"],
    ],
    ["a move as a text", { moveLaunches: "no" }, ["moveLaunches: must be a boolean, not a string"]],
    [
        "a delete time as a text",
        { deleteTimeoutSeconds: "900" },
        ["deleteTimeoutSeconds: must be a number, not a string"],
    ],
];
