import { UNKNOWN } from "../../../src/compile/rules/rules";
import { type Case, EKS, FUSION, GOOD, SERVER } from "./environmentCases";

const NO_SECRETS =
    "has no effect because serviceAccounts.head.create and serviceAccounts.compute.create are false and existing service accounts keep their own pull Secrets (remove it, and name the Secrets in imagePullSecrets of the service accounts where they are created)";
const account = (key: string) =>
    `has no effect because ${key}.create is false and an existing service account keeps its own (remove it, and set it where the service account is created)`;
const CLAIM =
    "has no effect because storage.create is false and an existing claim stays as it is (remove it, or set storage.create to true)";
const NOTHING_KEPT =
    "has no effect because storage.create is false and createNamespace is false (remove it, or set storage.create to true)";
const NFS = { server: "10.0.0.5", path: "/exports/work" };

/** What would be dropped without a word. */
export const REFUSED_NOTHING: Case[] = [
    [
        "what is said of objects that are there already (case 5)",
        {
            createNamespace: false,
            serviceAccounts: {
                launcher: { name: "tower-launcher-sa", create: false },
                head: { name: "tower-launcher-sa", create: false, annotations: { "example.com/role": "pods" } },
                compute: { name: "default", create: false, labels: UNKNOWN },
            },
            imagePullSecrets: ["gitlab-pull"],
            registries: [{ server: "registry.example.org", username: "u", password: "p" }],
            storage: { claimName: "tower-scratch", create: false, size: "2Ti", storageClassName: "efs-sc" },
        },
        [
            `serviceAccounts.head.annotations: ${account("serviceAccounts.head")}`,
            `serviceAccounts.compute.labels: ${account("serviceAccounts.compute")}`,
            `registries: ${NO_SECRETS}`,
            `imagePullSecrets: ${NO_SECRETS}`,
            `storage.size: ${CLAIM}`,
            `storage.storageClassName: ${CLAIM}`,
        ],
    ],
    [
        "one mistake that would be told twice",
        { env: [null], storageClaims: { claimName: "data", mountPath: "/data" }, cluster: { sever: SERVER } },
        [
            'cluster.sever: unknown argument (write "server")',
            "storageClaims: must be a list, not an object",
            "env[0]: must be an object, not null",
        ],
    ],
    [
        "pod specs that take away what the options of the same pods say",
        {
            headPodOptions: {
                nodeSelector: { tier: "stable", zone: "a" },
                tolerations: [{ key: "stable", operator: "Exists" }],
                schedulerName: "batch",
                securityContext: { fsGroup: 1000 },
            },
            headPodSpec:
                "spec:\n  nodeSelector: {tier: any, disk: ssd}\n  tolerations: []\n  schedulerName: batch\n  securityContext: {runAsUser: 0}\n",
            servicePodOptions: { priorityClassName: "services" },
            servicePodSpec: "spec:\n  priorityClassName: others\n",
        },
        [
            "headPodSpec: replaces what headPodOptions says of nodeSelector and tolerations (write all of it in one of the two)",
            "servicePodSpec: replaces what servicePodOptions says of priorityClassName (write all of it in one of the two)",
        ],
    ],
    [
        "two logins to one registry",
        {
            registries: ["u", "v"].map((username) => ({ server: "registry.example.org", username, password: "p" })),
        },
        [
            'registries: has the server "registry.example.org" in the entries 0 and 1 (remove one of the two, since a Secret has one login a server)',
        ],
    ],
    [
        "claims that would be created twice",
        {
            storageClaims: [
                { claimName: "data", mountPath: "/data", nfs: NFS },
                { claimName: "data", mountPath: "/same" },
                { claimName: "data", mountPath: "/other", nfs: { ...NFS, path: "/exports/other" } },
                { claimName: "nextflow-work", mountPath: "/mine", nfs: NFS },
            ],
        },
        [
            'storageClaims[2].claimName: "data" is already the claim of storageClaims[0] (write another name, or remove nfs and csi to mount that claim here as well)',
            'storageClaims[3].claimName: "nextflow-work" is already the work claim (write another name, or remove nfs and csi to mount that claim here as well)',
        ],
    ],
    [
        "labels of a launcher that is there already",
        { serviceAccounts: { launcher: { create: false, labels: { a: "b" } } } },
        [`serviceAccounts.launcher.labels: ${account("serviceAccounts.launcher")}`],
    ],
    [
        "the other names of pull Secrets beside service accounts that are there already",
        {
            serviceAccounts: { head: { create: false }, compute: { create: false } },
            advanced: { imagePullSecrets: ["gitlab-pull"], storageClassName: "nfs" },
            storage: { create: false },
        },
        [`advanced.storageClassName: ${CLAIM}`, `advanced.imagePullSecrets: ${NO_SECRETS}`].reverse(),
    ],
    [
        "all else that is said of a claim that is there already",
        {
            createNamespace: false,
            storage: {
                ...{ create: false, accessModes: ["ReadWriteMany"], volumeName: "v", skipAwait: true },
                mountOptions: ["nconnect=4"],
                ...{ protect: true, retainOnDelete: true, replaceable: true },
            },
        },
        [
            `storage.accessModes: ${CLAIM}`,
            `storage.volumeName: ${CLAIM}`,
            `storage.skipAwait: ${CLAIM}`,
            `storage.mountOptions: ${CLAIM}`,
            ...["protect", "retainOnDelete", "replaceable"].map((key) => `storage.${key}: ${NOTHING_KEPT}`),
        ],
    ],
    [
        "a selector of a claim that is there already",
        { storage: { create: false, selector: {} } },
        [`storage.selector: ${CLAIM}`],
    ],
    [
        "what is said of a claim with a volume of its own",
        {
            createNamespace: false,
            storage: { nfs: NFS, skipAwait: false, protect: true, replaceable: true },
            advanced: { storageClassName: "nfs" },
        },
        [
            "storage.protect: has no effect because the data of storage.nfs stays in any case and createNamespace is false (remove it)",
            "storage.skipAwait: has no effect because claim and volume of storage.nfs find each other and are never awaited (remove it)",
            "advanced.storageClassName: has no effect because storage.nfs already selects the volume (remove one of the two)",
        ],
    ],
    [
        "what is said of a claim that Fusion replaces",
        {
            ...EKS,
            ...FUSION,
            workDirectory: "s3://bucket/work",
            advanced: { storageClassName: "efs-sc", storageMountPath: "/scratch" },
        },
        ["storageClassName", "storageMountPath"].map(
            (key) =>
                `advanced.${key}: has no effect because no claim is created with Fusion (remove it, or set storage)`,
        ),
    ],
    [
        "name and region of a cluster that is reached by its server",
        { cluster: { ...GOOD.cluster, name: "genomics", region: "eu-west-1" } },
        ["name", "region"].map(
            (key) =>
                `cluster.${key}: has no effect because "k8s-platform" reaches the cluster by its server (remove it, or set cluster.platform)`,
        ),
    ],
    [
        "the namespace of a group",
        { rbacSubjects: [{ kind: "Group", name: "seqera", namespace: "other" }] },
        ['rbacSubjects[0]: has a namespace, which has no effect on the kind "Group" (remove it)'],
    ],
    [
        "claims that are mounted where there are none",
        {
            headPodOptions: { mountStorageClaims: true, containerName: "c" },
            servicePodOptions: { containerName: "c" },
        },
        [
            "headPodOptions.mountStorageClaims: has no effect because there are no storageClaims (remove it, or set storageClaims and headPodOptions.containerName)",
            "servicePodOptions.containerName: has no effect because servicePodOptions.mountStorageClaims is not true (remove it, or set servicePodOptions.mountStorageClaims to true)",
        ],
    ],
    [
        "processes without a setting",
        { processes: [{ label: "gpu" }, { name: "ALIGN" }] },
        [
            "processes[0]: has no effect because it sets nothing for its label (write a setting, such as memory, or remove the entry)",
            "processes[1]: has no effect because it sets nothing for its name (write a setting, such as memory, or remove the entry)",
        ],
    ],
    [
        "lists that Kubernetes takes for everything when they are empty",
        { networkPolicy: { egressCidrs: [], apiServerCidrs: [], egress: [{ cidr: "10.0.0.0/8", ports: [] }] } },
        [
            "networkPolicy.egressCidrs: must not be empty, because Kubernetes then allows all addresses (write those to allow, or remove it)",
            "networkPolicy.apiServerCidrs: must not be empty, because Kubernetes then allows all addresses (write those to allow, or remove it)",
            "networkPolicy.egress[0].ports: must not be empty, because Kubernetes then allows all ports (write those to allow, or remove it)",
        ],
    ],
    [
        "limits without an amount",
        { resourceQuota: { hard: {} }, limitRange: { max: {} } },
        [
            'resourceQuota.hard: has no effect because it limits nothing (write amounts by resource, like { "requests.cpu": "200" }, or remove it)',
            "limitRange: has no effect because it limits nothing (write default, defaultRequest, max or min, or remove it)",
        ],
    ],
    [
        "a strategy with a capital letter, in one line",
        { retries: { strategy: "Retry", maxRetries: 2 } },
        ['retries.strategy: unsupported value "Retry" (write "retry")'],
    ],
    [
        "selectors that Kubernetes refuses",
        {
            storage: {
                selector: {
                    matchExpressions: [
                        { key: "tier", operator: "In" },
                        { key: "tier", operator: "Exists", values: ["fast"] },
                    ],
                },
            },
        },
        [
            'storage.selector.matchExpressions[0]: requires values with the operator "In" (write at least one)',
            'storage.selector.matchExpressions[1]: has values, which the operator "Exists" does not allow (remove them, or write "In")',
        ],
    ],
];
