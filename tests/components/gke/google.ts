import { CLUSTER, clusterAnswer } from "../../unit/gke/clusters";
import type { RecordOptions } from "../recorder";

/** What Google says of the cluster that the example makes: it lies in one zone by default, and has the driver of Filestore. */
export const MADE_CLUSTER = {
    id: "projects/research-1/locations/europe-west1-b/clusters/nextflow",
    addonsConfigs: [{ gcpFilestoreCsiDriverConfigs: [{ enabled: true }] }],
};

/** What Google answers about the cluster, and what it and the Platform add to what is made. */
export function google(cluster: object = {}): RecordOptions {
    return {
        calls: (token) =>
            token.endsWith(":getCluster")
                ? { ...clusterAnswer, ...cluster }
                : token.endsWith(":getBucket")
                  ? { name: "genomes", location: CLUSTER.location.toUpperCase(), uniformBucketLevelAccess: true }
                  : {},
        adds,
    };
}

/** Ids that Google and the Platform give. */
export const UNIQUE_ID = "110312345678901234567";
export const KEY = JSON.stringify({ type: "service_account", private_key: "secret-of-the-key" });

export const emailOf = (accountId: string) => `${accountId}@research-1.iam.gserviceaccount.com`;

function adds(type: string, name: string, inputs: Record<string, any>): Record<string, unknown> {
    switch (type) {
        case "gcp:serviceaccount/account:Account": {
            const email = emailOf(inputs.accountId);
            return {
                email,
                member: `serviceAccount:${email}`,
                name: `projects/research-1/serviceAccounts/${email}`,
                uniqueId: UNIQUE_ID,
            };
        }
        case "gcp:serviceaccount/key:Key":
            return { privateKey: Buffer.from(KEY).toString("base64") };
        case "gcp:projects/iAMCustomRole:IAMCustomRole":
            return { name: `projects/research-1/roles/${inputs.roleId}` };
        case "gcp:filestore/instance:Instance":
            return {
                name: `${name}-1a2b3c4`,
                networks: inputs.networks.map((network: object) => ({ ...network, ipAddresses: ["10.45.3.2"] })),
            };
        case "pulumi-nodejs:dynamic/seqera:Credentials":
            return { id: "credentials-1" };
        case "gcp:compute/network:Network":
        case "gcp:compute/router:Router":
        case "gcp:container/cluster:Cluster":
            return { name: `${name}-1a2b3c4`, project: "research-1" };
        default:
            return {};
    }
}
