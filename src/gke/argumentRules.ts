import { switches } from "../compile/partRules";
import { quote, show } from "../compile/problems";
import { at, decided, eachField, eachValue, isGiven, presence, type Rule, UNKNOWN, value } from "../compile/rules";
import { checkGiven, oneOf } from "../compile/values";
import { checkAddressRange } from "../components/addressRanges";
import { BucketAccess, SeqeraRole } from "./choices";
import {
    checkAccountId,
    checkBucketName,
    checkClusterName,
    checkLocation,
    checkProjectId,
    checkServiceAccountEmail,
    checkUniqueId,
} from "./names";

const GKE = "https://cloud.google.com/kubernetes-engine/docs/";
const CLUSTERS = `${GKE}reference/rest/v1/projects.locations.clusters`;
const LOCATIONS = `${GKE}concepts/types-of-clusters`;
const PROJECTS = "https://cloud.google.com/resource-manager/docs/creating-managing-projects";
const BUCKETS = "https://cloud.google.com/storage/docs/buckets";
const SERVICE_ACCOUNTS = "https://cloud.google.com/iam/docs/service-accounts-create";
const KEYS = "https://cloud.google.com/iam/docs/keys-create-delete";
const RBAC = `${GKE}how-to/role-based-access-control`;
const PULUMI_COMPONENTS = "https://www.pulumi.com/docs/iac/concepts/components/";
const SEQERA_GKE = "https://docs.seqera.io/platform-cloud/compute-envs/gke";
const AUTHORIZED = `${GKE}how-to/authorized-networks`;

export const existingClusterRules: Rule[] = [
    value("clusterName", "string", checkClusterName, CLUSTERS, `write it like ${quote("production")}`),
    value(
        "location",
        "string",
        checkLocation,
        LOCATIONS,
        `write the cluster's region, like ${quote("europe-west1")}, or the zone of a zonal one`,
    ),
    value("projectId", "string", checkProjectId, PROJECTS),
    ...switches("workloadIdentity", "fusion", "filestore", "gcsFuse", "spotNodes", "platformInNetwork"),
    value("workBucket", "string", checkBucketName, BUCKETS),
    value("platformCidrs", "list", undefined, AUTHORIZED),
    eachValue("platformCidrs", checkAddressRange, AUTHORIZED),
    ...switches("applicationDefaultCredentials"),
];

/** Names of buckets are part of the names of resources, so a program must know them by itself. */
const plainBucketNames: Rule = {
    property: "buckets.*.name",
    source: PULUMI_COMPONENTS,
    judge: (args) => {
        const buckets = at(args, "buckets");
        return (Array.isArray(buckets) ? buckets : []).flatMap((bucket, index) =>
            at(bucket, "name") === UNKNOWN
                ? [
                      {
                          property: `buckets[${index}].name`,
                          reason: "is another resource's output, but decides what is made; write a plain value, and give the bucket as dependsOn",
                      },
                  ]
                : [],
        );
    },
};

function twiceFault(args: unknown): string | undefined {
    const buckets = at(args, "buckets");
    const names = (Array.isArray(buckets) ? buckets : []).map((each) => at(each, "name"));
    const twice = names.find((name, index) => typeof name === "string" && names.indexOf(name) < index);
    return twice === undefined ? undefined : `name ${show(twice)} twice; leave one of the two out`;
}

/** Buckets, each with what may be done there. */
export const bucketRules: Rule[] = [
    decided("buckets", "list", PULUMI_COMPONENTS),
    plainBucketNames,
    eachField("buckets", "name", checkBucketName, BUCKETS),
    presence("buckets", twiceFault, BUCKETS),
    value("buckets.*.access", "string", oneOf(BucketAccess), BUCKETS),
];

/** A way in that is there already, of which nothing is made. */
const isExisting = (args: unknown) => isGiven(args, "credentialsId");

/** What has no effect beside a credential that is there already. */
function madeOnly(property: string): Rule {
    return presence(
        property,
        (args) =>
            isExisting(args) && isGiven(args, property)
                ? "is given, but with credentialsId no service account, role or key is made; leave one of the two out"
                : undefined,
        SEQERA_GKE,
    );
}

/** What belongs to a credential that is there already. */
function existingOnly(property: string): Rule {
    return presence(
        property,
        (args) =>
            isGiven(args, property) && !isExisting(args)
                ? "is given, but no credential that is there already; set credentialsId too, or leave it out"
                : undefined,
        SEQERA_GKE,
    );
}

export const seqeraAccessRules: Rule[] = [
    value("projectId", "string", checkProjectId, PROJECTS, "write the cluster's projectId"),
    value("accountId", "string", checkAccountId, SERVICE_ACCOUNTS),
    value("role", "string", oneOf(SeqeraRole), SEQERA_GKE),
    value("keyVersion", "string", checkGiven, KEYS),
    value("credentialsId", "string", checkGiven, SEQERA_GKE),
    value("existingServiceAccountEmail", "string", checkServiceAccountEmail, RBAC),
    presence(
        "existingServiceAccountEmail",
        (args) =>
            isExisting(args) && !isGiven(args, "existingServiceAccountEmail")
                ? "is missing, but credentialsId names a credential that is there already; write the e-mail address of the service account that it stands for"
                : undefined,
        RBAC,
    ),
    value("existingServiceAccountId", "string", checkUniqueId, RBAC),
    ...["existingServiceAccountEmail", "existingServiceAccountId"].map(existingOnly),
    ...["accountId", "role", "keyVersion", "buckets", "credentialsName"].map(madeOnly),
    ...bucketRules,
];
