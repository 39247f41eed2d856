import type { Case } from "./environmentCases";

/** Nextflow configuration that somebody wrote, alone and beside what is generated. */
export const REFUSED_CONFIG: Case[] = [
    [
        "CPUs that are set twice",
        { nextflowConfig: "process.cpus = 8", computeResources: { cpus: 4 } },
        ["nextflowConfig: line 1 sets process.cpus, which computeResources.cpus also sets (remove one of the two)"],
    ],
    [
        "memory that is set twice, in a block",
        { nextflowConfig: "process {\n  memory = '8 GB'\n}", computeResources: { memory: "4 GB" } },
        ["nextflowConfig: line 2 sets process.memory, which computeResources.memory also sets (remove one of the two)"],
    ],
    [
        "a strategy that is set twice",
        { nextflowConfig: "process.errorStrategy = 'retry'", retries: { maxRetries: 3 } },
        [
            "nextflowConfig: line 1 sets process.errorStrategy, which retries.maxRetries also sets (remove one of the two)",
        ],
    ],
    [
        "a label's setting that is set twice",
        {
            nextflowConfig: "process { withLabel: gpu { accelerator = 2 } }",
            processes: [{ label: "gpu", accelerators: 1 }],
        },
        [
            "nextflowConfig: line 1 sets process.withLabel:gpu.accelerator, which processes[0].accelerators also sets (remove one of the two)",
        ],
    ],
    [
        "a pull policy that is set twice",
        { nextflowConfig: "k8s.imagePullPolicy = 'Always'", advanced: { imagePullPolicy: "Never" } },
        [
            "nextflowConfig: line 1 sets k8s.imagePullPolicy, which advanced.imagePullPolicy also sets (remove one of the two)",
        ],
    ],
    [
        "a kind of task that is set twice",
        { nextflowConfig: "k8s { computeResourceType = 'Pod' }", advanced: { computeResourceType: "Job" } },
        [
            "nextflowConfig: line 1 sets k8s.computeResourceType, which advanced.computeResourceType also sets (remove one of the two)",
        ],
    ],
    [
        "a security context that is set twice",
        {
            nextflowConfig: "k8s { securityContext { runAsUser = 5 } }",
            podOptions: { securityContext: { runAsUser: 1000 } },
        },
        [
            "nextflowConfig: line 1 sets k8s.securityContext.runAsUser, which podOptions.securityContext also sets (remove one of the two)",
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
            "nextflowConfig: line 1 sets k8s.pod, which replaces the entries from podOptions.labels, storageClaims (remove it and write its entries in podOptions.extra)",
        ],
    ],
    [
        "the whole of k8s beside ours",
        { nextflowConfig: "k8s = [pod: []]", podOptions: { labels: { c: "d" } } },
        ["nextflowConfig: line 1 sets k8s, which podOptions.labels also sets (remove one of the two)"],
    ],
    [
        "a node selector of all processes beside ours (case 7)",
        { nextflowConfig: "process.pod = [[nodeSelector: 'a=b']]", podOptions: { nodeSelector: { a: "b" } } },
        [
            "nextflowConfig: line 1 sets process.pod and with it nodeSelector, which podOptions.nodeSelector also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "pod options of all processes that are not known yet, beside ours",
        { nextflowConfig: "process.pod = params.pods", podOptions: { affinity: { nodeAffinity: {} } } },
        [
            "nextflowConfig: line 1 sets process.pod and with it affinity, which podOptions.affinity also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a user beside a security context (case 7)",
        { nextflowConfig: "k8s.runAsUser = 2000", podOptions: { securityContext: { fsGroup: 1000 } } },
        [
            "nextflowConfig: line 1 sets k8s.runAsUser and with it securityContext, which podOptions.securityContext also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a user of all processes beside a security context (case 7)",
        { nextflowConfig: "process.pod = [[runAsUser: 2000]]", podOptions: { securityContext: { fsGroup: 1000 } } },
        [
            "nextflowConfig: line 1 sets process.pod and with it securityContext, which podOptions.securityContext also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a user of some processes beside a security context",
        {
            nextflowConfig: "process {\n  withLabel: big { pod = [[runAsUser: 0]] }\n}",
            podOptions: { securityContext: { fsGroup: 1000 } },
        },
        [
            "nextflowConfig: line 2 sets process.withLabel:big.pod and with it securityContext, which podOptions.securityContext also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a pull policy under its other name (case 7)",
        { nextflowConfig: "k8s.pullPolicy = 'Never'", advanced: { imagePullPolicy: "Always" } },
        [
            "nextflowConfig: line 1 sets k8s.pullPolicy and with it imagePullPolicy, which advanced.imagePullPolicy also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a user by name (case 7)",
        { nextflowConfig: "k8s { runAsUser = 'root' }" },
        [
            'nextflowConfig: line 1 sets k8s.runAsUser, but has "root" as runAsUser, which Kubernetes rejects (write the number of the user, like 1000)',
        ],
    ],
    [
        "a security context and a user in one text",
        { nextflowConfig: "k8s {\n  securityContext { fsGroup = 5\n    runAsGroup = 6 }\n  runAsUser = 7\n}" },
        [
            "nextflowConfig: line 4 sets k8s.runAsUser and with it securityContext, which line 2 also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "one list twice",
        { nextflowConfig: "k8s.pod = [[label: 'a', value: 'b']]\nk8s {\n  pod = [[label: 'c', value: 'd']]\n}" },
        ["nextflowConfig: line 3 sets k8s.pod again after line 1, which then has no effect (remove one of the two)"],
    ],
    [
        "a list with one option twice",
        { nextflowConfig: "k8s.pod = [[nodeSelector: 'a=b'], [nodeSelector: 'c=d']]" },
        [
            "nextflowConfig: line 1 sets k8s.pod and with it nodeSelector, which another entry also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a variable that is set twice",
        { nextflowConfig: "env { A = 'b' }", environmentVariables: { A: "c" } },
        [
            'nextflowConfig: line 1 sets env.A and with it variable "A", which environmentVariables.A also sets; Nextflow uses only one of the two (write all of it in one of the two)',
        ],
    ],
    [
        "pod options of all processes beside those of some",
        {
            nextflowConfig: "process.pod = [[label: 'a', value: 'b']]",
            processes: [{ label: "big", nodeSelector: { c: "d" } }],
        },
        [
            'nextflowConfig: line 1 sets process.pod and with it label "a", which processes[0] also sets; Nextflow uses only one of the two (write all of it in one of the two)',
        ],
    ],
    [
        "a label with two entries",
        {
            processes: [
                { label: "big", cpus: 4 },
                { name: "A", cpus: 2 },
                { label: "big", nodeSelector: { c: "d" } },
            ],
        },
        ['processes: has the label "big" in the entries 0 and 2 (write all about it in one entry)'],
    ],
    [
        "pod options with dots (case 8)",
        { nextflowConfig: "k8s { pod.nodeSelector = 'a=b'; pod.imagePullSecret = 'x' }" },
        [
            "nextflowConfig: line 1 writes k8s.pod with dots; Nextflow reads one option of it and silently ignores the others (write a list with one map per option, like \"pod = [[nodeSelector: [a: 'b']]]\")",
        ],
    ],
    [
        "a pod option with dots beside ours (case 8)",
        { nextflowConfig: "k8s.pod.nodeSelector = 'a=b'", podOptions: { labels: { c: "d" } } },
        [
            "nextflowConfig: line 1 sets k8s.pod.nodeSelector, which replaces the entries from podOptions.labels (remove it and write its entries in podOptions.extra)",
        ],
    ],
    [
        "pod options with dots beside a list",
        { nextflowConfig: "k8s.pod = [[label: 'a', value: 'b']]\nk8s.pod.nodeSelector = 'a=b'" },
        [
            "nextflowConfig: line 2 sets k8s.pod.nodeSelector beside the list k8s.pod of line 1, which Nextflow cannot read (write one list with one map per option)",
        ],
    ],
    [
        "a wrong pod option with dots",
        { nextflowConfig: "process.pod.runAsUser = 'root'" },
        [
            'nextflowConfig: line 1 sets process.pod.runAsUser, but process.pod has "root" as runAsUser, which Kubernetes rejects (write the number of the user, like 1000)',
        ],
    ],
    [
        "further entries beside a security context (case 7)",
        {
            podOptions: {
                securityContext: { fsGroup: 1000 },
                extra: [{ securityContext: { runAsUser: 7 } }, { runAsUser: 7 }],
            },
        },
        [
            "podOptions.extra[0]: sets securityContext, which podOptions.securityContext also sets; Nextflow uses only one of the two (write all of it in one of the two)",
            "podOptions.extra[1]: sets securityContext, which podOptions.securityContext also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a second node selector (case 7)",
        { podOptions: { nodeSelector: { c: "d" }, extra: [{ nodeSelector: { a: "b" } }] } },
        [
            "podOptions.extra[0]: sets nodeSelector, which podOptions.nodeSelector also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a second pull Secret (case 7)",
        { podOptions: { extra: [{ imagePullSecret: "a" }, { imagePullSecret: "b" }] } },
        [
            "podOptions.extra[1]: sets imagePullSecret, which podOptions.extra[0] also sets; Nextflow uses only one of the two (remove it, and name all of them in imagePullSecrets)",
        ],
    ],
    [
        "a pull Secret beside those of the accounts",
        { imagePullSecrets: ["b"], podOptions: { extra: [{ imagePullSecret: "a" }] } },
        [
            "podOptions.extra[0]: sets imagePullSecret, which imagePullSecrets also sets; Nextflow uses only one of the two (remove it, and name all of them in imagePullSecrets)",
        ],
    ],
    [
        "a second pull policy (case 7)",
        { advanced: { imagePullPolicy: "Always" }, podOptions: { extra: [{ imagePullPolicy: "Never" }] } },
        [
            "podOptions.extra[0]: sets imagePullPolicy, which advanced.imagePullPolicy also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a claim at the work claim's mount path (case 7)",
        {
            podOptions: {
                extra: [
                    { volumeClaim: "x", mountPath: "/scratch" },
                    { emptyDir: {}, mountPath: "/scratch/y" },
                ],
            },
        },
        [
            'podOptions.extra[0].mountPath: "/scratch" is the mount path of the work claim (write another path, or set storage.claimName to this claim and remove it here)',
            'podOptions.extra[1].mountPath: "/scratch/y" overlaps "/scratch", the mount path of the work claim (write a separate path, or change storage.mountPath)',
        ],
    ],
    [
        "a user by name and a security context by another, in further entries",
        { podOptions: { extra: [{ runAsUser: "root" }, { securityContext: "x" }] } },
        [
            'podOptions.extra[0]: has "root" as runAsUser, which Kubernetes rejects (write the number of the user, like 1000)',
            'podOptions.extra[1]: has "x" as securityContext, which Nextflow ignores (write a map, like "[fsGroup: 1000]")',
            "podOptions.extra[1]: sets securityContext, which podOptions.extra[0] also sets; Nextflow uses only one of the two (write all of it in one of the two)",
        ],
    ],
    [
        "a block with two pod options",
        {
            nextflowConfig:
                "k8s {\n  pod {\n    nodeSelector = 'workload=nextflow'\n    securityContext { runAsUser = 1000 }\n  }\n}",
        },
        [
            "nextflowConfig: line 2 writes k8s.pod as a block; Nextflow reads one option of it and silently ignores the others (write a list with one map per option, like \"pod = [[nodeSelector: [a: 'b']]]\")",
        ],
    ],
    [
        "a block with one pod option beside ours",
        { nextflowConfig: "k8s { pod { nodeSelector = 'a=b' } }", podOptions: { labels: { c: "d" } } },
        [
            "nextflowConfig: line 1 sets k8s.pod, which replaces the entries from podOptions.labels (remove it and write its entries in podOptions.extra)",
        ],
    ],
    [
        "a map with two pod options",
        { nextflowConfig: "k8s.pod = [nodeSelector: [a: 'b'], imagePullPolicy: 'Always']" },
        [
            'nextflowConfig: line 1 sets k8s.pod, but entry 1 has "imagePullPolicy" in addition to "nodeSelector"; Nextflow reads one option per entry and silently ignores the others (write one entry per option)',
        ],
    ],
    [
        "an entry with two pod options",
        { nextflowConfig: "process.pod = [[label: 'a', value: 'b'], [nodeSelector: 'a=b', toleration: [key: 'c']]]" },
        [
            'nextflowConfig: line 1 sets process.pod, but entry 2 has "toleration" in addition to "nodeSelector"; Nextflow reads one option per entry and silently ignores the others (write one entry per option)',
        ],
    ],
    [
        "a pod option in the plural",
        { nextflowConfig: "k8s { pod = [[tolerations: []]] }" },
        [
            'nextflowConfig: line 1 sets k8s.pod, but entry 1 has "tolerations", which is not a pod option of Nextflow (use one of env, secret, config, csi, emptyDir, volumeClaim, hostPath, label, annotation, imagePullPolicy, imagePullSecret, nodeSelector, affinity, toleration, securityContext, runAsUser, automountServiceAccountToken, priorityClassName, privileged, schedulerName, ttlSecondsAfterFinished, runtimeClassName)',
        ],
    ],
    [
        "the label app",
        { nextflowConfig: "k8s.pod = [[label: 'app', value: 'x']]" },
        [
            'nextflowConfig: line 1 sets k8s.pod, but entry 1 has the label "app", which Nextflow reserves, so every task would fail (use another label, like "app.kubernetes.io/name")',
        ],
    ],
    [
        "a label that is a number",
        { nextflowConfig: "k8s.pod = [[label: 'a', value: 5]]" },
        [
            'nextflowConfig: line 1 sets k8s.pod, but entry 1 sets the label "a" to 5, which Nextflow rejects (write a non-empty string)',
        ],
    ],
    [
        "a list of pull Secrets",
        { nextflowConfig: "k8s.pod = [[imagePullSecret: ['a', 'b']]]" },
        [
            "nextflowConfig: line 1 sets k8s.pod, but entry 1 has a list as imagePullSecret, which Nextflow reads as one name (remove it and set the argument imagePullSecrets)",
        ],
    ],
    [
        "the namespace",
        { nextflowConfig: "k8s.namespace = 'x'" },
        [
            "nextflowConfig: line 1 sets k8s.namespace, which the Platform silently overrides (remove it and set the argument namespace)",
        ],
    ],
    [
        "the service account",
        { nextflowConfig: "k8s { serviceAccount = 'x' }" },
        [
            "nextflowConfig: line 1 sets k8s.serviceAccount, which the Platform silently overrides (remove it and set the argument serviceAccounts.compute.name)",
        ],
    ],
    [
        "the work claim",
        { nextflowConfig: "k8s { storageClaimName = 'x' }" },
        [
            "nextflowConfig: line 1 sets k8s.storageClaimName, which the Platform silently overrides (remove it and set the argument storage.claimName)",
        ],
    ],
    [
        "the mount path",
        { nextflowConfig: "k8s.storageMountPath = '/x'" },
        [
            "nextflowConfig: line 1 sets k8s.storageMountPath, which the Platform silently overrides (remove it and set the argument storage.mountPath)",
        ],
    ],
    [
        "the work directory",
        { nextflowConfig: "workDir = '/x'" },
        [
            "nextflowConfig: line 1 sets workDir, which the Platform silently overrides (remove it and set the argument workDirectory)",
        ],
    ],
    [
        "another executor",
        { nextflowConfig: "process.executor = 'local'" },
        [
            'nextflowConfig: line 1 sets process.executor to "local", but a Kubernetes environment only runs tasks as pods (remove it)',
        ],
    ],
    [
        "memory as Kubernetes writes it",
        { nextflowConfig: "process.memory = '16Gi'" },
        ["nextflowConfig: line 1 sets process.memory to \"16Gi\", which Nextflow cannot read (write it like '16 GB')"],
    ],
    [
        "memory as the design writes it",
        { nextflowConfig: 'process { memory = "8192 Mi" }' },
        [
            "nextflowConfig: line 1 sets process.memory to \"8192 Mi\", which Nextflow cannot read (write it like '8 GB')",
        ],
    ],
    [
        "memory without a unit",
        { nextflowConfig: "process { withName: 'A|B' { memory = '16' } }" },
        [
            "nextflowConfig: line 1 sets process.withName:A|B.memory to \"16\", which Nextflow reads as bytes (write it like '16 GB')",
        ],
    ],
    [
        "memory, disk and time as numbers",
        {
            nextflowConfig:
                "process.memory = 4\nprocess { withLabel: 'big' { disk = 100\n time = 5 } }\nprocess.time = '5'",
        },
        [
            "nextflowConfig: line 1 sets process.memory to 4 without a unit, which Nextflow reads as bytes (write it like '4 GB')",
            "nextflowConfig: line 2 sets process.withLabel:big.disk to 100 without a unit, which Nextflow reads as bytes (write it like '100 GB')",
            "nextflowConfig: line 3 sets process.withLabel:big.time to 5 without a unit, which Nextflow reads as milliseconds (write it like '5 h')",
            "nextflowConfig: line 4 sets process.time to \"5\", which Nextflow cannot read (write it like '5 h')",
        ],
    ],
    [
        "a disk in small letters",
        { nextflowConfig: "process.disk = '16 gb'" },
        ["nextflowConfig: line 1 sets process.disk to \"16 gb\", which Nextflow cannot read (write it like '16 GB')"],
    ],
    [
        "half a CPU",
        { nextflowConfig: "process { withLabel: 'small' { cpus = 0.5 } }" },
        [
            "nextflowConfig: line 1 sets process.withLabel:small.cpus, but 0.5 is not a whole number of CPUs greater than zero, which Nextflow requires (write 1)",
        ],
    ],
    [
        "thousandths of a CPU",
        { nextflowConfig: "process.cpus = '500m'" },
        [
            'nextflowConfig: line 1 sets process.cpus, but "500m" is not a whole number of CPUs; Nextflow accepts no fractions (write 1)',
        ],
    ],
    [
        "a request of accelerators alone",
        { nextflowConfig: "process.accelerator = [request: 1]" },
        [
            'nextflowConfig: line 1 sets process.accelerator with a request but no limit, which Kubernetes rejects for accelerators (write it like "accelerator = 1")',
        ],
    ],
    [
        "a model as the type of an accelerator",
        { nextflowConfig: "process.accelerator = [limit: 1, type: 'nvidia-tesla-v100']" },
        [
            'nextflowConfig: line 1 sets process.accelerator with the type "nvidia-tesla-v100", which requests the resource "nvidia-tesla-v100.com/gpu" that no node has (remove the type and select the model with a node selector)',
        ],
    ],
    [
        "k8s inside process",
        { nextflowConfig: "process { k8s { computeResourceType = 'Job' } }" },
        ["nextflowConfig: line 1 has k8s inside process, where Nextflow ignores it (move it to the top level)"],
    ],
    [
        "Nextflow's own variables",
        { nextflowConfig: "env { NXF_OPTS = '-Xmx4g' }" },
        [
            "nextflowConfig: line 1 sets env.NXF_OPTS, which Nextflow ignores (remove it and set NXF_OPTS in environmentVariables)",
        ],
    ],
    [
        "a setting without an equals sign",
        { nextflowConfig: "process { cpus 4 }" },
        [
            'nextflowConfig: line 1 sets process.cpus without an equals sign, which Nextflow\'s strict syntax rejects (write "cpus = …")',
        ],
    ],
    [
        "a block that never closes",
        { nextflowConfig: "process {\n  cpus = 4\n" },
        ["nextflowConfig: line 1 opens a bracket that is never closed (close or remove it)"],
    ],
    [
        "a brace that closes nothing",
        { nextflowConfig: "process { cpus = 4 }\n}" },
        ['nextflowConfig: line 2 has a "}" without an opening bracket (remove it)'],
    ],
    [
        "a list that never closes",
        { nextflowConfig: "k8s.pod = [[label: 'a', value: 'b']" },
        ["nextflowConfig: line 1 opens a bracket that is never closed (close or remove it)"],
    ],
    [
        "a string that never ends",
        { nextflowConfig: "params.a = 'b" },
        ["nextflowConfig: line 1 begins a string that never ends (close or remove it)"],
    ],
    [
        "a comment that never ends",
        { nextflowConfig: "/* process" },
        ["nextflowConfig: line 1 begins a comment that never ends (close or remove it)"],
    ],
    [
        "a byte order mark",
        { nextflowConfig: "﻿process.cpus = 4" },
        ["nextflowConfig: begins with a byte order mark, which Nextflow's strict syntax rejects (remove it)"],
    ],
    [
        "several at once, in their order",
        { nextflowConfig: "k8s.namespace = 'a'\nprocess.memory = '1Gi'\nprocess.cpus = 0.5" },
        [
            "nextflowConfig: line 1 sets k8s.namespace, which the Platform silently overrides (remove it and set the argument namespace)",
            "nextflowConfig: line 2 sets process.memory to \"1Gi\", which Nextflow cannot read (write it like '1 GB')",
            "nextflowConfig: line 3 sets process.cpus, but 0.5 is not a whole number of CPUs greater than zero, which Nextflow requires (write 1)",
        ],
    ],
    [
        "JSON as Nextflow configuration",
        { nextflowConfig: '{ "process": { "cpus": 2 } }' },
        ['nextflowConfig: line 1 begins JSON, which Nextflow cannot read (write it like "process { cpus = 2 }")'],
    ],
    [
        "YAML as Nextflow configuration",
        { nextflowConfig: "process:\n  cpus: 2" },
        ['nextflowConfig: line 1 writes process with a colon, which sets nothing in Nextflow (write "process { … }")'],
    ],
    [
        "memory without quotes",
        { nextflowConfig: "process.memory = 4GB" },
        [
            "nextflowConfig: line 1 sets process.memory to what Nextflow cannot read as a value (write text in quotes, like '4 GB', and each setting on a line of its own)",
        ],
    ],
    [
        "an error strategy without quotes",
        { nextflowConfig: "process.errorStrategy = retry" },
        [
            "nextflowConfig: line 1 sets process.errorStrategy to a word without quotes, which Nextflow takes for a variable that nothing defines (write text in quotes, and true and false in small letters)",
        ],
    ],
    [
        "a misspelt option of k8s",
        { nextflowConfig: "k8s { runAsUsr = 1000 }" },
        ['nextflowConfig: line 1 sets k8s.runAsUsr, which Nextflow ignores (write "k8s.runAsUser")'],
    ],
    [
        "another executor in the profile that runs without a profile use",
        { nextflowConfig: "profiles { standard { process.executor = 'local' } }" },
        [
            'nextflowConfig: line 1 (in the profile standard, which runs without a profile use) sets process.executor to "local", but a Kubernetes environment only runs tasks as pods (remove it)',
        ],
    ],
    [
        "a name of the Terraform provider",
        { head_service_account: "nextflow" },
        ['head_service_account: unknown argument (write "serviceAccounts.head")'],
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
            "nextflowConfig: has 3274 characters together with the settings of other arguments: nextflowConfig 3020, podOptions.labels 209, the rest 34, computeResources 11; the Platform allows at most 3200 (shorten the largest, or move the settings of one pipeline into that pipeline's nextflow.config)",
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
            "nextflowConfig: has 3255 characters together with the settings of other arguments: podOptions.annotations 3233, the rest 22; the Platform allows at most 3200 (shorten the largest, or move the settings of one pipeline into that pipeline's nextflow.config)",
        ],
    ],
];
