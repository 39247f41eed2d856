/** Pods that an argument touches; `none` where it is about the Platform, or about objects that no pod sees. */
export type Pods = "head" | "task" | "service" | "head and task" | "head and service" | "all" | "none";

/** Where an argument of a compute environment goes. */
export interface Field {
    /** Path of the argument, `*` standing for each entry of a list. What lies below it goes the same way. */
    argument: string;
    pods: Pods;
    /**
     * Who holds what it becomes, and under which name there: `nextflow` is the generated Nextflow configuration, `config` the
     * Platform's compute configuration, `head pod` and `service pod` are the PodSpecs in it; the others are objects.
     */
    to: string[];
    /** What the Terraform resource's design calls it. */
    design?: string;
}

function field(argument: string, pods: Pods, to: string[], design?: string): Field {
    return { argument, pods, to, ...(design === undefined ? {} : { design }) };
}

const ACCOUNTS = ["launcher", "head", "compute"] as const;

/** Which pods are a service account, and whom else its name is told. */
const ACCOUNT_FIELDS: Record<(typeof ACCOUNTS)[number], { pods: Pods; to: string[] }> = {
    launcher: {
        pods: "none",
        to: ["launcher RoleBinding: subjects", "token Secret: metadata.annotations", "token Secret: metadata.name"],
    },
    head: { pods: "head and service", to: ["head RoleBinding: subjects", "config: headServiceAccount"] },
    compute: { pods: "task", to: ["config: computeServiceAccount"] },
};

function accountFields(role: (typeof ACCOUNTS)[number]): Field[] {
    const { pods, to } = ACCOUNT_FIELDS[role];
    const object = `${role} ServiceAccount`;
    return [
        field(`serviceAccounts.${role}.name`, pods, [`${object}: metadata.name`, ...to]),
        field(`serviceAccounts.${role}.create`, pods, [object]),
        field(`serviceAccounts.${role}.annotations`, pods, [`${object}: metadata.annotations`]),
        field(`serviceAccounts.${role}.labels`, pods, [`${object}: metadata.labels`]),
    ];
}

/** What a task asks for, of all of them or of some. */
function resourceFields(argument: string, scope: string, design?: string): Field[] {
    const named = (name: string) => (design === undefined ? undefined : `${design}.${name}`);
    return [
        field(`${argument}.cpus`, "task", [`nextflow: ${scope}.cpus`], named("cpus")),
        field(`${argument}.memory`, "task", [`nextflow: ${scope}.memory`], named("memory")),
        field(`${argument}.disk`, "task", [`nextflow: ${scope}.disk`]),
        field(`${argument}.time`, "task", [`nextflow: ${scope}.time`]),
        field(`${argument}.accelerators`, "task", [`nextflow: ${scope}.accelerator`]),
        field(`${argument}.acceleratorType`, "task", [`nextflow: ${scope}.accelerator`]),
    ];
}

/** The options of the Platform's own pods. */
function platformPodFields(argument: string, pods: "head" | "service"): Field[] {
    const named = ["nodeSelector", "tolerations", "affinity", "securityContext", "priorityClassName", "schedulerName"];
    return [
        ...[...named, "runtimeClassName"].map((key) => field(`${argument}.${key}`, pods, [`${pods} pod: ${key}`])),
        field(`${argument}.mountStorageClaims`, pods, [`${pods} pod: containers`, `${pods} pod: volumes`]),
        field(`${argument}.containerName`, pods, [`${pods} pod: containers`]),
    ];
}

/**
 * Every argument of a compute environment. What an argument becomes is seen by leaving it out of a whole environment and
 * looking at what else that changes, which is how the tests hold this table.
 */
