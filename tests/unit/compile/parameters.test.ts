import assert from "node:assert/strict";
import { parameterProblems, parsedSchema } from "../../../src/compile/launch/parameters";
import { UNKNOWN } from "../../../src/compile/rules/rules";

const PROPERTIES = {
    input: { type: "string", format: "file-path", exists: true, pattern: "^\\S+\\.csv$", fa_icon: "fas fa-file" },
    outdir: { type: "string" },
    genome: { type: "string", enum: ["GRCh38", "GRCh37"] },
    cpus: { type: "integer", minimum: 1 },
};

/** As nf-core writes them: groups of parameters, with keywords and formats of Nextflow's own. */
const SCHEMAS: Record<string, object> = {
    "draft-07": {
        $schema: "http://json-schema.org/draft-07/schema",
        definitions: { io: { type: "object", required: ["input", "outdir"], properties: PROPERTIES } },
        allOf: [{ $ref: "#/definitions/io" }],
    },
    "2020-12": {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: "https://raw.githubusercontent.com/org/repo/main/nextflow_schema.json",
        $defs: { io: { type: "object", required: ["input", "outdir"], properties: PROPERTIES } },
        allOf: [{ $ref: "#/$defs/io" }],
        unevaluatedProperties: false,
    },
};

async function lines(schema: object, params: unknown): Promise<string[]> {
    return (await parameterProblems(schema as Record<string, unknown>, params)).map(
        ({ property, reason }) => `${property}: ${reason}`,
    );
}

describe("parameters by a schema", () => {
    for (const [draft, schema] of Object.entries(SCHEMAS)) {
        describe(`of JSON Schema ${draft}`, () => {
            it("are taken where they are right", async () => {
                assert.deepEqual(await lines(schema, { input: "samples.csv", outdir: "/out", cpus: 2 }), []);
            });

            it("are told one by one, with the parameter's name and no value", async () => {
                assert.deepEqual(await lines(schema, { input: "samples.tsv", outdir: 3, genome: "hg19", cpus: 0 }), [
                    'params.input: does not match the pattern "^\\\\S+\\\\.csv$" of the schema (correct it)',
                    "params.outdir: must be of the type string, not number (write it in quotes)",
                    'params.genome: unsupported value (use one of "GRCh38", "GRCh37")',
                    "params.cpus: must be >= 1 (see the schema)",
                ]);
                assert.deepEqual(await lines(schema, undefined), [
                    "params.input: required by the schema (write its value)",
                    "params.outdir: required by the schema (write its value)",
                ]);
            });

            it("are not judged where they are not known yet", async () => {
                assert.deepEqual(await lines(schema, { input: UNKNOWN, outdir: UNKNOWN, genome: UNKNOWN }), []);
            });
        });
    }

    it("that the schema does not have are told where it says so", async () => {
        assert.deepEqual(await lines(SCHEMAS["2020-12"], { input: "a.csv", outdir: "/out", genme: "GRCh38" }), [
            "params.genme: not a parameter of the schema (remove it, or correct its name)",
        ]);
    });

    it("lie deep, in lists and under names of their own", async () => {
        const schema = { properties: { "a/b": { type: "array", items: { properties: { x: { type: "boolean" } } } } } };
        assert.deepEqual(await lines(schema, { "a/b": [{ x: true }, { x: "yes" }] }), [
            "params.a/b[1].x: must be of the type boolean, not string (write it as the schema says)",
        ]);
    });

    it("cannot be judged by what is no schema, which is told of the schema", async () => {
        for (const text of ["a: b", "[]", "7"]) {
            assert.match(parsedSchema(text) as string, /\(write the text of a nextflow_schema\.json/);
        }
        assert.match((await lines({ type: 7 }, {}))[0], /^schema: cannot be used as a JSON Schema: /);
        assert.match((await lines({ $ref: "#/$defs/none" }, {}))[0], /^schema: cannot be used as a JSON Schema: /);
    });
});
