import type { meta } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessMode } from "./enums";

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

/** Arguments of {@link WorkClaim}. */
export interface WorkClaimArgs {
    /** Namespace of the claim. */
    namespace: pulumi.Input<string>;
    /** Name of the claim. Default: `nextflow-work`. */
    claimName?: string;
    /** Make the claim; false refers to one that is there already. Default: true. */
    create?: boolean;
    /**
     * Size of a claim that is made, as a Kubernetes quantity. It can grow in place where the storage class allows that, and never
     * shrink. Default: `100Gi`. See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
     */
    size?: pulumi.Input<string>;
    /**
     * Storage class of a claim that is made. It must offer ReadWriteMany, since pods on several nodes share the claim.
     * An empty text means no class: a volume made beforehand. Default: the cluster's default class.
     * See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
     */
    storageClassName?: pulumi.Input<string>;
    /**
     * How pods may mount a claim that is made. Without `ReadWriteMany`, all pods that mount it share one node.
     * Default: `ReadWriteMany`.
     */
    accessModes?: pulumi.Input<pulumi.Input<AccessMode>[]>;
    /** Selector of the volumes that fit a claim that is made. Default: any. */
    selector?: pulumi.Input<meta.v1.LabelSelector>;
    /** Volume made beforehand to bind a claim that is made to. Default: any that fits. */
    volumeName?: pulumi.Input<string>;
    /** Refuses to delete a claim that is made, and so to lose its data. Default: false. */
    protect?: boolean;
    /** Leaves a claim that is made in the cluster when it leaves the program. Default: false. */
    retainOnDelete?: boolean;
    /**
     * Lets a change that Kubernetes cannot make in place (class, access modes, selector, volume, name, namespace) replace a claim
     * that is made, with whatever is on it. Default: false: such a change is refused at preview.
     */
    replaceable?: boolean;
    /**
     * Goes on without waiting until a claim that is made is bound. Classes that bind when the first pod comes would
     * otherwise be waited for until a time limit of five minutes. Default: true.
     */
    skipAwait?: boolean;
}

/** Arguments of {@link VolumeClaim}, with one of `nfs` and `csi`. */
export interface VolumeClaimArgs {
    /** Namespace of the claim. */
    namespace: pulumi.Input<string>;
    /** Name of the claim. */
    claimName: string;
    /** The volume, as an export of an NFS server. */
    nfs?: NfsVolumeArgs;
    /** The volume, as one of a storage driver. */
    csi?: CsiVolumeArgs;
    /** Size, as a Kubernetes quantity. It only has to fit claim and volume together; nothing enforces it. Default: `1Ti`. */
    size?: pulumi.Input<string>;
    /** How pods may mount it. Default: `ReadWriteMany`. */
    accessModes?: pulumi.Input<pulumi.Input<AccessMode>[]>;
    /** Refuses every write through the volume. Default: false. */
    readOnly?: pulumi.Input<boolean>;
    /** Options of the mount on the node, such as `nconnect=4`. Default: none. */
    mountOptions?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * The shared storage of the environment: one claim that head, task and service pods mount, made, made for a volume that is there
 * already (`nfs`, `csi`), or referred to.
 */
export interface StorageArgs {
    /** Name of the claim. Default: `nextflow-work`. */
    claimName?: string;
    /** Make the claim; false refers to one that is there already. Default: true. */
    create?: boolean;
    /** Size, as a Kubernetes quantity. It can grow in place where the storage class allows that. Default: `100Gi`; `1Ti` with `nfs` or `csi`. */
    size?: pulumi.Input<string>;
    /**
     * Storage class; it must offer ReadWriteMany. One that is named in plain text must be in the cluster already, unless `preflight` is
     * false; for one that the same program makes, give its output. Empty text: none. Default: the cluster's default class.
     */
    storageClassName?: pulumi.Input<string>;
    /** How pods may mount it. Without `ReadWriteMany`, all pods of all runs share one node. Default: `ReadWriteMany`. */
    accessModes?: pulumi.Input<pulumi.Input<AccessMode>[]>;
    /** Selector of the volumes that fit, made beforehand. Default: any. */
    selector?: pulumi.Input<meta.v1.LabelSelector>;
    /** Volume made beforehand to bind to. Default: any that fits. */
    volumeName?: pulumi.Input<string>;
    /** An export of an NFS server as the volume. What lies there stays when the claim goes. */
    nfs?: NfsVolumeArgs;
    /** A volume of a storage driver, made beforehand. What lies there stays when the claim goes. */
    csi?: CsiVolumeArgs;
    /** Options of the mount on the node, with `nfs` or `csi`. Default: none. */
    mountOptions?: pulumi.Input<pulumi.Input<string>[]>;
    /** Where the claim is mounted. Default: `/scratch`, the Platform's own. */
    mountPath?: pulumi.Input<string>;
    /** Refuses to delete the claim, and a namespace made around it, so that no data is lost by accident. Default: false. */
    protect?: boolean;
    /** Leaves the claim, and a namespace made around it, in the cluster when they leave the program. Default: false. */
    retainOnDelete?: boolean;
    /**
     * Lets a change that Kubernetes cannot make in place (class, access modes, selector, volume, name, namespace) replace the
     * claim, with whatever is on it. Default: false: such a change is refused at preview.
     */
    replaceable?: boolean;
    /** Goes on without waiting until the claim is bound. Default: true. */
    skipAwait?: boolean;
}
