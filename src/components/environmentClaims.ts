import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { environmentRules } from "../compile/environmentRules";
import type { KubernetesComputeEnvironmentArgs } from "./environmentArgs";
import { refuseLater } from "./validate";
import { makeVolumeClaim } from "./volumeClaim";
import { DEFAULT_CLAIM, makeWorkClaim } from "./workClaim";

/** The claims of an environment, as far as they are made or referred to by it. */
export interface EnvironmentClaims {
    /** Name of the work claim; none where Fusion takes its place. */
    workName: string | undefined;
    /** What must be there before the environment is made. */
    made: pulumi.Resource[];
}

/** How resources are made in the cluster: beside the namespace, or in it and gone with it. */
export interface Places {
    inCluster: pulumi.CustomResourceOptions;
    inNamespace: pulumi.CustomResourceOptions;
}

/** Makes what storage the arguments of an environment ask for. */
export function createClaims(
    label: string,
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    namespace: pulumi.Output<string>,
    places: Places,
): EnvironmentClaims {
    const work = createWork(label, name, args, namespace, places);
    const further = createFurther(name, args, namespace, places);
    // The name alone, without the claim behind it: a claim that is replaced under its name must not take the environment with it,
    // as Pulumi would have it of what is made of the claim's output.
    return work === undefined
        ? { workName: undefined, made: further }
        : { workName: args.storage?.claimName ?? DEFAULT_CLAIM, made: [...work, ...further] };
}

function createWork(
    label: string,
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    namespace: pulumi.Output<string>,
    { inCluster, inNamespace }: Places,
): pulumi.Resource[] | undefined {
    // With Fusion the work directory is a bucket, and a claim that no pod can mount would keep every head pod from starting.
    if (args.storage === undefined && args.fusionEnabled === true) {
        return undefined;
    }
    const { nfs, csi, mountOptions, mountPath: _, size: given, accessModes, ...others } = args.storage ?? {};
    const size =
        given === undefined ? undefined : refuseLater(label, environmentRules, "storage.size", pulumi.output(given));
    const shared = { namespace, size, accessModes };
    if (nfs !== undefined || csi !== undefined) {
        const claimName = others.claimName ?? DEFAULT_CLAIM;
        // A volume belongs to no namespace, so it does not go with one.
        const { volume, claim } = makeVolumeClaim(
            `${name}-work`,
            { ...shared, claimName, nfs, csi, mountOptions },
            inCluster,
        );
        return [volume, claim];
    }
    const storageClassName = others.storageClassName ?? args.advanced?.storageClassName;
    const dependsOn = others.create === false ? [] : storageClass(name, args, storageClassName, inCluster);
    const claim = makeWorkClaim(
        `${name}-work`,
        { ...shared, ...others, storageClassName },
        { ...inNamespace, dependsOn },
    );
    return claim === undefined ? [] : [claim];
}

/**
 * The storage class, looked up so that one that is not there is told at once: its claim would wait for ever. Only one that is named in
 * plain text: another resource's output may be a class that is made in the same run.
 * https://www.pulumi.com/docs/iac/concepts/resources/get/
 */
function storageClass(
    name: string,
    { preflight }: KubernetesComputeEnvironmentArgs,
    className: pulumi.Input<string> | undefined,
    inCluster: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    return typeof className === "string" && className !== "" && preflight !== false
        ? [kubernetes.storage.v1.StorageClass.get(`${name}-storage-class`, className, inCluster)]
        : [];
}

/** Those for which there is a volume; the others are in the namespace already. */
function createFurther(
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    namespace: pulumi.Output<string>,
    { inCluster }: Places,
): pulumi.Resource[] {
    return (args.storageClaims ?? [])
        .filter(({ nfs, csi }) => nfs !== undefined || csi !== undefined)
        .flatMap(({ nfs, csi, size, accessModes, mountOptions, ...mount }) => {
            const claimName = mount.claimName as string;
            const wanted = { namespace, claimName, nfs, csi, size, accessModes, mountOptions };
            const { volume, claim } = makeVolumeClaim(`${name}-claim-${claimName}`, wanted, inCluster);
            return [volume, claim];
        });
}
