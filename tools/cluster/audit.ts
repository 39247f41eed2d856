import { stringify } from "yaml";

export type AuditLevel = "None" | "Metadata" | "RequestResponse";

/**
 * What the API server writes down of each request, once per request. Left out: the control plane's own reading and
 * probing, which is nine tenths of the lines and no one's question; and the bodies of what is secret.
 */
export function renderAuditPolicy(level: AuditLevel): string {
    return stringify({
        apiVersion: "audit.k8s.io/v1",
        kind: "Policy",
        omitStages: ["RequestReceived"],
        rules: [
            { level: "None", nonResourceURLs: ["/healthz*", "/livez*", "/readyz*"] },
            { level: "None", users: ["system:apiserver", "system:kube-controller-manager"], verbs: READING },
            { level: "None", userGroups: ["system:serviceaccounts:kube-system"], verbs: READING },
            {
                level: lower(level, "Metadata"),
                resources: [
                    { group: "", resources: ["secrets", "serviceaccounts/token"] },
                    { group: "authentication.k8s.io", resources: ["tokenreviews"] },
                ],
            },
            { level },
        ],
    });
}

const READING = ["get", "list", "watch"];

function lower(level: AuditLevel, most: AuditLevel): AuditLevel {
    return level === "RequestResponse" ? most : level;
}
