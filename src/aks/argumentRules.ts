import { checkAddressRange } from "../compile/clouds/addressRanges";
import { namedOnce, somePods, tags } from "../compile/clouds/cloudRules";
import { decision, namespaceName, objectName } from "../compile/namespace/partRules";
import { checkFilled, checkGiven } from "../compile/rules/checks";
import { type Check, quote, show } from "../compile/rules/problems";
import { always, at, isGiven, type Rule, whenKnown } from "../compile/rules/rules";
import { argumentRules, choice, list, plain, type Shape, string } from "../compile/rules/shapes";
import type { ContainerGrantArgs, AksExistingClusterArgs, AksWorkloadIdentityArgs } from "./args";
import { ContainerAccess, KubeloginMode } from "./enums";
import { hasPolicies, POLICY_SINCE } from "./podIdentity";
import { storageAccount } from "./roles";

export const NAMING = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";
const KUBELOGIN = "https://azure.github.io/kubelogin/concepts/login-modes.html";
const AUTHORIZED = "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges";
const WORKLOAD_IDENTITY = "https://learn.microsoft.com/azure/aks/workload-identity-overview";
const ISSUER = "https://learn.microsoft.com/azure/aks/use-oidc-issuer";
const BLOB_ROLES = "https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage";
const POLICIES = "https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/";

/** A name that every use needs. */
export const neededName = (example: string): Shape<string> =>
    string(checkFilled, { source: NAMING, missing: `write it like ${quote(example)}` });

export const existingClusterRules: Rule[] = argumentRules<AksExistingClusterArgs>(
    {
        resourceGroupName: neededName("research"),
        clusterName: neededName("production"),
        workloadIdentity: decision,
        azureFiles: decision,
        spotNodes: decision,
        platformInNetwork: decision,
        adminCredentials: decision,
        platformCidrs: list(string(checkAddressRange), { source: AUTHORIZED }),
        login: choice(KubeloginMode),
    },
    KUBELOGIN,
);

const checkIssuer: Check<string> = (issuer) => {
    if (issuer === "") {
        return "is empty because the cluster has no OIDC issuer (set workloadIdentity on the AksExistingCluster to see the command that enables it)";
    }
    return /^https:\/\/\S+$/.test(issuer)
        ? undefined
        : `${show(issuer)} is not an issuer URL (write the cluster's oidcIssuerUrl, including the slash at its end)`;
};

const checkStorageAccountId: Check<string> = (id) =>
    storageAccount(id) === undefined
        ? `${show(id)} is not the id of a storage account (write it like "/subscriptions/…/resourceGroups/…/providers/Microsoft.Storage/storageAccounts/…")`
        : undefined;

const checkContainer: Check<string> = (name) =>
    /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
        ? undefined
        : `${show(name)} is not a valid container name (use 3 to 63 lower-case letters, digits and single dashes; begin and end with a letter or digit)`;

function versionFault(args: unknown): string | undefined {
    const version = at(args, "kubernetesVersion");
    if (at(args, "labelHeadPods") !== true || typeof version !== "string") {
        return undefined;
    }
    const has = hasPolicies(version);
    if (has === undefined) {
        return `${show(version)} is not a Kubernetes version (write the cluster's kubernetesVersion, like "1.36.0")`;
    }
    return has
        ? undefined
        : `must be at least ${POLICY_SINCE.major}.${POLICY_SINCE.minor} for labelHeadPods, not ${quote(version)}: older versions do not have stable mutating admission policies (remove labelHeadPods, and keep the work directory and inputs on the claim or set the label with another admission controller)`;
}

const container = plain.object<ContainerGrantArgs>({
    name: plain.string(checkContainer, { source: NAMING, missing: "write a string" }),
    access: choice(ContainerAccess),
    roleDefinitionId: string(checkFilled),
});

export const workloadIdentityRules: Rule[] = argumentRules<AksWorkloadIdentityArgs>(
    {
        resourceGroupName: neededName("research"),
        location: string(),
        identityName: string(checkGiven, { source: NAMING }),
        issuerUrl: string(checkIssuer, { source: ISSUER, missing: "write the cluster's oidcIssuerUrl" }),
        namespace: namespaceName,
        headServiceAccount: objectName,
        computeServiceAccount: objectName,
        headPods: decision,
        taskPods: decision,
        userDelegation: decision,
        labelHeadPods: decision,
        kubernetesVersion: string(),
        storageAccountId: string(checkStorageAccountId, { source: NAMING }),
        containers: plain.list(container, { source: BLOB_ROLES }),
        tags,
    },
    WORKLOAD_IDENTITY,
    [
        somePods(WORKLOAD_IDENTITY),
        always(
            "labelHeadPods",
            (args) =>
                at(args, "labelHeadPods") === true && at(args, "headPods") === false
                    ? "cannot be true when headPods is false: head pods have no identity to use (remove one of the two)"
                    : undefined,
            WORKLOAD_IDENTITY,
        ),
        whenKnown("kubernetesVersion", ["labelHeadPods"], versionFault, POLICIES),
        always(
            "storageAccountId",
            (args) =>
                !isGiven(args, "storageAccountId") &&
                (isGiven(args, "containers") || at(args, "userDelegation") === true)
                    ? "required with containers or userDelegation, which grant access to it (write the id of the storage account)"
                    : undefined,
            BLOB_ROLES,
        ),
        namedOnce("containers", BLOB_ROLES),
    ],
);
