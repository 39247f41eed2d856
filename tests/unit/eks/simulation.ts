import assert from "node:assert/strict";
import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import type { PolicyDocument } from "../../../src/eks/policies";

export interface Call {
    action: string;
    resource: string;
    /** Account that the resource is in. */
    account?: string;
    principal?: string;
    context?: Record<string, string | string[]>;
}

export const ACCOUNT = "123456789012";

/** What a resource says of its account unless told otherwise: IAM's policies decide. So a denial is that of the policy. */
function toTheAccount(action: string): object | undefined {
    const [service] = action.split(":");
    const everything = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: `${service}:*` };
    return service === "kms"
        ? { Version: "2012-10-17", Statement: [{ ...everything, Resource: "*" }] }
        : service === "sts"
          ? { Version: "2012-10-17", Statement: [everything] }
          : undefined;
}

/** What AWS's own evaluation makes of a call: by the caller's policy, the resource's (as a role's trust policy is), or both. */
export async function decide(
    call: Call,
    { identity, trust }: { identity?: PolicyDocument; trust?: PolicyDocument },
): Promise<string> {
    const { action, resource, account = ACCOUNT, context = {} } = call;
    const simulation: Simulation = {
        request: {
            principal: call.principal ?? `arn:aws:iam::${ACCOUNT}:role/simulated`,
            action,
            resource: { resource, accountId: account },
            contextVariables: context,
        },
        identityPolicies: identity === undefined ? [] : [{ name: "policy", policy: identity }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: trust ?? toTheAccount(action),
    };
    const answer = await runSimulation(simulation, {});
    assert.notEqual(answer.resultType, "error", JSON.stringify(answer));
    return answer.resultType === "error" ? "error" : answer.overallResult;
}
