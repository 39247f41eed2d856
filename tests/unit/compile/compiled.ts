import { stringify } from "yaml";
import type { KubernetesComputeEnvironmentArgs } from "../../../src/args/environment";
import { CONFIG_ENTRIES, type CompiledConfig } from "../../../src/compile/computeConfig";
import type { EnvironmentParts } from "../../../src/compile/environment";

/** What the component compiles, of arguments that are plain values. */
export function partsOf(args: KubernetesComputeEnvironmentArgs): EnvironmentParts {
    const given = args as any;
    const { cluster, serviceAccounts = {}, storage = {}, advanced = {}, headJob = {} } = given;
    return {
        ...given,
        server: cluster.server,
        clusterName: cluster.name,
        region: cluster.region,
        headCpus: headJob.cpus,
        headMemory: headJob.memory,
        namespace: given.namespace ?? "nextflow",
        headServiceAccount: serviceAccounts.head?.name ?? advanced.headServiceAccount ?? "nextflow-head",
        computeServiceAccount: serviceAccounts.compute?.name ?? given.serviceAccount ?? "nextflow-task",
        claimName: storage.claimName ?? "nextflow-work",
        mountPath: storage.mountPath ?? advanced.storageMountPath,
    };
}

/** The compiled configuration of what is all known. */
export function computeConfig(parts: EnvironmentParts): CompiledConfig {
    const compiled = Object.entries(CONFIG_ENTRIES).map(([key, { compile }]) => [key, compile(parts)]);
    return Object.fromEntries(compiled) as CompiledConfig;
}

/** Everything that is compiled, as one text to be read by people. */
export function compiledText(args: KubernetesComputeEnvironmentArgs): string {
    const { nextflowConfig, headPodSpec, servicePodSpec, ...config } = computeConfig(partsOf(args));
    const texts = { nextflowConfig, headPodSpec, servicePodSpec };
    return [
        `# compute configuration\n${stringify(JSON.parse(JSON.stringify(config)), { lineWidth: 0 })}`,
        ...Object.entries(texts).map(([name, text]) => `# ${name}\n${text ?? "(none)\n"}`),
    ].join("\n");
}
