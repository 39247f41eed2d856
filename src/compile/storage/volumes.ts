import { createHash } from "node:crypto";
import { canonicalJson } from "../rules/names";
import { sorted } from "../sorting";
import type { CsiVolumeArgs, NfsVolumeArgs } from "../../args/volumes";
import type { Known } from "../known";

/** A volume that is there already, and the claim that it is for. */
export interface VolumeArguments {
    namespace: string;
    claimName: string;
    size: string;
    accessModes: string[];
    readOnly?: boolean;
    mountOptions?: string[];
    nfs?: Known<NfsVolumeArgs>;
    csi?: Known<CsiVolumeArgs>;
}

/** A PersistentVolume's name and `spec`. */
export interface PersistentVolume {
    name: string;
    spec: Record<string, unknown>;
}

const SUFFIX_LENGTH = 7;
const NAME_MAX = 63;

/**
 * A PersistentVolume for one claim alone. Kubernetes can change neither where a volume is nor which claim has it, so the
 * name carries a digest of both: another volume has another name, is made before the old one goes, and never meets the
 * volume of another namespace. What lies in it stays when the volume's object goes.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume
 */
export function persistentVolume(given: VolumeArguments): PersistentVolume {
    const { namespace, claimName, size, accessModes, readOnly, mountOptions, nfs, csi } = given;
    const digest = createHash("sha256").update(canonicalJson(given)).digest("hex").slice(0, SUFFIX_LENGTH);
    const prefix = `${namespace}-${claimName}`.slice(0, NAME_MAX - SUFFIX_LENGTH - 1).replace(/[-.]+$/, "");
    return {
        name: `${prefix}-${digest}`,
        spec: {
            capacity: { storage: size },
            accessModes,
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name: claimName },
            ...(mountOptions?.length ? { mountOptions } : {}),
            ...(nfs ? { nfs: { server: nfs.server, path: nfs.path, ...(readOnly ? { readOnly } : {}) } } : {}),
            ...(csi ? { csi: { ...csiSource(csi), ...(readOnly ? { readOnly } : {}) } } : {}),
        },
    };
}

function csiSource({ driver, volumeHandle, volumeAttributes, fsType }: Known<CsiVolumeArgs>): Record<string, unknown> {
    return {
        driver,
        volumeHandle,
        ...(fsType ? { fsType } : {}),
        ...(volumeAttributes ? { volumeAttributes: sorted(volumeAttributes) } : {}),
    };
}

/** What a claim is that holds data, as far as a change of it could lose that data. */
export interface HeldClaim {
    namespace: string;
    claimName: string;
    storageClassName?: string | null;
    volumeName?: string | null;
    accessModes?: string[] | null;
    matchLabels?: Record<string, string> | null;
    matchExpressions?: object[] | null;
    retainOnDelete?: boolean | null;
    /** Nobody's but the user's: it is lost with the namespace that is made around it. */
    referred?: boolean | null;
    /** On a volume of its own, which outlives it. */
    ofVolume?: boolean | null;
    /** Id of the Kubernetes provider, or what is known of the default one. Older versions did not record it. */
    clusterProvider?: string | null;
    /** Of the default provider. */
    clusterIdentifier?: string | null;
}
