import assert from "node:assert/strict";
import { isAbsolute } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform } from "../../src/args/enums";
import * as exported from "../../src/dynamic";
import { ComputeEnv } from "../../src/dynamic/computeEnv";
import { Credentials } from "../../src/dynamic/credentials";
import { DataLink } from "../../src/dynamic/dataLink";
import { Dataset } from "../../src/dynamic/dataset";
import { Pipeline } from "../../src/dynamic/pipeline";
import { Label } from "../../src/dynamic/label";
import { PipelineMove } from "../../src/dynamic/pipelineMove";
import { Provider } from "../../src/dynamic/explicitProvider";
import { PrimaryComputeEnv } from "../../src/dynamic/primaryComputeEnv";
import { HIDDEN, isKnown, record, type Registration, valueOf } from "./recorder";
import type { ComputeEnvArgs } from "../../src/args/computeEnv";
import type { CredentialsArgs } from "../../src/args/credentials";

const ACCESS_TOKEN = "access-token-eyJ0aWQi";
const ENVIRONMENT: ComputeEnvArgs = {
    platform: KubernetesPlatform.Kubernetes,
    credentialsId: "1a2b",
    config: { workDir: "/scratch/work", namespace: "nextflow", headServiceAccount: "head" },
};

/** What is in every user's state: a change of one letter here breaks their next refresh. */
const PROVIDERS: [kind: string, line: string, make: (accessToken?: pulumi.Input<string>) => pulumi.CustomResource][] = [
    [
        "ComputeEnv",
        'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").computeEnv;',
        (accessToken) => new ComputeEnv("it", { ...ENVIRONMENT, accessToken }),
    ],
    [
        "Credentials",
        'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").credentials;',
        (accessToken) => new Credentials("it", { accessToken, kubernetes: { token: "t" } }),
    ],
    [
        "DataLink",
        'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").dataLink;',
        (accessToken) => new DataLink("it", { accessToken, resourceRef: "s3://reads" }),
    ],
    [
        "Pipeline",
        'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").pipeline;',
        (accessToken) => new Pipeline("it", { accessToken, repository: "https://github.com/nextflow-io/hello" }),
    ],
    [
        "Dataset",
        'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").dataset;',
        (accessToken) => new Dataset("it", { accessToken, content: "sample\n" }),
    ],
    [
        "Label",
        'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").label;',
        (accessToken) => new Label("it", { accessToken, name: "team", value: "genomics" }),
    ],
    [
        "PipelineMove",
        'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").pipelineMove;',
        (accessToken) => new PipelineMove("it", { accessToken, computeEnvId: "3c4d" }),
    ],
    [
        "PrimaryComputeEnv",
        'exports.handler = () => require("pulumi-seqera-kubernetes/dynamic").primaryComputeEnv;',
        (accessToken) => new PrimaryComputeEnv("it", { accessToken, computeEnvId: "3c4d" }),
    ],
];

async function registered(make: () => pulumi.Resource): Promise<Registration> {
    const { all } = await record(make);
    assert.equal(all.length, 1);
    return all[0];
}

describe("an explicit provider of the Platform's resources (case 2)", () => {
    const config = { "seqera:endpoint": "https://tower.example.org/api", "seqera:accessToken": ACCESS_TOKEN };

    after(() => pulumi.runtime.setAllConfig({}));

    it("reads the stack's configuration of ours, as secrets, and is used by what gets it", async () => {
        pulumi.runtime.setAllConfig({ ...config, "aws:region": "eu-west-1" });
        const { all } = await record(
            () => new Label("it", { name: "team", value: "genomics" }, { provider: new Provider("seqera") }),
        );
        const [provider, label] = all;
        assert.equal(provider.type, "pulumi:providers:pulumi-nodejs");
        assert.deepEqual(provider.inputs, config);
        assert.deepEqual(provider.shown, { "seqera:endpoint": HIDDEN, "seqera:accessToken": HIDDEN });
        assert.equal(label.provider, "seqera");
    });
});

