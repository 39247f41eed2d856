/** A rule of a Kubernetes Role: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export interface PolicyRule {
    apiGroups: string[];
    resources: string[];
    verbs: string[];
}

/** Whom a role binding names: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects */
export interface RbacSubject {
    kind: string;
    name: string;
    namespace?: string;
    apiGroup?: string;
}

/** The service accounts unless others are named. */
export const DEFAULT_SERVICE_ACCOUNTS = {
    launcher: "seqera-launcher",
    head: "nextflow-head",
    compute: "nextflow-task",
} as const;

const EVERYTHING_NEEDED = ["get", "list", "watch", "create", "delete"];

/**
 * What the Platform does in the namespace with the launcher's token: the role Seqera documents for every version since
 * 22.4 (https://docs.seqera.io/platform-cloud/compute-envs/k8s), with two differences. `jobs/log` is left out because
 * Kubernetes has no such subresource. `podtemplates` is added because the Platform's page on resource labels says that a
 * compute environment makes a PodTemplate, which the documented role would refuse; the right gives nobody anything else,
 * since nothing runs a PodTemplate by itself.
 */
export function launcherRules(): PolicyRule[] {
    return [
        {
            apiGroups: [""],
            resources: [
                "pods",
                "pods/status",
                "pods/log",
                "pods/exec",
                "persistentvolumeclaims",
                "configmaps",
                "podtemplates",
            ],
            verbs: EVERYTHING_NEEDED,
        },
        { apiGroups: ["apps"], resources: ["deployments"], verbs: EVERYTHING_NEEDED },
        { apiGroups: ["batch"], resources: ["jobs", "jobs/status"], verbs: EVERYTHING_NEEDED },
    ];
}

/**
 * What Nextflow does in the head pod: it makes, watches and removes task pods (or jobs, the default from Nextflow 26.10)
 * and reads the log of a failed one. It never executes into a pod, so a pipeline that took over its head pod could not
 * reach into another one. https://www.nextflow.io/docs/latest/kubernetes.html
 */
export function headRules(): PolicyRule[] {
    return [
        { apiGroups: [""], resources: ["pods"], verbs: EVERYTHING_NEEDED },
        { apiGroups: [""], resources: ["pods/status", "pods/log"], verbs: ["get"] },
        { apiGroups: ["batch"], resources: ["jobs"], verbs: EVERYTHING_NEEDED },
        { apiGroups: ["batch"], resources: ["jobs/status"], verbs: ["get"] },
    ];
}

/** A user or group named without an API group means the one of RBAC; a service account belongs to the core group. */
export function completeSubject(subject: RbacSubject, namespace: string): RbacSubject {
    return subject.kind === "ServiceAccount"
        ? { kind: subject.kind, name: subject.name, namespace: subject.namespace ?? namespace }
        : { kind: subject.kind, name: subject.name, apiGroup: subject.apiGroup ?? "rbac.authorization.k8s.io" };
}
