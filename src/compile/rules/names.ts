import { createHash } from "node:crypto";
import { type Check, quote, show } from "./problems";

/**
 * Names of compute environments and credentials in the Platform: at most 100 letters, digits, `-` and `_`.
 * https://docs.seqera.io/platform-cloud/compute-envs/overview
 */
export const PLATFORM_NAME_MAX = 100;

/** Length of the generated part of a generated name, as in `production-3f9a1c2`. */
const SUFFIX_LENGTH = 7;

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const checkPlatformName: Check<string> = (name) => {
    if (name === "") {
        return "must not be empty (write 1 to 100 letters, digits, dashes or underscores, or leave it out to generate a name)";
    }
    if (name.length > PLATFORM_NAME_MAX) {
        return `has ${name.length} characters; the Platform allows at most ${PLATFORM_NAME_MAX} (shorten it)`;
    }
    return /^[A-Za-z0-9_-]+$/.test(name)
        ? undefined
        : `${show(name)} contains characters other than letters, digits, dashes and underscores (write it like ${quote(name.replace(/[^A-Za-z0-9_-]+/g, "-"))})`;
};

/** The nearest name that Kubernetes takes, where something of the given one is left. */
function suggestion(name: string, allowed: RegExp, others: RegExp): string {
    const nearest = name
        .toLowerCase()
        .replace(others, "-")
        .replace(/^[-.]+|[-.]+$/g, "");
    return allowed.test(nearest) ? `, like ${quote(nearest)}` : "";
}

/** Namespaces are RFC 1123 labels: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const checkDnsLabel: Check<string> = (name) => {
    if (name.length > 63) {
        return `has ${name.length} characters; Kubernetes allows at most 63 here (shorten it)`;
    }
    return DNS_LABEL.test(name)
        ? undefined
        : `${show(name)} is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit${suggestion(name, DNS_LABEL, /[^a-z0-9-]+/g)})`;
};

/** Service accounts, claims and secrets are RFC 1123 subdomains. */
export const checkDnsSubdomain: Check<string> = (name) => {
    if (name.length > 253) {
        return `has ${name.length} characters; Kubernetes allows at most 253 here (shorten it)`;
    }
    return DNS_SUBDOMAIN.test(name)
        ? undefined
        : `${show(name)} is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit${suggestion(name, DNS_SUBDOMAIN, /[^a-z0-9.-]+/g)})`;
};

/** JSON with sorted keys and without what is unset: the same text for the same content, whatever order it was written in. */
export function canonicalJson(value: unknown): string {
    return JSON.stringify(value, (_key, inner: unknown) =>
        inner !== null && typeof inner === "object" && !Array.isArray(inner)
            ? Object.fromEntries(
                  Object.entries(inner)
                      .filter(([, entry]) => entry !== null && entry !== undefined)
                      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
              )
            : inner,
    );
}

/**
 * The name of an object that the user left unnamed: a readable prefix and a digest of what the object is.
 *
 * The digest stands where Pulumi's own auto-naming has random digits, for two reasons. A replacement gets another name
 * because its content differs, so the new object can be made before the old one goes. And a create that was killed
 * before its id was saved is found again by the next run, which arrives at the same name.
 */
export function generatedName(prefix: string, content: unknown): string {
    const suffix = createHash("sha256").update(canonicalJson(content)).digest("hex").slice(0, SUFFIX_LENGTH);
    const room = PLATFORM_NAME_MAX - SUFFIX_LENGTH - 1;
    return `${prefix.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, room)}-${suffix}`;
}

/** Names of volumes are RFC 1123 labels of at most 63 characters; what has to be cut gets a digest in its place. */
const VOLUME_NAME_MAX = 63;

/** The name of a pod's volume, made of a claim's name, which may be longer and have dots. */
export function volumeName(claim: string): string {
    const plain = claim
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
    if (plain === claim && plain.length <= VOLUME_NAME_MAX) {
        return plain;
    }
    const suffix = createHash("sha256").update(claim).digest("hex").slice(0, SUFFIX_LENGTH);
    return `${plain.slice(0, VOLUME_NAME_MAX - SUFFIX_LENGTH - 1)}-${suffix}`.replace(/^-/, "");
}
