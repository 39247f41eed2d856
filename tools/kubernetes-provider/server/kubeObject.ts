/** A Kubernetes object as the API server speaks it, and the few of its fields that this provider reads. */

import { isFields, type Plain, type PlainFields } from "../../plugin/server/values";

export type KubeObject = PlainFields;

export interface GroupVersionKind {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
}

export function fieldAt(object: Plain | undefined, ...path: string[]): Plain | undefined {
    let at: Plain | undefined = object;
    for (const key of path) {
        if (!isFields(at)) {
            return undefined;
        }
        at = at[key];
    }
    return at;
}

export function textAt(object: Plain | undefined, ...path: string[]): string {
    const value = fieldAt(object, ...path);
    return typeof value === "string" ? value : "";
}

export function metadataOf(object: KubeObject): PlainFields {
    const metadata = object["metadata"];
    return isFields(metadata) ? metadata : {};
}

export const nameOf = (object: KubeObject): string => textAt(object, "metadata", "name");
export const namespaceOf = (object: KubeObject): string => textAt(object, "metadata", "namespace");
export const kindOf = (object: KubeObject): string => textAt(object, "kind");
export const annotationOf = (object: KubeObject, name: string): string =>
    textAt(object, "metadata", "annotations", name);

export function withMetadata(object: KubeObject, changes: PlainFields): KubeObject {
    return { ...object, metadata: { ...metadataOf(object), ...changes } };
}

export function withAnnotation(object: KubeObject, name: string, value: string): KubeObject {
    const annotations = metadataOf(object)["annotations"];
    return withMetadata(object, { annotations: { ...(isFields(annotations) ? annotations : {}), [name]: value } });
}

/** The object without the field at `path`; the object itself when there is none. */
export function without(object: KubeObject, ...path: readonly string[]): KubeObject {
    const [key, ...rest] = path;
    if (key === undefined || !(key in object)) {
        return object;
    }
    const { [key]: value, ...others } = object;
    if (rest.length === 0) {
        return others;
    }
    return isFields(value) ? { ...object, [key]: without(value, ...rest) } : object;
}

/** "apps/v1" and "v1" into group and version; Pulumi's name for the core group is "core". */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
    const slash = apiVersion.lastIndexOf("/");
    const group = slash < 0 ? "" : apiVersion.slice(0, slash);
    return { group: group === "core" ? "" : group, version: apiVersion.slice(slash + 1) };
}

export function gvkOf(object: KubeObject): GroupVersionKind {
    return { ...parseApiVersion(textAt(object, "apiVersion")), kind: kindOf(object) };
}

/** From a Pulumi type token, such as `kubernetes:rbac.authorization.k8s.io/v1:Role`. */
export function gvkOfType(type: string): GroupVersionKind {
    const [packageName, apiVersion, kind] = type.split(":");
    if (packageName !== "kubernetes" || !apiVersion?.includes("/") || !kind) {
        throw new Error(`"${type}" is not the type of a Kubernetes object`);
    }
    return { ...parseApiVersion(apiVersion), kind };
}

export const apiVersionOf = (gvk: GroupVersionKind): string =>
    gvk.group === "" ? gvk.version : `${gvk.group}/${gvk.version}`;

export const isSecretObject = (object: KubeObject): boolean =>
    kindOf(object) === "Secret" && textAt(object, "apiVersion") === "v1";

export const isCustomResourceDefinition = (object: KubeObject): boolean =>
    kindOf(object) === "CustomResourceDefinition" && gvkOf(object).group === "apiextensions.k8s.io";

/** The id in Pulumi's state: `namespace/name`, or `name` for what is not in a namespace. */
export function idOf(object: KubeObject): string {
    const namespace = namespaceOf(object);
    return namespace === "" ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

export function parseId(id: string): { namespace: string; name: string } {
    const [first = "", second] = id.split("/");
    return second === undefined ? { namespace: "", name: first } : { namespace: first, name: second };
}
