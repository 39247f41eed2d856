import { type Check, quote, show } from "../compile/problems";

/** What the id of a cluster is made of. */
export interface ClusterId {
    projectId: string;
    /** Region, or zone of a zonal cluster. */
    location: string;
    name: string;
}

/** Reads the id of a cluster, `projects/…/locations/…/clusters/…`; older ones say `zones` where they mean a zone. */
export function parseClusterId(id: string): ClusterId | undefined {
    const match = /^projects\/([^/]+)\/(?:locations|zones)\/([^/]+)\/clusters\/([^/]+)$/.exec(id);
    return match === null ? undefined : { projectId: match[1], location: match[2], name: match[3] };
}

/** The region of a location, which is one or a zone in it. */
export function regionOf(location: string): string {
    return location.split("-").slice(0, 2).join("-");
}

export const checkClusterName: Check<string> = (name) =>
    /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)
        ? undefined
        : `${show(name)} is not the name of a GKE cluster; write at most 40 lower-case letters, digits and dashes, beginning with a letter and ending with a letter or digit`;

export const checkLocation: Check<string> = (location) =>
    /^[a-z]+-[a-z]+\d+(-[a-z])?$/.test(location)
        ? undefined
        : `${show(location)} is neither a region nor a zone; write the cluster's, like "europe-west1", or "europe-west1-b" for a zonal one`;

/** Ids of old projects may have the domain of their organization in front. https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const checkProjectId: Check<string> = (id) => {
    if (/^\d+$/.test(id)) {
        return `${quote(id)} is the number of a project; write its id, as ${quote(`gcloud projects describe ${id} --format='value(projectId)'`)} prints it`;
    }
    return /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id)
        ? undefined
        : `${show(id)} is not the id of a project; write 6 to 30 lower-case letters, digits and dashes, beginning with a letter and ending with a letter or digit`;
};

/** https://cloud.google.com/storage/docs/buckets#naming */
export const checkBucketName: Check<string> = (name) => {
    if (/^gs:\/\//.test(name)) {
        return `${show(name)} is an address; write the bucket's name alone`;
    }
    return /^(?=.{3,222}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(name)
        ? undefined
        : `${show(name)} is not the name of a bucket; write at least 3 lower-case letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit`;
};
