import { decision } from "../compile/namespace/partRules";
import { checkFilled, wholeFrom } from "../compile/rules/checks";
import { checkDnsSubdomain } from "../compile/rules/names";
import { type Check, quote, show } from "../compile/rules/problems";
import { checkUnit } from "../compile/rules/quantities";
import { always, type Rule } from "../compile/rules/rules";
import { argumentRules, list, number, plain, string, text } from "../compile/rules/shapes";
import type { GcsFuseStorageArgs } from "./args";
import { ownOption } from "./gcsFuse";
import { checkBucketName, checkLocation, regionOf } from "./gcpNames";

const BUCKETS = "https://cloud.google.com/storage/docs/buckets";
const LOCATIONS = "https://cloud.google.com/storage/docs/locations";
const DRIVER = "https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-pv";
const SIDECAR = "https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-sidecar";
const OPTIONS = "https://cloud.google.com/storage/docs/cloud-storage-fuse/cli-options";
const PERSISTENT_VOLUMES = "https://kubernetes.io/docs/concepts/storage/persistent-volumes/";

const checkMountPath: Check<string> = (path) =>
    /^\/[^:\s]*[^:\s/]$/.test(path) ? undefined : `${show(path)} is not an absolute path (write it like "/references")`;

const checkDirectory: Check<string> = (directory) =>
    /^[^/\s,][^\s,]*$/.test(directory)
        ? undefined
        : `${show(directory)} is not a directory in a bucket (write it like "references/hg38", without a leading slash)`;

const checkQuantity: Check<string> = (quantity) =>
    /^\d+(\.\d+)?(m|[kMGT]i?)?$/.test(quantity)
        ? undefined
        : `${show(quantity)} is not a Kubernetes quantity (write it like "500m" or "512Mi", or "0" for no limit)`;

const checkOption: Check<string> = (option) => {
    const own = ownOption(option);
    return own === undefined
        ? checkFilled(option)
        : `${show(option)} sets ${quote(own)}, which other arguments determine (remove it)`;
};

const limit = text(checkQuantity, { source: SIDECAR });
const sizeLimit = text((size) => checkQuantity(size) ?? checkUnit(size), { source: SIDECAR });

export const gcsFuseRules: Rule[] = argumentRules<GcsFuseStorageArgs>(
    {
        bucket: string(checkBucketName, {
            source: BUCKETS,
            missing: `write a bucket's name, like ${quote("genomes")}`,
        }),
        location: string(checkLocation, { source: LOCATIONS }),
        mountPath: string(checkMountPath, {
            source: DRIVER,
            missing: `write the mount path, like ${quote("/references")}`,
        }),
        directory: string(checkDirectory),
        claimName: plain.string(checkDnsSubdomain, { source: PERSISTENT_VOLUMES }),
        readOnly: decision,
        uid: number(wholeFrom(0, 1000)),
        gid: number(wholeFrom(0, 1000)),
        mountOptions: list(string(checkOption)),
        cpuLimit: limit,
        memoryLimit: sizeLimit,
        diskLimit: sizeLimit,
    },
    OPTIONS,
);

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
                ? `${quote(name)} is in ${location.toLowerCase()}, but the cluster is in ${region}: reading between regions is slow and costs money (use a bucket in ${region})`
                : undefined;
        },
        LOCATIONS,
    ),
];
