import { stringify } from "yaml";
import { computeConfig } from "../../../src/compile/computeConfig";
import { nextflowSpec } from "../../../src/compile/configRules";
import type { EnvironmentSpec } from "../../../src/compile/environment";
import { plainVariables } from "../../../src/compile/variables";
import type { KubernetesComputeEnvironmentArgs } from "../../../src/args/environment";

/** The specification that the component compiles, of arguments that are plain values. */
export function specOf(args: KubernetesComputeEnvironmentArgs): EnvironmentSpec {
    const given = args as any;
    const { cluster, serviceAccounts = {}, storage = {}, advanced = {}, headJob = {}, stagingOptions = {} } = given;
    return {
        ...nextflowSpec(args),
        server: cluster.server,
        clusterName: cluster.name,
        region: cluster.region,
        namespace: given.namespace ?? "nextflow",
        headServiceAccount: serviceAccounts.head?.name ?? advanced.headServiceAccount ?? "nextflow-head",
        computeServiceAccount: serviceAccounts.compute?.name ?? given.serviceAccount ?? "nextflow-task",
        claimName: storage.claimName ?? "nextflow-work",
        mountPath: storage.mountPath ?? advanced.storageMountPath,
        workDirectory: given.workDirectory,
        podCleanup: given.podCleanup,
        headCpus: headJob.cpus,
        headMemory: headJob.memory,
        headPodOptions: given.headPodOptions,
        servicePodOptions: given.servicePodOptions,
        headPodSpec: given.headPodSpec,
        servicePodSpec: given.servicePodSpec,
        preRunScript: stagingOptions.preRunScript,
        postRunScript: stagingOptions.postRunScript,
        environmentVariables: plainVariables(given.environmentVariables, given.environment),
        waveEnabled: given.waveEnabled,
        fusionEnabled: given.fusionEnabled,
    };
}

/** Everything that is compiled, as one text to be read by people. */
export function compiledText(args: KubernetesComputeEnvironmentArgs): string {
    const { nextflowConfig, headPodSpec, servicePodSpec, ...config } = computeConfig(specOf(args));
    const texts = { nextflowConfig, headPodSpec, servicePodSpec };
    return [
        `# compute configuration\n${stringify(JSON.parse(JSON.stringify(config)), { lineWidth: 0 })}`,
        ...Object.entries(texts).map(([name, text]) => `# ${name}\n${text ?? "(none)\n"}`),
    ].join("\n");
}
