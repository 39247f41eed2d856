/**
 * What is written to Pulumi's state for an object: the live object with the inputs it came from, and what must be
 * remembered beside them. Secrets of the inputs stay secrets in the live object.
 */

import type { KubeObject } from "./kubeObject";
import { isSecretObject } from "./kubeObject";
import {
    type Fields,
    hasSecret,
    isFields,
    plain,
    type PlainFields,
    Secret,
    type Value,
    isList,
} from "../../plugin/server/values";

const inputsKey = "__inputs";
const apiVersionKey = "__initialApiVersion";
const fieldManagerKey = "__fieldManager";

export interface Checkpoint {
    readonly inputs: KubeObject;
    readonly live: KubeObject;
    readonly initialApiVersion: string;
    readonly fieldManager: string;
}

/** `secrets` holds the program's own inputs, which know what is secret. */
export function writeCheckpoint(checkpoint: Checkpoint, secrets: Fields): Fields {
    return {
        ...markSecrets(underscored(checkpoint.live), secrets),
        [inputsKey]: markSecrets(underscored(checkpoint.inputs), secrets),
        [apiVersionKey]: checkpoint.initialApiVersion,
        [fieldManagerKey]: checkpoint.fieldManager,
    };
}

export function readCheckpoint(state: Fields): Checkpoint {
    const {
        [inputsKey]: inputs,
        [apiVersionKey]: initialApiVersion,
        [fieldManagerKey]: fieldManager,
        ...live
    } = plain(state) as PlainFields;
    return {
        inputs: dashed(isFields(inputs) ? inputs : {}),
        live: dashed(live),
        initialApiVersion: typeof initialApiVersion === "string" ? initialApiVersion : "",
        fieldManager: typeof fieldManager === "string" ? fieldManager : "",
    };
}

export const objectOf = (inputs: Fields): KubeObject => dashed(plain(inputs) as PlainFields);
export const fieldsOf = (object: KubeObject): Fields => underscored(object);

/**
 * The values of `values`, secret where those of `like` are. A list is secret as a whole when any of its items is, since
 * the server may have moved them; a Secret's data is always secret, whatever the program said.
 */
export function markSecrets(values: Fields, like: Fields): Fields {
    if (isSecretObject(values)) {
        return Object.fromEntries(
            Object.entries(values).map(([key, value]) => [
                key,
                key === "data" || key === "stringData" ? secret(value) : value,
            ]),
        );
    }
    const marked = { ...values };
    for (const [key, model] of Object.entries(like)) {
        const value = marked[key];
        if (value === undefined) {
            continue;
        }
        if (isFields(value) && isFields(model)) {
            marked[key] = markSecrets(value, model);
        } else if (hasSecret(model)) {
            marked[key] = secret(value);
        }
    }
    return marked;
}

const secret = (value: Value): Secret => (value instanceof Secret ? value : new Secret(value));

/** Pulumi's languages cannot write `x-kubernetes-…`, the keys of CustomResourceDefinition schemas; they use underscores. */
const underscored = (object: KubeObject): Fields =>
    renameKeys(object, (key) => (key.startsWith("x-kubernetes-") ? key.replaceAll("-", "_") : key)) as Fields;
const dashed = (object: PlainFields): KubeObject =>
    renameKeys(object, (key) => (key.startsWith("x_kubernetes_") ? key.replaceAll("_", "-") : key)) as KubeObject;

function renameKeys(value: PlainFields[string], rename: (key: string) => string): PlainFields[string] {
    if (isList(value)) {
        return value.map((item) => renameKeys(item, rename));
    }
    if (!isFields(value)) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [rename(key), renameKeys(field, rename)]));
}
