import * as pulumi from "@pulumi/pulumi";
import { environmentRules } from "../compile/environmentRules";
import { NEXTFLOW_ARGUMENTS } from "../compile/environment";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import { compiledConfig, type EnvironmentInputs, member } from "./known";
import { refuseLater, refuseLaterWithin } from "./validate";
import type { ComputeConfigArgs } from "../args/computeEnv";

/** What there is in the cluster for the environment to use. */
export interface ClusterObjects {
    namespace: pulumi.Output<string>;
    headServiceAccount: pulumi.Output<string>;
    computeServiceAccount: pulumi.Output<string>;
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
    const judged = <K extends keyof KubernetesComputeEnvironmentArgs>(
        property: K,
        others?: readonly (keyof KubernetesComputeEnvironmentArgs)[],
    ) => refuseLaterWithin(label, environmentRules, args, property, others);

    return {
        ...objects,
        server: member(args.cluster, "server"),
        clusterName: member(args.cluster, "name"),
        region: member(args.cluster, "region"),
        mountPath: storage.mountPath ?? advanced?.storageMountPath,
        workDirectory,
        podCleanup,
        headCpus: member(args.headJob, "cpus"),
        headMemory: refuseLater(label, environmentRules, "headJob.memory", member(args.headJob, "memory")),
        headPodSpec: judged("headPodSpec"),
        servicePodSpec: judged("servicePodSpec"),
        stagingOptions: pulumi.output(args.stagingOptions),
        nextflowConfig: judged("nextflowConfig", NEXTFLOW_ARGUMENTS),
        computeResources: judged("computeResources"),
        retries: judged("retries"),
        processes: judged("processes"),
        podOptions: judged("podOptions"),
        headPodOptions: judged("headPodOptions"),
        servicePodOptions: judged("servicePodOptions"),
        storageClaims: judged("storageClaims"),
        environment: judged("environment"),
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
