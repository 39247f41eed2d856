import { badRequest } from "../http/api";

interface KeyRules {
    /** Keys that describe calls answer. */
    readable: string[];
    /** Keys that are never answered (`writeOnly` in the OpenAPI document). */
    secret: string[];
    /** Checks a complete set of keys. */
    check(keys: Record<string, string>): void;
}

function needs(...names: string[]): (keys: Record<string, string>) => void {
    return (keys) => {
        const missing = names.filter((name) => !keys[name]);
        if (missing.length > 0) {
            throw badRequest(`Missing credentials key(s): ${missing.join(", ")}`);
        }
    };
}

/** `SecurityKeys` of the OpenAPI document, for the providers whose keys a user types in. */
export const PROVIDERS: Record<string, KeyRules> = {
    k8s: { readable: ["certificate"], secret: ["token", "privateKey"], check: checkKubernetes },
    aws: { readable: ["mode", "accessKey", "assumeRoleArn", "externalId"], secret: ["secretKey"], check: checkAws },
    google: {
        readable: ["serviceAccountEmail", "workloadIdentityProvider", "tokenAudience"],
        secret: ["data"],
        check: checkGoogle,
    },
    azure: {
        readable: ["batchName", "storageName"],
        secret: ["batchKey", "storageKey"],
        check: needs("batchName", "batchKey", "storageName", "storageKey"),
    },
    azure_entra: {
        readable: ["batchName", "storageName", "tenantId", "clientId"],
        secret: ["batchKey", "storageKey", "clientSecret"],
        check: needs("tenantId", "clientId", "clientSecret"),
    },
    "azure-cloud": {
        readable: ["batchName", "storageName", "tenantId", "clientId", "subscriptionId"],
        secret: ["batchKey", "storageKey", "clientSecret"],
        check: needs("subscriptionId", "tenantId", "clientId", "clientSecret"),
    },
    "container-reg": {
        readable: ["userName", "registry"],
        secret: ["password"],
        check: needs("userName", "password"),
    },
};

function checkKubernetes(keys: Record<string, string>): void {
    if (keys.token) {
        return;
    }
    if (!keys.certificate || !keys.privateKey) {
        throw badRequest("Kubernetes credentials need a token, or a certificate with its private key");
    }
    if (!keys.certificate.includes("-----BEGIN CERTIFICATE-----") || !keys.privateKey.includes("-----BEGIN")) {
        throw badRequest("Kubernetes credentials need their certificate and private key in PEM format");
    }
}

function checkAws(keys: Record<string, string>): void {
    const arn = keys.assumeRoleArn;
    if (arn && !/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(arn)) {
        throw badRequest(`Invalid AWS role ARN: ${arn}`);
    }
    if (keys.mode !== undefined && keys.mode !== "keys" && keys.mode !== "role") {
        throw badRequest(`Unknown AWS credentials mode: ${keys.mode}`);
    }
    if ((keys.mode ?? (keys.accessKey ? "keys" : "role")) === "keys") {
        needs("accessKey", "secretKey")(keys);
    } else {
        needs("assumeRoleArn")(keys);
    }
}

function checkGoogle(keys: Record<string, string>): void {
    if (keys.data) {
        try {
            JSON.parse(keys.data);
        } catch {
            throw badRequest("Google credentials need the JSON text of a service account key");
        }
        return;
    }
    needs("serviceAccountEmail", "workloadIdentityProvider")(keys);
}
