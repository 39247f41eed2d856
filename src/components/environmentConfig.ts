import * as pulumi from "@pulumi/pulumi";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import { type AnyConfigEntry, CONFIG_ENTRIES } from "../compile/computeConfig";
import type { EnvironmentParts } from "../compile/environment";
import { member } from "./outputs";
import type { ComputeConfigArgs } from "../args/computeEnv";

/** What a configuration is made of, some of it known later. */
export type EnvironmentInputs = { [Part in keyof EnvironmentParts]: pulumi.Input<EnvironmentParts[Part]> };

/** What there is in the cluster for the environment to use, by plain names: what is made of them depends on the objects already. */
export interface ClusterObjects {
    namespace: string;
    headServiceAccount: string;
    computeServiceAccount: string;
    claimName: string | undefined;
}

/**
 * What the configuration of an environment is made of: its arguments, and what there is in the cluster.
 */
export function environmentParts(args: KubernetesComputeEnvironmentArgs, objects: ClusterObjects): EnvironmentInputs {
    const { storage = {}, advanced, workDirectory, podCleanup, headPodSpec, servicePodSpec } = args;
    const { nextflowConfig, waveEnabled, fusionEnabled } = args;
    return {
        ...objects,
        server: member(args.cluster, "server"),
        clusterName: member(args.cluster, "name"),
        region: member(args.cluster, "region"),
        mountPath: storage.mountPath ?? advanced?.storageMountPath,
        workDirectory,
        podCleanup,
        headCpus: member(args.headJob, "cpus"),
        headMemory: member(args.headJob, "memory"),
        headPodSpec,
        servicePodSpec,
        stagingOptions: pulumi.output(args.stagingOptions),
        nextflowConfig,
        computeResources: pulumi.output(args.computeResources),
        retries: pulumi.output(args.retries),
        processes: pulumi.output(args.processes),
        podOptions: pulumi.output(args.podOptions),
        headPodOptions: pulumi.output(args.headPodOptions),
        servicePodOptions: pulumi.output(args.servicePodOptions),
        storageClaims: pulumi.output(args.storageClaims),
        env: pulumi.output(args.env),
        environmentVariables: pulumi.output(args.environmentVariables),
        advanced: pulumi.output(advanced),
        waveEnabled,
        fusionEnabled,
    };
}

/** The Platform's configuration of an environment. On EKS and GKE the Platform finds the certificate authority itself. */
export function environmentConfig(
    parts: EnvironmentInputs,
    certificateAuthority: pulumi.Output<string | undefined>,
): ComputeConfigArgs {
    return { ...compiledConfig(parts), sslCert: certificateAuthority as pulumi.Output<string> };
}

/** The configuration as an output for each key, so that preview shows and checks all that is known. */
function compiledConfig(inputs: EnvironmentInputs): Omit<ComputeConfigArgs, "sslCert"> {
    const config = Object.entries<AnyConfigEntry>(CONFIG_ENTRIES).map(([key, { parts, compile }]) => {
        const given = Object.fromEntries(parts.map((part) => [part, inputs[part]]));
        return [key, pulumi.output(given).apply((known) => compile(known as unknown as EnvironmentParts))];
    });
    return Object.fromEntries(config) as Omit<ComputeConfigArgs, "sslCert">;
}
