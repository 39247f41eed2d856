/**
 * What a change of inputs will do to an object, decided without a call to the API server: the new inputs against the
 * stored live object, of which only what the old inputs spoke of counts. Drift that no refresh has seen is invisible.
 */

import { isNamespaced } from "./kinds";
import { gvkOf, type KubeObject, nameOf, namespaceOf, withMetadata, without } from "./kubeObject";
import { isAutonamed, isNamed } from "./naming";
import { normalize, pruneObject } from "./normalize";
import { isWithin, parsePath, parsePattern, type Path, pathText, touches } from "./paths";
import { replaceFields, type Mutability } from "./replaceFields";
import { equal, isFields, isUnknown, type Plain, isList } from "../../plugin/server/values";

export type ChangeKind = "add" | "delete" | "update";

export interface Change {
    readonly kind: ChangeKind;
    readonly replaces: boolean;
}

export interface ObjectDiff {
    readonly changes: ReadonlyMap<string, Change>;
    readonly replaces: readonly string[];
    readonly deleteBeforeReplace: boolean;
}

export interface DiffRequest {
    readonly oldInputs: KubeObject;
    readonly oldLive: KubeObject;
    readonly newInputs: KubeObject;
    readonly ignoreChanges: readonly string[];
    readonly mutable: Mutability;
    /** For custom resources, of which only the API server knows; taken as namespaced where it cannot be asked. */
    readonly customIsNamespaced?: boolean;
}

export function diffObjects(request: DiffRequest): ObjectDiff {
    const { oldLive } = request;
    const newInputs = placed(normalize(request.newInputs), request);
    const oldInputs = normalize(request.oldInputs);
    const compared = comparedLive(request, oldInputs, newInputs);
    const found: Found[] = [];
    compare([], compared, newInputs, oldInputs, found);

    const patterns = replaceFields(newInputs, request.mutable).map(parsePattern);
    const ignored = request.ignoreChanges.map(parsePath);
    const changes = new Map(
        found
            .filter(({ path }) => !ignored.some((container) => isWithin(path, container)))
            .map(({ path, kind, value }): [string, Change] => [
                pathText(path),
                { kind, replaces: patterns.some((pattern) => touches(path, value, pattern)) },
            ]),
    );
    const replaces = [...changes].filter(([, change]) => change.replaces).map(([path]) => path);
    return {
        changes,
        replaces,
        // Only two objects of the same name cannot stand side by side.
        deleteBeforeReplace:
            replaces.length > 0 &&
            isNamed(newInputs) &&
            !isAutonamed(newInputs) &&
            nameOf(newInputs) === nameOf(oldLive) &&
            namespaceOf(newInputs) === namespaceOf(oldLive),
    };
}

/** With the namespace that the API server will use, so that saying "default" and saying nothing are the same. */
function placed(object: KubeObject, request: DiffRequest): KubeObject {
    const namespaced = isNamespaced(gvkOf(object)) ?? request.customIsNamespaced ?? true;
    if (!namespaced) {
        return without(object, "metadata", "namespace");
    }
    const { namespace } = isFields(object["metadata"]) ? object["metadata"] : {};
    return isUnknown(namespace) ? object : withMetadata(object, { namespace: namespaceOf(object) || "default" });
}

function comparedLive(request: DiffRequest, oldInputs: KubeObject, newInputs: KubeObject): KubeObject {
    const pruned = without(pruneObject(request.oldLive, oldInputs), "metadata", "resourceVersion");
    const identified = { apiVersion: newInputs["apiVersion"] ?? null, kind: newInputs["kind"] ?? null, ...pruned };
    // A program may write down the name that was made for it (or by the API server): that is no new object.
    const named = nameOf(newInputs) === "" ? identified : withMetadata(identified, { name: nameOf(request.oldLive) });
    return placed(named, request);
}

interface Found {
    readonly path: Path;
    readonly kind: ChangeKind;
    readonly value: Plain | undefined;
}

function compare(
    path: Path,
    old: Plain | undefined,
    next: Plain | undefined,
    oldInput: Plain | undefined,
    found: Found[],
): void {
    if (isFields(old) && isFields(next)) {
        const keys = new Set([...Object.keys(old), ...Object.keys(next)]);
        for (const key of keys) {
            const inputs = isFields(oldInput) ? oldInput[key] : undefined;
            compare([...path, key], old[key], next[key], inputs, found);
        }
        return;
    }
    if (isList(old) && isList(next)) {
        for (let index = 0; index < Math.max(old.length, next.length); index++) {
            const inputs = isList(oldInput) ? oldInput[index] : undefined;
            compare([...path, index], old[index], next[index], inputs, found);
        }
        return;
    }
    const kind = changeKind(old, next, oldInput);
    if (kind !== undefined) {
        found.push({ path, kind, value: next });
    }
}

function changeKind(
    old: Plain | undefined,
    next: Plain | undefined,
    oldInput: Plain | undefined,
): ChangeKind | undefined {
    if (next === undefined || next === null) {
        return old === undefined || old === null ? undefined : "delete";
    }
    if (old === undefined || old === null) {
        // The server drops what says nothing (`false`, `[]`) and what it does not know. It was sent once and is not
        // there: sending it again changes nothing.
        return oldInput !== undefined && equal(oldInput, next) ? undefined : "add";
    }
    return equal(old, next) ? undefined : "update";
}
