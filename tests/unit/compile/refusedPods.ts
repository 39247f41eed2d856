import type { Case } from "./environmentCases";

const CLAIMS = [{ claimName: "reference", mountPath: "/reference" }];

/** The pods of tasks, head pods and the service pod. */
export const REFUSED_PODS: Case[] = [
    ["pod options that are no object", { podOptions: [] }, ["podOptions: must be an object, not a list"]],
    [
        "pod options under the design's own spelling",
        { podOptions: { node_selector: { a: "b" } } },
        ['podOptions.node_selector: unknown argument (write "nodeSelector")'],
    ],
    [
        "a node selector that is a text",
        { podOptions: { nodeSelector: "a=b" } },
        ["podOptions.nodeSelector: must be an object, not a string"],
    ],
    [
        "a node selector's key with two slashes",
        { podOptions: { nodeSelector: { "a/b/c": "d" } } },
        [
            'podOptions.nodeSelector.a/b/c: "a/b/c" has more than one slash (write a prefix, one slash and a name, like "example.com/team")',
        ],
    ],
    [
        "a node selector's value with a blank",
        { podOptions: { nodeSelector: { a: "b c" } } },
        [
            'podOptions.nodeSelector.a: "b c" is not a valid Kubernetes label value (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "a node selector's value that is no text",
        { podOptions: { nodeSelector: { a: ["b"] } } },
        ["podOptions.nodeSelector.a: must be a string, not a list"],
    ],
    [
        "tolerations that are no list",
        { podOptions: { tolerations: {} } },
        ["podOptions.tolerations: must be a list, not an object"],
    ],
    [
        "a toleration under another spelling",
        { podOptions: { tolerations: [{ key: "a", operator: "Exists", toleration_seconds: 3 }] } },
        ['podOptions.tolerations[0].toleration_seconds: unknown argument (write "tolerationSeconds")'],
    ],
    [
        "a toleration's key with a blank",
        { podOptions: { tolerations: [{ key: "a b", operator: "Exists" }] } },
        [
            'podOptions.tolerations[0].key: "a b" is not a valid Kubernetes name (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "a toleration's operator in lower case",
        { podOptions: { tolerations: [{ key: "a", operator: "exists" }] } },
        ['podOptions.tolerations[0].operator: unsupported value "exists" (write "Exists")'],
    ],
    [
        "a toleration's effect that there is not",
        { podOptions: { tolerations: [{ key: "a", operator: "Exists", effect: "Never" }] } },
        [
            'podOptions.tolerations[0].effect: unsupported value "Never" (use one of "NoSchedule", "PreferNoSchedule", "NoExecute")',
        ],
    ],
    [
        "a toleration with a value to nothing",
        { podOptions: { tolerations: [{ key: "a", operator: "Exists", value: "b" }] } },
        ['podOptions.tolerations[0]: value must be empty when operator is "Exists", not "b" (remove it)'],
    ],
    [
        "a toleration without a key",
        { podOptions: { tolerations: [{ value: "b" }] } },
        [
            'podOptions.tolerations[0]: key is required unless operator is "Exists" (write the key of the taint, or set operator to "Exists" to tolerate every taint)',
        ],
    ],
    [
        "a toleration's value that is a long one",
        {
            podOptions: {
                tolerations: [{ key: "a", value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" }],
            },
        },
        [
            'podOptions.tolerations[0].value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… is not a valid Kubernetes label value (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "a toleration's time for pods that never leave",
        {
            podOptions: {
                tolerations: [{ key: "a", operator: "Exists", effect: "NoSchedule", tolerationSeconds: 30 }],
            },
        },
        [
            'podOptions.tolerations[0]: tolerationSeconds requires the effect "NoExecute" (remove it, or set effect to "NoExecute")',
        ],
    ],
    [
        "a toleration's time that is less than none",
        { podOptions: { tolerations: [{ key: "a", operator: "Exists", effect: "NoExecute", tolerationSeconds: -1 }] } },
        [
            "podOptions.tolerations[0].tolerationSeconds: must be a whole number of at least 0, not -1 (write it like 300)",
        ],
    ],
    ["labels that are no map", { podOptions: { labels: ["a"] } }, ["podOptions.labels: must be an object, not a list"]],
    [
        "the label app",
        { podOptions: { labels: { app: "nextflow" } } },
        [
            'podOptions.labels.app: "app" is a label that Nextflow reserves, so every task would fail (write "app.kubernetes.io/name")',
        ],
    ],
    [
        "the label runName",
        { podOptions: { labels: { runName: "x" } } },
        [
            'podOptions.labels.runName: "runName" is a label that Nextflow reserves, so every task would fail (write "run-name")',
        ],
    ],
    [
        "a label of Nextflow's own",
        { podOptions: { labels: { "nextflow.io/app": "x" } } },
        [
            'podOptions.labels.nextflow.io/app: "nextflow.io/app" is a label that Nextflow sets (remove it, or use another prefix)',
        ],
    ],
    [
        "a label without a value",
        { podOptions: { labels: { a: "" } } },
        [
            'podOptions.labels.a: must not be empty, because Nextflow rejects an empty value (write a value, such as "true", or remove the key)',
        ],
    ],
    [
        "a label's value that is no text",
        { podOptions: { labels: { a: ["b"] } } },
        ["podOptions.labels.a: must be a string, not a list"],
    ],
    [
        "a label's value with a blank",
        { podOptions: { labels: { a: "R&D dept" } } },
        [
            'podOptions.labels.a: "R&D dept" is not a valid Kubernetes label value (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "a label's key with capitals in its prefix",
        { podOptions: { labels: { "Example.com/a": "b" } } },
        [
            'podOptions.labels.Example.com/a: "Example.com/a" has a prefix that is not an RFC 1123 subdomain (write it like "example.com/a")',
        ],
    ],
    [
        "a label's key that is a long one",
        { podOptions: { labels: { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: "b" } } },
        [
            'podOptions.labels.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… is not a valid Kubernetes name (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "a label that asks for a sidecar",
        { podOptions: { labels: { "sidecar.istio.io/inject": "true" } } },
        [
            'podOptions.labels.sidecar.istio.io/inject: injects a sidecar, which keeps the pod of a task from completing (remove it, or write "false")',
        ],
    ],
    [
        "annotations that are no map",
        { podOptions: { annotations: "a" } },
        ["podOptions.annotations: must be an object, not a string"],
    ],
    [
        "an annotation that asks for a sidecar",
        { podOptions: { annotations: { "linkerd.io/inject": "enabled" } } },
        [
            'podOptions.annotations.linkerd.io/inject: injects a sidecar, which keeps the pod of a task from completing (remove it, or write "disabled")',
        ],
    ],
    [
        "an annotation without a value",
        { podOptions: { annotations: { a: "" } } },
        [
            'podOptions.annotations.a: must not be empty, because Nextflow rejects an empty value (write a value, such as "true", or remove the key)',
        ],
    ],
    [
        "an annotation's value that is no text",
        { podOptions: { annotations: { a: { b: "c" } } } },
        ["podOptions.annotations.a: must be a string, not an object"],
    ],
    [
        "the seccomp annotation",
        { podOptions: { annotations: { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" } } },
        [
            'podOptions.annotations.seccomp.security.alpha.kubernetes.io/pod: has no effect since Kubernetes 1.27 (remove it, and set podOptions.securityContext.seccompProfile to { type: "RuntimeDefault" })',
        ],
    ],
    [
        "the AppArmor annotation",
        {
            podOptions: {
                annotations: { "container.apparmor.security.beta.kubernetes.io/nextflow": "runtime/default" },
            },
        },
        [
            "podOptions.annotations.container.apparmor.security.beta.kubernetes.io/nextflow: names a container, but the containers of tasks have generated names, so Kubernetes would reject every task (remove it; the container runtime's profile is the default)",
        ],
    ],
    [
        "a security context that is no object",
        { podOptions: { securityContext: 1000 } },
        ["podOptions.securityContext: must be an object, not a number"],
    ],
    [
        "a security context of a container",
        { podOptions: { securityContext: { allowPrivilegeEscalation: false } } },
        [
            "podOptions.securityContext.allowPrivilegeEscalation: unknown argument (use one of runAsUser, runAsGroup, runAsNonRoot, fsGroup, fsGroupChangePolicy, supplementalGroups, supplementalGroupsPolicy, seccompProfile, appArmorProfile, seLinuxOptions, seLinuxChangePolicy, sysctls, windowsOptions)",
        ],
    ],
    [
        "a user by name",
        { podOptions: { securityContext: { runAsUser: "nextflow" } } },
        ["podOptions.securityContext.runAsUser: must be a number, not a string"],
    ],
    [
        "a user of less than none",
        { podOptions: { securityContext: { runAsUser: -1 } } },
        ["podOptions.securityContext.runAsUser: must be a whole number of at least 0, not -1 (write it like 1000)"],
    ],
    [
        "a group that is no whole number",
        { podOptions: { securityContext: { runAsGroup: 1.5 } } },
        ["podOptions.securityContext.runAsGroup: must be a whole number of at least 0, not 1.5 (write it like 1000)"],
    ],
    [
        "a group of volumes of less than none",
        { podOptions: { securityContext: { fsGroup: -5 } } },
        ["podOptions.securityContext.fsGroup: must be a whole number of at least 0, not -5 (write it like 1000)"],
    ],
    [
        "non-root as a text",
        { podOptions: { securityContext: { runAsNonRoot: "true" } } },
        ["podOptions.securityContext.runAsNonRoot: must be a boolean, not a string"],
    ],
    [
        "root that is not root",
        { podOptions: { securityContext: { runAsUser: 0, runAsNonRoot: true } } },
        ["podOptions.securityContext: runAsUser 0 is root, which runAsNonRoot forbids (remove one of the two)"],
    ],
    [
        "when to change the group of volumes without one",
        { podOptions: { securityContext: { fsGroupChangePolicy: "Always" } } },
        [
            "podOptions.securityContext: fsGroupChangePolicy requires fsGroup (set fsGroup, or remove fsGroupChangePolicy)",
        ],
    ],
    [
        "a time to change the group of volumes that there is not",
        { podOptions: { securityContext: { fsGroup: 1, fsGroupChangePolicy: "Never" } } },
        [
            'podOptions.securityContext.fsGroupChangePolicy: unsupported value "Never" (use one of "Always", "OnRootMismatch")',
        ],
    ],
    [
        "further groups by name",
        { podOptions: { securityContext: { supplementalGroups: ["users"] } } },
        ["podOptions.securityContext.supplementalGroups[0]: must be a number, not a string"],
    ],
    [
        "a seccomp profile as an annotation had it",
        { podOptions: { securityContext: { seccompProfile: { type: "runtime/default" } } } },
        [
            'podOptions.securityContext.seccompProfile.type: unsupported value "runtime/default" (use one of "RuntimeDefault", "Unconfined", "Localhost")',
        ],
    ],
    [
        "profiles that are incomplete or empty",
        {
            podOptions: {
                securityContext: {
                    seccompProfile: { localhostProfile: "" },
                    appArmorProfile: { type: "default", localhostProfile: " " },
                },
            },
        },
        [
            'podOptions.securityContext.seccompProfile.type: required (write { type: "RuntimeDefault" })',
            "podOptions.securityContext.seccompProfile.localhostProfile: must not be empty (write its value)",
            'podOptions.securityContext.appArmorProfile.type: unsupported value "default" (use one of "RuntimeDefault", "Unconfined", "Localhost")',
            "podOptions.securityContext.appArmorProfile.localhostProfile: must not be empty (write its value)",
        ],
    ],
    [
        "an AppArmor profile without a type",
        { podOptions: { securityContext: { appArmorProfile: {} } } },
        ['podOptions.securityContext.appArmorProfile.type: required (write { type: "RuntimeDefault" })'],
    ],
    [
        "non-root with Fusion",
        {
            cluster: { platform: "eks-platform", name: "c", region: "eu-west-1" },
            credentialsId: "1a2b",
            waveEnabled: true,
            fusionEnabled: true,
            workDirectory: "s3://bucket/work",
            podOptions: { securityContext: { runAsNonRoot: true } },
        },
        [
            "podOptions.securityContext.runAsNonRoot: must not be true with Fusion, which mounts the work directory as root (remove it, or set fusionEnabled to false)",
        ],
    ],
    [
        "a priority class with capitals",
        { podOptions: { priorityClassName: "High" } },
        [
            'podOptions.priorityClassName: "High" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "high")',
        ],
    ],
    [
        "a runtime class with an underscore",
        { podOptions: { runtimeClassName: "g_visor" } },
        [
            'podOptions.runtimeClassName: "g_visor" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "g-visor")',
        ],
    ],
    [
        "a scheduler that is empty",
        { podOptions: { schedulerName: "" } },
        [
            'podOptions.schedulerName: "" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "a token as a text",
        { podOptions: { automountServiceAccountToken: "false" } },
        ["podOptions.automountServiceAccountToken: must be a boolean, not a string"],
    ],
    [
        "a short time for Jobs",
        { podOptions: { ttlSecondsAfterFinished: 60 }, advanced: { computeResourceType: "Job" } },
        ["podOptions.ttlSecondsAfterFinished: must be a whole number of at least 3600, not 60 (write it like 86400)"],
    ],
    [
        "a time for Jobs without Jobs",
        { podOptions: { ttlSecondsAfterFinished: 86400 } },
        [
            'podOptions.ttlSecondsAfterFinished: only applies to Jobs (set advanced.computeResourceType to "Job", or remove it)',
        ],
    ],
    [
        "scratch volumes that are no list",
        { podOptions: { scratchVolumes: "/tmp" } },
        ["podOptions.scratchVolumes: must be a list, not a string"],
    ],
    [
        "a scratch volume without a place",
        { podOptions: { scratchVolumes: [{}] } },
        ['podOptions.scratchVolumes[0].mountPath: required (write the mount path, like "/tmp")'],
    ],
    [
        "a scratch volume in a relative place",
        { podOptions: { scratchVolumes: [{ mountPath: "tmp" }] } },
        ['podOptions.scratchVolumes[0].mountPath: "tmp" is not an absolute path (write it like "/tmp")'],
    ],
    [
        "a scratch volume on no medium that there is",
        { podOptions: { scratchVolumes: [{ mountPath: "/tmp", medium: "SSD" }] } },
        ['podOptions.scratchVolumes[0].medium: unsupported value "SSD" (use one of "", "Memory")'],
    ],
    [
        "a scratch volume of no size",
        { podOptions: { scratchVolumes: [{ mountPath: "/tmp", sizeLimit: "1GB" }] } },
        ['podOptions.scratchVolumes[0].sizeLimit: "1GB" is not a Kubernetes quantity (write it like "1Gi")'],
    ],
    [
        "a scratch volume with what it has not",
        { podOptions: { scratchVolumes: [{ mountPath: "/tmp", size: "1Gi" }] } },
        ['podOptions.scratchVolumes[0].size: unknown argument (write "sizeLimit")'],
    ],
    [
        "further options that are no list",
        { podOptions: { extra: {} } },
        ["podOptions.extra: must be a list, not an object"],
    ],
    [
        "two options in one entry",
        { podOptions: { extra: [{ nodeSelector: { a: "b" }, priorityClassName: "c" }] } },
        [
            'podOptions.extra[0]: has "priorityClassName" in addition to "nodeSelector"; Nextflow reads one option per entry and silently ignores the others (write one entry per option)',
        ],
    ],
    [
        "an option in the plural",
        { podOptions: { extra: [{ tolerations: [] }] } },
        [
            'podOptions.extra[0]: has "tolerations", which is not a pod option of Nextflow (use one of env, secret, config, csi, emptyDir, volumeClaim, hostPath, label, annotation, imagePullPolicy, imagePullSecret, nodeSelector, affinity, toleration, securityContext, runAsUser, automountServiceAccountToken, priorityClassName, privileged, schedulerName, ttlSecondsAfterFinished, runtimeClassName)',
        ],
    ],
    ["an empty entry", { podOptions: { extra: [{}] } }, ["podOptions.extra[0]: is empty (remove it)"]],
    [
        "an entry with the label app",
        { podOptions: { extra: [{ label: "app", value: "x" }] } },
        [
            'podOptions.extra[0]: has the label "app", which Nextflow reserves, so every task would fail (use another label, like "app.kubernetes.io/name")',
        ],
    ],
    [
        "an entry with a label that is no text",
        { podOptions: { extra: [{ label: "a", value: 5 }] } },
        ['podOptions.extra[0]: sets the label "a" to 5, which Nextflow rejects (write a non-empty string)'],
    ],
    [
        "an entry with an annotation without a value",
        { podOptions: { extra: [{ annotation: "a", value: "" }] } },
        ['podOptions.extra[0]: sets the annotation "a" to "", which Nextflow rejects (write a non-empty string)'],
    ],
    [
        "an entry with a variable without a value",
        { podOptions: { extra: [{ env: "A", value: "" }] } },
        [
            'podOptions.extra[0]: sets the variable "A" without a value, which Nextflow rejects (write its value, secret, config or fieldPath)',
        ],
    ],
    [
        "an entry that mounts nowhere",
        { podOptions: { extra: [{ hostPath: "/data" }] } },
        ['podOptions.extra[0]: has "hostPath" without a "mountPath" (write the mount path)'],
    ],
    [
        "an entry with several pull Secrets",
        { podOptions: { extra: [{ imagePullSecret: ["a", "b"] }] } },
        [
            "podOptions.extra[0]: has a list as imagePullSecret, which Nextflow reads as one name (remove it and set the argument imagePullSecrets)",
        ],
    ],
    [
        "labels of head pods",
        { headPodOptions: { labels: { a: "b" } } },
        [
            "headPodOptions.labels: unknown argument (use one of nodeSelector, tolerations, affinity, securityContext, priorityClassName, schedulerName, runtimeClassName, mountStorageClaims, containerName)",
        ],
    ],
    [
        "a node selector of head pods with a bad key",
        { headPodOptions: { nodeSelector: { "-a": "b" } } },
        [
            'headPodOptions.nodeSelector.-a: "-a" is not a valid Kubernetes name (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)',
        ],
    ],
    [
        "claims in head pods without a container",
        { headPodOptions: { mountStorageClaims: true }, storageClaims: CLAIMS },
        [
            "headPodOptions.mountStorageClaims: requires headPodOptions.containerName, because a volume is mounted in a container by its name (set it to the name of the container that the Platform runs in the pod)",
        ],
    ],
    [
        "claims in the service pod without a container",
        { servicePodOptions: { mountStorageClaims: true }, storageClaims: CLAIMS },
        [
            "servicePodOptions.mountStorageClaims: requires servicePodOptions.containerName, because a volume is mounted in a container by its name (set it to the name of the container that the Platform runs in the pod)",
        ],
    ],
    [
        "claims in head pods as a text",
        { headPodOptions: { mountStorageClaims: "yes", containerName: "c" }, storageClaims: CLAIMS },
        ["headPodOptions.mountStorageClaims: must be a boolean, not a string"],
    ],
    [
        "a container's name with capitals",
        { headPodOptions: { mountStorageClaims: true, containerName: "Head" }, storageClaims: CLAIMS },
        [
            'headPodOptions.containerName: "Head" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "head")',
        ],
    ],
    [
        "a container's name of the service pod with a dot",
        { servicePodOptions: { mountStorageClaims: 1, containerName: "a.b" }, storageClaims: CLAIMS },
        [
            "servicePodOptions.mountStorageClaims: must be a boolean, not a number",
            'servicePodOptions.containerName: "a.b" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "a-b")',
        ],
    ],
];
