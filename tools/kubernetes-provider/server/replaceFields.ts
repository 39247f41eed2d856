/**
 * Fields whose change replaces the object, kind by kind: those that the official plugin (4.32.0) replaces for. Other
 * immutable fields plan as an update, which the API server then refuses; that is what users of the official plugin see.
 */

import { fieldAt, gvkOf, isSecretObject, kindOf, type KubeObject } from "./kubeObject";

export interface Mutability {
    readonly configMaps: boolean;
    readonly secrets: boolean;
}

const identity = ["metadata.name", "metadata.namespace"];

const volumeSources = [
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "csi",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "glusterfs",
    "hostPath",
    "iscsi",
    "local",
    "nfs",
    "photonPersistentDisk",
    "portworxVolume",
    "quobyte",
    "rbd",
    "scaleIO",
    "storageos",
    "vsphereVolume",
];

const podFields = [
    "affinity",
    "automountServiceAccountToken",
    "dnsConfig",
    "dnsPolicy",
    "enableServiceLinks",
    "hostAliases",
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "hostname",
    "imagePullSecrets",
    "nodeName",
    "nodeSelector",
    "overhead",
    "preemptionPolicy",
    "priority",
    "priorityClassName",
    "readinessGates",
    "restartPolicy",
    "runtimeClassName",
    "schedulerName",
    "securityContext",
    "serviceAccount",
    "serviceAccountName",
    "shareProcessNamespace",
    "subdomain",
    "terminationGracePeriodSeconds",
    "volumes",
];

/** All fields of a container but its name: the name is what tells containers apart. */
const containerFields = [
    "args",
    "command",
    "env",
    "image",
    "imagePullPolicy",
    "lifecycle",
    "livenessProbe",
    "ports",
    "readinessProbe",
    "resources",
    "securityContext",
    "stdin",
    "stdinOnce",
    "terminationMessagePath",
    "terminationMessagePolicy",
    "tty",
    "volumeDevices",
    "volumeMounts",
    "workingDir",
];

const inSpec = (...fields: string[]): string[] => fields.map((field) => `spec.${field}`);

const byKind: Record<string, readonly string[]> = {
    "/PersistentVolume": inSpec(...volumeSources),
    "/PersistentVolumeClaim": inSpec("accessModes", "selector", "storageClassName", "volumeName"),
    "/Pod": inSpec(
        ...podFields,
        ...containerFields.flatMap((field) => [`containers[].${field}`, `initContainers[].${field}`]),
    ),
    "/ResourceQuota": inSpec("scopes"),
    "/Secret": ["type"],
    "/Service": inSpec("clusterIP"),
    "apps/DaemonSet": inSpec("selector"),
    "apps/Deployment": inSpec("selector"),
    "apps/StatefulSet": inSpec(
        "podManagementPolicy",
        "revisionHistoryLimit",
        "selector",
        "serviceName",
        "volumeClaimTemplates",
    ),
    "batch/Job": inSpec("completions", "parallelism", "selector", "template"),
    "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
    "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
    "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
};

export function replaceFields(object: KubeObject, mutable: Mutability): readonly string[] {
    const immutable = fieldAt(object, "immutable") === true;
    if (isSecretObject(object) && (!mutable.secrets || immutable)) {
        return [...identity, "type", "stringData", "data"];
    }
    const { group } = gvkOf(object);
    if (group === "" && kindOf(object) === "ConfigMap" && (!mutable.configMaps || immutable)) {
        return [...identity, "binaryData", "data"];
    }
    return [...identity, ...(byKind[`${group}/${kindOf(object)}`] ?? [])];
}