export const fieldMap: Field[] = [
    field("name", "none", ["ComputeEnv: name"], "name"),
    field("description", "none", ["ComputeEnv: description"]),
    field("endpoint", "none", ["connection: endpoint"]),
    field("accessToken", "none", ["connection: accessToken"]),
    field("workspaceId", "none", ["connection: workspaceId"], "workspace_id"),
    field("allowInsecureEndpoint", "none", ["connection: allowInsecureEndpoint"]),
    field("cluster.platform", "none", ["ComputeEnv: platform"]),
    field("cluster.server", "none", ["config: server"]),
    field("cluster.certificateAuthority", "none", ["config: sslCert"]),
    field("cluster.name", "none", ["config: clusterName"]),
    field("cluster.region", "none", ["config: region"]),
    field("credentialsId", "none", ["ComputeEnv: credentialsId"], "credentials_id"),
    field("credentials.name", "none", ["Credentials: name"]),
    field("credentials.description", "none", ["Credentials: description"]),
    field("credentials.adopt", "none", ["Credentials: adopt"]),
    field("credentials.adoptWithout", "none", ["Credentials: adoptWithout"]),
    field("tokenRotation.request", "none", ["TokenRotation: request"]),
    field("tokenRotation.everyDays", "none", ["TokenRotation: everyDays"]),
    field(
        "namespace",
        "all",
        [
            "Namespace: metadata.name",
            "objects: metadata.namespace",
            "head RoleBinding: subjects",
            "launcher RoleBinding: subjects",
            "config: namespace",
        ],
        "namespace",
    ),
    field("createNamespace", "all", ["Namespace", "ComputeEnv: objectUids"]),
    field("podSecurity", "all", ["Namespace: metadata.labels"]),
    field("networkPolicy", "all", ["NetworkPolicy"]),
    field("resourceQuota", "all", ["ResourceQuota"]),
    field("limitRange", "all", ["LimitRange"]),
    ...ACCOUNTS.flatMap(accountFields),
    field(
        "serviceAccount",
        "task",
        ["compute ServiceAccount: metadata.name", ...ACCOUNT_FIELDS.compute.to],
        "service_account",
    ),
    field(
        "advanced.headServiceAccount",
        "head and service",
        ["head ServiceAccount: metadata.name", ...ACCOUNT_FIELDS.head.to],
        "advanced.head_service_account",
    ),
    field("rbacSubjects", "none", ["launcher RoleBinding: subjects"]),
    field("registries", "all", ["registries Secret", "ServiceAccounts: imagePullSecrets"]),
    field("imagePullSecrets", "all", ["ServiceAccounts: imagePullSecrets"]),
    field("advanced.imagePullSecrets", "all", ["ServiceAccounts: imagePullSecrets"], "advanced.image_pull_secrets"),
    field("storage.claimName", "all", ["PersistentVolumeClaim: metadata.name", "config: storageClaimName"]),
    field("storage.create", "all", ["PersistentVolumeClaim"]),
    field("storage.size", "all", ["PersistentVolumeClaim: spec.resources"]),
    field("storage.storageClassName", "all", ["PersistentVolumeClaim: spec.storageClassName"]),
    field(
        "advanced.storageClassName",
        "all",
        ["PersistentVolumeClaim: spec.storageClassName"],
        "advanced.storage_class_name",
    ),
    field("storage.accessModes", "all", ["PersistentVolumeClaim: spec.accessModes"]),
    field("storage.selector", "all", ["PersistentVolumeClaim: spec.selector"]),
    field("storage.nfs", "all", ["PersistentVolume: spec.nfs"]),
    field("storage.csi", "all", ["PersistentVolume: spec.csi"]),
    field("storage.mountOptions", "all", ["PersistentVolume: spec.mountOptions"]),
    field("storage.retainOnDelete", "none", ["Pulumi: retainOnDelete"]),
    field("storage.replaceable", "none", []),
    field("storage.volumeName", "all", ["PersistentVolumeClaim: spec.volumeName"]),
    field("storage.mountPath", "all", ["config: storageMountPath"]),
    field("advanced.storageMountPath", "all", ["config: storageMountPath"], "advanced.storage_mount_path"),
    field("storage.protect", "none", ["Pulumi: protect"]),
    field("storage.skipAwait", "none", ["PersistentVolumeClaim: metadata.annotations"]),
    field("workDirectory", "head and task", ["config: workDir"], "work_directory"),
    field("podCleanup", "head and task", ["config: podCleanup"]),
    field("headJob.cpus", "head", ["config: headJobCpus"]),
    field("headJob.memory", "head", ["config: headJobMemoryMb"]),
    ...resourceFields("computeResources", "process", "compute_resources"),
    field("computeResources.maxCpus", "task", ["nextflow: process.resourceLimits"]),
    field("computeResources.maxMemory", "task", ["nextflow: process.resourceLimits"]),
    field("computeResources.cpuLimits", "task", ["nextflow: k8s.cpuLimits"]),
    field("retries.strategy", "task", ["nextflow: process.errorStrategy"]),
    field("retries.maxRetries", "task", ["nextflow: process.maxRetries"]),
    field("retries.maxErrors", "task", ["nextflow: process.maxErrors"]),
    field("processes.*.label", "task", ["nextflow: process.withLabel"]),
    field("processes.*.name", "task", ["nextflow: process.withName"]),
    ...resourceFields("processes.*", "process.withLabel"),
    field("processes.*.strategy", "task", ["nextflow: process.withLabel.errorStrategy"]),
    field("processes.*.maxRetries", "task", ["nextflow: process.withLabel.maxRetries"]),
    field("processes.*.nodeSelector", "task", ["nextflow: process.withLabel.pod.nodeSelector"]),
    field("processes.*.tolerations", "task", ["nextflow: process.withLabel.pod.toleration"]),
    field(
        "storageClaims.*.name",
        "head and service",
        ["head pod: containers", "head pod: volumes", "service pod: containers", "service pod: volumes"],
        "storage_claims.name",
    ),
    field(
        "storageClaims.*.claimName",
        "all",
        ["nextflow: k8s.pod.volumeClaim", "head pod: volumes", "service pod: volumes"],
        "storage_claims.claim_name",
    ),
    field(
        "storageClaims.*.mountPath",
        "all",
        ["nextflow: k8s.pod.volumeClaim", "head pod: containers", "service pod: containers"],
        "storage_claims.mount_path",
    ),
    field(
        "storageClaims.*.readOnly",
        "all",
        ["nextflow: k8s.pod.volumeClaim", "head pod: containers", "service pod: containers"],
        "storage_claims.read_only",
    ),
    field("storageClaims.*.nfs", "all", ["PersistentVolume: spec.nfs"]),
    field("storageClaims.*.csi", "all", ["PersistentVolume: spec.csi"]),
    field("storageClaims.*.size", "all", ["PersistentVolume: spec.capacity", "PersistentVolumeClaim: spec.resources"]),
    field("storageClaims.*.accessModes", "all", [
        "PersistentVolume: spec.accessModes",
        "PersistentVolumeClaim: spec.accessModes",
    ]),
    field("storageClaims.*.mountOptions", "all", ["PersistentVolume: spec.mountOptions"]),
    field("storageClaims.*.subPath", "all", [
        "nextflow: k8s.pod.volumeClaim",
        "head pod: containers",
        "service pod: containers",
    ]),
    field(
        "podOptions.nodeSelector",
        "all",
        ["nextflow: k8s.pod.nodeSelector", "head pod: nodeSelector", "service pod: nodeSelector"],
        "pod_options.node_selector",
    ),
    field(
        "podOptions.tolerations",
        "all",
        ["nextflow: k8s.pod.toleration", "head pod: tolerations", "service pod: tolerations"],
        "pod_options.tolerations",
    ),
    field("podOptions.affinity", "task", ["nextflow: k8s.pod.affinity"]),
    field("podOptions.labels", "task", ["nextflow: k8s.pod.label"], "pod_options.labels"),
    field("podOptions.annotations", "task", ["nextflow: k8s.pod.annotation"], "pod_options.annotations"),
    field("podOptions.securityContext", "task", ["nextflow: k8s.securityContext"], "pod_options.security_context"),
    field("podOptions.priorityClassName", "all", [
        "nextflow: k8s.pod.priorityClassName",
        "head pod: priorityClassName",
        "service pod: priorityClassName",
    ]),
    field("podOptions.schedulerName", "task", ["nextflow: k8s.pod.schedulerName"]),
    field("podOptions.runtimeClassName", "task", ["nextflow: k8s.pod.runtimeClassName"]),
    field("podOptions.automountServiceAccountToken", "task", ["nextflow: k8s.pod.automountServiceAccountToken"]),
    field("podOptions.ttlSecondsAfterFinished", "task", ["nextflow: k8s.pod.ttlSecondsAfterFinished"]),
    field("podOptions.scratchVolumes", "task", ["nextflow: k8s.pod.emptyDir"]),
    field("podOptions.extra", "task", ["nextflow: k8s.pod.(its own option)"]),
    ...platformPodFields("headPodOptions", "head"),
    ...platformPodFields("servicePodOptions", "service"),
    field("headPodSpec", "head", ["head pod: (its own fields)"]),
    field("servicePodSpec", "service", ["service pod: (its own fields)"]),
    field("stagingOptions.preRunScript", "head", ["config: preRunScript"], "staging_options.pre_run_script"),
    field("stagingOptions.postRunScript", "head", ["config: postRunScript"], "staging_options.post_run_script"),
    field("nextflowConfig", "head and task", ["config: nextflowConfig"], "nextflow_config"),
    field("environmentVariables", "head and task", ["config: environment"], "environment_variables"),
    field("env.*.name", "head and task", ["config: environment", "nextflow: k8s.pod.env"]),
    field("env.*.value", "head and task", ["config: environment"]),
    field("env.*.target", "head and task", ["config: environment"]),
    field("env.*.valueFrom", "task", ["nextflow: k8s.pod.env"]),
    field("advanced.imagePullPolicy", "task", ["nextflow: k8s.imagePullPolicy"], "advanced.image_pull_policy"),
    field("advanced.computeResourceType", "task", ["nextflow: k8s.computeResourceType"]),
    field("waveEnabled", "head and task", ["config: waveEnabled"]),
    field("fusionEnabled", "head and task", [
        "config: fusion2Enabled",
        "Namespace: metadata.labels",
        "PersistentVolumeClaim",
        "config: storageClaimName",
        "config: storageMountPath",
    ]),
    field("resourceLabels", "all", ["Label", "ComputeEnv: labelIds"]),
    field("labelIds", "all", ["ComputeEnv: labelIds"]),
    field("primary", "none", ["PrimaryComputeEnv"]),
    field("moveLaunches", "none", ["PipelineMove: enabled"]),
    field("adopt", "none", ["ComputeEnv: adopt"]),
    field("adoptWithout", "none", ["ComputeEnv: adoptWithout"]),
    field("preflight", "none", ["PlatformPreflight", "Preflight"]),
    field("preflightAtPreview", "none", ["PlatformPreflight: atPreview"]),
    field("createTimeoutSeconds", "none", ["ComputeEnv: createTimeoutSeconds"]),
    field("deleteTimeoutSeconds", "none", ["ComputeEnv: deleteTimeoutSeconds"]),
    field("forceDelete", "none", ["ComputeEnv: forceDelete"]),
];
