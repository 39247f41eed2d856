import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { AccessMode } from "../args/enums";
import { claimRules, DEFAULT_CLAIM } from "../compile/storage/claimRules";
import { clusterProviderOf } from "./clusterProvider";
import { ClaimGuard } from "../dynamic/claimGuard";
import { member, nameOf } from "./outputs";
import { validArguments } from "./validate";
import type { WorkClaimArgs } from "../args/volumes";

const DEFAULT_SIZE = "100Gi";

/**
 * The claim of a compute environment's shared work directory, which is ReadWriteMany; created or existing. The data on a claim that is
 * created is never lost silently: a change that would replace the claim is an error at preview.
 */
export class WorkClaim extends pulumi.ComponentResource {
    /** Name of the claim. */
    public readonly claimName: pulumi.Output<string>;

    constructor(name: string, args: WorkClaimArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validArguments(`WorkClaim "${name}"`, claimRules, args);
        super("pulumi-seqera-kubernetes:index:WorkClaim", name, args, opts);
        const guard = args.create === false ? undefined : makeClaimGuard(name, args, this);
        const claim = makeWorkClaim(name, args, guard, { parent: this });
        const claimName = args.claimName ?? DEFAULT_CLAIM;
        this.claimName = claim === undefined ? pulumi.output(claimName) : nameOf(claim, claimName);
        this.registerOutputs({ claimName: this.claimName });
    }
}

/**
 * Makes the guard of a claim that is made, also for a volume of its own, or of one that is referred to in a namespace that is made.
 * `parent` has the provider that makes them.
 */
export function makeClaimGuard(
    name: string,
    args: Omit<WorkClaimArgs, "claimName"> & { claimName?: pulumi.Input<string>; ofVolume?: boolean },
    parent: pulumi.Resource,
    dependsOn: pulumi.Resource[] = [],
): ClaimGuard {
    const { namespace, claimName = DEFAULT_CLAIM, retainOnDelete, replaceable, ofVolume } = args;
    const { storageClassName, volumeName, selector } = args;
    const referred = args.create === false ? true : undefined;
    return new ClaimGuard(
        `${name}-guard`,
        {
            ...{ namespace, claimName, retainOnDelete, replaceable, referred, ofVolume },
            ...clusterProviderOf(parent),
            ...(referred || ofVolume
                ? {}
                : {
                      storageClassName,
                      volumeName,
                      matchLabels: member(selector, "matchLabels"),
                      matchExpressions: member(selector, "matchExpressions"),
                      accessModes: modesOf(args),
                  }),
        },
        { parent, dependsOn },
    );
}

function modesOf({ accessModes }: Pick<WorkClaimArgs, "accessModes">): pulumi.Output<AccessMode[]> {
    return pulumi.output(accessModes).apply((given) => given ?? [AccessMode.ReadWriteMany]);
}

/** Makes what a {@link WorkClaim} consists of, its guard apart; nothing where it refers to a claim that is there already. */
export function makeWorkClaim(
    name: string,
    args: WorkClaimArgs,
    guard: ClaimGuard | undefined,
    opts: pulumi.CustomResourceOptions,
): kubernetes.core.v1.PersistentVolumeClaim | undefined {
    if (args.create === false) {
        return undefined;
    }
    const { namespace, claimName = DEFAULT_CLAIM, size, storageClassName, volumeName, selector } = args;
    const { protect, retainOnDelete, skipAwait } = args;
    const made = new kubernetes.core.v1.PersistentVolumeClaim(
        name,
        {
            metadata: {
                name: claimName,
                namespace,
                // https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/#await-logic
                annotations: skipAwait === false ? undefined : { "pulumi.com/skipAwait": "true" },
            },
            spec: {
                accessModes: modesOf(args),
                storageClassName,
                volumeName,
                selector,
                resources: { requests: { storage: pulumi.output(size).apply((given) => given ?? DEFAULT_SIZE) } },
            },
        },
        pulumi.mergeOptions(opts, {
            protect,
            retainOnDelete,
            dependsOn: guard === undefined ? [] : [guard],
        }),
    );
    made.metadata.apply((metadata) => warnOfDeletion(made, metadata));
    return made;
}

/** State holds a claim that a refresh has seen going for there, and its pods do not start: nothing else shows that. */
function warnOfDeletion(
    claim: kubernetes.core.v1.PersistentVolumeClaim,
    { name, namespace, deletionTimestamp }: kubernetes.types.output.meta.v1.ObjectMeta,
): void {
    if (deletionTimestamp) {
        void pulumi.log.warn(
            `The claim "${name}" was being deleted when Pulumi last read it (since ${deletionTimestamp}), so new pods stay Pending. Wait until it is deleted: \`kubectl --namespace ${namespace} wait --for=delete persistentvolumeclaim/${name}\`. Then run \`pulumi up --refresh\`, which creates it again.`,
            claim,
        );
    }
}
