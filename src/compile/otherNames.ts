import { quote } from "./rules/problems";
import { plainName, type Rule } from "./rules/rules";

/**
 * Names that the Terraform provider, the Platform's API and programs made after them have for what is called otherwise here, or lies
 * elsewhere; the provider's are in snake case. docs/migration.md lists the provider's.
 * https://registry.terraform.io/providers/seqeralabs/seqera/latest/docs/resources/compute_env
 */
export const OTHER_NAMES: Record<string, string> = {
    platform: "cluster.platform",
    server: "cluster.server",
    sslCert: "cluster.certificateAuthority",
    clusterName: "cluster.name",
    region: "cluster.region",
    headServiceAccount: "serviceAccounts.head",
    computeServiceAccount: "serviceAccounts.compute",
    launcherServiceAccount: "serviceAccounts.launcher",
    storageClaimName: "storage.claimName",
    storageMountPath: "storage.mountPath",
    storageClassName: "storage.storageClassName",
    storageSize: "storage.size",
    workDir: "workDirectory",
    headJobCpus: "headJob.cpus",
    headJobMemory: "headJob.memory",
    headJobMemoryMb: "headJob.memory",
    environment: "environmentVariables",
    preRunScript: "stagingOptions.preRunScript",
    postRunScript: "stagingOptions.postRunScript",
    enableWave: "waveEnabled",
    enableFusion: "fusionEnabled",
    fusion2Enabled: "fusionEnabled",
    labels: "resourceLabels",
    force: "forceDelete",
};

/** What the same tools write around them. */
const GROUPS = ["computeEnv", "config", "k8sPlatform", "eksPlatform", "gkePlatform"];

const REMEDIES = new Map<string, string>([
    ...Object.entries(OTHER_NAMES).map(([name, argument]): [string, string] => [plainName(name), argument]),
    ...GROUPS.map((name): [string, string] => [plainName(name), ""]),
]);

/** What to write for a name in a group: one that is for another group may as well be a slip. */
function remedyFor(name: string, group: string | undefined): string | undefined {
    const argument = REMEDIES.get(name);
    if (group === undefined) {
        return argument === ""
            ? 'write what is in it as arguments, like "cluster.server"'
            : argument && `write ${quote(argument)}`;
    }
    return argument?.startsWith(`${group}.`) ? `write ${quote(argument.slice(group.length + 1))}` : undefined;
}

/** The rules of an environment, which name the right argument for a name of another tool. */
export function knowingOtherNames(rules: Rule[]): Rule[] {
    return rules.map((rule) => ({
        ...rule,
        validate: (args) =>
            rule.validate(args).map((problem) => {
                const [, group, given] = /^(?:(.*)\.)?([^.]*)$/.exec(problem.property)!;
                const name = plainName(given);
                const isOwn = rule.members === undefined || rule.members.some((own) => plainName(own) === name);
                const remedy = isOwn ? undefined : remedyFor(name, group);
                return remedy === undefined ? problem : { ...problem, reason: `unknown argument (${remedy})` };
            }),
    }));
}
