import * as pulumi from "@pulumi/pulumi";
import { trialHeadPod, trialTaskPod } from "../compile/pods/preflightPods";
import { Preflight } from "../dynamic/preflight";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { EnvironmentInputs } from "./environmentConfig";
import type { EnvironmentParts } from "../compile/environment";

/** What an environment is to be tried with. */
export interface Tried {
    parts: EnvironmentInputs;
    authority: pulumi.Output<string | undefined>;
    token: pulumi.Output<string>;
}

/** Looks, before anything is made in the Platform, whether the cluster would let the environment work. */
export function createPreflight(
    name: string,
    { storage, storageClaims = [], podSecurity, resourceQuota, limitRange }: KubernetesComputeEnvironmentArgs,
    { parts, authority, token }: Tried,
    opts: pulumi.CustomResourceOptions,
): Preflight {
    const known = pulumi.output(parts) as unknown as pulumi.Output<EnvironmentParts>;
    const work = parts.claimName === undefined ? [] : [{ property: "storage.claimName", claimName: parts.claimName }];
    const further = storageClaims.map(({ claimName }, index) => ({
        property: `storageClaims[${index}].claimName`,
        claimName,
    }));
    return new Preflight(
        `${name}-preflight`,
        {
            server: pulumi.output(parts.server).apply((given) => given!),
            certificateAuthority: authority.apply((given) => given!),
            token,
            namespace: parts.namespace,
            guards: { podSecurity, resourceQuota, limitRange },
            // One that is made here is there by now.
            claims: [
                ...(storage?.create === false ? (work as { property: string; claimName: string }[]) : []),
                ...further,
            ],
            headPod: known.apply(trialHeadPod),
            taskPod: known.apply(trialTaskPod),
        },
        opts,
    );
}
