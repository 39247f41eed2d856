import type { ErrorObject, ValidateFunction } from "ajv";
import type { Problem } from "../../platform/problem";
import { quote, show } from "../rules/problems";
import { UNKNOWN } from "../rules/rules";

type Schema = Record<string, unknown>;

/** The schema, or why it cannot be one. */
export function parsedSchema(text: string): Schema | string {
    let schema: unknown;
    try {
        schema = JSON.parse(text);
    } catch (error) {
        return `is not JSON: ${(error as Error).message} (write the text of a nextflow_schema.json)`;
    }
    return typeof schema === "object" && schema !== null && !Array.isArray(schema)
        ? (schema as Schema)
        : "is not a JSON Schema (write the text of a nextflow_schema.json, which is an object)";
}

/**
 * What is wrong with parameters by a schema, each with the parameter's name; what is not known yet is taken for right. Formats are not
 * judged: those of Nextflow speak of files that only a run can see.
 */
export async function parameterProblems(schema: Schema, params: unknown): Promise<Problem[]> {
    const validate = await compiled(schema);
    if (typeof validate === "string") {
        return [{ property: "schema", reason: validate }];
    }
    const given = params ?? {};
    const unknown: string[] = [];
    const judged = withoutUnknown(given, "", unknown);
    if (validate(judged)) {
        return [];
    }
    const problems = (validate.errors ?? [])
        .filter(({ keyword }) => !["allOf", "$ref", "if"].includes(keyword))
        .filter(
            ({ instancePath }) => !unknown.some((path) => instancePath === path || instancePath.startsWith(`${path}/`)),
        )
        .map((error) => problemOf(error, given));
    const told = new Set<string>();
    return problems.filter(({ property, reason }) => {
        const line = `${property}: ${reason}`;
        return !told.has(line) && told.add(line);
    });
}

async function compiled(schema: Schema): Promise<ValidateFunction | string> {
    const isDraft7 = typeof schema.$schema === "string" && /draft-0[4-7]/.test(schema.$schema);
    // Loaded when there is a schema, since every run of Pulumi would wait for it.
    const Ajv = isDraft7 ? (await import("ajv")).Ajv : (await import("ajv/dist/2020.js")).Ajv2020;
    try {
        // The meta-schema has no say: schemas of Nextflow have keywords of their own.
        return new Ajv({
            allErrors: true,
            strict: false,
            validateFormats: false,
            validateSchema: false,
            logger: false,
        }).compile({ ...schema, $schema: undefined, $id: undefined });
    } catch (error) {
        return `cannot be used as a JSON Schema: ${(error as Error).message} (correct it; \`nf-core pipelines schema lint\` checks it)`;
    }
}

/** A value in which what is not known yet is an empty object, whose place is noted. */
function withoutUnknown(value: unknown, path: string, unknown: string[]): unknown {
    if (value === UNKNOWN) {
        unknown.push(path);
        return {};
    }
    if (Array.isArray(value)) {
        return value.map((inner, index) => withoutUnknown(inner, `${path}/${index}`, unknown));
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              Object.entries(value).map(([key, inner]) => [
                  key,
                  withoutUnknown(inner, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, unknown),
              ]),
          )
        : value;
}

/** The value is not shown: it may be a secret. */
function problemOf({ instancePath, keyword, message, params }: ErrorObject, given: unknown): Problem {
    const steps = instancePath
        .split("/")
        .slice(1)
        .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join("");
    const details = params as Record<string, unknown>;
    switch (keyword) {
        case "required":
            return {
                property: `params${path}.${String(details.missingProperty)}`,
                reason: "required by the schema (write its value)",
            };
        case "additionalProperties":
        case "unevaluatedProperties":
            return {
                property: `params${path}.${String(details.additionalProperty ?? details.unevaluatedProperty)}`,
                reason: "not a parameter of the schema (remove it, or correct its name)",
            };
        case "enum":
            return {
                property: `params${path}`,
                reason: `unsupported value (use one of ${(details.allowedValues as unknown[]).map(show).join(", ")})`,
            };
        case "type": {
            const wanted = [details.type].flat().join(" or ");
            return {
                property: `params${path}`,
                reason: `must be of the type ${wanted}, not ${typeOf(given, steps)} (write it ${wanted === "string" ? "in quotes" : "as the schema says"})`,
            };
        }
        case "pattern":
            return {
                property: `params${path}`,
                reason: `does not match the pattern ${quote(String(details.pattern))} of the schema (correct it)`,
            };
        default:
            return { property: `params${path}`, reason: `${message ?? "does not match the schema"} (see the schema)` };
    }
}

function typeOf(given: unknown, steps: string[]): string {
    const value = steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)?.[step], given);
    return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
