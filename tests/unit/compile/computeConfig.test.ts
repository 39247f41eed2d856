import assert from "node:assert/strict";
import fc from "fast-check";
import { type CompiledConfig, CONFIG_ENTRIES } from "../../../src/compile/computeConfig";
import { changedConfigKeys, sameConfigValue } from "../../../src/compile/configDiff";
import type { ComputeConfig, Nullable } from "../../../src/platform/types";
import { computeConfig } from "./compiled";
import { base64, makeAuthority } from "./authority";
import type { EnvironmentParts } from "../../../src/compile/environment";

const LEAST: EnvironmentParts = {
    namespace: "nextflow",
    headServiceAccount: "nextflow-head",
    computeServiceAccount: "nextflow-task",
    claimName: "nextflow-work",
};

const FULL: EnvironmentParts = {
    ...LEAST,
    server: "https://10.0.0.1:6443",
    clusterName: "cluster",
    region: "eu-west-1",
    mountPath: "/mnt",
    workDirectory: "/mnt/runs",
    podCleanup: "never",
    headCpus: 2,
    headMemory: "4Gi",
    headPodSpec: "spec: {}",
    servicePodSpec: "spec: {priority: 1}",
    stagingOptions: { preRunScript: "echo before", postRunScript: "echo after" },
    nextflowConfig: "process.cpus = 4",
    env: [
        { name: "B", value: "2" },
        { name: "A", value: "1", target: "head" },
        { name: "C", value: "3", target: "compute" },
    ],
    waveEnabled: true,
    fusionEnabled: true,
};

/** Every part, those that texts are generated from included. */
const EVERYTHING: EnvironmentParts = {
    ...FULL,
    nextflowConfig: "report.enabled = true",
    computeResources: { cpus: 4, memory: "16Gi" },
    retries: { maxRetries: 3 },
    processes: [{ label: "gpu", accelerators: 1 }],
    podOptions: { nodeSelector: { workload: "nextflow" } },
    headPodOptions: { priorityClassName: "head" },
    servicePodOptions: { tolerations: [{ key: "dedicated", operator: "Exists" }] },
    storageClaims: [{ claimName: "reference", mountPath: "/reference", readOnly: true }],
    env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "tokens" } } }],
    environmentVariables: { LANG: "C" },
    advanced: { imagePullPolicy: "Always", computeResourceType: "Job" },
};

/** Only what is sent: JSON has no undefined. */
function sent(config: CompiledConfig): unknown {
    return JSON.parse(JSON.stringify(config));
}

describe("compute configurations", () => {
    it("have the defaults of this package when little is given", () =>
        assert.deepEqual(sent(computeConfig(LEAST)), {
            namespace: "nextflow",
            headServiceAccount: "nextflow-head",
            computeServiceAccount: "nextflow-task",
            storageClaimName: "nextflow-work",
            storageMountPath: "/scratch",
            workDir: "/scratch/work",
            podCleanup: "on_success",
        }));

    it("have everything that is given under the API's own names", () =>
        assert.deepEqual(sent(computeConfig(FULL)), {
            server: "https://10.0.0.1:6443",
            clusterName: "cluster",
            region: "eu-west-1",
            namespace: "nextflow",
            headServiceAccount: "nextflow-head",
            computeServiceAccount: "nextflow-task",
            storageClaimName: "nextflow-work",
            storageMountPath: "/mnt",
            workDir: "/mnt/runs",
            podCleanup: "never",
            headJobCpus: 2,
            headJobMemoryMb: 4096,
            headPodSpec: "spec: {}",
            servicePodSpec: "spec: {priority: 1}",
            preRunScript: "echo before",
            postRunScript: "echo after",
            nextflowConfig: "process.cpus = 4",
            environment: [
                { name: "A", value: "1", head: true, compute: false },
                { name: "B", value: "2", head: true, compute: true },
                { name: "C", value: "3", head: false, compute: true },
            ],
            waveEnabled: true,
            fusion2Enabled: true,
        }));

    it("put the work directory below the mount path, wherever that is", () =>
        assert.equal(computeConfig({ ...LEAST, mountPath: "/a/b" }).workDir, "/a/b/work"));

    it("refuse memory that the API cannot take, with the reason", () =>
        assert.throws(() => computeConfig({ ...LEAST, headMemory: "16 gallons" }), {
            message: '"16 gallons" is not an amount of memory (write it like "16 GB")',
        }));

    it("are the same bytes whatever the order in which the arguments were written", () => {
        const keys = Object.keys(FULL) as (keyof EnvironmentParts)[];
        const expected = JSON.stringify(computeConfig(FULL));
        fc.assert(
            fc.property(
                fc.shuffledSubarray(keys, { minLength: keys.length }),
                fc.shuffledSubarray(FULL.env!, { minLength: 3 }),
                (order, environment) => {
                    const spec = Object.fromEntries(
                        order.map((key) => [key, FULL[key]]),
                    ) as unknown as EnvironmentParts;
                    assert.equal(JSON.stringify(computeConfig({ ...spec, env: environment })), expected);
                },
            ),
        );
    });

    it("leave the specification as it was", () => {
        const before = JSON.stringify(FULL);
        computeConfig(FULL);
        assert.equal(JSON.stringify(FULL), before);
    });

    for (const [key, { parts, compile }] of Object.entries(CONFIG_ENTRIES)) {
        it(`make ${key} of nothing but ${parts.join(" and ")}`, () => {
            const read = new Set<string>();
            const spy = (spec: EnvironmentParts) =>
                new Proxy(spec, {
                    get(target, part: keyof EnvironmentParts) {
                        read.add(part);
                        return target[part];
                    },
                });
            compile(spy(EVERYTHING));
            compile(spy(LEAST)); // A default may read another part.
            assert.deepEqual([...read].sort(), [...parts].sort());
        });
    }

    it("use every part of the specification", () =>
        assert.deepEqual(
            [...new Set(Object.values(CONFIG_ENTRIES).flatMap(({ parts }) => parts))].sort(),
            Object.keys(EVERYTHING).sort(),
        ));
});

