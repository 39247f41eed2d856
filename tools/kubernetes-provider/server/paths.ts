/** Paths into objects: patterns with wildcards, and the text form of Pulumi's property paths. */

import { isFields, type Plain, type PlainFields } from "./values";

export type Path = readonly (string | number)[];

/** A pattern's steps: field names, and `anyItem` or `anyField` for all items of a list or all fields of a map. */
export const anyItem = Symbol("any item");
export const anyField = Symbol("any field");
export type Pattern = readonly (string | typeof anyItem | typeof anyField)[];

/** `spec.limits[].max.*` */
export function parsePattern(text: string): Pattern {
    return text.split(".").flatMap((step): Pattern => {
        if (step.endsWith("[]")) {
            return [step.slice(0, -2), anyItem];
        }
        return step === "*" ? [anyField] : [step];
    });
}

/** A copy of `value` in which each scalar that `pattern` reaches went through `change`. */
export function changeAt<T extends Plain>(value: T, pattern: Pattern, change: (found: Plain) => Plain): T {
    const [step, ...rest] = pattern;
    if (step === undefined) {
        return change(value) as T;
    }
    if (step === anyItem) {
        return (Array.isArray(value) ? value.map((item) => changeAt(item, rest, change)) : value) as T;
    }
    if (!isFields(value)) {
        return value;
    }
    const fields = value as PlainFields;
    const keys = step === anyField ? Object.keys(fields) : [step].filter((key) => key in fields);
    const changed = keys.map((key) => [key, changeAt(fields[key] as Plain, rest, change)] as const);
    return { ...fields, ...Object.fromEntries(changed) } as T;
}

/** Whether a change at `path`, where `value` is what the path now holds, touches what `pattern` stands for. */
export function touches(path: Path, value: Plain | undefined, pattern: Pattern): boolean {
    const steps = Math.min(path.length, pattern.length);
    for (let index = 0; index < steps; index++) {
        const step = pattern[index];
        if (typeof step === "string" ? step !== path[index] : step === anyItem && typeof path[index] !== "number") {
            return false;
        }
    }
    return path.length >= pattern.length || reaches(value, pattern.slice(path.length));
}

function reaches(value: Plain | undefined, pattern: Pattern): boolean {
    const [step, ...rest] = pattern;
    if (step === undefined) {
        return true;
    }
    if (step === anyItem) {
        return Array.isArray(value) && value.some((item) => reaches(item, rest));
    }
    if (!isFields(value)) {
        return false;
    }
    const fields = value as PlainFields;
    if (step === anyField) {
        return Object.values(fields).some((field) => reaches(field, rest));
    }
    return step in fields && reaches(fields[step], rest);
}

/** `metadata.annotations["a/b"]`, `spec.containers[0].image` */
export function pathText(path: Path): string {
    return path.reduce<string>((text, step) => {
        if (typeof step === "number") {
            return `${text}[${step}]`;
        }
        if (/[."[\]]/.test(step)) {
            return `${text}["${step.replaceAll('"', '\\"')}"]`;
        }
        return text === "" ? step : `${text}.${step}`;
    }, "");
}

/** The steps of a property path as users write it in `ignoreChanges`; `*` stays a step of its own. */
export function parsePath(text: string): Path {
    const steps: (string | number)[] = [];
    for (const match of text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[\*\]|([^.[\]]+)/g)) {
        const [, quoted, index, plainStep] = match;
        if (quoted !== undefined) {
            steps.push(quoted.replaceAll('\\"', '"'));
        } else if (index !== undefined) {
            steps.push(Number(index));
        } else {
            steps.push(plainStep ?? "*");
        }
    }
    return steps;
}

export function isWithin(path: Path, container: Path): boolean {
    return container.length <= path.length && container.every((step, index) => step === "*" || step === path[index]);
}