describe("resources of the Platform", () => {
    it("take Pulumi's `import` option for `adopt`, since the engine cannot import a dynamic resource", async () => {
        for (const make of [
            (opts?: pulumi.CustomResourceOptions) => new ComputeEnv("it", ENVIRONMENT, opts),
            (opts?: pulumi.CustomResourceOptions) => new Credentials("it", { kubernetes: { token: "t" } }, opts),
            (opts?: pulumi.CustomResourceOptions) => new Label("it", { name: "team", value: "genomics" }, opts),
        ]) {
            const { inputs, importId } = await registered(() => make({ import: "75/legacy" }));
            assert.deepEqual([inputs.adopt, importId], ["75/legacy", ""]);
            assert.equal("adopt" in (await registered(() => make())).inputs, false);
        }
    });

    for (const [kind, line, make] of PROVIDERS) {
        describe(kind, () => {
            it("has the type that Pulumi's own dynamic resources would have", async () =>
                assert.equal((await registered(make)).type, `pulumi-nodejs:dynamic/seqera:${kind}`));

            it("keeps one constant line as its provider, without a path and within 200 bytes", async () => {
                const { inputs } = await registered(make);
                assert.equal(inputs.__provider, line);
                assert.ok(Buffer.byteLength(line) <= 200);
                const specifier = /require\("([^"]+)"\)/.exec(line)![1];
                assert.ok(!isAbsolute(specifier) && !specifier.includes(".."));
            });

            it("names a provider that is exported and has every method", () => {
                const name = /\.(\w+);$/.exec(line)![1] as keyof typeof exported;
                for (const method of ["configure", "check", "diff", "create", "read", "update", "delete"] as const) {
                    assert.equal(typeof exported[name][method], "function", method);
                }
            });

            it("shows no difference of the line, and keeps the access token secret in its outputs", async () => {
                const { hiddenDiffs, secretOutputs } = await registered(make);
                assert.deepEqual(hiddenDiffs, ["__provider"]);
                assert.ok(secretOutputs.includes("accessToken"));
            });

            for (const [what, token] of Object.entries<pulumi.Input<string>>({
                "plain text": ACCESS_TOKEN,
                "an output": pulumi.output(ACCESS_TOKEN),
                "a secret": pulumi.secret(ACCESS_TOKEN),
            })) {
                it(`makes a token that is given as ${what} a secret`, async () => {
                    const { inputs, shown } = await registered(() => make(token));
                    assert.equal(inputs.accessToken, ACCESS_TOKEN);
                    assert.equal(shown.accessToken, HIDDEN);
                    assert.ok(!JSON.stringify(shown).includes(ACCESS_TOKEN));
                });
            }

            it("says nothing of a token that is not given", async () =>
                assert.ok(!("accessToken" in (await registered(make)).inputs)));
        });
    }

    it("takes the options of any resource, beside its own", async () => {
        const ran = await record(() => {
            const first = new Label("first", { name: "ab", value: "cd" });
            return new Label(
                "second",
                { name: "ef", value: "gh" },
                { dependsOn: first, protect: true, additionalSecretOutputs: ["value"], hideDiffs: ["owned"] },
            );
        });
        const second = ran.one("Label", "second");
        assert.deepEqual(second.dependencies, ["Label first"]);
        assert.equal(second.protect, true);
        assert.deepEqual(second.secretOutputs, ["accessToken", "value"]);
        assert.deepEqual([...second.hiddenDiffs].sort(), ["__provider", "owned"]);
    });
});

