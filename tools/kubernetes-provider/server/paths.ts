/** Paths into objects: patterns with wildcards, and the text form of Pulumi's property paths. */

import { isFields, isList, type Plain, type PlainFields } from "../../plugin/server/values";

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

/** A copy of `value` in which everything that `pattern` reaches went through `change`. */
export function changeAt(value: Plain, pattern: Pattern, change: (found: Plain) => Plain): Plain {
    const [step, ...rest] = pattern;
    if (step === undefined) {
        return change(value);
    }
    if (step === anyItem) {
        return isList(value) ? value.map((item) => changeAt(item, rest, change)) : value;
    }
    if (!isFields(value)) {
        return value;
    }
    const reached = Object.entries(value).filter(([key]) => step === anyField || step === key);
    return { ...value, ...Object.fromEntries(reached.map(([key, field]) => [key, changeAt(field, rest, change)])) };
}

export const changeFieldsAt = (fields: PlainFields, pattern: Pattern, change: (found: Plain) => Plain): PlainFields =>
    changeAt(fields, pattern, change) as PlainFields;

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
        return isList(value) && value.some((item) => reaches(item, rest));
    }
    if (!isFields(value)) {
        return false;
    }
    if (step === anyField) {
        return Object.values(value).some((field) => reaches(field, rest));
    }
    return step in value && reaches(value[step], rest);
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
