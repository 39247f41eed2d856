import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_CLAIM } from "../compile/storage/claimRules";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { ClaimGuard } from "../dynamic/claimGuard";
import { DEFAULT_NAMESPACE } from "./nextflowNamespace";
import { makeVolumeClaim } from "./volumeClaim";
import { makeClaimGuard, makeWorkClaim } from "./workClaim";
import type { WorkClaimArgs } from "../args/volumes";

/** The claims of an environment, as far as they are made or referred to by it. */
export interface EnvironmentClaims {
    /** Name of the work claim; none where Fusion takes its place. */
    workName: string | undefined;
    /** What must be there before the environment is made. */
    made: pulumi.Resource[];
}

/**
 * Looks up the storage class of a work claim that is created, so that one that does not exist is reported at once: its claim would wait
 * for ever. Only one that is named in plain text: another resource's output may be a class that is created in the same run. It has the
 * name of the argument, since the provider's error shows no more of the program than the name.
 * https://www.pulumi.com/docs/iac/concepts/resources/get/
 */
export function lookUpStorageClass(
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    inCluster: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { storageClassName } = workClaimArgs(args);
    const argument = args.storage?.storageClassName === undefined ? "advanced" : "storage";
    return provisionsClaim(args) &&
        typeof storageClassName === "string" &&
        storageClassName !== "" &&
        args.preflight !== false
        ? [kubernetes.storage.v1.StorageClass.get(`${name}-${argument}.storageClassName`, storageClassName, inCluster)]
        : [];
}

/**
 * Looks up what must exist in the cluster before the run, as {@link lookUpStorageClass} does, at preview as well. Says what no provider can
 * look up: of a claim without a class nobody knows whether the cluster has a default one.
 */
export function lookUpExisting(
    label: string,
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    inCluster: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { namespace = DEFAULT_NAMESPACE, createNamespace, storage, storageClaims = [] } = args;
    const claims = storageClaims.map((claim, index) => ({ ...claim, property: `storageClaims[${index}].claimName` }));
    const work = { claimName: storage?.claimName ?? DEFAULT_CLAIM, property: "storage.claimName" };
    const existing = [...(storage?.create === false ? [work] : []), ...claims.filter((claim) => !hasVolume(claim))];
    const { storageClassName, volumeName, selector } = workClaimArgs(args);
    const namesNone = [storageClassName, volumeName, selector].every((each) => each === undefined);
    if (pulumi.runtime.isDryRun() && namesNone && provisionsClaim(args)) {
        void pulumi.log.info(
            `${label}: the preview did not check whether the cluster has a default storage class, without which the work claim stays Pending (write storage.storageClassName, which is checked)`,
        );
    }
    return [
        ...(createNamespace === false
            ? [kubernetes.core.v1.Namespace.get(`${name}-createNamespace`, namespace, inCluster)]
            : []),
        ...existing
            .filter(({ claimName }) => typeof claimName === "string")
            .map(({ property, claimName }) =>
                kubernetes.core.v1.PersistentVolumeClaim.get(
                    `${name}-${property}`,
                    `${namespace}/${claimName as string}`,
                    inCluster,
                ),
            ),
    ];
}

/**
 * Makes the guard of what would be lost with the work claim or with the namespace that is made around it. It comes before
 * both, so it is told the namespace by its name alone; and after the storage class is known to exist, so that it never remembers a class
 * that no claim can have.
 */
