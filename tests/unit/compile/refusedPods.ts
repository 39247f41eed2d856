import type { Case } from "./environmentCases";

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
            'podOptions.nodeSelector.a/b/c "a/b/c" has more than one slash; write a prefix, one slash and a name, like "example.com/team"',
        ],
    ],
    [
        "a node selector's value with a blank",
        { podOptions: { nodeSelector: { a: "b c" } } },
        [
            'podOptions.nodeSelector.a "b c" is not a label value that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit',
        ],
    ],
    [
        "a node selector's value that is no text",
        { podOptions: { nodeSelector: { a: true } } },
        ["podOptions.nodeSelector.a: must be a string, not a boolean"],
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
            'podOptions.tolerations[0].key "a b" is not a name that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit',
        ],
    ],
    [
        "a toleration's operator in lower case",
        { podOptions: { tolerations: [{ key: "a", operator: "exists" }] } },
        ['podOptions.tolerations[0].operator: unsupported value "exists" (use one of "Equal", "Exists")'],
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
        [
            'podOptions.tolerations[0] has the value "b" beside the operator "Exists", which compares none; leave the value out',
        ],
    ],
    [
        "a toleration without a value",
        { podOptions: { tolerations: [{ key: "a", operator: "Equal" }] } },
        [
            'podOptions.tolerations[0] has no value for the operator "Equal" to compare with; write the value of the taint, or set the operator to "Exists"',
        ],
    ],
    [
        "a toleration without a key",
        { podOptions: { tolerations: [{ value: "b" }] } },
        [
            'podOptions.tolerations[0] has no key; write the key of the taint, or set the operator to "Exists" to tolerate every taint',
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
            'podOptions.tolerations[0].value "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… is not a label value that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit',
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
            'podOptions.tolerations[0] has tolerationSeconds, which only the effect "NoExecute" has a use for; leave it out',
        ],
    ],
    [
        "a toleration's time that is less than none",
        { podOptions: { tolerations: [{ key: "a", operator: "Exists", effect: "NoExecute", tolerationSeconds: -1 }] } },
        ["podOptions.tolerations[0].tolerationSeconds -1 is not a whole number from 0 up; write it like 300"],
    ],
    ["labels that are no map", { podOptions: { labels: ["a"] } }, ["podOptions.labels: must be an object, not a list"]],
    [
        "the label app",
        { podOptions: { labels: { app: "nextflow" } } },
        [
            'podOptions.labels.app "app" is a label that Nextflow keeps for itself, and every task would fail; write "app.kubernetes.io/name"',
        ],
    ],
    [
        "the label runName",
        { podOptions: { labels: { runName: "x" } } },
        [
            'podOptions.labels.runName "runName" is a label that Nextflow keeps for itself, and every task would fail; write "run-name"',
        ],
    ],
    [
        "a label of Nextflow's own",
        { podOptions: { labels: { "nextflow.io/app": "x" } } },
        [
            'podOptions.labels.nextflow.io/app "nextflow.io/app" is a label that Nextflow sets itself; leave it out, or write another prefix',
        ],
    ],
    [
        "a label without a value",
        { podOptions: { labels: { a: "" } } },
        ['podOptions.labels.a is empty, which Nextflow refuses; write a value, such as "true", or leave it out'],
    ],
    [
        "a label's value that is no text",
        { podOptions: { labels: { a: 5 } } },
        ["podOptions.labels.a: must be a string, not a number"],
    ],
    [
        "a label's value with a blank",
        { podOptions: { labels: { a: "R&D dept" } } },
        [
            'podOptions.labels.a "R&D dept" is not a label value that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit',
        ],
    ],
    [
        "a label's key with capitals in its prefix",
        { podOptions: { labels: { "Example.com/a": "b" } } },
        [
            'podOptions.labels.Example.com/a "Example.com/a" has a prefix that is not an RFC 1123 subdomain; write it like "example.com/a"',
        ],
    ],
    [
        "a label's key that is a long one",
        { podOptions: { labels: { xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: "b" } } },
        [
            'podOptions.labels.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… is not a name that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit',
        ],
    ],
    [
        "a label that asks for a sidecar",
        { podOptions: { labels: { "sidecar.istio.io/inject": "true" } } },
        [
            'podOptions.labels.sidecar.istio.io/inject asks for a sidecar, beside which no task\'s pod ever ends; leave it out, or write "false"',
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
            'podOptions.annotations.linkerd.io/inject asks for a sidecar, beside which no task\'s pod ever ends; leave it out, or write "disabled"',
        ],
    ],
    [
        "an annotation without a value",
        { podOptions: { annotations: { a: "" } } },
        ['podOptions.annotations.a is empty, which Nextflow refuses; write a value, such as "true", or leave it out'],
    ],
    [
        "an annotation's value that is no text",
        { podOptions: { annotations: { a: true } } },
        ["podOptions.annotations.a: must be a string, not a boolean"],
    ],
    [
        "the seccomp annotation",
        { podOptions: { annotations: { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" } } },
        [
            'podOptions.annotations.seccomp.security.alpha.kubernetes.io/pod is read by no Kubernetes since 1.27; leave it out, and set podOptions.securityContext.seccompProfile to { type: "RuntimeDefault" }',
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
            "podOptions.annotations.container.apparmor.security.beta.kubernetes.io/nextflow names a container, and those of tasks are named anew each time, so Kubernetes would refuse every task; leave it out, the container runtime's own profile is the default",
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
            "podOptions.securityContext.allowPrivilegeEscalation: unknown argument (use one of runAsUser, runAsGroup, runAsNonRoot, fsGroup, fsGroupChangePolicy, supplementalGroups, seccompProfile)",
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
        ["podOptions.securityContext.runAsUser -1 is not a whole number from 0 up; write it like 1000"],
    ],
    [
        "a group that is no whole number",
        { podOptions: { securityContext: { runAsGroup: 1.5 } } },
        ["podOptions.securityContext.runAsGroup 1.5 is not a whole number from 0 up; write it like 1000"],
    ],
    [
        "a group of volumes of less than none",
        { podOptions: { securityContext: { fsGroup: -5 } } },
        ["podOptions.securityContext.fsGroup -5 is not a whole number from 0 up; write it like 1000"],
    ],
    [
        "non-root as a text",
        { podOptions: { securityContext: { runAsNonRoot: "true" } } },
        ["podOptions.securityContext.runAsNonRoot: must be a boolean, not a string"],
    ],
    [
        "root that is not root",
        { podOptions: { securityContext: { runAsUser: 0, runAsNonRoot: true } } },
        [
            "podOptions.securityContext asks for the user 0, which is root, and for runAsNonRoot; leave one of the two out",
        ],
    ],
    [
        "when to change the group of volumes without one",
        { podOptions: { securityContext: { fsGroupChangePolicy: "Always" } } },
        ["podOptions.securityContext has fsGroupChangePolicy without an fsGroup; write the fsGroup, or leave it out"],
    ],
    [
        "a time to change the group of volumes that there is not",
        { podOptions: { securityContext: { fsGroup: 1, fsGroupChangePolicy: "Never" } } },
        [
            'podOptions.securityContext.fsGroupChangePolicy: unsupported value "Never" (use one of "OnRootMismatch", "Always")',
        ],
    ],
    [
        "further groups by name",
        { podOptions: { securityContext: { supplementalGroups: ["users"] } } },
        ["podOptions.securityContext.supplementalGroups[0]: must be a number, not a string"],
    ],
    [
        "a seccomp profile as an annotation had it",
        { podOptions: { securityContext: { seccompProfile: "runtime/default" } } },
        [
            'podOptions.securityContext.seccompProfile: unsupported value "runtime/default" (use one of "RuntimeDefault", "Unconfined")',
        ],
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
            "podOptions.securityContext.runAsNonRoot is true, but Fusion mounts the work directory as root; leave it out, or set fusionEnabled to false",
        ],
    ],
    [
        "a priority class with capitals",
        { podOptions: { priorityClassName: "High" } },
        [
            'podOptions.priorityClassName "High" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "high"',
        ],
    ],
    [
        "a runtime class with an underscore",
        { podOptions: { runtimeClassName: "g_visor" } },
        [
            'podOptions.runtimeClassName "g_visor" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit, such as "g-visor"',
        ],
    ],
    [
        "a scheduler that is empty",
        { podOptions: { schedulerName: "" } },
        [
            'podOptions.schedulerName "" is not an RFC 1123 subdomain; write lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit',
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
        ["podOptions.ttlSecondsAfterFinished 60 is not a whole number from 3600 up; write it like 86400"],
    ],
    [
        "a time for Jobs without Jobs",
        { podOptions: { ttlSecondsAfterFinished: 86400 } },
        [
            'podOptions.ttlSecondsAfterFinished is for Jobs, and pods have no such thing; set advanced.computeResourceType to "Job", or leave it out',
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
        ['podOptions.scratchVolumes[0].mountPath: required (write where it is mounted, like "/tmp")'],
    ],
    [
        "a scratch volume in a relative place",
        { podOptions: { scratchVolumes: [{ mountPath: "tmp" }] } },
        ['podOptions.scratchVolumes[0].mountPath "tmp" is not an absolute path; write "/tmp", for example'],
    ],
    [
        "a scratch volume on no medium that there is",
        { podOptions: { scratchVolumes: [{ mountPath: "/tmp", medium: "SSD" }] } },
        ['podOptions.scratchVolumes[0].medium: unsupported value "SSD" (use one of "Memory")'],
    ],
    [
        "a scratch volume of no size",
        { podOptions: { scratchVolumes: [{ mountPath: "/tmp", sizeLimit: "1GB" }] } },
        ['podOptions.scratchVolumes[0].sizeLimit "1GB" is not a Kubernetes quantity; write it like "1Gi"'],
    ],
    [
        "a scratch volume with what it has not",
        { podOptions: { scratchVolumes: [{ mountPath: "/tmp", size: "1Gi" }] } },
        ["podOptions.scratchVolumes[0].size: unknown argument (use one of mountPath, medium, sizeLimit)"],
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
            'podOptions.extra[0] has "priorityClassName" beside "nodeSelector", of which Nextflow reads one and drops the rest without a word; write an entry for each',
        ],
    ],
    [
        "an option in the plural",
        { podOptions: { extra: [{ tolerations: [] }] } },
        [
            'podOptions.extra[0] has "tolerations", which is no pod option of Nextflow; write one of env, secret, config, csi, emptyDir, volumeClaim, hostPath, label, annotation, imagePullPolicy, imagePullSecret, nodeSelector, affinity, toleration, securityContext, runAsUser, automountServiceAccountToken, priorityClassName, privileged, schedulerName, ttlSecondsAfterFinished, runtimeClassName',
        ],
    ],
    ["an empty entry", { podOptions: { extra: [{}] } }, ["podOptions.extra[0] is empty; leave it out"]],
    [
        "an entry with the label app",
        { podOptions: { extra: [{ label: "app", value: "x" }] } },
        [
            'podOptions.extra[0] has the label "app", which Nextflow keeps for itself, and every task would fail; write "app.kubernetes.io/name", for example',
        ],
    ],
    [
        "an entry with a label that is no text",
        { podOptions: { extra: [{ label: "a", value: 5 }] } },
        [
            'podOptions.extra[0] has 5 as the value of the label "a", which Nextflow refuses; write a string that is not empty',
        ],
    ],
    [
        "an entry with an annotation without a value",
        { podOptions: { extra: [{ annotation: "a", value: "" }] } },
        [
            'podOptions.extra[0] has "" as the value of the annotation "a", which Nextflow refuses; write a string that is not empty',
        ],
    ],
    [
        "an entry with a variable without a value",
        { podOptions: { extra: [{ env: "A", value: "" }] } },
        [
            'podOptions.extra[0] gives the variable "A" nothing, which Nextflow refuses; write its value, secret, config or fieldPath',
        ],
    ],
    [
        "an entry that mounts nowhere",
        { podOptions: { extra: [{ hostPath: "/data" }] } },
        ['podOptions.extra[0] has no "mountPath" beside "hostPath"; write where it is mounted'],
    ],
    [
        "an entry with several pull Secrets",
        { podOptions: { extra: [{ imagePullSecret: ["a", "b"] }] } },
        [
            "podOptions.extra[0] names a list of pull Secrets, of which Nextflow makes one name; leave it out, and give them in imagePullSecrets",
        ],
    ],
    [
        "labels of head pods",
        { headPodOptions: { labels: { a: "b" } } },
        [
            "headPodOptions.labels: unknown argument (use one of nodeSelector, tolerations, securityContext, priorityClassName, schedulerName, runtimeClassName, mountStorageClaims, containerName)",
        ],
    ],
    [
        "a node selector of head pods with a bad key",
        { headPodOptions: { nodeSelector: { "-a": "b" } } },
        [
            'headPodOptions.nodeSelector.-a "-a" is not a name that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit',
        ],
    ],
    [
        "a toleration of the service pod without a value",
        { servicePodOptions: { tolerations: [{ key: "a" }] } },
        [
            'servicePodOptions.tolerations[0] has no value for the operator "Equal" to compare with; write the value of the taint, or set the operator to "Exists"',
        ],
    ],
    [
        "claims in head pods without a container",
        { headPodOptions: { mountStorageClaims: true } },
        [
            "headPodOptions.mountStorageClaims is true, but a volume is mounted in a container by its name; set headPodOptions.containerName to the name of the container that the Platform runs there",
        ],
    ],
    [
        "claims in the service pod without a container",
        { servicePodOptions: { mountStorageClaims: true } },
        [
            "servicePodOptions.mountStorageClaims is true, but a volume is mounted in a container by its name; set servicePodOptions.containerName to the name of the container that the Platform runs there",
        ],
    ],
    [
        "claims in head pods as a text",
        { headPodOptions: { mountStorageClaims: "yes", containerName: "c" } },
        ["headPodOptions.mountStorageClaims: must be a boolean, not a string"],
    ],
    [
        "a container's name with capitals",
        { headPodOptions: { containerName: "Head" } },
        [
            'headPodOptions.containerName "Head" is not an RFC 1123 label; write lower-case letters, digits and dashes, beginning and ending with a letter or digit, such as "head"',
        ],
    ],
    [
        "a container's name of the service pod with a dot",
        { servicePodOptions: { mountStorageClaims: 1, containerName: "a.b" } },
        [
            "servicePodOptions.mountStorageClaims: must be a boolean, not a number",
            'servicePodOptions.containerName "a.b" is not an RFC 1123 label; write lower-case letters, digits and dashes, beginning and ending with a letter or digit, such as "a-b"',
        ],
    ],
];
