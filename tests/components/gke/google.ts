import { CLUSTER, clusterAnswer } from "../../unit/gke/clusters";
import type { RecordOptions } from "../recorder";

/** What Google answers about the cluster, and what it and the Platform add to what is made. */
export function google(cluster: object = {}): RecordOptions {
    return {
        calls: (token) =>
            token.endsWith(":getCluster")
                ? { ...clusterAnswer, ...cluster }
                : token.endsWith(":getBucket")
                  ? { name: "genomes", location: CLUSTER.location.toUpperCase(), uniformBucketLevelAccess: true }
                  : {},
    };
}
