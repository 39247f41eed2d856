import type { Case } from "./environmentCases";

/** What tasks ask for, mount and carry. */
export const REFUSED_TASKS: Case[] = [
    ["resources that are no object", { computeResources: "4" }, ["computeResources: must be an object, not a string"]],
    [
        "resources under the design's other spelling",
        { computeResources: { memory_gb: 4 } },
        [
            "computeResources.memory_gb: unknown argument (use one of cpus, memory, disk, time, accelerators, acceleratorType, maxCpus, maxMemory, cpuLimits)",
        ],
    ],
    [
        "a part of a CPU",
        { computeResources: { cpus: 2.5 } },
        ["computeResources.cpus 2.5 is not a whole number of CPUs, which is all Nextflow can ask for; write 2 or 3"],
    ],
    [
        "less than one CPU",
        { computeResources: { cpus: 0.5 } },
        ["computeResources.cpus 0.5 is not a whole number of CPUs, which is all Nextflow can ask for; write 1"],
    ],
    [
        "CPUs as a Kubernetes quantity",
        { computeResources: { cpus: "500m" } },
        ["computeResources.cpus: must be a number, not a string"],
    ],
    [
        "no CPUs",
        { computeResources: { cpus: 0 } },
        ["computeResources.cpus 0 is not a whole number of CPUs, which is all Nextflow can ask for; write 1"],
    ],
    [
        "memory without a unit",
        { computeResources: { memory: "16" } },
        [
            'computeResources.memory "16" has no unit, so it is a number of bytes, and not of whole mebibytes; write "16 GB" or "16 MB"',
        ],
    ],
    [
        "memory as a number",
        { computeResources: { memory: 16 } },
        ["computeResources.memory: must be a string, not a number"],
    ],
    [
        "memory in decimal units",
        { computeResources: { memory: "16G" } },
        [
            'computeResources.memory "16G" counts in thousands in Kubernetes and in 1024s in Nextflow; write "16 GB" or "16Gi"',
        ],
    ],
    [
        "memory of less than a mebibyte",
        { computeResources: { memory: "500 KB" } },
        [
            'computeResources.memory "500 KB" is not a whole number of mebibytes, which is all the Platform and Nextflow can take; write "1 MB"',
        ],
    ],
    [
        "memory in no unit that there is",
        { computeResources: { memory: "16 gallons" } },
        ['computeResources.memory "16 gallons" is no amount of memory; write it like "16 GB"'],
    ],
    [
        "memory of nothing",
        { computeResources: { memory: "0 GB" } },
        ['computeResources.memory "0 GB" is not more than nothing; write it like "16 GB" or "16Gi"'],
    ],
    [
        "a disk in decimal units",
        { computeResources: { disk: "100G" } },
        [
            'computeResources.disk "100G" counts in thousands in Kubernetes and in 1024s in Nextflow; write "100 GB" or "100Gi"',
        ],
    ],
    [
        "a time without a unit",
        { computeResources: { time: "6" } },
        ['computeResources.time "6" is no duration that Nextflow reads; write it like "6h" or "90 min"'],
    ],
    [
        "parts of a GPU",
        { computeResources: { accelerators: 0.5 } },
        ["computeResources.accelerators 0.5 is not a whole number from 1 up; write it like 1"],
    ],
    [
        "a model as the type of a GPU",
        { computeResources: { accelerators: 1, acceleratorType: "nvidia-tesla-v100" } },
        [
            'computeResources.acceleratorType "nvidia-tesla-v100" is not the name of a resource, and Nextflow would ask for "nvidia-tesla-v100.com/gpu"; write it like "nvidia.com/gpu", and choose a model with a node selector',
        ],
    ],
    [
        "a vendor as the type of a GPU",
        { computeResources: { accelerators: 1, acceleratorType: "amd.com" } },
        [
            'computeResources.acceleratorType "amd.com" is not the name of a resource, and Nextflow would ask for "amd.com/gpu"; write it like "nvidia.com/gpu", and choose a model with a node selector',
        ],
    ],
    [
        "a type of GPU without a number",
        { computeResources: { acceleratorType: "nvidia.com/gpu" } },
        ["computeResources has an acceleratorType without accelerators; write how many, or leave it out"],
    ],
    [
        "a limit that is a part of a CPU",
        { computeResources: { maxCpus: 1.5 } },
        ["computeResources.maxCpus 1.5 is not a whole number of CPUs, which is all Nextflow can ask for; write 1 or 2"],
    ],
    [
        "a limit of memory without a unit",
        { computeResources: { maxMemory: "256" } },
        [
            'computeResources.maxMemory "256" has no unit, so it is a number of bytes, and not of whole mebibytes; write "256 GB" or "256 MB"',
        ],
    ],
    [
        "more CPUs than the limit",
        { computeResources: { cpus: 8, maxCpus: 4 } },
        ["computeResources asks for 8 CPUs, of which maxCpus leaves 4; write a maxCpus that is not less than cpus"],
    ],
    [
        "more memory than the limit",
        { computeResources: { memory: "16 GB", maxMemory: "8Gi" } },
        [
            'computeResources asks for "16 GB" of memory, of which maxMemory leaves "8Gi"; write a maxMemory that is not less than memory',
        ],
    ],
    [
        "CPU limits as a text",
        { computeResources: { cpuLimits: "yes" } },
        ["computeResources.cpuLimits: must be a boolean, not a string"],
    ],
    ["retries that are a number", { retries: 3 }, ["retries: must be an object, not a number"]],
    [
        "retries under Nextflow's own name",
        { retries: { errorStrategy: "retry" } },
        ["retries.errorStrategy: unknown argument (use one of strategy, maxRetries, maxErrors)"],
    ],
    [
        "a strategy that there is not",
        { retries: { strategy: "again" } },
        ['retries.strategy: unsupported value "again" (use one of "terminate", "finish", "ignore", "retry")'],
    ],
    [
        "retries of less than none",
        { retries: { maxRetries: -1 } },
        ["retries.maxRetries -1 is not a whole number from 0 up; write it like 3"],
    ],
    [
        "retries beside a strategy that has none",
        { retries: { strategy: "ignore", maxRetries: 3 } },
        [
            'retries has maxRetries beside the strategy "ignore", which retries nothing; leave it out, or set strategy to "retry"',
        ],
    ],
    [
        "fewer errors than any number",
        { retries: { maxErrors: -2 } },
        ["retries.maxErrors -2 is not a whole number from -1 up; write it like -1"],
    ],
    ["processes that are no list", { processes: { label: "gpu" } }, ["processes: must be a list, not an object"]],
    [
        "processes chosen by nothing",
        { processes: [{ cpus: 4 }] },
        ["processes[0] has neither label nor name; write one of the two, which says what processes it is about"],
    ],
    [
        "processes chosen twice",
        { processes: [{ label: "a", name: "b" }] },
        ["processes[0] has both label and name; write one of the two, which says what processes it is about"],
    ],
    [
        "processes with an empty label",
        { processes: [{ label: "" }] },
        ["processes[0].label: must not be empty (write its value, or leave the argument out)"],
    ],
    [
        "processes with an empty name",
        { processes: [{ name: " " }] },
        ["processes[0].name: must not be empty (write its value, or leave the argument out)"],
    ],
    [
        "a setting that processes do not have",
        { processes: [{ label: "a", container: "x" }] },
        [
            "processes[0].container: unknown argument (use one of label, name, cpus, memory, disk, time, accelerators, acceleratorType, strategy, maxRetries, nodeSelector, tolerations)",
        ],
    ],
    [
        "a part of a CPU for processes",
        { processes: [{ label: "a", cpus: 1.5 }] },
        ["processes[0].cpus 1.5 is not a whole number of CPUs, which is all Nextflow can ask for; write 1 or 2"],
    ],
    [
        "memory of processes without a unit",
        { processes: [{ label: "a", memory: "4" }] },
        [
            'processes[0].memory "4" has no unit, so it is a number of bytes, and not of whole mebibytes; write "4 GB" or "4 MB"',
        ],
    ],
    [
        "a disk of processes that is none",
        { processes: [{ label: "a", disk: "big" }] },
        ['processes[0].disk "big" is no amount of memory; write it like "16 GB"'],
    ],
    [
        "a time of processes that is none",
        { processes: [{ label: "a", time: "soon" }] },
        ['processes[0].time "soon" is no duration that Nextflow reads; write it like "6h" or "90 min"'],
    ],
    [
        "no GPUs for processes",
        { processes: [{ label: "a", accelerators: 0 }] },
        ["processes[0].accelerators 0 is not a whole number from 1 up; write it like 1"],
    ],
    [
        "a model as the type of a GPU of processes",
        { processes: [{ label: "a", accelerators: 1, acceleratorType: "v100" }] },
        [
            'processes[0].acceleratorType "v100" is not the name of a resource, and Nextflow would ask for "v100.com/gpu"; write it like "nvidia.com/gpu", and choose a model with a node selector',
        ],
    ],
    [
        "a strategy of processes that there is not",
        { processes: [{ label: "a", strategy: "x" }] },
        ['processes[0].strategy: unsupported value "x" (use one of "terminate", "finish", "ignore", "retry")'],
    ],
    [
        "retries of processes beside a strategy that has none",
        { processes: [{ label: "a", strategy: "finish", maxRetries: 1 }] },
        [
            'processes[0] has maxRetries beside the strategy "finish", which retries nothing; leave it out, or set strategy to "retry"',
        ],
    ],
    [
        "retries of processes that are no whole number",
        { processes: [{ label: "a", maxRetries: 1.5 }] },
        ["processes[0].maxRetries 1.5 is not a whole number from 0 up; write it like 3"],
    ],
    [
        "a node selector of processes with a bad value",
        { processes: [{ label: "a", nodeSelector: { b: "c d" } }] },
        [
            'processes[0].nodeSelector.b "c d" is not a label value that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit',
        ],
    ],
    ["claims that are no list", { storageClaims: {} }, ["storageClaims: must be a list, not an object"]],
    [
        "a claim under the design's own spelling",
        { storageClaims: [{ claim_name: "data", mountPath: "/data" }] },
        [
            'storageClaims[0].claim_name: unknown argument (write "claimName")',
            'storageClaims[0].claimName: required (write the name of a claim in the namespace, like "reference-data")',
        ],
    ],
    [
        "a claim without a place",
        { storageClaims: [{ claimName: "data" }] },
        ['storageClaims[0].mountPath: required (write where it is mounted, like "/mnt/reference")'],
    ],
    [
        "a claim's name with capitals",
        { storageClaims: [{ claimName: "Data", mountPath: "/data" }] },
        [
            'storageClaims[0].claimName "Data" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "data"',
        ],
    ],
    [
        "a relative mount path",
        { storageClaims: [{ claimName: "data", mountPath: "data" }] },
        ['storageClaims[0].mountPath "data" is not an absolute path; write "/data", for example'],
    ],
    [
        "a mount path with a slash at the end",
        { storageClaims: [{ claimName: "data", mountPath: "/data/" }] },
        ['storageClaims[0].mountPath "/data/" is not in its plain form; write "/data"'],
    ],
    [
        "a mount path that is the root",
        { storageClaims: [{ claimName: "data", mountPath: "/" }] },
        [
            'storageClaims[0].mountPath "/" is the root of the container, where nothing can be mounted; write "/scratch", for example',
        ],
    ],
    [
        "two claims at one path",
        {
            storageClaims: [
                { claimName: "a", mountPath: "/data" },
                { claimName: "b", mountPath: "/data" },
            ],
        },
        [
            'storageClaims[1].mountPath "/data" is where storageClaims[0].mountPath mounts something already; write another path',
        ],
    ],
    [
        "a claim where the work claim is",
        { storageClaims: [{ claimName: "data", mountPath: "/scratch" }] },
        [
            'storageClaims[0].mountPath "/scratch" is where the work claim is mounted; write another path, or give the claim as storage.claimName and leave it out here',
        ],
    ],
    [
        "a claim where the work claim is by its other name",
        {
            storageClaims: [{ claimName: "data", mountPath: "/workspace" }],
            advanced: { storageMountPath: "/workspace" },
        },
        [
            'storageClaims[0].mountPath "/workspace" is where the work claim is mounted; write another path, or give the claim as storage.claimName and leave it out here',
        ],
    ],
    [
        "a claim inside the work claim",
        { storageClaims: [{ claimName: "data", mountPath: "/scratch/data" }] },
        [
            'storageClaims[0].mountPath "/scratch/data" and "/scratch", where the work claim is mounted, lie one inside the other; write a path apart from it, or set storage.mountPath',
        ],
    ],
    [
        "a claim around the work claim",
        { storageClaims: [{ claimName: "data", mountPath: "/mnt" }], storage: { mountPath: "/mnt/work" } },
        [
            'storageClaims[0].mountPath "/mnt" and "/mnt/work", where the work claim is mounted, lie one inside the other; write a path apart from it, or set storage.mountPath',
        ],
    ],
    [
        "a scratch volume where a claim is",
        {
            storageClaims: [{ claimName: "data", mountPath: "/data" }],
            podOptions: { scratchVolumes: [{ mountPath: "/data" }] },
        },
        [
            'podOptions.scratchVolumes[0].mountPath "/data" is where storageClaims[0].mountPath mounts something already; write another path',
        ],
    ],
    [
        "a claim for reading as a text",
        { storageClaims: [{ claimName: "data", mountPath: "/data", readOnly: "true" }] },
        ["storageClaims[0].readOnly: must be a boolean, not a string"],
    ],
    [
        "a path in a claim from its root",
        { storageClaims: [{ claimName: "data", mountPath: "/data", subPath: "/a" }] },
        [
            'storageClaims[0].subPath "/a" is not a path inside the volume; write it like "data/2024", without a slash in front and without ".."',
        ],
    ],
    [
        "a path out of a claim",
        { storageClaims: [{ claimName: "data", mountPath: "/data", subPath: "a/../../b" }] },
        [
            'storageClaims[0].subPath "a/../../b" is not a path inside the volume; write it like "data/2024", without a slash in front and without ".."',
        ],
    ],
    [
        "a volume's name with capitals",
        { storageClaims: [{ claimName: "data", mountPath: "/data", name: "Data" }] },
        [
            'storageClaims[0].name "Data" is not an RFC 1123 label; write lower-case letters, digits and dashes, beginning and ending with a letter or digit, such as "data"',
        ],
    ],
    [
        "two claims of one name",
        {
            storageClaims: [
                { name: "x", claimName: "a", mountPath: "/a" },
                { name: "x", claimName: "b", mountPath: "/b" },
            ],
        },
        [
            'storageClaims[1].name "x" is the name of storageClaims[0], another claim; write a name of its own, or leave it out',
        ],
    ],
    ["variables that are no list", { env: { A: "1" } }, ["env: must be a list, not an object"]],
    [
        "a variable with a dash",
        { env: [{ name: "A-B", value: "1" }] },
        [
            'env[0].name "A-B" is not a name for an environment variable; write letters, digits and underscores, not beginning with a digit',
        ],
    ],
    ["a variable without a name", { env: [{ value: "1" }] }, ["env[0].name is missing; write the variable's name"]],
    [
        "a variable without a value",
        { env: [{ name: "A" }] },
        ["env[0] has no value; write one of value, valueFrom.secretKeyRef, valueFrom.configMapKeyRef"],
    ],
    [
        "a variable with two values",
        { env: [{ name: "A", value: "1", valueFrom: { secretKeyRef: { name: "s" } } }] },
        [
            "env[0] has value and valueFrom.secretKeyRef; write one of value, valueFrom.secretKeyRef, valueFrom.configMapKeyRef",
        ],
    ],
    [
        "a variable with a value that is a number",
        { env: [{ name: "A", value: 1 }] },
        ["env[0].value: must be a string, not a number"],
    ],
    [
        "a variable to no pods that there are",
        { env: [{ name: "A", value: "1", target: "tasks" }] },
        ['env[0].target: unsupported value "tasks" (use one of "head", "compute", "both")'],
    ],
    [
        "a variable under the API's own names",
        { env: [{ name: "A", value: "1", head: true }] },
        ["env[0].head: unknown argument (use one of name, value, target, valueFrom)"],
    ],
    [
        "a Secret for head pods",
        { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "s" } }, target: "both" }] },
        [
            'env[0] has valueFrom.secretKeyRef, which reaches task pods only; set target to "compute", and read the value in head pods by headPodSpec',
        ],
    ],
    [
        "a ConfigMap for head pods",
        { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "s" } }, target: "head" }] },
        [
            'env[0] has valueFrom.configMapKeyRef, which reaches task pods only; set target to "compute", and read the value in head pods by headPodSpec',
        ],
    ],
    [
        "a Secret that is a text",
        { env: [{ name: "A", valueFrom: "s/k" }] },
        ["env[0].valueFrom: must be an object, not a string"],
    ],
    [
        "a Secret's name with an underscore",
        { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "my_secret" } } }] },
        [
            'env[0].valueFrom.secretKeyRef.name "my_secret" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "my-secret"',
        ],
    ],
    [
        "a Secret's empty key",
        { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "s", key: "" } } }] },
        ["env[0].valueFrom.secretKeyRef.key: must not be empty (write its value, or leave the argument out)"],
    ],
    [
        "a ConfigMap that is a text",
        { env: [{ name: "A", valueFrom: { configMapKeyRef: "c" } }] },
        ["env[0].valueFrom.configMapKeyRef: must be an object, not a string"],
    ],
    [
        "a ConfigMap's name with capitals",
        { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "C" } } }] },
        [
            'env[0].valueFrom.configMapKeyRef.name "C" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "c"',
        ],
    ],
    [
        "a ConfigMap's empty key",
        { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "c", key: " " } } }] },
        ["env[0].valueFrom.configMapKeyRef.key: must not be empty (write its value, or leave the argument out)"],
    ],
    [
        "a variable that is in the map too",
        { env: [{ name: "A", value: "2", target: "head" }], environmentVariables: { A: "1" } },
        ['env[0] sets "A" for pods that environmentVariables.A sets it for; keep one of the two'],
    ],
    [
        "a variable twice",
        {
            env: [
                { name: "A", value: "1" },
                { name: "A", valueFrom: { secretKeyRef: { name: "s" } } },
            ],
        },
        ['env[1] sets "A" for pods that env[0] sets it for; keep one of the two'],
    ],
    [
        "a service account by both its names",
        { serviceAccount: "a", serviceAccounts: { compute: { name: "a" } } },
        [
            "serviceAccount is given together with serviceAccounts.compute.name, which says the same; keep one of the two",
        ],
    ],
    [
        "the head's service account by both its names",
        { advanced: { headServiceAccount: "a" }, serviceAccounts: { head: { name: "b" } } },
        [
            "advanced.headServiceAccount is given together with serviceAccounts.head.name, which says the same; keep one of the two",
        ],
    ],
    [
        "pull Secrets by both their names",
        { advanced: { imagePullSecrets: ["a"] }, imagePullSecrets: ["b"] },
        ["advanced.imagePullSecrets is given together with imagePullSecrets, which says the same; keep one of the two"],
    ],
    [
        "a storage class by both its names",
        { advanced: { storageClassName: "a" }, storage: { storageClassName: "a" } },
        [
            "advanced.storageClassName is given together with storage.storageClassName, which says the same; keep one of the two",
        ],
    ],
    [
        "a mount path by both its names",
        { advanced: { storageMountPath: "/a" }, storage: { mountPath: "/b" } },
        [
            "advanced.storageMountPath is given together with storage.mountPath, which says the same; keep one of the two",
        ],
    ],
    [
        "a service account's name with capitals",
        { serviceAccount: "Runner" },
        [
            'serviceAccount "Runner" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "runner"',
        ],
    ],
    [
        "the head's service account with an underscore",
        { advanced: { headServiceAccount: "next_flow" } },
        [
            'advanced.headServiceAccount "next_flow" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "next-flow"',
        ],
    ],
    [
        "a pull policy in lower case",
        { advanced: { imagePullPolicy: "always" } },
        ['advanced.imagePullPolicy: unsupported value "always" (use one of "Always", "IfNotPresent", "Never")'],
    ],
    [
        "pull Secrets as a text",
        { advanced: { imagePullSecrets: "a" } },
        ["advanced.imagePullSecrets: must be a list, not a string"],
    ],
    [
        "a pull Secret's name with capitals",
        { advanced: { imagePullSecrets: ["A"] } },
        [
            'advanced.imagePullSecrets[0] "A" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "a"',
        ],
    ],
    [
        "a storage class that is a number",
        { advanced: { storageClassName: 1 } },
        ["advanced.storageClassName: must be a string, not a number"],
    ],
    [
        "a relative storage mount path",
        { advanced: { storageMountPath: "scratch" } },
        ['advanced.storageMountPath "scratch" is not an absolute path; write "/scratch", for example'],
    ],
    [
        "a work directory outside the mount by its other name",
        { advanced: { storageMountPath: "/workspace" }, workDirectory: "/scratch/work" },
        [
            'workDirectory "/scratch/work" lies outside "/workspace", where the work claim is mounted, so tasks would not see it; write "/workspace/work", or set advanced.storageMountPath',
        ],
    ],
    [
        "a kind of task that there is not",
        { advanced: { computeResourceType: "Deployment" } },
        ['advanced.computeResourceType: unsupported value "Deployment" (use one of "Pod", "Job")'],
    ],
    [
        "advanced arguments that there are not",
        { advanced: { head_service_account: "a" } },
        ['advanced.head_service_account: unknown argument (write "headServiceAccount")'],
    ],
];