describe("names of resources of the Platform", () => {
    it("are the user's where there is one", async () => {
        const { inputs } = await registered(
            () => new ComputeEnv("it", { ...ENVIRONMENT, name: pulumi.output("mine") }),
        );
        assert.equal(inputs.name, "mine");
        assert.ok(!("namePrefix" in inputs));
    });

    for (const [kind, , make] of PROVIDERS.slice(0, 2)) {
        it(`are made for a ${kind} of who wants it where there is none`, async () => {
            const { inputs } = await registered(make);
            assert.ok(!("name" in inputs));
            assert.equal(inputs.namePrefix, "it");
            assert.equal(inputs.nameSeed, "organization/project/stack");
        });
    }

    it("tell an environment's provider the URN that the engine gives it, without a dependency on the parent", async () => {
        const ran = await record(() => {
            class Lab extends pulumi.ComponentResource {
                constructor() {
                    super("acme:index:Lab", "lab");
                    new ComputeEnv("inner", ENVIRONMENT, { parent: this });
                }
            }
            new Lab();
            new ComputeEnv("outer", ENVIRONMENT);
        });
        for (const [name, type] of [
            ["inner", "acme:index:Lab$pulumi-nodejs:dynamic/seqera:ComputeEnv"],
            ["outer", "pulumi-nodejs:dynamic/seqera:ComputeEnv"],
        ]) {
            const { inputs, dependencies } = ran.one("ComputeEnv", name);
            assert.equal(inputs.resourceUrn, `urn:pulumi:stack::project::${type}::${name}`);
            assert.deepEqual(dependencies, []);
        }
    });
});

describe("Credentials", () => {
    const kinds: [kind: string, args: CredentialsArgs, secret: string][] = [
        ["kubernetes", { kubernetes: { token: "s3cr3t" } }, "s3cr3t"],
        ["kubernetes", { kubernetes: { certificate: "pem", privateKey: pulumi.output("s3cr3t") } }, "s3cr3t"],
        ["aws", { aws: { accessKey: "AKIA", secretKey: "s3cr3t" } }, "s3cr3t"],
        ["google", { google: pulumi.output({ data: "s3cr3t" }) }, "s3cr3t"],
    ];
    for (const [kind, args, secret] of kinds) {
        it(`keeps the ${kind} keys secret (${Object.keys(args[kind as "aws"] as object).join(", ")})`, async () => {
            const { shown, inputs, secretOutputs } = await registered(() => new Credentials("it", args));
            assert.equal(shown[kind], HIDDEN);
            assert.ok(JSON.stringify(inputs[kind]).includes(secret));
            assert.ok(!JSON.stringify(shown).includes(secret));
            assert.deepEqual(secretOutputs, ["accessToken", "aws", "google", "kubernetes"]);
        });
    }

    it("gives its id, which is no secret", async () => {
        const { result } = await record(() => new Credentials("it", { kubernetes: { token: "t" } }));
        assert.equal(await valueOf(result.credentialsId), "it-id");
        assert.equal(await pulumi.isSecret(result.credentialsId), false);
    });
});

describe("Dataset", () => {
    it("keeps the content secret on its way to the provider, which keeps a digest of it", async () => {
        const { shown, inputs } = await registered(() => new Dataset("it", { content: "sample\n" }));
        assert.deepEqual([shown.content, shown.programFolder], [HIDDEN, undefined]);
        assert.ok(JSON.stringify(inputs.content).includes("sample"));
    });

    it("tells the provider where the program is, to which a file is relative", async () => {
        const { inputs } = await registered(() => new Dataset("it", { file: "samples.csv" }));
        assert.deepEqual([inputs.file, inputs.programFolder], ["samples.csv", process.cwd()]);
    });
});

describe("outputs of resources of the Platform", () => {
    it("are those that the provider answers", async () => {
        const { result } = await record(() => ({
            environment: new ComputeEnv("env", { ...ENVIRONMENT, name: "mine" }),
            label: new Label("label", { name: "team", value: "genomics" }),
        }));
        const { environment, label } = result;
        assert.deepEqual(
            await Promise.all([environment.computeEnvId, environment.name, environment.status].map(valueOf)),
            ["env-id", "mine", "AVAILABLE"],
        );
        assert.equal(typeof (await valueOf(label.labelId)), "number");
    });

    it("are not known at preview", async () => {
        const { result } = await record(() => new ComputeEnv("env", ENVIRONMENT), { preview: true });
        for (const key of ["computeEnvId", "status", "message", "dateCreated", "lastUpdated", "launchUrl"] as const) {
            assert.equal(await isKnown(result[key]), false, key);
        }
    });
});
