/** Names for objects whose program gave none: `<logical name>-<8 hex digits>`, kept for the object's life. */

import { createHash, randomBytes } from "node:crypto";
import { annotationOf, fieldAt, type KubeObject, nameOf, textAt, withAnnotation, withMetadata } from "./kubeObject";
import { isUnknown } from "../../plugin/server/values";

export const autonamedAnnotation = "pulumi.com/autonamed";

/** The engine's own naming, from stack configuration (`pulumi:autonaming`). */
export type EngineNaming =
    { readonly mode: "propose" | "enforce"; readonly name: string } | { readonly mode: "disable" };

export interface NamingRequest {
    readonly logicalName: string;
    readonly urn: string;
    readonly seed: Uint8Array;
    readonly naming?: EngineNaming;
}

export const isAutonamed = (object: KubeObject): boolean => annotationOf(object, autonamedAnnotation) === "true";

/** Named by the program, be it with a value that is not known yet. */
export function isNamed(object: KubeObject): boolean {
    return isUnknown(fieldAt(object, "metadata", "name")) || nameOf(object) !== "";
}

export function isGenerateName(object: KubeObject): boolean {
    const generate = fieldAt(object, "metadata", "generateName");
    return !isNamed(object) && (isUnknown(generate) || textAt(object, "metadata", "generateName") !== "");
}

export function nameNew(inputs: KubeObject, request: NamingRequest): KubeObject {
    if (isNamed(inputs) || isGenerateName(inputs)) {
        return inputs;
    }
    if (request.naming?.mode === "disable") {
        throw new Error("autonaming is disabled for this stack: set metadata.name");
    }
    const name = request.naming?.name || `${request.logicalName}-${suffix(request)}`;
    return withAnnotation(withMetadata(inputs, { name }), autonamedAnnotation, "true");
}

export function keepName(inputs: KubeObject, old: KubeObject): KubeObject {
    if (isNamed(inputs) || !isAutonamed(old)) {
        return inputs;
    }
    return withAnnotation(withMetadata(inputs, { name: nameOf(old) }), autonamedAnnotation, "true");
}

/** From the engine's seed where it gives one: a plan's names must be the same when the plan is carried out. */
function suffix(request: NamingRequest): string {
    const bytes =
        request.seed.length > 0
            ? createHash("sha256").update(request.seed).update(request.urn).digest()
            : randomBytes(4);
    return bytes.subarray(0, 4).toString("hex");
}

export const fieldManagerName = (): string => `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;
