import { checkAddressRange } from "../compile/clouds/addressRanges";
import { existingNeeds, existingOnly, madeOnly, namedOnce } from "../compile/clouds/cloudRules";
import { decision } from "../compile/namespace/partRules";
import { checkGiven } from "../compile/rules/checks";
import { connection } from "../compile/rules/connectionRules";
import { quote } from "../compile/rules/problems";
import type { Rule } from "../compile/rules/rules";
import { argumentRules, list, plain, string } from "../compile/rules/shapes";
import type { BucketGrantArgs, GkeExistingClusterArgs, GkeSeqeraAccessArgs } from "./args";
import { BucketAccess, SeqeraRole } from "./enums";
import {
    checkAccountId,
    checkBucketName,
    checkClusterName,
    checkLocation,
    checkProjectId,
    checkServiceAccountEmail,
    checkUniqueId,
} from "./gcpNames";

const GKE = "https://cloud.google.com/kubernetes-engine/docs/";
const CLUSTERS = `${GKE}reference/rest/v1/projects.locations.clusters`;
const LOCATIONS = `${GKE}concepts/types-of-clusters`;
const PROJECTS = "https://cloud.google.com/resource-manager/docs/creating-managing-projects";
const BUCKETS = "https://cloud.google.com/storage/docs/buckets";
const SERVICE_ACCOUNTS = "https://cloud.google.com/iam/docs/service-accounts-create";
const KEYS = "https://cloud.google.com/iam/docs/keys-create-delete";
const RBAC = `${GKE}how-to/role-based-access-control`;
const SEQERA_GKE = "https://docs.seqera.io/platform-cloud/compute-envs/gke";
const AUTHORIZED = `${GKE}how-to/authorized-networks`;

export const existingClusterRules: Rule[] = argumentRules<GkeExistingClusterArgs>(
    {
        clusterName: string(checkClusterName, { missing: `write it like ${quote("production")}` }),
        location: string(checkLocation, {
            source: LOCATIONS,
            missing: `write the cluster's region, like ${quote("europe-west1")}, or the zone of a zonal cluster`,
        }),
        projectId: string(checkProjectId, { source: PROJECTS }),
        workloadIdentity: decision,
        fusion: decision,
        filestore: decision,
        gcsFuse: decision,
        spotNodes: decision,
        platformInNetwork: decision,
        workBucket: string(checkBucketName, { source: BUCKETS }),
        platformCidrs: list(string(checkAddressRange), { source: AUTHORIZED }),
        applicationDefaultCredentials: decision,
    },
    CLUSTERS,
);

/** The project of a cluster. */
export const projectId = string(checkProjectId, { source: PROJECTS, missing: "write the cluster's projectId" });

/** Buckets, each with what may be done there. */
export const buckets = plain.list(
    plain.object<BucketGrantArgs>({
        name: plain.string(checkBucketName, {
            missing: "write a string",
            remedy: "write a plain value, and set dependsOn to the bucket",
        }),
        access: plain.choice(BucketAccess),
    }),
    { source: BUCKETS },
);

export const seqeraAccessRules: Rule[] = argumentRules<GkeSeqeraAccessArgs>(
    {
        ...connection,
        projectId,
        accountId: string(checkAccountId, { source: SERVICE_ACCOUNTS }),
        role: plain.choice(SeqeraRole),
        keyVersion: string(checkGiven, { source: KEYS }),
        credentialsId: string(checkGiven),
        existingServiceAccountEmail: string(checkServiceAccountEmail, { source: RBAC }),
        existingServiceAccountId: string(checkUniqueId, { source: RBAC }),
        credentialsName: string(),
        buckets,
    },
    SEQERA_GKE,
    [
        existingNeeds("existingServiceAccountEmail", "e-mail address of the service account", RBAC),
        ...["existingServiceAccountEmail", "existingServiceAccountId"].map((property) =>
            existingOnly(property, SEQERA_GKE),
        ),
        ...["accountId", "role", "keyVersion", "buckets", "credentialsName"].map((property) =>
            madeOnly(property, "service account, role or key", SEQERA_GKE),
        ),
        namedOnce("buckets", BUCKETS),
    ],
);
