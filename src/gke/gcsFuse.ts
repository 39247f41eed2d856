/** The storage driver that mounts buckets, which GKE runs. https://github.com/GoogleCloudPlatform/gcs-fuse-csi-driver */
export const GCS_FUSE_DRIVER = "gcsfuse.csi.storage.gke.io";

/** What of a pod's own sidecar, in which the bucket is served, can be set. */
export interface SidecarLimits {
    cpu?: string;
    memory?: string;
    disk?: string;
}

/** Without the first of them no sidecar comes into a pod, and it waits for its volume for ever. */
export function sidecarAnnotations({ cpu, memory, disk }: SidecarLimits): Record<string, string> {
    return {
        "gke-gcsfuse/volumes": "true",
        ...(cpu === undefined ? {} : { "gke-gcsfuse/cpu-limit": cpu }),
        ...(memory === undefined ? {} : { "gke-gcsfuse/memory-limit": memory }),
        ...(disk === undefined ? {} : { "gke-gcsfuse/ephemeral-storage-limit": disk }),
    };
}

/** Options that are set here, and so are no one else's. */
const OWN_OPTIONS = ["implicit-dirs", "only-dir", "uid", "gid", "ro", "rw"];

/** The name of an option that is set here. */
export function ownOption(option: string): string | undefined {
    const [name] = option.split(/[=:]/);
    return OWN_OPTIONS.find((own) => own === name);
}

/** Objects that others have put there have no directories of their own, which alone are seen otherwise. */
export function mountOptions(
    directory: string | undefined,
    readOnly: boolean,
    runAs: { uid?: number; gid?: number },
    others: string[],
): string[] {
    return [
        "implicit-dirs",
        ...(directory === undefined ? [] : [`only-dir=${directory}`]),
        ...(readOnly ? ["ro"] : []),
        ...(runAs.uid === undefined ? [] : [`uid=${runAs.uid}`]),
        ...(runAs.gid === undefined ? [] : [`gid=${runAs.gid}`]),
        ...others,
    ];
}
