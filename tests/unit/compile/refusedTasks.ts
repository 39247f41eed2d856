import type { Case } from "./environmentCases";

/** What tasks ask for, mount and carry. */
export const REFUSED_TASKS: Case[] = [
    ["resources that are no object", { computeResources: "4" }, ["computeResources: must be an object, not a string"]],
    [
        "resources under the design's other spelling",
        { computeResources: { memory_gb: 4 } },
        ['computeResources.memory_gb: unknown argument (write "memory")'],
    ],
    [
        "a part of a CPU",
        { computeResources: { cpus: 2.5 } },
        [
            "computeResources.cpus: 2.5 is not a whole number of CPUs greater than zero, which Nextflow requires (write 2 or 3)",
        ],
    ],
    [
        "less than one CPU",
        { computeResources: { cpus: 0.5 } },
        [
            "computeResources.cpus: 0.5 is not a whole number of CPUs greater than zero, which Nextflow requires (write 1)",
        ],
    ],
    [
        "CPUs as a Kubernetes quantity",
        { computeResources: { cpus: "500m" } },
        ["computeResources.cpus: must be a number, not a string"],
    ],
    [
        "no CPUs",
        { computeResources: { cpus: 0 } },
        ["computeResources.cpus: 0 is not a whole number of CPUs greater than zero, which Nextflow requires (write 1)"],
    ],
    [
        "memory without a unit",
        { computeResources: { memory: "16" } },
        [
            'computeResources.memory: "16" has no unit, so it is a number of bytes, and not a whole number of mebibytes (write "16 GB" or "16 MB")',
        ],
    ],
    [
        "memory as a number",
        { computeResources: { memory: 16 } },
        [
            'computeResources.memory: "16" has no unit, so it is a number of bytes, and not a whole number of mebibytes (write "16 GB" or "16 MB")',
        ],
    ],
    [
        "memory in decimal units",
        { computeResources: { memory: "16G" } },
        [
            'computeResources.memory: "16G" is ambiguous: Kubernetes counts in powers of 1000 and Nextflow in powers of 1024 (write "16 GB" or "16Gi")',
        ],
    ],
    [
        "memory of less than a mebibyte",
        { computeResources: { memory: "500 KB" } },
        [
            'computeResources.memory: "500 KB" is not a whole number of mebibytes; the Platform and Nextflow accept no fractions (write "1 MB")',
        ],
    ],
    [
        "memory in no unit that there is",
        { computeResources: { memory: "16 gallons" } },
        ['computeResources.memory: "16 gallons" is not an amount of memory (write it like "16 GB")'],
    ],
    [
        "memory of nothing",
        { computeResources: { memory: "0 GB" } },
        ['computeResources.memory: must be greater than zero, not "0 GB" (write it like "16 GB" or "16Gi")'],
    ],
    [
        "a disk in decimal units",
        { computeResources: { disk: "100G" } },
        [
            'computeResources.disk: "100G" is ambiguous: Kubernetes counts in powers of 1000 and Nextflow in powers of 1024 (write "100 GB" or "100Gi")',
        ],
    ],
    [
        "a time without a unit",
        { computeResources: { time: "6" } },
        ['computeResources.time: "6" is not a duration that Nextflow can read (write it like "6h" or "90 min")'],
    ],
    [
        "parts of a GPU",
        { computeResources: { accelerators: 0.5 } },
        ["computeResources.accelerators: must be a whole number of at least 1, not 0.5 (write it like 1)"],
    ],
    [
        "a model as the type of a GPU",
        { computeResources: { accelerators: 1, acceleratorType: "nvidia-tesla-v100" } },
        [
            'computeResources.acceleratorType: "nvidia-tesla-v100" is not a valid resource name, so Nextflow would request "nvidia-tesla-v100.com/gpu" (write it like "nvidia.com/gpu", and choose a model with a node selector)',
        ],
    ],
    [
        "a vendor as the type of a GPU",
        { computeResources: { accelerators: 1, acceleratorType: "amd.com" } },
        [
            'computeResources.acceleratorType: "amd.com" is not a valid resource name, so Nextflow would request "amd.com/gpu" (write it like "nvidia.com/gpu", and choose a model with a node selector)',
        ],
    ],
    [
        "a type of GPU without a number",
        { computeResources: { acceleratorType: "nvidia.com/gpu" } },
        [
            "computeResources: acceleratorType requires accelerators (set accelerators to the number per task, or remove acceleratorType)",
        ],
    ],
    [
        "a limit that is a part of a CPU",
        { computeResources: { maxCpus: 1.5 } },
        [
            "computeResources.maxCpus: 1.5 is not a whole number of CPUs greater than zero, which Nextflow requires (write 1 or 2)",
        ],
    ],
    [
        "a limit of memory without a unit",
        { computeResources: { maxMemory: "256" } },
        [
            'computeResources.maxMemory: "256" has no unit, so it is a number of bytes, and not a whole number of mebibytes (write "256 GB" or "256 MB")',
        ],
    ],
    [
        "more CPUs than the limit",
        { computeResources: { cpus: 8, maxCpus: 4 } },
        ["computeResources: cpus (8) exceeds maxCpus (4), so Nextflow lowers it (raise maxCpus, or lower cpus)"],
    ],
    [
        "more memory than the limit",
        { computeResources: { memory: "16 GB", maxMemory: "8Gi" } },
        [
            'computeResources: memory ("16 GB") exceeds maxMemory ("8Gi"), so Nextflow lowers it (raise maxMemory, or lower memory)',
        ],
    ],
    [
        "processes with more than the limits",
        {
            computeResources: { maxCpus: 4, maxMemory: "8Gi" },
            processes: [
                { label: "small", cpus: 4, memory: "8 GB" },
                { label: "big", cpus: 8, memory: "16 GB" },
            ],
        },
        [
            "processes[1]: cpus (8) exceeds computeResources.maxCpus (4), so Nextflow lowers it (raise computeResources.maxCpus, or lower cpus)",
            'processes[1]: memory ("16 GB") exceeds computeResources.maxMemory ("8Gi"), so Nextflow lowers it (raise computeResources.maxMemory, or lower memory)',
        ],
    ],
    [
        "a time without a unit",
        { computeResources: { time: 5 } },
        ['computeResources.time: "5" is not a duration that Nextflow can read (write it like "6h" or "90 min")'],
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
        ['retries.errorStrategy: unknown argument (write "strategy")'],
    ],
    [
        "a strategy that there is not",
        { retries: { strategy: "again" } },
        ['retries.strategy: unsupported value "again" (use one of "terminate", "finish", "ignore", "retry")'],
    ],
    [
        "retries of less than none",
        { retries: { maxRetries: -1 } },
        ["retries.maxRetries: must be a whole number of at least 0, not -1 (write it like 3)"],
    ],
    [
        "retries beside a strategy that has none",
        { retries: { strategy: "ignore", maxRetries: 3 } },
        ['retries: maxRetries has no effect with the strategy "ignore" (remove it, or set strategy to "retry")'],
    ],
    [
        "fewer errors than any number",
        { retries: { maxErrors: -2 } },
        ["retries.maxErrors: must be a whole number of at least -1, not -2 (write it like -1)"],
    ],
    ["processes that are no list", { processes: { label: "gpu" } }, ["processes: must be a list, not an object"]],
    [
        "processes chosen by nothing",
        { processes: [{ cpus: 4 }] },
        ["processes[0]: has neither label nor name (write one of the two to select processes)"],
    ],
    [
        "processes chosen twice",
        { processes: [{ label: "a", name: "b" }] },
        ["processes[0]: has both label and name (write one of the two to select processes)"],
    ],
    [
        "processes with an empty label",
        { processes: [{ label: "", cpus: 1 }] },
        ["processes[0].label: must not be empty (write its value, or leave the argument out)"],
    ],
    [
        "processes with an empty name",
        { processes: [{ name: " ", cpus: 1 }] },
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
        [
            "processes[0].cpus: 1.5 is not a whole number of CPUs greater than zero, which Nextflow requires (write 1 or 2)",
        ],
    ],
    [
        "memory of processes without a unit",
        { processes: [{ label: "a", memory: "4" }] },
        [
            'processes[0].memory: "4" has no unit, so it is a number of bytes, and not a whole number of mebibytes (write "4 GB" or "4 MB")',
        ],
    ],
    [
        "a disk of processes that is none",
        { processes: [{ label: "a", disk: "big" }] },
        ['processes[0].disk: "big" is not an amount of memory (write it like "16 GB")'],
    ],
    [
        "a time of processes that is none",
        { processes: [{ label: "a", time: "soon" }] },
        ['processes[0].time: "soon" is not a duration that Nextflow can read (write it like "6h" or "90 min")'],
    ],
    [
        "no GPUs for processes",
        { processes: [{ label: "a", accelerators: 0 }] },
        ["processes[0].accelerators: must be a whole number of at least 1, not 0 (write it like 1)"],
    ],
    [
        "a model as the type of a GPU of processes",
        { processes: [{ label: "a", accelerators: 1, acceleratorType: "v100" }] },
        [
            'processes[0].acceleratorType: "v100" is not a valid resource name, so Nextflow would request "v100.com/gpu" (write it like "nvidia.com/gpu", and choose a model with a node selector)',
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
        ['processes[0]: maxRetries has no effect with the strategy "finish" (remove it, or set strategy to "retry")'],
    ],
    [
        "retries of processes that are no whole number",
        { processes: [{ label: "a", maxRetries: 1.5 }] },
        ["processes[0].maxRetries: must be a whole number of at least 0, not 1.5 (write it like 3)"],
    ],
    [
        "a node selector of processes with a bad value",
        { processes: [{ label: "a", nodeSelector: { b: "c d" } }] },
        [
            'processes[0].nodeSelector.b: "c d" is not a valid Kubernetes label value (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    ["claims that are no list", { storageClaims: {} }, ["storageClaims: must be a list, not an object"]],
    [
        "a claim under the design's own spelling",
        { storageClaims: [{ claim_name: "data", mountPath: "/data" }] },
        ['storageClaims[0].claim_name: unknown argument (write "claimName")'],
    ],
    [
        "a claim without a place",
        { storageClaims: [{ claimName: "data" }] },
        ['storageClaims[0].mountPath: required (write the mount path, like "/mnt/reference")'],
    ],
    [
        "a claim's name with capitals",
        { storageClaims: [{ claimName: "Data", mountPath: "/data" }] },
        [
            'storageClaims[0].claimName: "Data" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "data")',
        ],
    ],
    [
        "a relative mount path",
        { storageClaims: [{ claimName: "data", mountPath: "data" }] },
        ['storageClaims[0].mountPath: "data" is not an absolute path (write it like "/data")'],
    ],
    [
        "a mount path with a slash at the end",
        { storageClaims: [{ claimName: "data", mountPath: "/data/" }] },
        ['storageClaims[0].mountPath: "/data/" is not a normalized path (write "/data")'],
    ],
    [
        "a mount path that is the root",
        { storageClaims: [{ claimName: "data", mountPath: "/" }] },
        [
            'storageClaims[0].mountPath: "/" is the root of the container, where nothing can be mounted (write it like "/scratch")',
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
        ['storageClaims[1].mountPath: "/data" is already used by storageClaims[0].mountPath (write another path)'],
    ],
    [
        "a claim where the work claim is",
        { storageClaims: [{ claimName: "data", mountPath: "/scratch" }] },
        [
            'storageClaims[0].mountPath: "/scratch" is the mount path of the work claim (write another path, or set storage.claimName to this claim and remove it here)',
        ],
    ],
    [
        "a claim where the work claim is by its other name",
        {
            storageClaims: [{ claimName: "data", mountPath: "/workspace" }],
            advanced: { storageMountPath: "/workspace" },
        },
        [
            'storageClaims[0].mountPath: "/workspace" is the mount path of the work claim (write another path, or set storage.claimName to this claim and remove it here)',
        ],
    ],
    [
        "a claim inside the work claim",
        { storageClaims: [{ claimName: "data", mountPath: "/scratch/data" }] },
        [
            'storageClaims[0].mountPath: "/scratch/data" overlaps "/scratch", the mount path of the work claim (write a separate path, or change storage.mountPath)',
        ],
    ],
    [
        "a claim around the work claim",
        { storageClaims: [{ claimName: "data", mountPath: "/mnt" }], storage: { mountPath: "/mnt/work" } },
        [
            'storageClaims[0].mountPath: "/mnt" overlaps "/mnt/work", the mount path of the work claim (write a separate path, or change storage.mountPath)',
        ],
    ],
    [
        "a scratch volume where a claim is",
        {
            storageClaims: [{ claimName: "data", mountPath: "/data" }],
            podOptions: { scratchVolumes: [{ mountPath: "/data" }] },
        },
        [
            'podOptions.scratchVolumes[0].mountPath: "/data" is already used by storageClaims[0].mountPath (write another path)',
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
            'storageClaims[0].subPath: "/a" is not a path inside the volume (write it like "data/2024", without a leading slash and without "..")',
        ],
    ],
    [
        "a path out of a claim",
        { storageClaims: [{ claimName: "data", mountPath: "/data", subPath: "a/../../b" }] },
        [
            'storageClaims[0].subPath: "a/../../b" is not a path inside the volume (write it like "data/2024", without a leading slash and without "..")',
        ],
    ],
    [
        "a volume's name with capitals",
        { storageClaims: [{ claimName: "data", mountPath: "/data", name: "Data" }] },
        [
            'storageClaims[0].name: "Data" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "data")',
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
            'storageClaims[1].name: "x" is already the name of storageClaims[0], which is another claim (write a different name, or remove it)',
        ],
    ],
    ["variables that are no list", { env: { A: "1" } }, ["env: must be a list, not an object"]],
    [
        "a variable with a dash",
        { env: [{ name: "A-B", value: "1" }] },
        [
            'env[0].name: "A-B" is not a valid environment variable name (use letters, digits and underscores; do not begin with a digit)',
        ],
    ],
    ["a variable without a name", { env: [{ value: "1" }] }, ["env[0].name: required (write the variable's name)"]],
    [
        "a variable without a value",
        { env: [{ name: "A" }] },
        ["env[0]: has no value (write exactly one of value, valueFrom.secretKeyRef, valueFrom.configMapKeyRef)"],
    ],
    [
        "a variable with two values",
        { env: [{ name: "A", value: "1", valueFrom: { secretKeyRef: { name: "s" } } }] },
        [
            "env[0]: has value and valueFrom.secretKeyRef (write exactly one of value, valueFrom.secretKeyRef, valueFrom.configMapKeyRef)",
        ],
    ],
    [
        "a variable with a value that is a list",
        { env: [{ name: "A", value: ["1"] }] },
        ["env[0].value: must be a string, not a list"],
    ],
    [
        "a variable to no pods that there are",
        { env: [{ name: "A", value: "1", target: "tasks" }] },
        ['env[0].target: unsupported value "tasks" (use one of "head", "compute", "both")'],
    ],
    [
        "a variable under the API's own names",
        { env: [{ name: "A", value: "1", head: true }] },
        ["env[0].head: unknown argument (use one of name, value, valueFrom, target)"],
    ],
    [
        "a Secret for head pods",
        { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "s" } }, target: "both" }] },
        [
            'env[0]: has valueFrom.secretKeyRef, which only reaches task pods (set target to "compute"; for head pods, write the variable in headPodSpec)',
        ],
    ],
    [
        "a ConfigMap for head pods",
        { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "s" } }, target: "head" }] },
        [
            'env[0]: has valueFrom.configMapKeyRef, which only reaches task pods (set target to "compute"; for head pods, write the variable in headPodSpec)',
        ],
    ],
    [
        "a Secret that is a text",
        { env: [{ name: "A", value: "1", valueFrom: "s/k" }] },
        ["env[0].valueFrom: must be an object, not a string"],
    ],
    [
        "a Secret's name with an underscore",
        { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "my_secret" } } }] },
        [
            'env[0].valueFrom.secretKeyRef.name: "my_secret" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "my-secret")',
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
            'env[0].valueFrom.configMapKeyRef.name: "C" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "c")',
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
        ['env[0]: sets "A" for the same pods as environmentVariables.A (remove one of the two)'],
    ],
    [
        "a variable twice",
        {
            env: [
                { name: "A", value: "1" },
                { name: "A", valueFrom: { secretKeyRef: { name: "s" } } },
            ],
        },
        ['env[1]: sets "A" for the same pods as env[0] (remove one of the two)'],
    ],
    [
        "a service account by both its names",
        { serviceAccount: "a", serviceAccounts: { compute: { name: "a" } } },
        [
            "serviceAccount: cannot be used with serviceAccounts.compute.name, which sets the same value (remove one of the two)",
        ],
    ],
    [
        "the head's service account by both its names",
        { advanced: { headServiceAccount: "a" }, serviceAccounts: { head: { name: "b" } } },
        [
            "advanced.headServiceAccount: cannot be used with serviceAccounts.head.name, which sets the same value (remove one of the two)",
        ],
    ],
    [
        "pull Secrets by both their names",
        { advanced: { imagePullSecrets: ["a"] }, imagePullSecrets: ["b"] },
        [
            "advanced.imagePullSecrets: cannot be used with imagePullSecrets, which sets the same value (remove one of the two)",
        ],
    ],
    [
        "a storage class by both its names",
        { advanced: { storageClassName: "a" }, storage: { storageClassName: "a" } },
        [
            "advanced.storageClassName: cannot be used with storage.storageClassName, which sets the same value (remove one of the two)",
        ],
    ],
    [
        "a mount path by both its names",
        { advanced: { storageMountPath: "/a" }, storage: { mountPath: "/b" } },
        [
            "advanced.storageMountPath: cannot be used with storage.mountPath, which sets the same value (remove one of the two)",
        ],
    ],
    [
        "a service account's name with capitals",
        { serviceAccount: "Runner" },
        [
            'serviceAccount: "Runner" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "runner")',
        ],
    ],
    [
        "the head's service account with an underscore",
        { advanced: { headServiceAccount: "next_flow" } },
        [
            'advanced.headServiceAccount: "next_flow" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "next-flow")',
        ],
    ],
    [
        "a pull policy in lower case",
        { advanced: { imagePullPolicy: "always" } },
        ['advanced.imagePullPolicy: unsupported value "always" (write "Always")'],
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
            'advanced.imagePullSecrets[0]: "A" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "a")',
        ],
    ],
    [
        "a storage class that is a number",
        { advanced: { storageClassName: 1 } },
        [
            "advanced.storageClassName: must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
        ],
    ],
    [
        "a relative storage mount path",
        { advanced: { storageMountPath: "scratch" } },
        ['advanced.storageMountPath: "scratch" is not an absolute path (write it like "/scratch")'],
    ],
    [
        "a work directory outside the mount by its other name",
        { advanced: { storageMountPath: "/workspace" }, workDirectory: "/scratch/work" },
        [
            'workDirectory: "/scratch/work" is outside "/workspace", where the work claim is mounted, so tasks could not see it (write "/workspace/work", or set advanced.storageMountPath)',
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
