import { posix } from "node:path";
import { type Check, show } from "./problems";

/** Where the work claim is mounted unless told otherwise: the Platform's own default. https://docs.seqera.io/platform-cloud/compute-envs/k8s */
export const DEFAULT_MOUNT_PATH = "/scratch";

export const checkAbsolutePath: Check<string> = (path) => {
    if (!path.startsWith("/")) {
        return `${show(path)} is not an absolute path; write ${show(`/${path.replace(/^[a-z0-9]+:\/*/i, "")}`)}, for example`;
    }
    if (posix.normalize(path) !== path || (path.length > 1 && path.endsWith("/"))) {
        return `${show(path)} is not in its plain form; write ${show(posix.normalize(path).replace(/(.)\/$/, "$1"))}`;
    }
    return undefined;
};

/** The work directory on generic Kubernetes is the mount path of the work claim or lies below it. */
export function checkWorkDirectory(workDirectory: string, mountPath: string): string | undefined {
    const bucket = /^(s3|gs|az):\/\//.exec(workDirectory);
    if (bucket) {
        return `${show(workDirectory)} is an object store, which needs Fusion, and Fusion exists only on the eks-platform and gke-platform; write a path below ${show(mountPath)}, where the work claim is mounted`;
    }
    const plain = checkAbsolutePath(workDirectory);
    if (plain !== undefined) {
        return plain;
    }
    return workDirectory === mountPath || workDirectory.startsWith(mountPath === "/" ? "/" : `${mountPath}/`)
        ? undefined
        : `${show(workDirectory)} lies outside ${show(mountPath)}, where the work claim is mounted, so tasks would not see it; write ${show(posix.join(mountPath, "work"))}, or set storage.mountPath`;
}
