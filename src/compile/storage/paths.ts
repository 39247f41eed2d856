import { posix } from "node:path";
import { type Check, quote, show } from "../rules/problems";
import { at } from "../rules/rules";

/** Where the work claim is mounted unless told otherwise: the Platform's own default. https://docs.seqera.io/platform-cloud/compute-envs/k8s */
export const DEFAULT_MOUNT_PATH = "/scratch";

/** Without `.`, `..`, doubled slashes and a slash at the end, which the Platform drops when it launches. */
function plain(path: string): string {
    return posix.normalize(path).replace(/(.)\/$/, "$1");
}

export const checkAbsolutePath: Check<string> = (path) => {
    if (!path.startsWith("/")) {
        return `${show(path)} is not an absolute path (write it like ${quote(plain(`/${path.replace(/^[a-z0-9]+:\/*/i, "")}`))})`;
    }
    return plain(path) === path ? undefined : `${show(path)} is not a normalized path (write ${quote(plain(path))})`;
};

/** Where a claim can be mounted. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1 */
export const checkMountPath: Check<string> = (path) => {
    if (path === "/") {
        return `"/" is the root of the container, where nothing can be mounted (write it like ${quote(DEFAULT_MOUNT_PATH)})`;
    }
    if (path.includes(":")) {
        return `${show(path)} contains a colon, which Kubernetes does not allow in a mount path (write it like ${quote(DEFAULT_MOUNT_PATH)})`;
    }
    return checkAbsolutePath(path);
};

const BUCKET = /^(s3|gs|az):\/\//;

/**
 * The work directory without Fusion is the mount path of the work claim or lies below it. `mountProperty` is what the
 * user would set to mount the claim elsewhere.
 */
export function checkWorkDirectory(
    workDirectory: string,
    mountPath: string,
    mountProperty: string,
): string | undefined {
    const inside = mountPath === workDirectory || workDirectory.startsWith(`${mountPath}/`);
    if (BUCKET.test(workDirectory)) {
        return `${show(workDirectory)} is in an object store, which requires Fusion, and Fusion is only available on "eks-platform" and "gke-platform" (write a path below ${show(mountPath)}, where the work claim is mounted)`;
    }
    return (
        checkAbsolutePath(workDirectory) ??
        (inside
            ? undefined
            : `${show(workDirectory)} is outside ${show(mountPath)}, where the work claim is mounted, so tasks could not see it (write ${quote(posix.join(mountPath, "work"))}, or set ${mountProperty})`)
    );
}

/** The work directory with Fusion is in the object store of the cluster's cloud. https://docs.seqera.io/fusion */
export function checkFusionDirectory(workDirectory: string | undefined, scheme: "s3" | "gs"): string | undefined {
    const example = `write it like "${scheme}://my-bucket/work"`;
    if (workDirectory === undefined) {
        return `required with Fusion, which needs a work directory in a bucket (${example})`;
    }
    if (!workDirectory.startsWith(`${scheme}://`)) {
        return `${show(workDirectory)} is not in the object store of the cluster's cloud, where Fusion needs the work directory (${example})`;
    }
    const path = workDirectory.slice(`${scheme}://`.length);
    return path !== "" && plain(path) === path && !path.startsWith("/")
        ? undefined
        : `${show(workDirectory)} is not a bucket with a normalized path (${example})`;
}

/** Where the work claim is mounted. */
export function claimMountPath({ mountPath }: { mountPath?: string | null }): string {
    return mountPath ?? DEFAULT_MOUNT_PATH;
}

/** Where the work claim is mounted, and the argument that says so; `undefined` where that is wrong or not known. */
export function workMount(args: unknown): { path: string | undefined; property: string } {
    const given = ["storage.mountPath", "advanced.storageMountPath"]
        .map((property) => ({ path: at(args, property), property }))
        .find(({ path }) => path !== undefined);
    const { path, property } = given ?? { path: DEFAULT_MOUNT_PATH, property: "storage.mountPath" };
    return { path: typeof path === "string" && checkMountPath(path) === undefined ? path : undefined, property };
}
