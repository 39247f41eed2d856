import * as pulumi from "@pulumi/pulumi";

/** Arguments of `KubernetesComputeEnvironment` that {@link fusionIn} sets. */
export interface FusionSettings {
    waveEnabled: boolean;
    fusionEnabled: boolean;
    workDirectory: pulumi.Output<string>;
}

/**
 * A work directory in a bucket through Fusion, as arguments of `KubernetesComputeEnvironment` to be spread into its own: no shared
 * volume is made then. Head and task pods need a `EksWorkloadIdentity` that may read and write there, by the method `irsa`, and their
 * nodes must let privileged pods in, which Fargate does not. See https://docs.seqera.io/fusion/guide/aws-eks
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
