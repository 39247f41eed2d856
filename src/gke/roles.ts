import { BucketAccess } from "./enums";

/** A role that Google defines, as its documentation lists it. */
export interface PredefinedRole {
    name: string;
    permissions: string[];
}

const PROJECT = ["resourcemanager.projects.get", "resourcemanager.projects.list"];

/**
 * The roles that are given. On a bucket, permissions on projects and policies have no effect.
 * https://cloud.google.com/iam/docs/roles-permissions
 */
export const PREDEFINED_ROLES = {
    clusterViewer: {
        name: "roles/container.clusterViewer",
        permissions: ["container.clusters.get", "container.clusters.list", ...PROJECT],
    },
    objectViewer: {
        name: "roles/storage.objectViewer",
        permissions: [
            ...PROJECT,
            "storage.folders.get",
            "storage.folders.list",
            "storage.managedFolders.get",
            "storage.managedFolders.list",
            "storage.objects.get",
            "storage.objects.list",
        ],
    },
    objectUser: {
        name: "roles/storage.objectUser",
        permissions: [
            "orgpolicy.policy.get",
            ...PROJECT,
            "storage.folders.create",
            "storage.folders.delete",
            "storage.folders.get",
            "storage.folders.list",
            "storage.folders.rename",
            "storage.managedFolders.create",
            "storage.managedFolders.delete",
            "storage.managedFolders.get",
            "storage.managedFolders.list",
            "storage.multipartUploads.abort",
            "storage.multipartUploads.create",
            "storage.multipartUploads.list",
            "storage.multipartUploads.listParts",
            "storage.objects.create",
            "storage.objects.delete",
            "storage.objects.get",
            "storage.objects.list",
            "storage.objects.move",
            "storage.objects.restore",
            "storage.objects.update",
        ],
    },
} as const satisfies Record<string, PredefinedRole>;

/** All that the Platform does in the project: it finds a cluster by its name, and its pages offer those that there are. */
export const CUSTOM_ROLE_PERMISSIONS = ["container.clusters.get", "container.clusters.list"];

/** The least role for what is done with the objects of a bucket. */
export function bucketRole(access: BucketAccess): string {
    return access === BucketAccess.Read ? PREDEFINED_ROLES.objectViewer.name : PREDEFINED_ROLES.objectUser.name;
}
