/**
 * Who owns which fields. Objects are created by a plain POST, so its field manager owns their fields with the operation
 * "Update"; the first update hands them to the resource's own manager with "Apply", or the apply would conflict with it.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */

import { annotationOf, fieldAt, type KubeObject, metadataOf, textAt, without } from "./kubeObject";
import type { Path } from "./paths";
import { isFields, type Plain, type PlainFields, isList } from "../../plugin/server/values";

/** The manager of creates. */
export const createManager = "pulumi-kubernetes";

interface ManagedFields extends PlainFields {
    manager: string;
    operation: string;
}

/** Whose fields are taken over: names by how they begin, as kubectl appends the subcommand to its own. */
const predecessors = [
    { name: "kubectl", operation: "Apply" },
    { name: "kubectl", operation: "Update" },
    { name: "before-first-apply", operation: "Update" },
    { name: createManager, operation: "Update" },
    { name: "pulumi-resource-kubernetes", operation: "Update" },
];

const entriesOf = (object: KubeObject): ManagedFields[] => {
    const entries = metadataOf(object)["managedFields"];
    return isList(entries) ? (entries as ManagedFields[]) : [];
};

/** A JSON patch that hands all predecessors' fields to `manager`; undefined where there is nothing to hand over. */
export function migration(live: KubeObject, manager: string): readonly unknown[] | undefined {
    const own = (entry: ManagedFields): boolean => entry.manager === manager && entry.operation === "Apply";
    const taken = (entry: ManagedFields): boolean =>
        !own(entry) &&
        textAt(entry, "subresource") === "" &&
        predecessors.some(({ name, operation }) => entry.operation === operation && entry.manager.startsWith(name));
    const entries = entriesOf(live);
    const moved = entries.filter(taken);
    const first = entries.find(own) ?? moved[0];
    if (moved.length === 0 || first === undefined) {
        return undefined;
    }
    const fieldsV1 = [...entries.filter(own), ...moved]
        .map((entry): Plain => entry["fieldsV1"] ?? {})
        .reduce((all, fields) => union(all, fields));
    const mine = { ...first, manager, operation: "Apply", fieldsV1 };
    const others = entries.filter((entry) => !own(entry) && !taken(entry));
    return [
        { op: "replace", path: "/metadata/managedFields", value: [...others, mine] },
        // Refused if the object has changed since it was read.
        { op: "replace", path: "/metadata/resourceVersion", value: textAt(live, "metadata", "resourceVersion") },
    ];
}

function union(a: Plain, b: Plain): Plain {
    if (!isFields(a) || !isFields(b)) {
        return b;
    }
    const [left, right] = [a, b];
    const merged = Object.keys(right).map((key) => [key, union(left[key] ?? {}, right[key])] as const);
    return { ...left, ...Object.fromEntries(merged) };
}

export const asksForForce = (inputs: KubeObject): boolean => annotationOf(inputs, "pulumi.com/patchForce") === "true";

/** Whether an apply must win conflicts that the program does not speak of. */
export function mustForce(live: KubeObject, preview: boolean): boolean {
    const entries = entriesOf(live);
    // Objects from before server-side apply have no entries; somebody must own their fields.
    if (entries.length === 0) {
        return true;
    }
    // A preview cannot migrate the creator's fields first, so it has to ignore the conflict with them.
    const names = [createManager, `${createManager}.exe`, "pulumi-resource-kubernetes"];
    return preview && entries.some(({ manager, operation }) => operation === "Update" && names.includes(manager));
}

/**
 * The inputs for an apply under `ignoreChanges`: a field that somebody else owns is not sent, any other is sent as it is
 * in the cluster; else the apply would take it over, or remove it.
 */
export function keepIgnored(inputs: KubeObject, live: KubeObject, manager: string, paths: readonly Path[]): KubeObject {
    const entries = entriesOf(live).map((entry) => ({
        own: entry.manager === manager,
        fields: entry["fieldsV1"] ?? {},
    }));
    return paths.reduce((kept, path) => {
        // Lists have owners by key, not by index: the engine has set those to their old values already.
        if (path.some((step) => typeof step !== "string" || step === "*")) {
            return kept;
        }
        const steps = path as readonly string[];
        const owners = entries.filter(
            ({ fields }) => fieldAt(fields, ...steps.map((step) => `f:${step}`)) !== undefined,
        );
        if (owners.length > 0 && !owners.some(({ own }) => own)) {
            return without(kept, ...steps);
        }
        const value = fieldAt(live, ...steps);
        return value === undefined ? kept : (setAt(kept, steps, value) as KubeObject);
    }, inputs);
}

function setAt(object: Plain, [step, ...rest]: readonly string[], value: Plain): Plain {
    if (step === undefined) {
        return value;
    }
    const fields = isFields(object) ? object : {};
    return { ...fields, [step]: setAt(fields[step] ?? {}, rest, value) };
}
