/**
 * How Azure gives a pod an identity: the webhook of the cluster mounts a token into pods that carry the label, for the identity
 * that the pod's service account names. https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
 */
export const USE_LABEL = "azure.workload.identity/use";
export const CLIENT_ID_ANNOTATION = "azure.workload.identity/client-id";

/** Whom such a token is for. */
export const AUDIENCE = "api://AzureADTokenExchange";

/** A service account as Microsoft Entra ID sees it in a token. */
export function subject(namespace: string, serviceAccount: string): string {
    return `system:serviceaccount:${namespace}:${serviceAccount}`;
}

/** Name of a federated credential: at most 120 letters, digits, dashes and underscores. */
export function federationName(namespace: string, serviceAccount: string): string {
    return `${namespace}-${serviceAccount}`.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 120);
}

/** What Nextflow must know to use the identity. https://www.nextflow.io/docs/latest/reference/config.html#azure */
export function nextflowConfig(storageAccountName: string, clientId: string): string {
    return `azure.storage.accountName = '${storageAccountName}'\nazure.managedIdentity.clientId = '${clientId}'\n`;
}

/** Kubernetes that has mutating admission policies as a stable API. */
export const POLICY_SINCE = { major: 1, minor: 36 };

/** True for a version such as `1.36.1`; `undefined` for a text that is not a version. */
export function hasPolicies(version: string): boolean | undefined {
    const [, major, minor] = /^v?(\d+)\.(\d+)(?:\D.*)?$/.exec(version) ?? [];
    return minor === undefined
        ? undefined
        : Number(major) > POLICY_SINCE.major ||
              (Number(major) === POLICY_SINCE.major && Number(minor) >= POLICY_SINCE.minor);
}

/**
 * A policy that puts the label onto head pods, which the Platform makes without one: those of a namespace that run as the head
 * service account. It is a rule in the API server itself, before webhooks, so there is nothing to run.
 * https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export function headLabelPolicy(headServiceAccount: string) {
    const escaped = USE_LABEL.replaceAll("~", "~0").replaceAll("/", "~1");
    return {
        matchConstraints: {
            resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
        },
        matchConditions: [
            {
                name: "head-service-account",
                expression: `has(object.spec.serviceAccountName) && object.spec.serviceAccountName == "${headServiceAccount}"`,
            },
        ],
        failurePolicy: "Fail",
        reinvocationPolicy: "Never",
        mutations: [
            {
                patchType: "JSONPatch",
                jsonPatch: {
                    expression: [
                        '(has(object.metadata.labels) ? [] : [JSONPatch{op: "add", path: "/metadata/labels", value: Object.metadata.labels{}}])',
                        `[JSONPatch{op: "add", path: "/metadata/labels/${escaped}", value: "true"}]`,
                    ].join(" + "),
                },
            },
        ],
    };
}

/** Where the policy applies. */
export function headLabelBinding(policyName: string, namespace: string) {
    return {
        policyName,
        matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } },
    };
}
