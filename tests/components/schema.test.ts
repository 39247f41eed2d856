import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AnalyzeResult, PropertyDefinition } from "@pulumi/pulumi/provider/experimental/analyzer";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import { ComponentResource } from "@pulumi/pulumi";
import { format, resolveConfig } from "prettier";
import * as seqera from "../../src";

const ROOT = join(__dirname, "..", "..");
const GOLDEN = join(__dirname, "golden", "schema.json");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<string, string>;

/** One property as a word or two: `string`, `string[]`, `map of string`, `ClusterArgs`; `?` optional, `plain` no output. */
function short(property: PropertyDefinition): string {
    const type =
        "$ref" in property
            ? property.$ref.replace(/^.*:/, "")
            : property.items
              ? `${short(property.items)}[]`
              : property.additionalProperties
                ? `map of ${short(property.additionalProperties)}`
                : property.type;
    return `${type}${property.optional ? "?" : ""}${property.plain ? " plain" : ""}`;
}

function shortly(properties: Record<string, PropertyDefinition> = {}): Record<string, string> {
    return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, short(property)]));
}

function summary({ components, typeDefinitions }: AnalyzeResult) {
    return {
        components: Object.fromEntries(
            Object.values(components).map(({ name, inputs, outputs }) => [
                name,
                { inputs: shortly(inputs), outputs: shortly(outputs) },
            ]),
        ),
        types: Object.fromEntries(
            Object.values(typeDefinitions).map(({ name, properties, enum: choices }) => [
                name,
                choices === undefined ? shortly(properties) : choices.map(({ value }) => value),
            ]),
        ),
    };
}

describe("the schema of the package for Pulumi's other languages", () => {
    const classes = Object.entries(seqera).filter(
        ([, value]) => typeof value === "function" && value.prototype instanceof ComponentResource,
    );
    let result: AnalyzeResult;

    before(function () {
        this.timeout(180_000);
        result = new Analyzer(ROOT, manifest.name, manifest, new Set(classes.map(([name]) => name))).analyze();
    });

    it("has every component that the package exports", () =>
        assert.deepEqual(Object.keys(result.components).sort(), [
            "KubernetesComputeEnvironment",
            "LauncherToken",
            "NextflowNamespace",
            "RegistrySecret",
            "ServiceAccounts",
            "VolumeClaim",
            "WorkClaim",
        ]));

    it("has these inputs, outputs and types: a change of them is a change for every user", async () => {
        const now = JSON.stringify(summary(result), undefined, 4);
        if (process.env.UPDATE_GOLDEN === "1") {
            writeFileSync(GOLDEN, await format(now, { ...(await resolveConfig(GOLDEN)), filepath: GOLDEN }));
        }
        assert.deepEqual(
            JSON.parse(now),
            JSON.parse(readFileSync(GOLDEN, "utf8")),
            "run with UPDATE_GOLDEN=1 to accept",
        );
    });

    it("describes every input and output in plain text", () => {
        const properties = Object.values(result.components).flatMap(({ name, inputs, outputs }) =>
            Object.entries({ ...inputs, ...outputs }).map(
                ([key, each]) => [`${name}.${key}`, each.description] as const,
            ),
        );
        const members = Object.values(result.typeDefinitions).flatMap(({ name, properties: given }) =>
            Object.entries(given ?? {}).map(([key, each]) => [`${name}.${key}`, each.description] as const),
        );
        for (const [where, description] of [...properties, ...members]) {
            assert.ok(description, `${where} has no description`);
            assert.doesNotMatch(description, /\[object|\{@link/, where);
        }
    });

    it("gives each component the type that its constructor registers", async () => {
        const schema = generateSchema(
            manifest.name,
            manifest.version,
            manifest.description,
            result.components,
            result.typeDefinitions,
            result.dependencies,
        );
        for (const [name] of classes) {
            const token = `${manifest.name}:index:${name}`;
            assert.ok(schema.resources?.[token]?.isComponent, token);
            const source = readFileSync(
                join(ROOT, "src", "components", `${name[0].toLowerCase()}${name.slice(1)}.ts`),
                "utf8",
            );
            assert.ok(source.includes(`super("${token}"`), `${token} in its constructor`);
        }
    });

    it("needs no package of another cloud", () => assert.deepEqual(result.dependencies, []));
});
