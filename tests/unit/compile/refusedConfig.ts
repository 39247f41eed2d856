import type { Case } from "./environmentCases";

/** Nextflow configuration that somebody wrote, alone and beside what is generated. */
export const REFUSED_CONFIG: Case[] = [
    [
        "CPUs that are set twice",
        { nextflowConfig: "process.cpus = 8", computeResources: { cpus: 4 } },
        ["nextflowConfig sets process.cpus on line 1, and computeResources.cpus sets it too; keep one of the two"],
    ],
    [
        "memory that is set twice, in a block",
        { nextflowConfig: "process {\n  memory = '8 GB'\n}", computeResources: { memory: "4 GB" } },
        ["nextflowConfig sets process.memory on line 2, and computeResources.memory sets it too; keep one of the two"],
    ],
    [
        "a strategy that is set twice",
        { nextflowConfig: "process.errorStrategy = 'retry'", retries: { maxRetries: 3 } },
        [
            "nextflowConfig sets process.errorStrategy on line 1, and retries.maxRetries sets it too; keep one of the two",
        ],
    ],
    [
        "a label's setting that is set twice",
        {
            nextflowConfig: "process { withLabel: gpu { accelerator = 2 } }",
            processes: [{ label: "gpu", accelerators: 1 }],
        },
        [
            "nextflowConfig sets process.withLabel:gpu.accelerator on line 1, and processes[0].accelerators sets it too; keep one of the two",
        ],
    ],
    [
        "a pull policy that is set twice",
        { nextflowConfig: "k8s.imagePullPolicy = 'Always'", advanced: { imagePullPolicy: "Never" } },
        [
            "nextflowConfig sets k8s.imagePullPolicy on line 1, and advanced.imagePullPolicy sets it too; keep one of the two",
        ],
    ],
    [
        "a kind of task that is set twice",
        { nextflowConfig: "k8s { computeResourceType = 'Pod' }", advanced: { computeResourceType: "Job" } },
        [
            "nextflowConfig sets k8s.computeResourceType on line 1, and advanced.computeResourceType sets it too; keep one of the two",
        ],
    ],
    [
        "a security context that is set twice",
        {
            nextflowConfig: "k8s { securityContext { runAsUser = 5 } }",
            podOptions: { securityContext: { runAsUser: 1000 } },
        },
        [
            "nextflowConfig sets k8s.securityContext.runAsUser on line 1, and podOptions.securityContext sets it too; keep one of the two",
        ],
    ],
    [
        "a list of pod options beside ours",
        {
            nextflowConfig: "k8s.pod = [[label: 'a', value: 'b']]",
            podOptions: { labels: { c: "d" } },
            storageClaims: [{ claimName: "data", mountPath: "/data" }],
        },
        [
            "nextflowConfig sets k8s.pod on line 1, which takes away what podOptions.labels, storageClaims make of it; leave it out, and write its entries in podOptions.extra",
        ],
    ],
    [
        "the whole of k8s beside ours",
        { nextflowConfig: "k8s = [pod: []]", podOptions: { labels: { c: "d" } } },
        ["nextflowConfig sets k8s on line 1, and podOptions.labels sets it too; keep one of the two"],
    ],
    [
        "a list of pod options of all processes",
        {
            nextflowConfig: "process.pod = [[toleration: [key: 'a', operator: 'Exists']]]",
            podOptions: { nodeSelector: { a: "b" } },
        },
        [
            "nextflowConfig sets process.pod on line 1, which takes the place of podOptions.nodeSelector; leave it out, and write its entries in podOptions.extra",
        ],
    ],
    [
        "a block with two pod options",
        {
            nextflowConfig:
                "k8s {\n  pod {\n    nodeSelector = 'workload=nextflow'\n    securityContext { runAsUser = 1000 }\n  }\n}",
        },
        [
            "nextflowConfig writes k8s.pod as a block on line 2, of which Nextflow reads one option and drops the rest without a word; write a list with a map for each, like \"pod = [[nodeSelector: [a: 'b']]]\"",
        ],
    ],
    [
        "a block with one pod option beside ours",
        { nextflowConfig: "k8s { pod { nodeSelector = 'a=b' } }", podOptions: { labels: { c: "d" } } },
        [
            "nextflowConfig sets k8s.pod on line 1, which takes away what podOptions.labels makes of it; leave it out, and write its entries in podOptions.extra",
        ],
    ],
    [
        "a map with two pod options",
        { nextflowConfig: "k8s.pod = [nodeSelector: [a: 'b'], imagePullPolicy: 'Always']" },
        [
            'nextflowConfig sets k8s.pod on line 1, whose entry 1 has "imagePullPolicy" beside "nodeSelector", of which Nextflow reads one and drops the rest without a word; write an entry for each',
        ],
    ],
    [
        "an entry with two pod options",
        { nextflowConfig: "process.pod = [[label: 'a', value: 'b'], [nodeSelector: 'a=b', toleration: [key: 'c']]]" },
        [
            'nextflowConfig sets process.pod on line 1, whose entry 2 has "toleration" beside "nodeSelector", of which Nextflow reads one and drops the rest without a word; write an entry for each',
        ],
    ],
    [
        "a pod option in the plural",
        { nextflowConfig: "k8s { pod = [[tolerations: []]] }" },
        [
            'nextflowConfig sets k8s.pod on line 1, whose entry 1 has "tolerations", which is no pod option of Nextflow; write one of env, secret, config, csi, emptyDir, volumeClaim, hostPath, label, annotation, imagePullPolicy, imagePullSecret, nodeSelector, affinity, toleration, securityContext, runAsUser, automountServiceAccountToken, priorityClassName, privileged, schedulerName, ttlSecondsAfterFinished, runtimeClassName',
        ],
    ],
    [
        "the label app",
        { nextflowConfig: "k8s.pod = [[label: 'app', value: 'x']]" },
        [
            'nextflowConfig sets k8s.pod on line 1, whose entry 1 has the label "app", which Nextflow keeps for itself, and every task would fail; write "app.kubernetes.io/name", for example',
        ],
    ],
    [
        "a label that is a number",
        { nextflowConfig: "k8s.pod = [[label: 'a', value: 5]]" },
        [
            'nextflowConfig sets k8s.pod on line 1, whose entry 1 has 5 as the value of the label "a", which Nextflow refuses; write a string that is not empty',
        ],
    ],
    [
        "a list of pull Secrets",
        { nextflowConfig: "k8s.pod = [[imagePullSecret: ['a', 'b']]]" },
        [
            "nextflowConfig sets k8s.pod on line 1, whose entry 1 names a list of pull Secrets, of which Nextflow makes one name; leave it out, and give them in imagePullSecrets",
        ],
    ],
    [
        "the namespace",
        { nextflowConfig: "k8s.namespace = 'x'" },
        [
            "nextflowConfig sets k8s.namespace on line 1, which the Platform overrides without a word; leave it out, and set namespace",
        ],
    ],
    [
        "the service account",
        { nextflowConfig: "k8s { serviceAccount = 'x' }" },
        [
            "nextflowConfig sets k8s.serviceAccount on line 1, which the Platform overrides without a word; leave it out, and set serviceAccounts.compute",
        ],
    ],
    [
        "the work claim",
        { nextflowConfig: "k8s { storageClaimName = 'x' }" },
        [
            "nextflowConfig sets k8s.storageClaimName on line 1, which the Platform overrides without a word; leave it out, and set storage.claimName",
        ],
    ],
    [
        "the mount path",
        { nextflowConfig: "k8s.storageMountPath = '/x'" },
        [
            "nextflowConfig sets k8s.storageMountPath on line 1, which the Platform overrides without a word; leave it out, and set storage.mountPath",
        ],
    ],
    [
        "the work directory",
        { nextflowConfig: "workDir = '/x'" },
        [
            "nextflowConfig sets workDir on line 1, which the Platform overrides without a word; leave it out, and set workDirectory",
        ],
    ],
    [
        "another executor",
        { nextflowConfig: "process.executor = 'local'" },
        [
            'nextflowConfig sets process.executor on line 1 to "local", but a Kubernetes environment runs tasks as pods alone; leave it out',
        ],
    ],
    [
        "memory as Kubernetes writes it",
        { nextflowConfig: "process.memory = '16Gi'" },
        ["nextflowConfig sets process.memory on line 1 to \"16Gi\", which Nextflow cannot read; write it like '16 GB'"],
    ],
    [
        "memory as the design writes it",
        { nextflowConfig: 'process { memory = "8192 Mi" }' },
        [
            "nextflowConfig sets process.memory on line 1 to \"8192 Mi\", which Nextflow cannot read; write it like '8 GB'",
        ],
    ],
    [
        "memory without a unit",
        { nextflowConfig: "process { withName: 'A|B' { memory = '16' } }" },
        [
            "nextflowConfig sets process.withName:A|B.memory on line 1 to \"16\", which is a number of bytes; write it like '16 GB'",
        ],
    ],
    [
        "a disk in small letters",
        { nextflowConfig: "process.disk = '16 gb'" },
        ["nextflowConfig sets process.disk on line 1 to \"16 gb\", which Nextflow cannot read; write it like '16 GB'"],
    ],
    [
        "half a CPU",
        { nextflowConfig: "process { withLabel: 'small' { cpus = 0.5 } }" },
        [
            "nextflowConfig sets process.withLabel:small.cpus on line 1, but 0.5 is not a whole number of CPUs, which is all Nextflow can ask for; write 1",
        ],
    ],
    [
        "thousandths of a CPU",
        { nextflowConfig: "process.cpus = '500m'" },
        [
            'nextflowConfig sets process.cpus on line 1, but "500m" is not a whole number of CPUs, which is all Nextflow can ask for; write 1',
        ],
    ],
    [
        "a request of accelerators alone",
        { nextflowConfig: "process.accelerator = [request: 1]" },
        [
            'nextflowConfig sets process.accelerator on line 1 with a request alone, which Kubernetes refuses for accelerators; write it like "accelerator = 1"',
        ],
    ],
    [
        "a model as the type of an accelerator",
        { nextflowConfig: "process.accelerator = [limit: 1, type: 'nvidia-tesla-v100']" },
        [
            'nextflowConfig sets process.accelerator on line 1 with the type "nvidia-tesla-v100", which makes it the resource "nvidia-tesla-v100.com/gpu" that no node has; leave the type out, and choose the model with a node selector',
        ],
    ],
    [
        "k8s inside process",
        { nextflowConfig: "process { k8s { computeResourceType = 'Job' } }" },
        ["nextflowConfig has k8s inside process on line 1, where nobody reads it; write it at the top level"],
    ],
    [
        "Nextflow's own variables",
        { nextflowConfig: "env { NXF_OPTS = '-Xmx4g' }" },
        [
            "nextflowConfig sets env.NXF_OPTS on line 1, which Nextflow ignores; leave it out, and set NXF_OPTS in environmentVariables",
        ],
    ],
    [
        "a setting without an equals sign",
        { nextflowConfig: "process { cpus 4 }" },
        [
            'nextflowConfig sets process.cpus on line 1 without an equals sign, which Nextflow\'s strict syntax refuses; write "cpus = …"',
        ],
    ],
    [
        "a block that never closes",
        { nextflowConfig: "process {\n  cpus = 4\n" },
        ["nextflowConfig has a bracket that opens on line 1 and never closes; close it, or leave it out"],
    ],
    [
        "a brace that closes nothing",
        { nextflowConfig: "process { cpus = 4 }\n}" },
        ['nextflowConfig has a "}" on line 2 that closes nothing; leave it out'],
    ],
    [
        "a list that never closes",
        { nextflowConfig: "k8s.pod = [[label: 'a', value: 'b']" },
        ["nextflowConfig has a bracket that opens on line 1 and never closes; close it, or leave it out"],
    ],
    [
        "a string that never ends",
        { nextflowConfig: "params.a = 'b" },
        ["nextflowConfig has a string that begins on line 1 and never ends; close it, or leave it out"],
    ],
    [
        "a comment that never ends",
        { nextflowConfig: "/* process" },
        ["nextflowConfig has a comment that begins on line 1 and never ends; close it, or leave it out"],
    ],
    [
        "a byte order mark",
        { nextflowConfig: "﻿process.cpus = 4" },
        ["nextflowConfig begins with a byte order mark, which Nextflow's strict syntax refuses; leave it out"],
    ],
    [
        "several at once, in their order",
        { nextflowConfig: "k8s.namespace = 'a'\nprocess.memory = '1Gi'\nprocess.cpus = 0.5" },
        [
            "nextflowConfig sets k8s.namespace on line 1, which the Platform overrides without a word; leave it out, and set namespace",
            "nextflowConfig sets process.memory on line 2 to \"1Gi\", which Nextflow cannot read; write it like '1 GB'",
            "nextflowConfig sets process.cpus on line 3, but 0.5 is not a whole number of CPUs, which is all Nextflow can ask for; write 1",
        ],
    ],
    [
        "more than the Platform takes, with what is generated",
        {
            nextflowConfig:
                "//xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            podOptions: {
                labels: {
                    "label-0": "a-value",
                    "label-1": "a-value",
                    "label-2": "a-value",
                    "label-3": "a-value",
                    "label-4": "a-value",
                },
            },
            computeResources: { cpus: 4 },
        },
        [
            "nextflowConfig has 3274 characters with what the other arguments make (nextflowConfig 3020, podOptions.labels 209, the rest 34, computeResources 11); the Platform takes at most 3200: shorten the dearest, or move what belongs to one pipeline into that pipeline's nextflow.config",
        ],
    ],
    [
        "more than the Platform takes, by what is generated alone",
        {
            podOptions: {
                annotations: {
                    a: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                },
            },
        },
        [
            "nextflowConfig has 3255 characters with what the other arguments make (podOptions.annotations 3233, the rest 22); the Platform takes at most 3200: shorten the dearest, or move what belongs to one pipeline into that pipeline's nextflow.config",
        ],
    ],
];
