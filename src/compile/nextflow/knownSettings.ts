import { distance } from "fastest-levenshtein";
import { quote } from "../rules/problems";
import { scan, type WrittenSetting } from "./groovyScan";

/**
 * Nextflow's own scopes, and its options at the top, from 24.10 to 26.08. A plugin may have others.
 * https://www.nextflow.io/docs/latest/reference/config.html
 */
const SCOPES = (
    "apptainer aws azure bucketDir charliecloud cleanup cloudcache conda dag docker dumpChannels dumpHashes env executor " +
    "fusion google k8s lineage mail manifest nextflow notification outputDir params plugins podman process profiles report " +
    "resume sarus seqera shifter singularity spack stubRun timeline tower trace validation wave weblog workDir workflow"
).split(" ");

/** A process may have others, which its script reads as `task.…`. https://www.nextflow.io/docs/latest/reference/process.html#directives */
const DIRECTIVES = (
    "accelerator afterScript arch array beforeScript cache cleanup clusterOptions conda container containerOptions cpus " +
    "debug disk echo errorStrategy executor ext fair hints label machineType maxErrors maxForks maxRetries maxSubmitAwait " +
    "memory module penv pod publishDir queue resourceLabels resourceLimits scratch secret shell spack stageInMode " +
    "stageOutMode storeDir tag time when"
).split(" ");

/** The Kubernetes executor's, which nothing else reads. https://www.nextflow.io/docs/latest/reference/config.html#k8s */
const K8S = (
    "autoMountHostPaths cleanup client clientRefreshInterval computeResourceType context cpuLimits debug entrypointOverride " +
    "fetchNodeName fuseDevicePlugin httpConnectTimeout httpReadTimeout imagePullPolicy launchDir maxErrorRetry namespace " +
    "pod projectDir pullPolicy retryPolicy runAsUser securityContext serviceAccount storageClaimName storageMountPath " +
    "storageSubPath userDir userName workDir"
).split(" ");

/** The one that a name is likely meant to be: letters in another case, or one letter amiss, in a long name two; never the first one. */
function meant(name: string, known: string[]): string | undefined {
    const own = name.toLowerCase();
    const isNear = (other: string) => other.startsWith(own[0]) && distance(own, other) <= (own.length < 6 ? 1 : 2);
    return own.length < 2 || known.includes(name) ? undefined : known.find((other) => isNear(other.toLowerCase()));
}

/** The option of the Kubernetes executor that a name is likely meant to be. */
export const meantK8sOption = (name: string): string | undefined => meant(name, K8S);

/** What lies in a map that a directive takes. */
const IN_MAP = /\.(accelerator|container|ext|hints|pod|publishDir|resourceLabels|resourceLimits)\./;

/** A scope, or a directive of a process, that is likely a slip: the path up to it, and as it is likely meant. */
function slip({ path: whole, form }: WrittenSetting): [path: string, meant: string] | undefined {
    const path = whole.replace(/^profiles\.[^.]+\./, "");
    const [scope] = path.split(".");
    const rightScope = path !== scope || form === "block" ? meant(scope, SCOPES) : undefined;
    if (rightScope !== undefined) {
        return [scope, rightScope];
    }
    const own = IN_MAP.test(path) ? null : /^process\.(?:with(?:Label|Name):.*\.)?([A-Za-z]+)$/.exec(path);
    const right = own === null ? undefined : meant(own[1], DIRECTIVES);
    return right === undefined ? undefined : [path, path.replace(/[A-Za-z]+$/, right)];
}

/** What Nextflow likely ignores, unless a plugin has such a scope or a script reads such a directive. */
export function writtenWarnings(text: string): string[] {
    const slips = scan(text).settings.map((setting) => ({ line: setting.line, found: slip(setting) }));
    return slips.flatMap(({ line, found }, index) => {
        const isFirst = slips.findIndex((each) => each.found?.[0] === found?.[0]) === index;
        return found !== undefined && isFirst
            ? [
                  `line ${line} sets ${found[0]}, which Nextflow itself does not read (write ${quote(found[1])} if that is meant)`,
              ]
            : [];
    });
}
