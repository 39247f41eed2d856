import type * as pulumi from "@pulumi/pulumi";

/** A directory that an NFS server exports. See https://kubernetes.io/docs/concepts/storage/volumes/#nfs */
export interface NfsVolumeArgs {
    /** Name or address of the server, as the nodes reach it. */
    server: pulumi.Input<string>;
    /** Path that it exports, absolute. */
    path: pulumi.Input<string>;
}

/** A volume of a storage driver that was made beforehand. See https://kubernetes.io/docs/concepts/storage/volumes/#csi */
export interface CsiVolumeArgs {
    /** Name of the driver, such as `efs.csi.aws.com`; it must run in the cluster. */
    driver: pulumi.Input<string>;
    /** What the driver calls the volume, such as `fs-0123456789abcdef0`. */
    volumeHandle: pulumi.Input<string>;
    /** What else the driver wants to know. Default: nothing. */
    volumeAttributes?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** File system. Default: the driver's. */
    fsType?: pulumi.Input<string>;
}
