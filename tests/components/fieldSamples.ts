import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import type { PodSecurityArgs } from "../../src/args/namespace";
import type { EnvVarArgs, PodOptionsArgs } from "../../src/args/tasks";
import { CERTIFICATE } from "../dynamic/inputs";
import { everyField } from "../unit/compile/everyField";

const { serviceAccount: _account, advanced, ...withoutShortForms } = everyField;
const {
    podSecurity: _levels,
    networkPolicy: _policy,
    resourceQuota: _quota,
    limitRange: _limits,
    ...unguarded
} = withoutShortForms;
const { headServiceAccount: _head, imagePullSecrets: _secrets, storageClassName: _class, ...others } = advanced!;
const { storageMountPath: _mount, ...ownAdvanced } = others;

const VARIABLES = everyField.env as EnvVarArgs[];

const account = (name: string) => ({ name, create: true, annotations: { a: "b" }, labels: { c: "d" } });

/** Sets of arguments that work, and that have every argument between them. */
export const SAMPLES: KubernetesComputeEnvironmentArgs[] = [
    {
        ...everyField,
        endpoint: "https://platform.example.com/api",
        accessToken: "access-token-eyJ0aWQi",
        workspaceId: 75887156211590,
        allowInsecureEndpoint: true,
        description: "Where pipelines run",
        credentials: { name: "cluster-token", description: "The launcher's", adopt: "9a8b", adoptWithout: ["name"] },
        tokenRotation: { request: "2026-11", everyDays: 90 },
        registries: [{ server: "ghcr.io", username: "octo", password: "hunter2" }],
        resourceLabels: { team: "genomics" },
        labelIds: [7, 8],
        primary: true,
        moveLaunches: true,
        adopt: "5e6f",
        adoptWithout: ["headJobCpus"],
        createTimeoutSeconds: 60,
        deleteTimeoutSeconds: 120,
        forceDelete: true,
    },
    {
        ...unguarded,
        advanced: ownAdvanced,
        cluster: { server: "https://10.0.0.1:6443", certificateAuthority: CERTIFICATE },
        createNamespace: true,
        // A directory of the node passes no default level of Pod Security.
        podOptions: { ...(everyField.podOptions as PodOptionsArgs), extra: undefined },
        serviceAccounts: { launcher: account("platform"), head: account("heads"), compute: account("tasks") },
        rbacSubjects: [{ kind: "Group", name: "seqera" }],
        imagePullSecrets: ["registry"],
        storage: {
            claimName: "work",
            create: true,
            size: "2Ti",
            storageClassName: "nfs",
            volumeName: "export",
            mountPath: "/workspace",
            accessModes: ["ReadWriteMany", "ReadOnlyMany"],
            protect: true,
            retainOnDelete: true,
            replaceable: true,
            skipAwait: true,
        },
        preflight: true,
        preflightAtPreview: true,
        servicePodOptions: everyField.headPodOptions,
    },
    // Head and service pods take over where tasks go and how they rank, and mount what they mount.
    {
        cluster: everyField.cluster,
        storageClaims: [
            { name: "genomes", claimName: "reference", mountPath: "/reference", readOnly: true, subPath: "grch38" },
        ],
        headPodOptions: { mountStorageClaims: true, containerName: "launcher" },
        servicePodOptions: { mountStorageClaims: true, containerName: "service" },
        podOptions: {
            nodeSelector: { workload: "nextflow" },
            tolerations: [{ key: "dedicated", operator: "Exists" }],
            priorityClassName: "tasks",
        },
    },
    // Volumes that are there already.
    {
        cluster: everyField.cluster,
        storage: { nfs: { server: "10.0.0.5", path: "/exports/work" }, mountOptions: ["nconnect=4"] },
        storageClaims: [
            {
                claimName: "genomes",
                mountPath: "/genomes",
                size: "5Ti",
                accessModes: ["ReadOnlyMany"],
                mountOptions: ["tls"],
                csi: { driver: "efs.csi.aws.com", volumeHandle: "fs-1" },
            },
        ],
    },
    {
        cluster: everyField.cluster,
        storage: { csi: { driver: "efs.csi.aws.com", volumeHandle: "fs-2" } },
        storageClaims: [
            { claimName: "genomes", mountPath: "/genomes", nfs: { server: "10.0.0.5", path: "/exports/genomes" } },
        ],
    },
    { cluster: everyField.cluster, storage: { selector: { matchLabels: { tier: "fast" } } } },
    {
        cluster: { platform: "eks-platform", name: "genomics", region: "eu-west-1" },
        credentialsId: "1a2b",
        waveEnabled: true,
    },
    {
        cluster: { platform: "eks-platform", name: "genomics", region: "eu-west-1" },
        credentialsId: "1a2b",
        workDirectory: "s3://bucket/work",
        waveEnabled: true,
        fusionEnabled: true,
    },
];

