import { checkDnsSubdomain } from "../compile/rules/names";
import { switches } from "../compile/namespace/partRules";
import { type Check, quote, show } from "../compile/rules/problems";
import { at, plainValue, eachValue, isGiven, always, type Rule, whenKnown, value } from "../compile/rules/rules";
import { oneOf } from "../compile/rules/checks";
import { checkAddressRange } from "../compile/clouds/addressRanges";
import { FilestoreConnection, FilestoreTier } from "./enums";
import { isRegional, parseNetwork, SIZES } from "./filestore";
import { checkLocation, checkProjectId } from "./names";

const FILESTORE = "https://cloud.google.com/filestore/docs/";
const TIERS = `${FILESTORE}service-tiers`;
const NETWORKING = `${FILESTORE}networking`;
const DRIVER = "https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/filestore-csi-driver";
const PROJECTS = "https://cloud.google.com/resource-manager/docs/creating-managing-projects";

const checkNetwork: Check<string> = (network) =>
    parseNetwork(network) === undefined
        ? `${show(network)} is not a network; write the cluster's network, like "projects/research-1/global/networks/research"`
        : undefined;

/** The tier that holds, where it is one. */
function tierOf(args: unknown): FilestoreTier | undefined {
    const tier = at(args, "tier") ?? FilestoreTier.Zonal;
    return Object.values(FilestoreTier).find((each) => each === tier);
}

function sizeFault(args: unknown): string | undefined {
    const [size, tier] = [at(args, "sizeGiB"), tierOf(args)];
    if (typeof size !== "number" || tier === undefined) {
        return undefined;
    }
    const ranges = SIZES[tier];
    if (ranges.some(({ least, most, step }) => size >= least && size <= most && size % step === 0)) {
        return undefined;
    }
    const known = ranges
        .map(({ least, most, step }) => `${least} to ${most}${step === 1 ? "" : ` in steps of ${step}`}`)
        .join(", or ");
    const next = ranges
        .map(({ least, most, step }) => ({ most, fits: Math.max(least, Math.ceil(size / step) * step) }))
        .find(({ most, fits }) => fits <= most)?.fits;
    return `is ${size}, but the tier ${quote(tier)} has ${known} GiB; write ${next ?? (size > 0 ? ranges[ranges.length - 1].most : ranges[0].least)}`;
}

function locationFault(args: unknown): string | undefined {
    const [location, tier] = [at(args, "location"), tierOf(args)];
    if (typeof location !== "string" || tier === undefined || checkLocation(location) !== undefined) {
        return undefined;
    }
    const isZone = /-[a-z]$/.test(location);
    if (isRegional(tier)) {
        return isZone
            ? `is the zone ${quote(location)}, but an instance of the tier ${quote(tier)} lies in a region; write ${quote(location.replace(/-[a-z]$/, ""))}`
            : undefined;
    }
    return isZone
        ? undefined
        : `is the region ${quote(location)}, but an instance of the tier ${quote(tier)} lies in one zone; write a zone of the nodes, like ${quote(`${location}-b`)}`;
}

function connectionFault(args: unknown): string | undefined {
    const [network, project] = [at(args, "network"), at(args, "projectId")];
    const owner = typeof network === "string" ? parseNetwork(network)?.projectId : undefined;
    const isShared = owner !== undefined && typeof project === "string" && owner !== project;
    return isShared && at(args, "connection") !== FilestoreConnection.PrivateServiceAccess
        ? `is not ${quote(FilestoreConnection.PrivateServiceAccess)}, but the network is shared by the project ${quote(owner)}, which Filestore reaches in no other way; write that, and set private services access up in the network`
        : undefined;
}

const isDynamic = (args: unknown) => isGiven(args, "storageClassName");

/** What belongs to an instance that is made here, and not to those that the driver makes. */
function instanceOnly(property: string): Rule {
    return always(
        property,
        (args) =>
            isDynamic(args) && isGiven(args, property)
                ? "is given, but with storageClassName the driver makes the instance, for each claim one; leave one of the two out"
                : undefined,
        DRIVER,
    );
}

export const filestoreRules: Rule[] = [
    value("projectId", "string", checkProjectId, PROJECTS, "write the cluster's projectId"),
    value("network", "string", checkNetwork, NETWORKING, "write the cluster's network"),
    value("connection", "string", oneOf(FilestoreConnection), NETWORKING),
    whenKnown("connection", ["network", "projectId"], connectionFault, NETWORKING),
    value("tier", "string", oneOf(FilestoreTier), TIERS),
    value("location", "string", checkLocation, TIERS),
    always(
        "location",
        (args) =>
            isDynamic(args) || isGiven(args, "location")
                ? undefined
                : "is missing; write a zone of the nodes, or their region with the tiers REGIONAL and ENTERPRISE",
        TIERS,
    ),
    whenKnown("location", ["tier"], locationFault, TIERS),
    value("sizeGiB", "number", undefined, TIERS),
    whenKnown("sizeGiB", ["tier"], sizeFault, TIERS),
    value(
        "kmsKeyName",
        "string",
        (name: string) =>
            /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.test(name)
                ? undefined
                : `${show(name)} is not the name of a key; write it like "projects/…/locations/…/keyRings/…/cryptoKeys/…"`,
        `${FILESTORE}cmek`,
    ),
    plainValue("allowedClients", "list", FILESTORE),
    eachValue(
        "allowedClients",
        checkAddressRange,
        `${FILESTORE}creating-instances#configuring_ip-based_access_control`,
    ),
    value("storageClassName", "string", checkDnsSubdomain, DRIVER),
    ...["location", "allowedClients", "protect", "retainOnDelete", "labels"].map(instanceOnly),
    ...switches("protect", "retainOnDelete"),
];
