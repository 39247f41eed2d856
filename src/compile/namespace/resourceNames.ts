import { checkQualifiedName } from "../rules/kubernetesNames";
import { type Check, quote } from "../rules/problems";
import { parseQuantity } from "../rules/quantities";
import { unknownKey } from "../rules/rules";

/** What a container can ask for, beside huge pages and the resources of device plugins. */
const CONTAINER = ["cpu", "memory", "ephemeral-storage"];

/** What a quota counts by itself. */
const QUOTA = [
    ...["", "requests.", "limits."].flatMap((prefix) => CONTAINER.map((name) => prefix + name)),
    "requests.storage",
    "pods",
    "persistentvolumeclaims",
    "configmaps",
    "secrets",
    "services",
    "services.loadbalancers",
    "services.nodeports",
    "replicationcontrollers",
    "resourcequotas",
];

/** What a quota counts by a class of storage or of devices, whose name stands before it. */
const OF_A_CLASS = [
    ".storageclass.storage.k8s.io/requests.storage",
    ".storageclass.storage.k8s.io/persistentvolumeclaims",
    ".deviceclass.resource.k8s.io/devices",
];

/** A resource of a device plugin, such as `nvidia.com/gpu`. */
function isExtended(name: string): boolean {
    return name.includes("/") && !name.includes("kubernetes.io/") && checkQualifiedName(name) === undefined;
}

function isHugePages(name: string): boolean {
    const [, size] = /^hugepages-(.+)$/.exec(name) ?? [];
    return size !== undefined && parseQuantity(size) !== undefined;
}

const PREFIX = /^(requests?|limits?)\./;

/** A resource that a container can ask for: https://kubernetes.io/docs/concepts/policy/limit-range/ */
export const checkContainerResource: Check<string> = (name) => {
    if (CONTAINER.includes(name) || isHugePages(name)) {
        return undefined;
    }
    const plain = name.replace(PREFIX, "");
    if (name !== plain && (isExtended(plain) || isHugePages(plain))) {
        return `unknown resource (write ${quote(plain)})`;
    }
    return isExtended(name) ? undefined : unknownKey(name, CONTAINER, "resource");
};

/** A resource that a quota counts: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export const checkQuotaResource: Check<string> = (name) => {
    const asked = name.replace(/^requests\./, "");
    if (
        QUOTA.includes(name) ||
        isHugePages(asked) ||
        (asked !== name && isExtended(asked)) ||
        /^count\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) ||
        OF_A_CLASS.some((ending) => name.endsWith(ending) && name !== ending)
    ) {
        return undefined;
    }
    const plain = name.replace(PREFIX, "");
    return isExtended(plain)
        ? `has no effect because a quota counts a resource of a device plugin by its requests (write ${quote(`requests.${plain}`)})`
        : unknownKey(name, QUOTA, "resource");
};
