import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../support/installedPackage";
import { compiled } from "./compiled";

const PAGES = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => join("docs", name))].filter((name) =>
    name.endsWith(".md"),
);

/** What a page imports and no package of ours has: the SDK that Pulumi generates of the Terraform provider. */
const GENERATED = `declare module "@pulumi/seqera" { export const Pipeline: new (name: string, args: object) => object; }`;

/** What readers compile with, as in the examples' own tsconfig.json; top-level `await` in a module is theirs to arrange. */
const OPTIONS: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
};

/** The blocks of the pages that are whole programs, those with a cloud's SDK or those without, compiled as users compile them. */
export function blocksCompile(clouds: boolean): void {
    const texts = new Map<string, string>([[join(ROOT, "docs", "generated.d.ts"), GENERATED]]);
    const blocks = PAGES.flatMap((page) =>
        [...readFileSync(join(ROOT, page), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)]
            .map(([, text], index) => ({ page, text, file: join(ROOT, `${page}-${index + 1}.ts`) }))
            .filter(({ text }) => /^import /m.test(text))
            .filter(({ text }) => /pulumi-seqera-kubernetes\/(eks|gke|aks)"/.test(text) === clouds),
    );
    blocks.forEach(({ file, text }) => texts.set(file, text));

    describe(`the programs in the pages${clouds ? " of the clouds" : ""}`, function () {
        this.timeout(300_000);

        it("compile", () => {
            compiled();
            assert.ok(blocks.length > 0);
            const host = ts.createCompilerHost(OPTIONS);
            const disk = { ...host };
            host.fileExists = (name) => texts.has(name) || disk.fileExists(name);
            host.readFile = (name) => texts.get(name) ?? disk.readFile(name);
            host.getSourceFile = (name, ...others) => {
                const text = texts.get(name);
                return text === undefined
                    ? disk.getSourceFile(name, ...others)
                    : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
            };
            const program = ts.createProgram([...texts.keys()], OPTIONS, host);
            const faults = [...texts.keys()].flatMap((name) => {
                const source = program.getSourceFile(name)!;
                return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
                    ({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
                );
            });
            assert.deepEqual(faults, []);
        });
    });
}
