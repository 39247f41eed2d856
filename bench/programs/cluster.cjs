const kubernetes = require("@pulumi/kubernetes");

const VERBS = ["get", "list", "watch", "create", "delete"];
const RULES = {
    launcher: [
        {
            apiGroups: [""],
            resources: [
                ...["pods", "pods/status", "pods/log", "pods/exec"],
                ...["persistentvolumeclaims", "configmaps", "podtemplates"],
            ],
            verbs: VERBS,
        },
        { apiGroups: ["apps"], resources: ["deployments"], verbs: VERBS },
        { apiGroups: ["batch"], resources: ["jobs", "jobs/status"], verbs: VERBS },
    ],
    head: [
        { apiGroups: [""], resources: ["pods"], verbs: VERBS },
        { apiGroups: [""], resources: ["pods/status", "pods/log"], verbs: ["get"] },
        { apiGroups: ["batch"], resources: ["jobs"], verbs: VERBS },
        { apiGroups: ["batch"], resources: ["jobs/status"], verbs: ["get"] },
    ],
};
const ACCOUNTS = { launcher: "seqera-launcher", head: "nextflow-head", compute: "nextflow-task" };

/** What an environment needs in the cluster, written by hand as a careful user would, with the same objects as the component. */
module.exports = function cluster(name) {
    const namespace = new kubernetes.core.v1.Namespace(name, {
        metadata: {
            name,
            labels: {
                "istio-injection": "disabled",
                "pod-security.kubernetes.io/enforce": "baseline",
                "pod-security.kubernetes.io/warn": "restricted",
            },
            annotations: { "linkerd.io/inject": "disabled" },
        },
    });
    const within = { dependsOn: [namespace], deletedWith: namespace };
    const accounts = Object.entries(ACCOUNTS).map(
        ([role, account]) =>
            new kubernetes.core.v1.ServiceAccount(
                `${name}-${role}`,
                {
                    metadata: { name: account, namespace: name },
                    automountServiceAccountToken: role === "head" ? undefined : false,
                },
                within,
            ),
    );
    const bindings = Object.entries(RULES).map(([role, rules]) => {
        const made = new kubernetes.rbac.v1.Role(`${name}-${role}`, { metadata: { namespace: name }, rules }, within);
        return new kubernetes.rbac.v1.RoleBinding(
            `${name}-${role}`,
            {
                metadata: { namespace: name },
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: made.metadata.name },
                subjects: [{ kind: "ServiceAccount", name: ACCOUNTS[role], namespace: name }],
            },
            within,
        );
    });
    const secret = new kubernetes.core.v1.Secret(
        `${name}-token`,
        {
            metadata: {
                name: "seqera-launcher-token",
                namespace: name,
                annotations: { "kubernetes.io/service-account.name": ACCOUNTS.launcher },
            },
            type: "kubernetes.io/service-account-token",
        },
        { ...within, dependsOn: accounts },
    );
    const claim = new kubernetes.core.v1.PersistentVolumeClaim(
        `${name}-work`,
        {
            metadata: { name: "nextflow-work", namespace: name, annotations: { "pulumi.com/skipAwait": "true" } },
            spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "100Gi" } } },
        },
        within,
    );
    return {
        token: secret.data.apply(({ token }) => Buffer.from(token, "base64").toString("utf8")),
        authority: secret.data.apply((data) => data["ca.crt"]),
        ready: [...accounts, ...bindings, claim],
    };
};
