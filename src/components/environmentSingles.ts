import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { Single } from "./clashes";
import { hasNoClaim, hasVolume } from "./environmentClaims";
import { DEFAULT_NAMESPACE } from "./nextflowNamespace";
import { accountName } from "./serviceAccounts";
import { DEFAULT_CLAIM } from "../compile/storage/claimRules";
import type { ServiceAccountsByRole } from "../args/serviceAccounts";

/** Name of the Secret with the launcher's token: two environments can share a namespace, each with a launcher of its own. */
export function launcherSecretName(accounts: ServiceAccountsByRole): string {
    return `${accountName(accounts, "launcher")}-token`;
}

/** What an environment makes under a name that is not generated, each with what to write when another one makes it already. */
export function singlesOf(
    args: KubernetesComputeEnvironmentArgs,
    accounts: ServiceAccountsByRole,
    cluster: unknown,
): Single[] {
    const { namespace = DEFAULT_NAMESPACE, storage } = args;
    const singles: Single[] = [];
    if (args.createNamespace !== false) {
        const remedy = "write another name, or set createNamespace to false and add the other component to dependsOn";
        singles.push({
            ...{ property: "namespace", within: cluster, of: `namespace ${namespace}` },
            reason: `already creates the namespace "${namespace}" (${remedy})`,
        });
    }
    if (args.credentialsId === undefined) {
        const remedy = "write another name, or set credentialsId to the credentialsId of the other component";
        if (accounts.launcher?.create !== false) {
            singles.push(account("launcher", remedy));
        }
        if (args.tokenRotation === undefined) {
            singles.push(inNamespace("serviceAccounts.launcher.name", "Secret", launcherSecretName(accounts), remedy));
        }
    }
    for (const role of ["head", "compute"] as const) {
        if (accounts[role]?.create !== false) {
            singles.push(
                account(
                    role,
                    `write another name, or set serviceAccounts.${role}.create to false to share the service account`,
                ),
            );
        }
    }
    if (storage?.create !== false && !hasNoClaim(args)) {
        const remedy = "write another name, or set storage.create to false to share the claim";
        singles.push(inNamespace("storage.claimName", "claim", storage?.claimName ?? DEFAULT_CLAIM, remedy));
    }
    for (const [index, claim] of (args.storageClaims ?? []).entries()) {
        const { claimName } = claim;
        if (typeof claimName === "string" && hasVolume(claim)) {
            const remedy = "write another name, or remove nfs and csi to share the claim";
            singles.push(inNamespace(`storageClaims[${index}].claimName`, "claim", claimName, remedy));
        }
    }
    const place = [args.endpoint, args.workspaceId];
    if (args.primary === true && place.every((given) => typeof given !== "object")) {
        singles.push({
            ...{ property: "primary", within: "Platform", of: JSON.stringify(place) },
            reason: "is already the primary environment of this workspace (remove primary from one of the two)",
        });
    }
    return singles;

    function account(role: keyof ServiceAccountsByRole, remedy: string): Single {
        const name = accountName(accounts, role);
        return inNamespace(`serviceAccounts.${role}.name`, "service account", name, remedy);
    }

    function inNamespace(property: string, kind: string, name: string, remedy: string): Single {
        return {
            ...{ property, within: cluster, of: `${kind} ${namespace}/${name}` },
            reason: `already creates the ${kind} "${name}" in the namespace "${namespace}" (${remedy})`,
        };
    }
}
