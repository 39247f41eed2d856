import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { isObject } from "./api";

type Schema = Record<string, unknown>;

/** An OpenAPI document, as far as it is looked at here. */
export interface Document {
    openapi: string;
    info: unknown;
    paths: Record<string, Record<string, { operationId?: string }>>;
    components: { schemas: Record<string, Schema> };
}

export type Direction = "request" | "response";

/** What the document says wrongly, as its generator did not know how the server writes it. */
const CORRECTIONS: Record<string, Schema> = {
    // `java.util.Iterator<String>`, which is written as a list: the lines of `LogPage.entries`.
    Iterator_String_: { type: "array", items: { type: "string" } },
};

/** Reads the Platform's OpenAPI document and keeps the operations that the emulator serves. */
export function loadDocument(path: string, operations: ReadonlySet<string>): Document {
    // Looking for duplicate keys would double the time for a document of this size.
    const document = parse(readFileSync(path, "utf8"), { uniqueKeys: false }) as Document;
    const paths: Document["paths"] = {};
    const found = new Set<string>();
    for (const [route, item] of Object.entries(document.paths)) {
        const kept = Object.entries(item).filter(([, { operationId }]) => operationId && operations.has(operationId));
        if (kept.length > 0) {
            paths[route] = Object.fromEntries(kept);
            kept.forEach(([, { operationId }]) => found.add(operationId as string));
        }
    }
    const missing = [...operations].filter((operation) => !found.has(operation));
    if (missing.length > 0) {
        throw new Error(`openapi: ${path} does not have the operation(s) ${missing.join(", ")}`);
    }
    const schemas = { ...document.components.schemas };
    for (const [name, schema] of Object.entries(CORRECTIONS).filter(([each]) => each in schemas)) {
        schemas[name] = schema;
    }
    return { openapi: document.openapi, info: document.info, paths, components: { schemas } };
}

/**
 * The document as a strict contract of one direction. The official one says less than it means:
 * - its unions are `oneOf` of all-optional objects, of which any value satisfies several, so the choice by
 *   discriminator is made explicit, and a union without one is satisfied by any of its members;
 * - it allows unknown fields everywhere, which would hide a misspelled one;
 * - its maps of any values, such as `params`, are maps of objects, of which a text or number is none;
 * - it says `nullable` almost nowhere, while null and absent mean the same everywhere: bodies are checked without nulls;
 * - a `readOnly` field has no place in a request, and a `writeOnly` one must never be in a response.
 */
export function contract(document: Document, direction: Direction): Document {
    const convert = (node: unknown): unknown => strict(node, direction, document.components.schemas);
    const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [name, convert(schema)]);
    return {
        ...document,
        paths: convert(document.paths) as Document["paths"],
        components: { schemas: Object.fromEntries(schemas) as Record<string, Schema> },
    };
}

function strict(node: unknown, direction: Direction, all: Record<string, Schema>): unknown {
    if (Array.isArray(node)) {
        return node.map((item) => strict(item, direction, all));
    }
    if (!isObject(node)) {
        return node;
    }
    if (Array.isArray(node.allOf) && node.allOf.length > 1) {
        return strict(merged(node.allOf as Schema[], all), direction, all);
    }
    const schema = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, strict(value, direction, all)]));
    delete schema.nullable;
    if (isAnyObject(schema.additionalProperties)) {
        delete schema.additionalProperties;
    }
    const { discriminator } = schema;
    if (isObject(discriminator) && isObject(discriminator.mapping)) {
        return union(schema, discriminator.propertyName as string, discriminator.mapping);
    }
    if (schema.oneOf !== undefined) {
        schema.anyOf = schema.oneOf;
        delete schema.oneOf;
    }
    if (isObject(schema.properties)) {
        const hidden = direction === "request" ? "readOnly" : "writeOnly";
        schema.properties = Object.fromEntries(
            Object.entries(schema.properties).filter(
                ([, property]) => !(isObject(property) && property[hidden] === true),
            ),
        );
        schema.additionalProperties ??= false;
    }
    return schema;
}

/** How the document writes Java's `Object`. */
function isAnyObject(schema: unknown): boolean {
    return isObject(schema) && schema.type === "object" && Object.keys(schema).length === 1;
}

/** An inheritance by `allOf` as one object: each part alone would refuse the fields of the others. */
function merged(parts: Schema[], all: Record<string, Schema>): Schema {
    const resolved = parts.map((part) =>
        typeof part.$ref === "string" ? all[part.$ref.slice("#/components/schemas/".length)] : part,
    );
    return {
        type: "object",
        properties: Object.assign({}, ...resolved.map(({ properties }) => properties)) as Schema,
        required: resolved.flatMap(({ required }) => (required as string[] | undefined) ?? []),
    };
}

function union(schema: Schema, property: string, mapping: Record<string, unknown>): Schema {
    return {
        type: "object",
        properties: { [property]: { type: "string", enum: Object.keys(mapping) } },
        required: [property],
        allOf: Object.entries(mapping).map(([value, reference]) => ({
            if: { properties: { [property]: { enum: [value] } } },
            then: { $ref: reference },
        })),
        title: schema.title,
    };
}