export function createClaimGuard(
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    storageClass: pulumi.Resource[],
    parent: pulumi.Resource,
): ClaimGuard | undefined {
    const { namespace = DEFAULT_NAMESPACE, storage, storageClaims = [] } = args;
    const ofVolume = hasVolume(storage ?? {});
    const work = hasNoClaim(args) ? undefined : { ...workClaimArgs(args), namespace };
    if (work !== undefined && work.create !== false) {
        return makeClaimGuard(`${name}-work`, ofVolume ? { ...work, ofVolume } : work, parent, storageClass);
    }
    const theirs = storageClaims.find((claim) => !hasVolume(claim));
    const claimName = work === undefined ? theirs?.claimName : (work.claimName ?? DEFAULT_CLAIM);
    if (claimName === undefined || args.createNamespace === false) {
        return undefined;
    }
    const { retainOnDelete, replaceable } = storage ?? {};
    return makeClaimGuard(`${name}-work`, { namespace, claimName, create: false, retainOnDelete, replaceable }, parent);
}

/** Whether a claim is made with a volume of its own. */
export function hasVolume({ nfs, csi }: { nfs?: unknown; csi?: unknown }): boolean {
    return nfs !== undefined || csi !== undefined;
}

/** With Fusion the work directory is a bucket, and a claim that no pod can mount would keep every head pod from starting. */
export function hasNoClaim({ storage, fusionEnabled }: KubernetesComputeEnvironmentArgs): boolean {
    return storage === undefined && fusionEnabled === true;
}

/** Whether a work claim is created without a volume of its own, so that a storage class provides one. */
function provisionsClaim(args: KubernetesComputeEnvironmentArgs): boolean {
    return !hasNoClaim(args) && !hasVolume(args.storage ?? {}) && args.storage?.create !== false;
}

/** What a work claim without a volume of its own is told, its namespace apart. */
function workClaimArgs({ storage, advanced }: KubernetesComputeEnvironmentArgs): Omit<WorkClaimArgs, "namespace"> {
    const { nfs: _, csi: __, mountOptions: ___, mountPath: ____, ...claim } = storage ?? {};
    return { ...claim, storageClassName: claim.storageClassName ?? advanced?.storageClassName };
}

/** Makes what storage the arguments of an environment ask for. */
export function createClaims(
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    namespace: pulumi.Output<string>,
    guard: ClaimGuard | undefined,
    inCluster: pulumi.CustomResourceOptions,
): EnvironmentClaims {
    const work = createWork(name, args, namespace, guard, inCluster);
    const further = createFurther(name, args, namespace, inCluster);
    // The name alone, without the claim behind it: a claim that is replaced under its name must not take the environment with it,
    // as Pulumi would have it of what is made of the claim's output.
    return work === undefined
        ? { workName: undefined, made: further }
        : { workName: args.storage?.claimName ?? DEFAULT_CLAIM, made: [...work, ...further] };
}

function createWork(
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    namespace: pulumi.Output<string>,
    guard: ClaimGuard | undefined,
    inCluster: pulumi.CustomResourceOptions,
): pulumi.Resource[] | undefined {
    if (hasNoClaim(args)) {
        return undefined;
    }
    const { nfs, csi, mountOptions, size, accessModes, claimName = DEFAULT_CLAIM } = args.storage ?? {};
    if (hasVolume({ nfs, csi })) {
        const { volume, claim } = makeVolumeClaim(
            `${name}-work`,
            { namespace, size, accessModes, claimName, nfs, csi, mountOptions },
            inCluster,
        );
        return [volume, claim];
    }
    const claim = makeWorkClaim(`${name}-work`, { ...workClaimArgs(args), namespace }, guard, inCluster);
    return claim === undefined ? [] : [claim];
}

/** Those for which there is a volume; the others are in the namespace already. */
function createFurther(
    name: string,
    args: KubernetesComputeEnvironmentArgs,
    namespace: pulumi.Output<string>,
    inCluster: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    return (args.storageClaims ?? [])
        .filter(hasVolume)
        .flatMap(({ nfs, csi, size, accessModes, mountOptions, ...mount }) => {
            const claimName = mount.claimName as string;
            const wanted = { namespace, claimName, nfs, csi, size, accessModes, mountOptions };
            const { volume, claim } = makeVolumeClaim(`${name}-claim-${claimName}`, wanted, inCluster);
            return [volume, claim];
        });
}
