import { UNKNOWN } from "../../../src/compile/rules/rules";
import { type Case, EKS, FUSION, GKE, LATER, MANY, SUBDOMAIN } from "./environmentCases";

const WORDS = "write 2 to 39 letters and digits, with single dashes or underscores between them";

/** Where runs work, what they ask for and what they carry. */
export const REFUSED_RUNS: Case[] = [
    // Storage.
    [
        "a claim's name with capitals",
        { storage: { claimName: "Work" } },
        [`storage.claimName "Work" is not an RFC 1123 subdomain; ${SUBDOMAIN}, such as "work"`],
    ],
    [
        "a size that is no quantity",
        { storage: { size: "500GB" } },
        ['storage.size "500GB" is not a Kubernetes quantity; write it like "500Gi"'],
    ],
    [
        "a size of nothing",
        { storage: { size: "0" } },
        ['storage.size "0" is not more than nothing; write a size like "500Gi"'],
    ],
    ["a size as a number", { storage: { size: 500 } }, ["storage.size: must be a string, not a number"]],
    [
        "a mount path that is relative",
        { storage: { mountPath: "scratch" } },
        ['storage.mountPath "scratch" is not an absolute path; write "/scratch", for example'],
    ],
    [
        "a mount path that is the root",
        { storage: { mountPath: "/" } },
        [
            'storage.mountPath "/" is the root of the container, where nothing can be mounted; write "/scratch", for example',
        ],
    ],
    [
        "a mount path with a slash at the end, and no second message about the work directory",
        { storage: { mountPath: "/mnt/" }, workDirectory: "/mnt/work" },
        ['storage.mountPath "/mnt/" is not in its plain form; write "/mnt"'],
    ],
    [
        "a mount path that is no text, and no second message about the work directory",
        { storage: { mountPath: 5 }, workDirectory: "/x" },
        ["storage.mountPath: must be a string, not a number"],
    ],
    ["advanced arguments of another resource", { advanced: UNKNOWN }, [`advanced ${LATER}`]],
    ["storage of another resource", { storage: UNKNOWN }, [`storage ${LATER}`]],
    ["a claim that another resource decides about", { storage: { create: UNKNOWN } }, [`storage.create ${LATER}`]],
    // The work directory.
    [
        "a work directory outside the mount",
        { workDirectory: "/data/work" },
        [
            'workDirectory "/data/work" lies outside "/scratch", where the work claim is mounted, so tasks would not see it; write "/scratch/work", or set storage.mountPath',
        ],
    ],
    [
        "a work directory outside another mount",
        { workDirectory: "/scratch/work", storage: { mountPath: "/mnt/shared" } },
        [
            'workDirectory "/scratch/work" lies outside "/mnt/shared", where the work claim is mounted, so tasks would not see it; write "/mnt/shared/work", or set storage.mountPath',
        ],
    ],
    [
        "a work directory that climbs out of the mount",
        { workDirectory: "/scratch/../etc" },
        ['workDirectory "/scratch/../etc" is not in its plain form; write "/etc"'],
    ],
    [
        "a bucket on generic Kubernetes",
        { workDirectory: "s3://bucket/work" },
        [
            'workDirectory "s3://bucket/work" is an object store, which needs Fusion, and Fusion exists only on the "eks-platform" and "gke-platform"; write a path below "/scratch", where the work claim is mounted',
        ],
    ],
    [
        "a bucket without Fusion",
        { ...EKS, workDirectory: "s3://bucket/work" },
        [
            'workDirectory "s3://bucket/work" is an object store, which needs Fusion, and Fusion exists only on the "eks-platform" and "gke-platform"; write a path below "/scratch", where the work claim is mounted',
        ],
    ],
    [
        "Fusion without a bucket",
        { ...EKS, ...FUSION },
        [
            'workDirectory: required (with Fusion the work directory is in a bucket: write it like "s3://my-bucket/work")',
        ],
    ],
    [
        "Fusion with a bucket of the other cloud",
        { ...GKE, ...FUSION, workDirectory: "s3://bucket/work" },
        [
            'workDirectory "s3://bucket/work" is not in the object store of the cluster\'s cloud; with Fusion the work directory is in a bucket: write it like "gs://my-bucket/work"',
        ],
    ],
    // Switches.
    [
        "Fusion on generic Kubernetes",
        { fusionEnabled: true },
        [
            'fusionEnabled is true, but Fusion exists only on the "eks-platform" and "gke-platform"; leave it out, or set cluster.platform',
        ],
    ],
    [
        "Fusion without Wave",
        { ...EKS, fusionEnabled: true, workDirectory: "s3://b/w" },
        ["fusionEnabled is true, but Fusion needs Wave; set waveEnabled to true as well"],
    ],
    [
        "Wave on generic Kubernetes",
        { waveEnabled: true },
        [
            'waveEnabled is true, but the Platform has this switch only on the "eks-platform" and "gke-platform"; leave it out, and set "wave.enabled = true" in nextflowConfig',
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
        ["headJob.cpus 1.5 is not a whole number of CPUs, which is all the Platform can take; write 2"],
    ],
    ["CPUs as a text", { headJob: { cpus: "2" } }, ["headJob.cpus: must be a number, not a string"]],
    [
        "memory that is none",
        { headJob: { memory: "16 gallons" } },
        ['headJob.memory "16 gallons" is no amount of memory; write it like "16 GB"'],
    ],
    [
        "memory that is no whole mebibyte",
        { headJob: { memory: "4G" } },
        ['headJob.memory "4G" counts in thousands in Kubernetes and in 1024s in Nextflow; write "4 GB" or "4Gi"'],
    ],
    [
        "a head pod spec without spec",
        { headPodSpec: "nodeSelector: {}" },
        ['headPodSpec is not a pod spec; write YAML that begins with "spec:" and has the PodSpec below it'],
    ],
    [
        "a service pod spec that is no YAML",
        { servicePodSpec: "spec: {" },
        [
            'servicePodSpec is not YAML: Flow map in block collection must be sufficiently indented and end with a } at line 1, column 8; write YAML that begins with "spec:" and has the PodSpec below it',
        ],
    ],
    // Texts.
    [
        "a pre-run script that is too long",
        { stagingOptions: { preRunScript: "é".repeat(513) } },
        [
            "stagingOptions.preRunScript has 1026 bytes; the Platform takes at most 1024: put the rest in a file on the work claim or in the pipeline's repository and call that",
        ],
    ],
    [
        "a post-run script that is too long",
        { stagingOptions: { postRunScript: "x".repeat(1025) } },
        [
            "stagingOptions.postRunScript has 1025 bytes; the Platform takes at most 1024: put the rest in a file on the work claim or in the pipeline's repository and call that",
        ],
    ],
    [
        "a configuration that is too long",
        { nextflowConfig: "x".repeat(3201) },
        [
            "nextflowConfig has 3201 characters; the Platform takes at most 3200: move what belongs to one pipeline into that pipeline's nextflow.config",
        ],
    ],
    [
        "a variable's name with a dash",
        { environmentVariables: { "MY-VAR": "x" } },
        [
            'environmentVariables.MY-VAR "MY-VAR" is not a name for an environment variable; write letters, digits and underscores, not beginning with a digit',
        ],
    ],
    [
        "a variable that is no text",
        { environmentVariables: { THREADS: 4 } },
        ["environmentVariables.THREADS: must be a string, not a number"],
    ],
    // Labels.
    [
        "the reserved label app",
        { resourceLabels: { app: "nextflow" } },
        [
            'resourceLabels.app "app" is a label that Nextflow keeps for itself, and every task would fail; write another name, such as "app-name"',
        ],
    ],
    [
        "the reserved label runName",
        { resourceLabels: { runName: "nextflow" } },
        [
            'resourceLabels.runName "runName" is a label that Nextflow keeps for itself, and every task would fail; write another name, such as "app-name"',
        ],
    ],
    [
        "a label's name that is too short",
        { resourceLabels: { a: "nextflow" } },
        [`resourceLabels.a "a" is not a label name that the Platform takes; ${WORDS}`],
    ],
    [
        "a label's value that is empty",
        { resourceLabels: { team: "" } },
        [
            `resourceLabels.team "" is not a label value that the Platform takes; ${WORDS}, or one of \${workflowId}, \${sessionId}, \${userName}`,
        ],
    ],
    [
        "too many labels",
        { resourceLabels: MANY(26) },
        [
            "resourceLabels makes 26 labels with labelIds; the Platform takes at most 25 on one compute environment: leave some out",
        ],
    ],
    [
        "too many labels with those of other resources",
        { resourceLabels: MANY(24), labelIds: [1, 2, UNKNOWN] },
        [
            "resourceLabels makes 26 labels with labelIds; the Platform takes at most 25 on one compute environment: leave some out",
        ],
    ],
    ["labels of another resource", { resourceLabels: UNKNOWN }, [`resourceLabels ${LATER}`]],
    // Life cycle.
    ["an empty adopt", { adopt: "" }, ["adopt: must not be empty (write its value, or leave the argument out)"]],
    [
        "a credential to adopt that is no text",
        { credentials: { adopt: 7 } },
        ["credentials.adopt: must be a string, not a number"],
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
            "credentials.adoptWithout has no effect without credentials.adopt; leave it out",
            "adoptWithout has no effect without adopt; leave it out",
        ],
    ],
    [
        "what to adopt without, by the names of arguments",
        { adopt: "legacy", adoptWithout: ["stagingOptions.preRunScript", "labels", UNKNOWN] },
        [
            'adoptWithout[0] "stagingOptions.preRunScript" is nothing that can be left behind; write "preRunScript"',
            'adoptWithout[1] "labels" is nothing that can be left behind; write "labelIds"',
        ],
    ],
    [
        "what to adopt without, by names of nothing",
        { credentials: { adopt: "legacy", adoptWithout: ["keys", 7] } },
        [
            'credentials.adoptWithout[0] "keys" is nothing that can be left behind; write one of name, description',
            "credentials.adoptWithout[1]: must be a string, not a number",
        ],
    ],
    [
        "a create time of nothing",
        { createTimeoutSeconds: 0 },
        ["createTimeoutSeconds 0 is not a time in seconds; write a number above 0"],
    ],
    ["a move as a text", { moveLaunches: "no" }, ["moveLaunches: must be a boolean, not a string"]],
    ["a delete time as a text", { deleteTimeoutSeconds: "900" }, ["deleteTimeoutSeconds: must be a number, not a string"]],
];
