import * as pulumi from "@pulumi/pulumi";
import { environmentRules } from "../compile/environmentRules";
import { plainVariables } from "../compile/variables";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import { compiledConfig, type EnvironmentInputs, member } from "./known";
import { refuseLater, refuseLaterWithin } from "./validate";
import type { ComputeConfigArgs } from "../args/computeEnv";

/** What the configuration is made of beside the user's own text, and so what that text can be at odds with. */
const NEXTFLOW_ARGUMENTS: (keyof KubernetesComputeEnvironmentArgs)[] = [
    "computeResources",
    "retries",
    "processes",
    "podOptions",
    "storageClaims",
    "environment",
    "advanced",
];

/** What there is in the cluster for the environment to use. */
export interface ClusterObjects {
    namespace: pulumi.Output<string>;
    headServiceAccount: pulumi.Output<string>;
    computeServiceAccount: pulumi.Output<string>;
    claimName: string | undefined;
}

/** The specification of an environment, as far as it is known, from its arguments and what there is in the cluster. What can only be compiled when it is right is judged when it is known. */
export function environmentSpec(
    label: string,
    args: KubernetesComputeEnvironmentArgs,
    objects: ClusterObjects,
): EnvironmentInputs {
    const { storage = {}, advanced = {}, podCleanup, waveEnabled, fusionEnabled, workDirectory } = args;
    const within = <K extends keyof KubernetesComputeEnvironmentArgs>(
        property: K,
        others?: (keyof KubernetesComputeEnvironmentArgs)[],
    ) => refuseLaterWithin(label, environmentRules, args, property, others);

    return {
        ...objects,
        server: member(args.cluster, "server"),
        clusterName: member(args.cluster, "name"),
        region: member(args.cluster, "region"),
        mountPath: storage.mountPath ?? advanced.storageMountPath,
        workDirectory,
        podCleanup,
        headCpus: member(args.headJob, "cpus"),
        headMemory: refuseLater(label, environmentRules, "headJob.memory", member(args.headJob, "memory")),
        headPodSpec: within("headPodSpec"),
        servicePodSpec: within("servicePodSpec"),
        preRunScript: member(args.stagingOptions, "preRunScript"),
        postRunScript: member(args.stagingOptions, "postRunScript"),
        nextflowConfig: within("nextflowConfig", NEXTFLOW_ARGUMENTS),
        computeResources: within("computeResources"),
        retries: within("retries"),
        processes: within("processes"),
        podOptions: within("podOptions"),
        headPodOptions: within("headPodOptions"),
        servicePodOptions: within("servicePodOptions"),
        storageClaims: within("storageClaims"),
        environment: within("environment"),
        imagePullPolicy: advanced.imagePullPolicy,
        computeResourceType: advanced.computeResourceType,
        environmentVariables: pulumi
            .all([pulumi.output(args.environmentVariables), within("environment")])
            .apply(([map, list]) => plainVariables(map, list)),
        waveEnabled,
        fusionEnabled,
    };
}

/** The Platform's configuration of an environment. On EKS and GKE the Platform finds the certificate authority itself. */
export function environmentConfig(
    spec: EnvironmentInputs,
    certificateAuthority: pulumi.Output<string | undefined>,
): ComputeConfigArgs {
    return { ...compiledConfig(spec), sslCert: certificateAuthority as pulumi.Output<string> };
}