/** What else is changed, and to what, where an argument cannot simply be left out, or leaving it out says the same. */
export const CHANGES: Record<string, Record<string, unknown>> = {
    "cluster.platform": { "cluster.platform": "gke-platform" },
    "cluster.server": { "cluster.server": "https://10.0.0.2:6443" },
    "cluster.name": { "cluster.name": "other" },
    "cluster.region": { "cluster.region": "eu-west-2" },
    credentialsId: { credentialsId: "3c4d" },
    createNamespace: { createNamespace: false, "storage.protect": undefined, "storage.retainOnDelete": undefined },
    ...Object.fromEntries(
        ["launcher", "head", "compute"].map((role) => [
            `serviceAccounts.${role}.create`,
            Object.fromEntries(
                [["create", false] as const, ["annotations"] as const, ["labels"] as const].map(([key, value]) => [
                    `serviceAccounts.${role}.${key}`,
                    value,
                ]),
            ),
        ]),
    ),
    podSecurity: { podSecurity: { ...(everyField.podSecurity as PodSecurityArgs), audit: "privileged" } },
    resourceQuota: { resourceQuota: undefined, "computeResources.cpuLimits": undefined },
    "storage.nfs": { "storage.nfs": { server: "10.0.0.6", path: "/exports/work" } },
    "storage.csi": { "storage.csi": { driver: "efs.csi.aws.com", volumeHandle: "fs-3" } },
    "storageClaims.*.nfs": { "storageClaims.*.nfs": { server: "10.0.0.6", path: "/exports/genomes" } },
    "storageClaims.*.csi": { "storageClaims.*.csi": { driver: "efs.csi.aws.com", volumeHandle: "fs-3" } },
    adopt: { adopt: "other" },
    "credentials.adopt": { "credentials.adopt": "other" },
    preflight: { preflight: false, preflightAtPreview: undefined },
    "storage.create": {
        "storage.create": false,
        ...Object.fromEntries(
            ["protect", "retainOnDelete", "size", "storageClassName", "accessModes", "volumeName", "skipAwait"].map(
                (key) => [`storage.${key}`, undefined],
            ),
        ),
    },
    "headPodOptions.mountStorageClaims": { "headPodOptions.mountStorageClaims": false },
    "servicePodOptions.mountStorageClaims": { "servicePodOptions.mountStorageClaims": false },
    "storage.skipAwait": { "storage.skipAwait": false },
    "storage.mountPath": { "storage.mountPath": undefined, workDirectory: undefined },
    "advanced.storageMountPath": { "advanced.storageMountPath": undefined, workDirectory: undefined },
    "computeResources.accelerators": { "computeResources.accelerators": 2 },
    "computeResources.cpuLimits": { "computeResources.cpuLimits": undefined, resourceQuota: undefined },
    "retries.strategy": { "retries.strategy": "finish", "retries.maxRetries": undefined },
    "retries.maxRetries": { "retries.maxRetries": 1 },
    "processes.*.label": { "processes.*.label": "other" },
    "processes.*.name": { "processes.*.name": "OTHER" },
    "processes.*.accelerators": { "processes.*.accelerators": 1 },
    "processes.*.cpus": { "processes.*.cpus": 2 },
    "processes.*.strategy": { "processes.*.strategy": "finish", "processes.*.maxRetries": undefined },
    "storageClaims.*.name": { "storageClaims.*.name": "other" },
    "storageClaims.*.claimName": { "storageClaims.*.claimName": "other" },
    "storageClaims.*.mountPath": { "storageClaims.*.mountPath": "/other" },
    "headPodOptions.containerName": { "headPodOptions.containerName": "other" },
    "servicePodOptions.containerName": { "servicePodOptions.containerName": "other" },
    "env.*.name": {
        env: VARIABLES.map((each, index) => ({ ...each, name: `OTHER_${index}` })),
    },
    "env.*.valueFrom": {
        env: VARIABLES.map((each) =>
            "valueFrom" in each ? { ...each, valueFrom: { secretKeyRef: { name: "other" } } } : each,
        ),
    },
    "env.*.value": { "env.*.value": "other" },
    "advanced.computeResourceType": {
        "advanced.computeResourceType": undefined,
        "podOptions.ttlSecondsAfterFinished": undefined,
        resourceQuota: undefined,
    },
    waveEnabled: { waveEnabled: false },
    fusionEnabled: { fusionEnabled: undefined, workDirectory: undefined },
};

/** Where a sample is needed in which the argument does more than in the first that has it. */
export const IN: Record<string, number> = {
    ...Object.fromEntries(
        ["claimName", "mountPath", "readOnly", "subPath"].map((key) => [`storageClaims.*.${key}`, 2]),
    ),
    "podOptions.nodeSelector": 2,
    "podOptions.tolerations": 2,
    "podOptions.priorityClassName": 2,
    "storageClaims.*.name": 2,
};
