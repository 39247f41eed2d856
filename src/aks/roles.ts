import { ContainerAccess } from "./enums";

/** A role that Azure defines, as its documentation lists it. */
export interface BuiltInRole {
    /** Name in Azure's own tables. */
    name: string;
    /** Id, the same in every tenant. */
    id: string;
    /** What it allows on resources. */
    actions: string[];
    /** What it allows on the data in them. */
    dataActions: string[];
}

const CONTAINERS = "Microsoft.Storage/storageAccounts/blobServices/containers";
const DELEGATION_KEY = "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action";

/**
 * The roles that pods are given.
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage
 *
 * No role of Azure's lets blobs be written without letting their container be deleted, so that is the one thing which is
 * wider than pods need. `generateUserDelegationKey` stands in all of them, but has an effect from the account upwards only.
 */
export const STORAGE_ROLES = {
    reader: {
        name: "Storage Blob Data Reader",
        id: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
        actions: [`${CONTAINERS}/read`, DELEGATION_KEY],
        dataActions: [`${CONTAINERS}/blobs/read`],
    },
    contributor: {
        name: "Storage Blob Data Contributor",
        id: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        actions: [`${CONTAINERS}/delete`, `${CONTAINERS}/read`, `${CONTAINERS}/write`, DELEGATION_KEY],
        dataActions: ["add/action", "delete", "move/action", "read", "write"].map(
            (verb) => `${CONTAINERS}/blobs/${verb}`,
        ),
    },
    delegator: {
        name: "Storage Blob Delegator",
        id: "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
        actions: [DELEGATION_KEY],
        dataActions: [],
    },
} as const satisfies Record<string, BuiltInRole>;

/** The least role for what pods may do with a container. */
export function containerRole(access: ContainerAccess): BuiltInRole {
    return access === ContainerAccess.Read ? STORAGE_ROLES.reader : STORAGE_ROLES.contributor;
}

const ACCOUNT_ID =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/([a-z0-9]{3,24})$/i;

/** Subscription and name that the id of a storage account says; `undefined` where it is none. */
export function storageAccount(id: string): { subscription: string; name: string } | undefined {
    const [, subscription, name] = ACCOUNT_ID.exec(id) ?? [];
    return name === undefined ? undefined : { subscription, name };
}

/** A role as assignments name it, within the subscription of what it is assigned on: Azure answers with this form. */
export function roleDefinitionId(storageAccountId: string, role: BuiltInRole): string {
    const { subscription } = storageAccount(storageAccountId)!;
    return `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`;
}

/** A container as the scope of an assignment. https://learn.microsoft.com/azure/role-based-access-control/scope-overview */
export function containerScope(storageAccountId: string, container: string): string {
    return `${storageAccountId}/blobServices/default/containers/${container}`;
}
