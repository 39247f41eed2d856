import assert from "node:assert/strict";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import type * as kubernetes from "@pulumi/kubernetes";
import ts from "typescript";
import { readModel } from "../../docs/generate/model";
import * as enums from "../../src/args/enums";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { environmentRules } from "../../src/compile/environmentRules";
import { ROOT } from "../support/installedPackage";
import { lines } from "./compile/support";

const BASE: KubernetesComputeEnvironmentArgs = { cluster: { server: "https://10.0.0.1:6443" } };

/** Where a closed set of values is chosen from, the cursor at `|`, and what the editor offers. */
const CHOICES: [where: string, choices: Record<string, string>, type?: Interface][] = [
    ['cluster: { platform: "|" }', enums.KubernetesPlatform],
    ['podCleanup: "|"', enums.PodCleanup],
    ['rbacSubjects: [{ kind: "|" }]', enums.SubjectKind],
    ['podSecurity: { enforce: "|" }', enums.PodSecurityLevel],
    ['networkPolicy: { egress: [{ protocol: "|" }] }', enums.NetworkProtocol],
    ['podOptions: { scratchVolumes: [{ medium: "|" }] }', enums.ScratchMedium],
    ['retries: { strategy: "|" }', enums.ErrorStrategy],
    ['processes: [{ strategy: "|" }]', enums.ErrorStrategy],
    ['env: [{ target: "|" }]', enums.EnvironmentTarget],
    ['storage: { accessModes: ["|"] }', enums.AccessMode],
    ['advanced: { imagePullPolicy: "|" }', enums.ImagePullPolicy],
    ['advanced: { computeResourceType: "|" }', enums.ComputeResourceType],
    ['syntaxParser: "|"', enums.SyntaxParser, ["LaunchArgs", "launch"]],
    ['provider: "|"', enums.DataLinkProvider, ["DataLinkArgs", "dataLink"]],
];

/** An interface and its file. */
type Interface = [name: string, file: string];
const ENVIRONMENT: Interface = ["KubernetesComputeEnvironmentArgs", "environment"];

/** The program of a user who is writing an argument. */
function editor(): (where: string, type?: Interface) => { offered: string[]; shown: string } {
    const file = join(ROOT, "tests", "unit", "program.ts");
    let text = "";
    let version = 0;
    const options = { ...ts.getDefaultCompilerOptions(), strict: true, skipLibCheck: true, types: [] };
    const service = ts.createLanguageService({
        readFile: (name) => ts.sys.readFile(name),
        fileExists: (name) => ts.sys.fileExists(name),
        directoryExists: (name) => ts.sys.directoryExists(name),
        getCompilationSettings: () => ({
            ...options,
            module: ts.ModuleKind.NodeNext,
            moduleResolution: ts.ModuleResolutionKind.NodeNext,
        }),
        getCurrentDirectory: () => ROOT,
        getDefaultLibFileName: ts.getDefaultLibFilePath,
        getScriptFileNames: () => [file],
        getScriptVersion: (name) => (name === file ? String(version) : "0"),
        getScriptSnapshot: (name) => {
            const content = name === file ? text : ts.sys.readFile(name);
            return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
        },
    });
    return (where, [type, source] = ENVIRONMENT) => {
        version += 1;
        text = `import type { ${type} } from "../../src/args/${source}";\nexport const args: ${type} = { ${where} };\n`;
        const at = text.indexOf("|");
        text = text.replace("|", "");
        const info = at < 0 ? undefined : service.getCompletionsAtPosition(file, at, {});
        const hover = service.getQuickInfoAtPosition(file, text.indexOf(where.slice(0, 4)));
        return {
            offered: (info?.entries ?? []).map(({ name }) => name),
            shown: (hover?.tags ?? [])
                .map(({ name, text: all }) => `@${name} ${ts.displayPartsToString(all)}`)
                .join("\n"),
        };
    };
}

describe("what an editor shows of the arguments (issue 17, point 11)", function () {
    this.timeout(180_000);
    const { shapes } = readModel();
    const groups = shapes
        .get("KubernetesComputeEnvironmentArgs")!
        .properties.filter(({ shape }) => (shapes.get(shape ?? "")?.properties.length ?? 0) > 3);
    let write: ReturnType<typeof editor>;

    before(() => (write = editor()));

    for (const [where, choices, type] of CHOICES) {
        it(`completes ${where}`, () =>
            assert.deepEqual(write(where, type).offered.sort(), Object.values(choices).sort()));
    }

    it("completes every closed set of the package at one place at least", () =>
        assert.deepEqual(new Set(CHOICES.map(([, choices]) => choices)), new Set(Object.values(enums))));

    for (const { name } of groups) {
        it(`shows an example of ${name}, which works`, () => {
            const [, example] = /^@example ([^]+)$/.exec(write(`${name}: null!`).shown) ?? [];
            assert.ok(example, `no example of ${name}`);
            const config = { requireSecret: () => "hunter2" };
            const given = runInNewContext(`({ ${example} })`, { config }) as object;
            assert.deepEqual(Object.keys(given), [name]);
            assert.deepEqual(lines(environmentRules, { ...BASE, ...given }), []);
        });
    }
});

describe("what @pulumi/kubernetes calls a toleration, an affinity and a selector (issue 17, point 11)", () => {
    // The compiler is the test: they are declared as users declare them.
    const toleration: kubernetes.types.input.core.v1.Toleration = { key: "spot", operator: "Exists" };
    const affinity: kubernetes.types.input.core.v1.Affinity = { nodeAffinity: {} };
    const selector: kubernetes.types.input.meta.v1.LabelSelector = { matchLabels: { tier: "fast" } };
    const securityContext: kubernetes.types.input.core.v1.PodSecurityContext = { fsGroup: 1000 };
    const placed = { tolerations: [toleration], affinity };
    const args: KubernetesComputeEnvironmentArgs = {
        ...BASE,
        podOptions: { ...placed, securityContext },
        headPodOptions: placed,
        servicePodOptions: placed,
        processes: [{ label: "spot", tolerations: [toleration] }],
        storage: { selector },
    };

    it("is an argument as it is", () => assert.deepEqual(lines(environmentRules, args), []));
});
