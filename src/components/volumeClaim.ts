import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { AccessMode } from "../args/enums";
import { volumeClaimRules } from "../compile/storage/volumeRules";
import { persistentVolume } from "../compile/storage/volumes";
import { nameOf, outputsOf } from "./outputs";
import { validArguments } from "./validate";
import type { VolumeClaimArgs } from "../args/volumes";

/**
 * A claim for an existing volume, such as reference data: a PersistentVolume for that claim only, and the claim. The data in the volume
 * is never touched: it outlives both. Another volume under the same claim is a new PersistentVolume, so that no data is lost on either.
 * See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume
 */
export class VolumeClaim extends pulumi.ComponentResource {
    /** Name of the claim. Known once claim and volume exist. */
    public readonly claimName: pulumi.Output<string>;
    /** Name of the PersistentVolume. */
    public readonly volumeName: pulumi.Output<string>;

    constructor(name: string, args: VolumeClaimArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validArguments(`VolumeClaim "${name}"`, volumeClaimRules, args);
        super("pulumi-seqera-kubernetes:index:VolumeClaim", name, args, opts);
        const { volume, claim } = makeVolumeClaim(name, args, { parent: this });
        this.claimName = nameOf(claim, args.claimName);
        this.volumeName = volume.metadata.name;
        this.registerOutputs(outputsOf(this));
    }
}

/** A volume, and the claim that it is for. */
export interface VolumeObjects {
    volume: kubernetes.core.v1.PersistentVolume;
    claim: kubernetes.core.v1.PersistentVolumeClaim;
}

/** Makes what a {@link VolumeClaim} consists of. */
export function makeVolumeClaim(
    name: string,
    args: VolumeClaimArgs,
    opts: pulumi.CustomResourceOptions,
): VolumeObjects {
    const { namespace, claimName, readOnly, mountOptions, nfs, csi } = args;
    const size = pulumi.output(args.size).apply((given) => given ?? "1Ti");
    const accessModes = pulumi.output(args.accessModes).apply((given) => given ?? [AccessMode.ReadWriteMany]);
    const planned = pulumi
        .output({ namespace, claimName, size, accessModes, readOnly, mountOptions, nfs, csi })
        .apply((spec) => persistentVolume(spec));

    // Neither is waited for: a claim reserved for a volume and a volume reserved for a claim find each other.
    const annotations = { "pulumi.com/skipAwait": "true" };
    const volume = new kubernetes.core.v1.PersistentVolume(
        name,
        {
            metadata: { name: planned.apply((each) => each.name), annotations },
            spec: planned.apply((each) => each.spec),
        },
        opts,
    );
    const claim = new kubernetes.core.v1.PersistentVolumeClaim(
        name,
        {
            metadata: { name: claimName, namespace, annotations },
            spec: {
                accessModes,
                storageClassName: "",
                volumeName: volume.metadata.name,
                resources: { requests: { storage: size } },
            },
        },
        { ...opts, deleteBeforeReplace: true },
    );
    return { volume, claim };
}
