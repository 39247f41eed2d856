import * as pulumi from "@pulumi/pulumi";
import { environmentRules } from "../compile/environmentRules";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import { type AnyConfigEntry, CONFIG_ENTRIES } from "../compile/computeConfig";
import { type EnvironmentParts, NEXTFLOW_ARGUMENTS } from "../compile/environment";
import { member } from "./outputs";
import { validatedOutput, validatedArgument } from "./validate";
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
 * What the configuration of an environment is made of: its arguments, and what there is in the cluster. Arguments that are known only
 * later are judged then.
 */
export function environmentParts(
    label: string,
    args: KubernetesComputeEnvironmentArgs,
    objects: ClusterObjects,
): EnvironmentInputs {
    const { storage = {}, advanced, workDirectory, podCleanup, waveEnabled, fusionEnabled } = args;
    const validated = <K extends keyof KubernetesComputeEnvironmentArgs>(
        property: K,
        others?: readonly (keyof KubernetesComputeEnvironmentArgs)[],
    ) => validatedArgument(label, environmentRules, args, property, others);

    return {
        ...objects,
        server: member(args.cluster, "server"),
        clusterName: member(args.cluster, "name"),
        region: member(args.cluster, "region"),
        mountPath: storage.mountPath ?? advanced?.storageMountPath,
        workDirectory,
        podCleanup,
        headCpus: member(args.headJob, "cpus"),
        headMemory: validatedOutput(label, environmentRules, "headJob.memory", member(args.headJob, "memory")),
        headPodSpec: validated("headPodSpec"),
        servicePodSpec: validated("servicePodSpec"),
        stagingOptions: pulumi.output(args.stagingOptions),
        nextflowConfig: validated("nextflowConfig", NEXTFLOW_ARGUMENTS),
        computeResources: validated("computeResources"),
        retries: validated("retries"),
        processes: validated("processes"),
        podOptions: validated("podOptions"),
        headPodOptions: validated("headPodOptions"),
        servicePodOptions: validated("servicePodOptions"),
        storageClaims: validated("storageClaims"),
        env: validated("env"),
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
