import * as pulumi from "@pulumi/pulumi";
import { environmentRules } from "../compile/environmentRules";
import { plainVariables } from "../compile/variables";
import type { ComputeConfigArgs } from "../dynamic/computeEnv";
import type { KubernetesComputeEnvironmentArgs } from "./environmentArgs";
import { compiledConfig, member } from "./known";
import { refuseLater, refuseLaterWithin } from "./validate";

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
    /** Certificate authority of the cluster, where no other is given. */
    certificateAuthority: pulumi.Output<string> | undefined;
}

/** The Platform's configuration of an environment. What can only be compiled when it is right is judged when it is known. */
export function environmentConfig(
    label: string,
    args: KubernetesComputeEnvironmentArgs,
    { certificateAuthority, ...objects }: ClusterObjects,
): ComputeConfigArgs {
    const { storage = {}, advanced = {}, podCleanup, waveEnabled, fusionEnabled, workDirectory } = args;
    const within = <K extends keyof KubernetesComputeEnvironmentArgs>(
        property: K,
        others?: (keyof KubernetesComputeEnvironmentArgs)[],
    ) => refuseLaterWithin(label, environmentRules, args, property, others);

    const config = compiledConfig({
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
    });
    // On EKS and GKE the Platform finds the certificate authority itself, so there it may be none.
    const authority = member(args.cluster, "certificateAuthority").apply((given) => given ?? certificateAuthority);
    return { ...config, sslCert: authority as pulumi.Output<string> };
}
