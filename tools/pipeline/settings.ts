import type { NodeOptions } from "../cluster";
import { TASK_IMAGE } from "../images";

/** The node takes only pods that ask for it, so that a selector or a toleration that gets lost is noticed. */
export const NODE = {
    labels: { workload: "nextflow" },
    taints: [{ key: "dedicated", value: "nextflow", effect: "NoSchedule" }],
} satisfies Partial<NodeOptions>;

export const WORK_VOLUME = "nextflow-work";
export const MOUNT_PATH = "/scratch";

const PLACEMENT = `spec:
  nodeSelector:
    workload: nextflow
  tolerations:
    - key: dedicated
      operator: Equal
      value: nextflow
      effect: NoSchedule
`;

const NEXTFLOW = `process {
    container = '${TASK_IMAGE}'
    cpus = 1
    memory = '128 MB'
}
executor {
    pollInterval = '1 sec'
}
k8s {
    computeResourceType = 'Pod'
    imagePullPolicy = 'IfNotPresent'
    pod = [
        [nodeSelector: [workload: 'nextflow']],
        [toleration: [key: 'dedicated', operator: 'Equal', value: 'nextflow', effect: 'NoSchedule']],
        [label: 'example.com/team', value: 'genomics'],
        [annotation: 'example.com/note', value: 'made by the pipeline check'],
        [securityContext: [runAsUser: 0, runAsGroup: 0, seccompProfile: [type: 'RuntimeDefault']]],
        [automountServiceAccountToken: false],
    ]
}
`;

/** Stack configuration beside the connections: arguments of the component by their own names. */
export function stackSettings(): Record<string, string> {
    return {
        "storage.storageClassName": "",
        "storage.volumeName": WORK_VOLUME,
        "storage.size": "1Gi",
        "storage.mountPath": MOUNT_PATH,
        podCleanup: "never",
        headPodSpec: PLACEMENT,
        servicePodSpec: PLACEMENT,
        nextflowConfig: NEXTFLOW,
        "stagingOptions.preRunScript": `echo "before $TOWER_WORKFLOW_ID" > ${MOUNT_PATH}/pre-run.txt\n`,
        "stagingOptions.postRunScript": `echo "after $NXF_EXIT_STATUS" > ${MOUNT_PATH}/post-run.txt\n`,
        "environmentVariables.NXF_JVM_ARGS": "-Xmx512m",
    };
}
