import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentSpec } from "../compile/environment";
import { trialHeadPod, trialTaskPod } from "../compile/preflightPods";
import { launcherRules } from "../compile/rbac";
import { Preflight } from "../dynamic/preflight";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { EnvironmentInputs } from "./known";

/** What an environment is to be tried with. */
export interface Tried {
    spec: EnvironmentInputs;
    authority: pulumi.Output<string | undefined>;
    token: pulumi.Output<string>;
}

/** Looks, before the Platform is called, whether the cluster would let the environment work. */
export function createPreflight(
    name: string,
    { storage, storageClaims = [] }: KubernetesComputeEnvironmentArgs,
    { spec, authority, token }: Tried,
    opts: pulumi.CustomResourceOptions,
): Preflight {
    const known = pulumi.output(spec) as unknown as pulumi.Output<EnvironmentSpec>;
    const work = spec.claimName === undefined ? [] : [{ property: "storage.claimName", claimName: spec.claimName }];
    const further = storageClaims.map(({ claimName }, index) => ({
        property: `storageClaims[${index}].claimName`,
        claimName,
    }));
    return new Preflight(
        `${name}-preflight`,
        {
            server: pulumi.output(spec.server).apply((given) => given!),
            certificateAuthority: authority.apply((given) => given!),
            token,
            namespace: spec.namespace,
            // One that is made here is there by now.
            claims: [
                ...(storage?.create === false ? (work as { property: string; claimName: string }[]) : []),
                ...further,
            ],
            rights: launcherRules(),
            headPod: known.apply(trialHeadPod),
            taskPod: known.apply(trialTaskPod),
        },
        opts,
    );
}
