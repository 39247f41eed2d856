import { switches } from "../compile/partRules";
import { quote } from "../compile/problems";
import { eachValue, type Rule, value } from "../compile/rules";
import { checkAddressRange } from "../components/addressRanges";
import { checkBucketName, checkClusterName, checkLocation, checkProjectId } from "./names";

const GKE = "https://cloud.google.com/kubernetes-engine/docs/";
const CLUSTERS = `${GKE}reference/rest/v1/projects.locations.clusters`;
const LOCATIONS = `${GKE}concepts/types-of-clusters`;
const PROJECTS = "https://cloud.google.com/resource-manager/docs/creating-managing-projects";
const BUCKETS = "https://cloud.google.com/storage/docs/buckets";
const AUTHORIZED = `${GKE}how-to/authorized-networks`;

export const projectId: Rule = value("projectId", "string", checkProjectId, PROJECTS);

export const existingClusterRules: Rule[] = [
    value("clusterName", "string", checkClusterName, CLUSTERS, `write it like ${quote("production")}`),
    value(
        "location",
        "string",
        checkLocation,
        LOCATIONS,
        `write the cluster's region, like ${quote("europe-west1")}, or the zone of a zonal one`,
    ),
    projectId,
    ...switches("workloadIdentity", "fusion", "filestore", "gcsFuse", "spotNodes", "platformInNetwork"),
    value("workBucket", "string", checkBucketName, BUCKETS),
    value("platformCidrs", "list", undefined, AUTHORIZED),
    eachValue("platformCidrs", checkAddressRange, AUTHORIZED),
    ...switches("applicationDefaultCredentials"),
];
