import { getBucket } from "@pulumi/gcp/storage/getBucket";
import * as pulumi from "@pulumi/pulumi";
import type { PodOptionsArgs, StorageClaimArgs } from "../args/tasks";
import { reviewFound, validArguments } from "../components/validate";
import { GCS_FUSE_DRIVER, mountOptions, sidecarAnnotations } from "./gcsFuse";
import { bucketWarnings, gcsFuseRules } from "./gcsFuseRules";
import type { GcsFuseStorageArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * A bucket that task pods mount as files, such as reference data, by Cloud Storage FUSE. Pass `storageClaims` and `podOptions` to a
 * `KubernetesComputeEnvironment`, and the bucket to a `GkeWorkloadIdentity`: it is mounted as the service account of the task pods. It
 * cannot hold the work directory, whose files head pods must see, too: the Platform does not annotate head pods, so they get no
 * sidecar; and its files have neither locks nor atomic renames. The cluster needs the driver, which `gcsFuse` of `GkeExistingCluster`
 * checks. See https://cloud.google.com/kubernetes-engine/docs/concepts/cloud-storage-fuse-csi-driver
 */
export class GcsFuseStorage extends pulumi.ComponentResource {
    /** Argument `storageClaims` of `KubernetesComputeEnvironment`, or a part of it. */
    public readonly storageClaims: StorageClaimArgs[];
    /** Argument `podOptions` of `KubernetesComputeEnvironment`, or a part of it: the annotations of task pods. */
    public readonly podOptions: PodOptionsArgs;

    constructor(name: string, args: GcsFuseStorageArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `GcsFuseStorage "${name}"`;
        args = validArguments(label, gcsFuseRules, args);
        super("pulumi-seqera-kubernetes:index:GcsFuseStorage", name, args, opts);

        const readOnly = args.readOnly ?? true;

        this.storageClaims = [
            {
                claimName: args.claimName ?? `nextflow-${name}`,
                mountPath: args.mountPath,
                readOnly,
                csi: { driver: GCS_FUSE_DRIVER, volumeHandle: judgedBucket(this) },
                mountOptions: pulumi
                    .all([args.directory, args.uid, args.gid, args.mountOptions])
                    .apply(([directory, uid, gid, others]) =>
                        mountOptions(directory?.replace(/\/+$/, ""), readOnly, { uid, gid }, others ?? []),
                    ),
            },
        ];
        this.podOptions = {
            annotations: pulumi
                .all([args.cpuLimit, args.memoryLimit, args.diskLimit])
                .apply(([cpu, memory, disk]) => sidecarAnnotations({ cpu, memory, disk })),
        };
        this.registerOutputs(outputsOf(this));

        /** The bucket, looked up where the cluster's place is known. */
        function judgedBucket(resource: pulumi.Resource): pulumi.Output<string> {
            return pulumi.all([args.bucket, args.location]).apply(async ([bucket, clusterLocation]) => {
                if (clusterLocation !== undefined) {
                    const { location } = await getBucket({ name: bucket }, { parent: resource });
                    const facts = { name: bucket, location, clusterLocation };
                    reviewFound(
                        label,
                        `the bucket "${bucket}"`,
                        { refused: [], warned: bucketWarnings },
                        facts,
                        resource,
                    );
                }
                return bucket;
            });
        }
    }
}
