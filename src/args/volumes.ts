import type { meta } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessMode } from "./enums";

/** A directory that an NFS server exports. See https://kubernetes.io/docs/concepts/storage/volumes/#nfs */
export interface NfsVolumeArgs {
    /** Host name or address of the server, as the nodes reach it, such as `10.0.0.5`. */
    server: pulumi.Input<string>;
    /** Absolute path that the server exports, such as `/exports/genomes`. */
    path: pulumi.Input<string>;
}

/** An existing volume of a CSI driver. See https://kubernetes.io/docs/concepts/storage/volumes/#csi */
export interface CsiVolumeArgs {
    /** Name of the CSI driver, which must run in the cluster, such as `efs.csi.aws.com`. */
    driver: pulumi.Input<string>;
    /** Name of the volume in the driver, such as `fs-0123456789abcdef0`. */
    volumeHandle: pulumi.Input<string>;
    /** Further attributes of the volume, which the driver defines. Default: none. */
    volumeAttributes?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** File system type of the volume. Default: the driver's. */
    fsType?: pulumi.Input<string>;
}

/** A claim that is created, or an existing one. */
export interface ClaimArgs {
    /** Name of the claim. Default: `nextflow-work`. */
    claimName?: string;
    /**
     * Whether to create the claim. False refers to an existing claim, which stays as it is, and conflicts with `nfs`, `csi`, `size`,
     * `storageClassName`, `accessModes`, `selector`, `volumeName`, `mountOptions` and `skipAwait`. Default: true.
     */
    create?: boolean;
    /**
     * Size of the claim, as a Kubernetes quantity. It can grow in place where the storage class allows that, and never shrink. Default:
     * `100Gi`; `1Ti` with `nfs` or `csi`.
     * See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
     */
    size?: pulumi.Input<string>;
    /**
     * Storage class of the claim, which must offer ReadWriteMany, since pods on several nodes share the claim. In an environment, a class
     * that is named in plain text must exist in the cluster, unless `preflight` is false; for a class that the same program creates, pass
     * its output. An empty string means no class, for a volume that was created beforehand. Conflicts with `nfs` and `csi`. Default: the
     * cluster's default class. See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
     */
    storageClassName?: pulumi.Input<string>;
    /** Access modes of the claim. Without `ReadWriteMany`, all pods that mount the claim share one node. Default: `ReadWriteMany`. */
    accessModes?: pulumi.Input<pulumi.Input<AccessMode>[]>;
    /** Label selector of the volumes that the claim can bind to. Conflicts with `volumeName`, `nfs` and `csi`. Default: any volume. */
    selector?: pulumi.Input<meta.v1.LabelSelector>;
    /** Name of an existing volume that the claim binds to. Conflicts with `selector`, `nfs` and `csi`. Default: any volume that fits. */
    volumeName?: pulumi.Input<string>;
    /**
     * Whether Pulumi refuses to delete the claim and, in an environment, a namespace that is created around it, so that no data is lost
     * by accident. A claim with `nfs` or `csi`, whose data stays, is not protected. Default: false.
     */
    protect?: boolean;
    /**
     * Whether the claim and, in an environment, a namespace that is created around it stay in the cluster when they are removed from the
     * program. A claim with `nfs` or `csi`, whose data stays, is deleted. Default: false.
     */
    retainOnDelete?: boolean;
    /**
     * Whether a change that Kubernetes cannot make in place (class, access modes, selector, volume, name, namespace) may replace the
     * claim, together with its data. Default: false: such a change is an error at preview.
     */
    replaceable?: boolean;
    /**
     * Whether to continue before the claim is bound. With false, a claim of a class that binds at the first pod is awaited until a timeout
     * of five minutes. Default: true.
     */
    skipAwait?: boolean;
}

/** Arguments of {@link WorkClaim}. */
export interface WorkClaimArgs extends ClaimArgs {
    /** Namespace of the claim. */
    namespace: pulumi.Input<string>;
}

/** Arguments of {@link VolumeClaim}, with one of `nfs` and `csi`. */
export interface VolumeClaimArgs {
    /** Namespace of the claim. */
    namespace: pulumi.Input<string>;
    /** Name of the claim. */
    claimName: string;
    /** Export of an NFS server that is the volume. Conflicts with `csi`. */
    nfs?: NfsVolumeArgs;
    /** Volume of a CSI driver that is the volume. Conflicts with `nfs`. */
    csi?: CsiVolumeArgs;
    /** Size of claim and volume, as a Kubernetes quantity. It only makes the two match; nothing enforces it. Default: `1Ti`. */
    size?: pulumi.Input<string>;
    /** Access modes of claim and volume. Default: `ReadWriteMany`. */
    accessModes?: pulumi.Input<pulumi.Input<AccessMode>[]>;
    /** Whether the volume is read-only, so that every write to it fails. Default: false. */
    readOnly?: pulumi.Input<boolean>;
    /** Mount options on the node, such as `nconnect=4`. Default: none. */
    mountOptions?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Shared storage of the environment: one claim that head, task and service pods mount. The claim is created, created for an existing
 * volume (`nfs`, `csi`), or existing.
 */
export interface StorageArgs extends ClaimArgs {
    /** Export of an NFS server that the claim is created for. The data stays when the claim is deleted. Conflicts with `csi`. */
    nfs?: NfsVolumeArgs;
    /** Existing volume of a CSI driver that the claim is created for. The data stays when the claim is deleted. Conflicts with `nfs`. */
    csi?: CsiVolumeArgs;
    /** Mount options on the node, such as `nconnect=4`. Requires `nfs` or `csi`. Default: none. */
    mountOptions?: pulumi.Input<pulumi.Input<string>[]>;
    /** Absolute path that the claim is mounted at in pods. Default: `/scratch`, the Platform's own. */
    mountPath?: pulumi.Input<string>;
}
