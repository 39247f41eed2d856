import assert from "node:assert/strict";
import {
    nextflowVariableWarnings,
    plainVariables,
    secretWarnings,
    shellWarnings,
    withoutSecrets,
} from "../../../src/compile/nextflow/variables";
import { UNKNOWN } from "../../../src/compile/rules/rules";
import { lines } from "./support";

describe("variables with plain values", () => {
    it("go to all pods from the map, and from the list where they say; references are left out", () =>
        assert.deepEqual(
            plainVariables({ B: "2", A: "1" }, [
                { name: "C", value: "3" },
                { name: "D", value: "4", target: "head" },
                { name: "E", value: "", target: "compute" },
                { name: "F", valueFrom: { secretKeyRef: { name: "s" } } },
                { name: "G", valueFrom: { configMapKeyRef: { name: "c" } } },
            ]),
            [
                { name: "A", value: "1", head: true, compute: true },
                { name: "B", value: "2", head: true, compute: true },
                { name: "C", value: "3", head: true, compute: true },
                { name: "D", value: "4", head: true, compute: false },
                { name: "E", value: "", head: false, compute: true },
            ],
        ));

    it("go to head pods alone where they are settings of Nextflow itself", () =>
        assert.deepEqual(plainVariables({ NXF_OPTS: "-Xmx4g", MY_NXF_OPTS: "x" }, undefined), [
            { name: "MY_NXF_OPTS", value: "x", head: true, compute: true },
            { name: "NXF_OPTS", value: "-Xmx4g", head: true, compute: false },
        ]));

    it("are warned of where they are settings of Nextflow for tasks", () =>
        assert.deepEqual(
            lines(nextflowVariableWarnings, {
                env: [
                    { name: "NXF_OPTS", value: "a", target: "head" },
                    { name: "NXF_OPTS", value: "a" },
                    { name: "NXF_HOME", value: "a", target: "compute" },
                    { name: "OTHER", value: "a" },
                ],
            }),
            [
                'env[1].name: "NXF_OPTS" is a setting of Nextflow itself and is ignored for tasks (set target to "head")',
                'env[2].name: "NXF_HOME" is a setting of Nextflow itself and is ignored for tasks (set target to "head")',
            ],
        ));

    it("may be none", () => assert.deepEqual(plainVariables(undefined, undefined), []));

    const warned: [name: string, value: string][] = [
        ["DB_PASSWORD", "hunter2"],
        ["GITHUB_TOKEN", "x"],
        ["api_key", "x"],
        ["AWS_SECRET_ACCESS_KEY", "x"],
        ["ANYTHING", "AKIAABCDEFGHIJKLMNOP"],
        ["ANYTHING", "-----BEGIN RSA PRIVATE KEY-----"],
        ["DATABASE", "postgres://me:hunter2@db/x"],
    ];
    for (const [name, value] of warned) {
        const reason = `looks like a secret, but the Platform stores and shows "${name}" in plain text (store it in a Secret in the namespace and reference it in env, like { name: "${name}", valueFrom: { secretKeyRef: { name: "my-secret" } } })`;
        it(`are warned of where they look secret: ${name}=${value.slice(0, 10)}`, () => {
            assert.deepEqual(lines(secretWarnings, { environmentVariables: { [name]: value } }), [
                `environmentVariables.${name}: ${reason}`,
            ]);
            assert.deepEqual(lines(secretWarnings, { env: [{ name, value }] }), [`env[0].value: ${reason}`]);
        });
    }

    const quiet: Record<string, unknown> = {
        NXF_OPTS: "-Xmx4g",
        TOKENIZER: "bert",
        TOKEN_FILE: "/var/run/token",
        SECRET_NAME: "db",
        PASSWORD: "",
        API_TOKEN: UNKNOWN,
        PASSENGER: "1",
        ENDPOINT: "https://example.com/a:b",
    };
    for (const [name, value] of Object.entries(quiet)) {
        it(`are not warned of otherwise: ${name}`, () =>
            assert.deepEqual(lines(secretWarnings, { environmentVariables: { [name]: value } }), []));
    }
});

describe("values that a shell reads on their way to a task", () => {
    const reason =
        "contains a quote, dollar sign, backquote or backslash, which the shell of a task's script interprets (store the value in a ConfigMap in the namespace and reference it in env with valueFrom.configMapKeyRef, which passes it unchanged)";
    for (const value of ['say "hello"', "$HOME/bin", "`date`", "a\\b"]) {
        it(`are warned of: ${value}`, () => {
            assert.deepEqual(lines(shellWarnings, { environmentVariables: { A: value } }), [
                `environmentVariables.A: ${reason}`,
            ]);
            assert.deepEqual(lines(shellWarnings, { env: [{ name: "A", value }] }), [`env[0].value: ${reason}`]);
            assert.deepEqual(lines(shellWarnings, { env: [{ name: "A", value, target: "head" }] }), []);
        });
    }

    for (const value of ["it's", "naïve", "a b=c;d", "", UNKNOWN]) {
        it(`are not where they mean nothing to it: ${String(value)}`, () =>
            assert.deepEqual(lines(shellWarnings, { environmentVariables: { A: value } }), []));
    }
});

describe("a text that a message shows", () => {
    for (const [text, shown] of [
        ["export API_TOKEN=hunter2", "export API_TOKEN=[hidden]"],
        ["tower.accessToken = 'abc def' // ours", "tower.accessToken = [hidden] // ours"],
        ['password: "a b"', "password: [hidden]"],
        ["git clone https://me:hunter2@example.com/a.git", "git clone https[hidden]"],
        ["-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nrest", "[hidden]\nrest"],
        ["aws = AKIAIOSFODNN7EXAMPLE", "aws = [hidden]"],
    ]) {
        it(`hides what looks like a secret, once: ${shown.replaceAll("\n", " ")}`, () => {
            assert.equal(withoutSecrets(text), shown);
            assert.equal(withoutSecrets(shown), shown);
        });
    }

    it("shows what names a secret only, and everything else", () => {
        const text =
            "k8s { imagePullSecret = 'pull'\n pod = [[secret: 'db/key', mountPath: '/s'], [automountServiceAccountToken: false]] }";
        assert.equal(withoutSecrets(text), text);
    });
});
