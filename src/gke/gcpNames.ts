import { createHash } from "node:crypto";
import { type Check, quote, show } from "../compile/rules/problems";

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
        : `${show(name)} is not a valid GKE cluster name (use at most 40 lower-case letters, digits and dashes; begin with a letter and end with a letter or digit)`;

export const checkLocation: Check<string> = (location) =>
    /^[a-z]+-[a-z]+\d+(-[a-z])?$/.test(location)
        ? undefined
        : `${show(location)} is not a region or zone (write it like "europe-west1", or "europe-west1-b" for a zone)`;

/** Ids of old projects may have the domain of their organization in front. https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const checkProjectId: Check<string> = (id) => {
    if (/^\d+$/.test(id)) {
        return `${quote(id)} is a project number, not a project id (write the id that \`gcloud projects describe ${id} --format='value(projectId)'\` prints)`;
    }
    return /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id)
        ? undefined
        : `${show(id)} is not a valid project id (use 6 to 30 lower-case letters, digits and dashes; begin with a letter and end with a letter or digit)`;
};

/** https://cloud.google.com/storage/docs/buckets#naming */
export const checkBucketName: Check<string> = (name) => {
    if (/^gs:\/\//.test(name)) {
        return `${show(name)} is a URL, not a bucket name (write only the bucket's name)`;
    }
    return /^(?=.{3,222}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(name)
        ? undefined
        : `${show(name)} is not a valid bucket name (use at least 3 lower-case letters, digits, dashes, underscores and dots; begin and end with a letter or digit)`;
};

/** https://cloud.google.com/iam/docs/service-accounts-create */
export const checkAccountId: Check<string> = (id) => {
    if (id.includes("@")) {
        return `${show(id)} is an e-mail address, not an account id (write the part before the @)`;
    }
    return /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id)
        ? undefined
        : `${show(id)} is not a valid service account id (use 6 to 30 lower-case letters, digits and dashes; begin with a letter and end with a letter or digit)`;
};

const EMAIL = 'write it like "seqera@research-1.iam.gserviceaccount.com"';

/** Kubernetes compares the whole text, so that a slip would be a binding to nobody. */
export const checkServiceAccountEmail: Check<string> = (email) => {
    if (/^(deleted:)?[a-zA-Z]+:/.test(email)) {
        return `${show(email)} is a member of an IAM policy, but Kubernetes uses the e-mail address (write only the e-mail address)`;
    }
    if (/^\d+$/.test(email)) {
        return `${show(email)} is a unique id, not an e-mail address (${EMAIL})`;
    }
    return /^[a-z0-9][a-z0-9-]*@([a-z0-9-]+\.)+gserviceaccount\.com$/.test(email)
        ? undefined
        : `${show(email)} is not the e-mail address of a service account (${EMAIL})`;
};

export const checkUniqueId: Check<string> = (id) =>
    /^\d{15,25}$/.test(id)
        ? undefined
        : `${show(id)} is not the unique id of a service account (write the digits that \`gcloud iam service-accounts describe\` prints as uniqueId)`;

/** Where the whole id is too long, its end becomes a digest, so that it stays one of its own. */
export function accountId(...parts: string[]): string {
    return shortened(
        30,
        "-",
        parts
            .join("-")
            .toLowerCase()
            .replaceAll(/[^a-z0-9]+/g, "-"),
    );
}

/** https://cloud.google.com/iam/docs/creating-custom-roles */
export function roleId(...parts: string[]): string {
    return shortened(64, "_", parts.join("_").replaceAll(/\W+/g, "_"));
}

function shortened(most: number, between: string, text: string): string {
    const digest = createHash("sha256").update(text).digest("hex").slice(0, 7);
    const whole = text.length <= most ? text : `${text.slice(0, most - digest.length - 1)}${between}${digest}`;
    return whole.replaceAll(new RegExp(`${between}+`, "g"), between).replace(new RegExp(`${between}$`), "");
}
