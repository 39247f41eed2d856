import * as pulumi from "@pulumi/pulumi";

/** Arguments of `KubernetesComputeEnvironment` that {@link fusionIn} sets. */
export interface FusionSettings {
    waveEnabled: boolean;
    fusionEnabled: boolean;
    workDirectory: pulumi.Output<string>;
}

/**
 * Arguments of `KubernetesComputeEnvironment` for a work directory in a bucket through Fusion, to spread into its own; no shared volume
 * is created then. Head and task pods need an `EksWorkloadIdentity` that may read and write there, with the method `irsa`, and nodes
 * that admit privileged pods, which Fargate does not. See https://docs.seqera.io/fusion/guide/aws-eks
 */
export function fusionIn(bucket: pulumi.Input<string>, prefix: pulumi.Input<string> = "work"): FusionSettings {
    return {
        waveEnabled: true,
        fusionEnabled: true,
        workDirectory: pulumi
            .all([bucket, prefix])
            .apply(([name, path]) => `s3://${name}/${path.replace(/^\/+|\/+$/g, "")}`.replace(/\/$/, "")),
    };
}
