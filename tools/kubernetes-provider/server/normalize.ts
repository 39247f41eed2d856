/**
 * One text for inputs that mean the same, so that the object the API server gives back does not look changed.
 *
 * The official plugin sends inputs through Kubernetes' Go types and back. What that changes is done here by hand:
 * quantities, a Secret's `stringData`, base64, fields that are null, the empty class of a volume, and the metadata that
 * only the server writes.
 */

import {
    fieldAt,
    gvkOf,
    isCustomResourceDefinition,
    isSecretObject,
    type KubeObject,
    kindOf,
    without,
} from "./kubeObject";
import { isBuiltIn } from "./kinds";
import { changeFieldsAt, parsePattern } from "./paths";
import { canonicalQuantity } from "./quantity";
import { quantityPaths } from "./quantityFields";
import { hasUnknown, isFields, type Plain, isList } from "../../plugin/server/values";

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ "Read-only" */
export const serverMetadata = [
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "resourceVersion",
    "uid",
];

export function normalize(object: KubeObject): KubeObject {
    // Half-known inputs are left alone, as the official plugin does: they are checked again when all is known.
    const known = hasUnknown(object) || !isBuiltIn(gvkOf(object)) ? object : normalizeBuiltIn(object);
    return serverMetadata.reduce((rest, field) => without(rest, "metadata", field), known);
}

function normalizeBuiltIn(object: KubeObject): KubeObject {
    if (isCustomResourceDefinition(object)) {
        const preserve = fieldAt(object, "spec", "preserveUnknownFields") === false;
        const shown = preserve ? without(object, "spec", "preserveUnknownFields") : object;
        return without(shown, "status");
    }
    if (isSecretObject(object)) {
        return normalizeSecret(object);
    }
    const withQuantities = quantityPaths(gvkOf(object)).reduce(
        (rest, path) => changeFieldsAt(rest, parsePattern(path), normalizeQuantity),
        object,
    );
    const given = withoutNulls(withQuantities) as KubeObject;
    // An empty class of a volume is the same as none. That of a claim is not: it keeps the default class away.
    return isVolume(given) && fieldAt(given, ...volumeClass) === "" ? without(given, ...volumeClass) : given;
}

const volumeClass = ["spec", "storageClassName"];
const isVolume = (object: KubeObject): boolean => gvkOf(object).group === "" && kindOf(object) === "PersistentVolume";

function normalizeQuantity(value: Plain): Plain {
    return typeof value === "string" || typeof value === "number" ? (canonicalQuantity(`${value}`) ?? value) : value;
}

/** The API server turns `stringData` into `data` and re-encodes `data`; inputs that did the same compare equal. */
function normalizeSecret(object: KubeObject): KubeObject {
    const data = isFields(object["data"]) ? object["data"] : {};
    const stringData = isFields(object["stringData"]) ? Object.entries(object["stringData"]) : [];
    const texts = stringData.filter((entry): entry is [string, string] => typeof entry[1] === "string");
    // Anything but texts is for the API server to refuse.
    if (texts.length > 0 && texts.length === stringData.length) {
        const encoded = texts.map(([key, text]) => [key, base64(Buffer.from(text))] as const);
        return { ...without(object, "stringData"), data: { ...data, ...Object.fromEntries(encoded) } };
    }
    return Object.keys(data).length > 0 ? changeFieldsAt(object, parsePattern("data.*"), reencode) : object;
}

function reencode(value: Plain): Plain {
    if (typeof value !== "string") {
        return value;
    }
    const compact = value.replace(/\s/g, "");
    const canonical = base64(Buffer.from(compact, "base64"));
    return canonical === compact ? canonical : value;
}

const base64 = (bytes: Buffer): string => bytes.toString("base64");

function withoutNulls(value: Plain): Plain {
    if (isList(value)) {
        return value.map(withoutNulls);
    }
    if (!isFields(value)) {
        return value;
    }
    const present = Object.entries(value).filter(([, field]) => field !== null);
    return Object.fromEntries(present.map(([key, field]) => [key, withoutNulls(field)]));
}

/** What of `live` the program spoke of: the fields that `shape` has too, to any depth. */
export function prune(live: Plain, shape: Plain): Plain {
    if (isFields(live) && isFields(shape)) {
        const kept = Object.keys(shape).filter((key) => key in live);
        return Object.fromEntries(kept.map((key) => [key, prune(live[key], shape[key])]));
    }
    if (isList(live) && isList(shape)) {
        return live.slice(0, shape.length).map((item, index) => prune(item, shape[index]));
    }
    return live;
}

export const pruneObject = (live: KubeObject, shape: KubeObject): KubeObject => prune(live, shape) as KubeObject;
