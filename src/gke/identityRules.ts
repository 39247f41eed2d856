import { somePods } from "../compile/clouds/cloudRules";
import { chosen, namespaceName, objectName, switches } from "../compile/namespace/partRules";
import { quote } from "../compile/rules/problems";
import { at, isGiven, always, type Rule, value } from "../compile/rules/rules";
import { bucketRules } from "./argumentRules";
import { IdentityMethod } from "./enums";
import { checkAccountId, checkProjectId } from "./names";
import { checkProjectNumber, checkWorkloadPool } from "./podIdentity";

const WORKLOAD_IDENTITY = "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity";
const PROJECTS = "https://cloud.google.com/resource-manager/docs/creating-managing-projects";
const SERVICE_ACCOUNTS = "https://cloud.google.com/iam/docs/service-accounts-create";
const PRINCIPALS = "https://cloud.google.com/iam/docs/principal-identifiers";

/** What belongs to one of the two ways. */
function onlyFor(property: string, method: IdentityMethod, source: string): Rule {
    const other = method === IdentityMethod.Direct ? IdentityMethod.ServiceAccount : IdentityMethod.Direct;
    return always(
        property,
        (args) =>
            isGiven(args, property) && (at(args, "method") ?? IdentityMethod.ServiceAccount) === other
                ? `is given, but method is ${quote(other)}; leave it out, or set method to ${quote(method)}`
                : undefined,
        source,
    );
}

export const workloadIdentityRules: Rule[] = [
    value("projectId", "string", checkProjectId, PROJECTS, "write the cluster's projectId"),
    value("workloadPool", "string", checkWorkloadPool, WORKLOAD_IDENTITY, "write the cluster's workloadPool"),
    chosen("method", IdentityMethod, WORKLOAD_IDENTITY),
    value("accountId", "string", checkAccountId, SERVICE_ACCOUNTS),
    onlyFor("accountId", IdentityMethod.ServiceAccount, WORKLOAD_IDENTITY),
    value("projectNumber", "string", checkProjectNumber, PRINCIPALS),
    onlyFor("projectNumber", IdentityMethod.Direct, PRINCIPALS),
    ...namespaceName.rulesAt("namespace"),
    ...objectName.rulesAt("headServiceAccount"),
    ...objectName.rulesAt("computeServiceAccount"),
    ...switches("headPods", "taskPods", "bucketMetadata"),
    somePods(WORKLOAD_IDENTITY),
    ...bucketRules,
];
