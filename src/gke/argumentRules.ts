import { existingNeeds, existingOnly, madeOnly, namedOnce, plainNames } from "../compile/clouds/cloudRules";
import { chosen, switches } from "../compile/namespace/partRules";
import { quote } from "../compile/rules/problems";
import { plainValue, eachField, eachValue, type Rule, value } from "../compile/rules/rules";
import { checkGiven, oneOf } from "../compile/rules/checks";
import { checkAddressRange } from "../compile/clouds/addressRanges";
import { BucketAccess, SeqeraRole } from "./enums";
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

/** Buckets, each with what may be done there. */
export const bucketRules: Rule[] = [
    plainValue("buckets", "list", PULUMI_COMPONENTS),
    plainNames("buckets", "write a plain value, and give the bucket as dependsOn"),
    eachField("buckets", "name", checkBucketName, BUCKETS),
    namedOnce("buckets", BUCKETS),
    value("buckets.*.access", "string", oneOf(BucketAccess), BUCKETS),
];

export const seqeraAccessRules: Rule[] = [
    value("projectId", "string", checkProjectId, PROJECTS, "write the cluster's projectId"),
    value("accountId", "string", checkAccountId, SERVICE_ACCOUNTS),
    chosen("role", SeqeraRole, SEQERA_GKE),
    value("keyVersion", "string", checkGiven, KEYS),
    value("credentialsId", "string", checkGiven, SEQERA_GKE),
    value("existingServiceAccountEmail", "string", checkServiceAccountEmail, RBAC),
    existingNeeds("existingServiceAccountEmail", "e-mail address of the service account", RBAC),
    value("existingServiceAccountId", "string", checkUniqueId, RBAC),
    ...["existingServiceAccountEmail", "existingServiceAccountId"].map((property) =>
        existingOnly(property, SEQERA_GKE),
    ),
    ...["accountId", "role", "keyVersion", "buckets", "credentialsName"].map((property) =>
        madeOnly(property, "service account, role or key", SEQERA_GKE),
    ),
    ...bucketRules,
];
