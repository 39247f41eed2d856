import { namedOnce, somePods } from "../compile/clouds/cloudRules";
import { decision, namespaceName, objectName } from "../compile/namespace/partRules";
import { quote } from "../compile/rules/problems";
import { always, at, isGiven, type Rule } from "../compile/rules/rules";
import { argumentRules, plain, string } from "../compile/rules/shapes";
import type { GkeWorkloadIdentityArgs } from "./args";
import { buckets, projectId } from "./argumentRules";
import { IdentityMethod } from "./enums";
import { checkAccountId } from "./gcpNames";
import { checkProjectNumber, checkWorkloadPool } from "./podIdentity";

const WORKLOAD_IDENTITY = "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity";
const BUCKETS = "https://cloud.google.com/storage/docs/buckets";
const SERVICE_ACCOUNTS = "https://cloud.google.com/iam/docs/service-accounts-create";
const PRINCIPALS = "https://cloud.google.com/iam/docs/principal-identifiers";

/** What belongs to one of the two ways. */
function onlyFor(property: string, method: IdentityMethod, source: string): Rule {
    const other = method === IdentityMethod.Direct ? IdentityMethod.ServiceAccount : IdentityMethod.Direct;
    return always(
        property,
        (args) =>
            isGiven(args, property) && (at(args, "method") ?? IdentityMethod.ServiceAccount) === other
                ? `cannot be used when method is ${quote(other)} (remove this argument, or set method to ${quote(method)})`
                : undefined,
        source,
    );
}

export const workloadIdentityRules: Rule[] = argumentRules<GkeWorkloadIdentityArgs>(
    {
        projectId,
        workloadPool: string(checkWorkloadPool, { missing: "write the cluster's workloadPool" }),
        method: plain.choice(IdentityMethod),
        accountId: string(checkAccountId, { source: SERVICE_ACCOUNTS }),
        projectNumber: string(checkProjectNumber, { source: PRINCIPALS }),
        namespace: namespaceName,
        headServiceAccount: objectName,
        computeServiceAccount: objectName,
        headPods: decision,
        taskPods: decision,
        bucketMetadata: decision,
        buckets,
    },
    WORKLOAD_IDENTITY,
    [
        onlyFor("accountId", IdentityMethod.ServiceAccount, WORKLOAD_IDENTITY),
        onlyFor("projectNumber", IdentityMethod.Direct, PRINCIPALS),
        somePods(WORKLOAD_IDENTITY),
        namedOnce("buckets", BUCKETS),
    ],
);