type Key = keyof ComputeConfig;

describe("meaning of configuration values", () => {
    const same: [what: string, key: Key, a: unknown, b: unknown][] = [
        ["null and absent", "server", null, undefined],
        ["an empty text and absent", "preRunScript", "", null],
        ["false and absent", "waveEnabled", false, null],
        ["an empty list and null", "environment", [], null],
        ["line ends", "preRunScript", "a\r\nb\r\n", "a\nb"],
        ["a line end at the end", "nextflowConfig", "a = 1", "a = 1\n\n"],
        ["white space and absent", "postRunScript", " \n", undefined],
        ["a blank pod spec and absent", "headPodSpec", "\n", null],
        ["YAML in another style", "headPodSpec", "spec:\n  a: {b: c}\n", 'spec: {"a": {"b": "c"}}'],
        ["YAML in another order", "servicePodSpec", "spec: {a: 1, b: 2}", "spec:\n  b: 2\n  a: 1"],
        ["YAML with comments and CRLF", "headPodSpec", "# x\r\nspec:\r\n  a: 1\r\n", "spec: {a: 1}"],
        ["YAML with anchors", "headPodSpec", "spec: {a: &x {y: 1}, b: *x}", "spec: {a: {y: 1}, b: {y: 1}}"],
        ["YAML with null and without", "headPodSpec", "spec: {a: 1, b: null}", "spec: {a: 1}"],
        ["YAML with Unicode escapes", "headPodSpec", 'spec: {a: "\\u00e9"}', "spec: {a: é}"],
        [
            "the order of variables",
            "environment",
            [
                { name: "A", value: "1", head: true },
                { name: "B", value: "2", compute: true },
            ],
            [
                { name: "B", value: "2", compute: true },
                { name: "A", value: "1", head: true },
            ],
        ],
        [
            "a variable's flags left out and false",
            "environment",
            [{ name: "A", value: "1", head: true, compute: null }],
            [{ value: "1", name: "A", head: true, compute: false }],
        ],
        [
            "a variable's empty value and null",
            "environment",
            [{ name: "A", value: "", head: true }],
            [{ name: "A", value: null, head: true }],
        ],
        ["broken YAML and itself", "headPodSpec", "a: b: c\n", "a: b: c"],
        ["blank lines before a script", "preRunScript", "\n  \n a", " a"],
        ["a slash at the end of an address", "server", "https://x/", "https://x"],
        ["a slash at the end of a directory", "workDir", "/scratch/work/", "/scratch/work"],
        ["the tasks' account that the Platform takes, and none", "computeServiceAccount", "default", null],
        ["the mount path that the Platform takes, and none", "storageMountPath", "/scratch/", undefined],
        ["the clean-up that the Platform takes, and none", "podCleanup", "on_success", ""],
        ["white space at the end of lines", "nextflowConfig", "a = 1  \r\nb = 2\t\n", "a = 1\nb = 2"],
    ];
    for (const [what, key, a, b] of same) {
        it(`does not count ${what}`, () => {
            assert.ok(sameConfigValue(key, a, b));
            assert.ok(sameConfigValue(key, b, a));
        });
    }

    const different: [what: string, key: Key, a: unknown, b: unknown][] = [
        ["another value", "namespace", "a", "b"],
        ["a value and none", "server", "https://x", null],
        ["true and absent", "waveEnabled", true, null],
        ["another account for tasks and none", "computeServiceAccount", "nextflow-task", null],
        ["another mount path and none", "storageMountPath", "/data", null],
        ["another clean-up and none", "podCleanup", "always", null],
        ["the name of a default elsewhere and none", "headServiceAccount", "default", null],
        ["a number and none", "headJobCpus", 1, null],
        ["white space inside a script", "preRunScript", "a  b", "a b"],
        ["white space before a script", "preRunScript", " a", "a"],
        ["a blank line inside a script", "preRunScript", "a\n\nb", "a\nb"],
        ["another value in YAML", "headPodSpec", "spec: {a: 1}", 'spec: {a: "1"}'],
        ["the order of a list in YAML", "headPodSpec", "spec: {a: [1, 2]}", "spec: {a: [2, 1]}"],
        ["broken YAML and good", "headPodSpec", "a: b: c", "a: b"],
        [
            "where a variable goes",
            "environment",
            [{ name: "A", value: "1", head: true }],
            [{ name: "A", value: "1", compute: true }],
        ],
        ["a variable more", "environment", [{ name: "A", value: "1", head: true }], []],
        ["another case", "podCleanup", "always", "ALWAYS"],
        ["the root directory and none", "workDir", "/", null],
        ["a bucket and none", "workDir", "s3://", "s3:"],
        ["white space behind a backslash", "nextflowConfig", "a = 1 + \\ \n2", "a = 1 + \\\n2"],
        ["white space within a text of several lines", "nextflowConfig", "a = '''x \ny'''", "a = '''x\ny'''"],
    ];
    for (const [what, key, a, b] of different) {
        it(`counts ${what}`, () => {
            assert.ok(!sameConfigValue(key, a, b));
            assert.ok(!sameConfigValue(key, b, a));
        });
    }

    it("does not count how a certificate is spelt, but which it is", async () => {
        const [one, two] = [(await makeAuthority("CN=one")).pem, (await makeAuthority("CN=two")).pem];
        assert.ok(sameConfigValue("sslCert", one, base64(one)));
        assert.ok(sameConfigValue("sslCert", one, one.replace(/\n/g, "\r\n")));
        assert.ok(!sameConfigValue("sslCert", one, two));
        assert.ok(!sameConfigValue("sslCert", base64(one), base64(two)));
    });

    it("can be asked of a value that is not known yet: it differs from every other", () => {
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        for (const key of ["environment", "sslCert", "headPodSpec", "workDir", "headJobCpus"] as const) {
            assert.ok(!sameConfigValue(key, unknown, null));
            assert.ok(sameConfigValue(key, unknown, unknown));
        }
    });

    it("is an equivalence", () => {
        const value = fc.oneof(fc.string(), fc.constantFrom(null, undefined, "", false, "a: 1", "{a: 1}", "a: 1\r\n"));
        const key = fc.constantFrom<Key>("headPodSpec", "preRunScript", "server", "sslCert");
        fc.assert(
            fc.property(key, value, value, value, (each, a, b, c) => {
                assert.ok(sameConfigValue(each, a, a));
                assert.equal(sameConfigValue(each, a, b), sameConfigValue(each, b, a));
                assert.ok(!sameConfigValue(each, a, b) || !sameConfigValue(each, b, c) || sameConfigValue(each, a, c));
            }),
            { numRuns: 500 },
        );
    });
});

describe("changes of a configuration", () => {
    it("are the keys that differ in meaning, sorted", () => {
        const before: Nullable<ComputeConfig> = {
            workDir: "/a",
            server: "https://x",
            preRunScript: "a\r\n",
            region: null,
        };
        const after: Nullable<ComputeConfig> = {
            server: "https://y",
            workDir: "/b",
            preRunScript: "a",
            environment: [],
        };
        assert.deepEqual(changedConfigKeys(before, after), ["server", "workDir"]);
        assert.deepEqual(changedConfigKeys(after, before), ["server", "workDir"]);
    });

    it("are none between a configuration and what the Platform answers for it", () => {
        const compiled = computeConfig(FULL);
        const answered = {
            ...compiled,
            discriminator: "k8s-platform" as const,
            environment: compiled.environment!.toReversed(),
        };
        assert.deepEqual(changedConfigKeys({ discriminator: "k8s-platform", ...compiled }, answered), []);
        const nulls = { preRunScript: null, environment: null, waveEnabled: null, headJobCpus: null };
        assert.deepEqual(changedConfigKeys(computeConfig(LEAST), { ...computeConfig(LEAST), ...nulls }), []);
    });
});
