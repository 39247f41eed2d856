import { checkDnsSubdomain } from "../compile/rules/names";
import { switches } from "../compile/namespace/partRules";
import { type Check, quote, show } from "../compile/rules/problems";
import { eachValue, always, type Rule, value } from "../compile/rules/rules";
import { checkFilled, wholeFrom } from "../compile/rules/checks";
import { ownOption } from "./gcsFuse";
import { checkBucketName, checkLocation, regionOf } from "./names";

const BUCKETS = "https://cloud.google.com/storage/docs/buckets";
const LOCATIONS = "https://cloud.google.com/storage/docs/locations";
const DRIVER = "https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-pv";
const SIDECAR = "https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-sidecar";
const OPTIONS = "https://cloud.google.com/storage/docs/cloud-storage-fuse/cli-options";
const PERSISTENT_VOLUMES = "https://kubernetes.io/docs/concepts/storage/persistent-volumes/";

const checkMountPath: Check<string> = (path) =>
    /^\/[^:\s]*[^:\s/]$/.test(path) ? undefined : `${show(path)} is not an absolute path; write it like "/references"`;

const checkDirectory: Check<string> = (directory) =>
    /^[^/\s,][^\s,]*$/.test(directory)
        ? undefined
        : `${show(directory)} is not a directory of a bucket; write it like "references/hg38", without a slash in front`;

const checkQuantity: Check<string> = (quantity) =>
    /^\d+(\.\d+)?(m|[kMGT]i?)?$/.test(quantity)
        ? undefined
        : `${show(quantity)} is not a quantity of Kubernetes; write it like "500m", or "512Mi", or "0" for no limit`;

const checkOption: Check<string> = (option) => {
    const own = ownOption(option);
    return own === undefined
        ? checkFilled(option)
        : `${show(option)} sets ${quote(own)}, which follows from the other arguments; leave it out`;
};

export const gcsFuseRules: Rule[] = [
    value("bucket", "string", checkBucketName, BUCKETS, `write a bucket's name, like ${quote("genomes")}`),
    value("location", "string", checkLocation, LOCATIONS),
    value("mountPath", "string", checkMountPath, DRIVER, `write where it is mounted, like ${quote("/references")}`),
    value("directory", "string", checkDirectory, OPTIONS),
    value("claimName", "string", checkDnsSubdomain, PERSISTENT_VOLUMES),
    ...switches("readOnly"),
    value("uid", "number", wholeFrom(0, 1000), OPTIONS),
    value("gid", "number", wholeFrom(0, 1000), OPTIONS),
    value("mountOptions", "list", undefined, OPTIONS),
    eachValue("mountOptions", checkOption, OPTIONS),
    ...["cpuLimit", "memoryLimit", "diskLimit"].map((limit) => value(limit, "string", checkQuantity, SIDECAR)),
];

/** A bucket that was looked up, and where the cluster is. */
export interface FoundBucket {
    name: string;
    location: string;
    clusterLocation?: string;
}

/** What can work, but likely not as meant. */
export const bucketWarnings: Rule[] = [
    always(
        "location",
        (args) => {
            const { name, location, clusterLocation } = args as FoundBucket;
            const region = clusterLocation === undefined ? undefined : regionOf(clusterLocation);
            // Places of several regions, such as EU and NAM4, have no dash.
            return region !== undefined && location.includes("-") && location.toLowerCase() !== region
                ? `is ${location.toLowerCase()}, but the cluster is in ${region}, so that whatever tasks read of ${quote(name)} crosses regions, which is slow and paid for; write a bucket in ${region}`
                : undefined;
        },
        LOCATIONS,
    ),
];
