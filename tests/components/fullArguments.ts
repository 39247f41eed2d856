import { PodCleanup } from "../../src/args/enums";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";

export const CLUSTER = { server: "https://10.0.0.1:6443" };
export const POD_SPEC = "spec:\n  nodeSelector:\n    workload: nextflow\n";

/** Every argument that goes together with a launcher of our own. */
export const FULL: KubernetesComputeEnvironmentArgs = {
    endpoint: "https://platform.example.com/api",
    accessToken: "access-token-eyJ0aWQi",
    workspaceId: 75887156211590,
    name: "production",
    description: "Where pipelines run",
    cluster: CLUSTER,
    namespace: "runs",
    serviceAccounts: { head: { name: "head" }, compute: { name: "task" }, launcher: { name: "platform" } },
    storage: { size: "2Ti", storageClassName: "nfs", mountPath: "/mnt", claimName: "shared" },
    workDirectory: "/mnt/a/b",
    credentials: { name: "cluster-token", description: "The launcher's", adopt: "9a8b", adoptWithout: ["description"] },
    podCleanup: PodCleanup.Always,
    headJob: { cpus: 2, memory: "4Gi" },
    headPodSpec: POD_SPEC,
    servicePodSpec: POD_SPEC,
    stagingOptions: { preRunScript: "echo before", postRunScript: "echo after" },
    nextflowConfig: "process.cpus = 4",
    environmentVariables: { NXF_OPTS: "-Xmx4g", A: "1" },
    labelIds: [7, 8],
    adopt: "5e6f",
    adoptWithout: ["headJobCpus"],
    createTimeoutSeconds: 60,
    deleteTimeoutSeconds: 120,
    forceDelete: true,
};
