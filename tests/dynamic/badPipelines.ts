import type { BadInput } from "./badInputs";

const repository = "https://github.com/nextflow-io/hello";

/** What is wrong with the inputs of a pipeline, and how it is told. */
export const BAD_PIPELINES: BadInput[] = [
    {
        what: "no repository",
        inputs: {},
        faults: [["repository", 'required (write its URL, like "https://github.com/nextflow-io/hello")']],
    },
    {
        what: "an empty repository",
        inputs: { repository: "" },
        faults: [["repository", "must not be empty (write its value, or leave the argument out)"]],
    },
    {
        what: "a repository with a space",
        inputs: { repository: "nf core/rnaseq" },
        faults: [["repository", '"nf core/rnaseq" contains spaces or line breaks (remove them)']],
    },
    {
        what: "a repository with a password",
        inputs: { repository: "https://me:secret@github.com/x/y" },
        faults: [
            [
                "repository",
                "must not contain a password: the Platform stores and shows it in plain text (remove it, and add a Git credential to the workspace)",
            ],
        ],
    },
    {
        what: "a name that is too short",
        inputs: { repository, name: "a" },
        faults: [["name", "has 1 characters; the Platform allows 2 to 99 (write another name)"]],
    },
    {
        what: "a name with a space",
        inputs: { repository, name: "my pipeline!" },
        faults: [
            [
                "name",
                '"my pipeline!" must have letters and digits, with single dashes, underscores and dots between them (write it like "my-pipeline")',
            ],
        ],
    },
    {
        what: "a name with two dashes",
        inputs: { repository, name: "my--pipeline" },
        faults: [
            [
                "name",
                '"my--pipeline" must have letters and digits, with single dashes, underscores and dots between them (write it like "my-pipeline")',
            ],
        ],
    },
    {
        what: "the API's names",
        inputs: { repository, commit: "a", configText: "x", paramsText: "{}", profiles: ["x"] },
        faults: [
            ["commit", 'unknown argument (write "commitId")'],
            ["configText", 'unknown argument (write "configProfiles" or "nextflowConfig" or "towerConfig")'],
            ["paramsText", 'unknown argument (write "params")'],
            ["profiles", 'unknown argument (write "configProfiles")'],
        ],
    },
    {
        what: "a commit that is cut",
        inputs: { repository, commitId: "abc123" },
        faults: [
            [
                "commitId",
                '"abc123" is not a commit id (write all 40 hexadecimal digits, as `git rev-parse HEAD` prints them, or use revision)',
            ],
        ],
    },
    {
        what: "a commit and pullLatest",
        inputs: { repository, commitId: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", pullLatest: true },
        faults: [["pullLatest", "has no effect because commitId pins the runs to one commit (remove one of the two)"]],
    },
    {
        what: "a Nextflow version with a range",
        inputs: { repository, nextflowVersion: ">=24" },
        faults: [
            ["nextflowVersion", '">=24" is not a version of Nextflow (write it like "25.04.4" or "25.05.0-edge")'],
        ],
    },
    {
        what: "another parser",
        inputs: { repository, syntaxParser: "V2" },
        faults: [["syntaxParser", 'unsupported value "V2" (write "v2")']],
    },
    {
        what: "profiles as a text",
        inputs: { repository, configProfiles: "test,docker" },
        faults: [["configProfiles", "must be a list, not a string"]],
    },
    {
        what: "an empty profile",
        inputs: { repository, configProfiles: [""] },
        faults: [["configProfiles[0]", "must not be empty (write its value, or leave the argument out)"]],
    },
    {
        what: "parameters as a text",
        inputs: { repository, params: "{}" },
        faults: [["params", "must be an object, not a string"]],
    },
    {
        what: "parameters as a list",
        inputs: { repository, params: [1] },
        faults: [["params", "must be an object, not a list"]],
    },
    {
        what: "a long script",
        inputs: { repository, preRunScript: "x".repeat(1025) },
        faults: [
            [
                "preRunScript",
                "has 1025 bytes; the Platform allows at most 1024 (move the rest into a file on the work claim or in the pipeline's repository, and call that file)",
            ],
        ],
    },
    {
        what: "an environment id with a space",
        inputs: { repository, computeEnvId: "my env" },
        faults: [["computeEnvId", '"my env" contains spaces or line breaks (remove them)']],
    },
    {
        what: "half a CPU for the head",
        inputs: { repository, headJob: { cpus: 0.5 } },
        faults: [["headJob.cpus", "must be a whole number of CPUs greater than zero, not 0.5 (write 1)"]],
    },
    {
        what: "memory of the head without a unit",
        inputs: { repository, headJob: { memory: "4" } },
        faults: [
            [
                "headJob.memory",
                '"4" has no unit, so it is a number of bytes, and not a whole number of mebibytes (write "4 GB" or "4 MB")',
            ],
        ],
    },
    {
        what: "a misspelt member of the head job",
        inputs: { repository, headJob: { cpu: 1 } },
        faults: [["headJob.cpu", 'unknown argument (write "cpus")']],
    },
    {
        what: "cpus above maxCpus",
        inputs: { repository, computeResources: { cpus: 8, maxCpus: 4 } },
        faults: [
            ["computeResources", "cpus (8) exceeds maxCpus (4), so Nextflow lowers it (raise maxCpus, or lower cpus)"],
        ],
    },
    {
        what: "a fraction of a CPU for tasks",
        inputs: { repository, computeResources: { cpus: 1.5 } },
        faults: [
            [
                "computeResources.cpus",
                "1.5 is not a whole number of CPUs greater than zero, which Nextflow requires (write 1 or 2)",
            ],
        ],
    },
    {
        what: "retries with ignore",
        inputs: { repository, retries: { strategy: "ignore", maxRetries: 1 } },
        faults: [
            ["retries", 'maxRetries has no effect with the strategy "ignore" (remove it, or set strategy to "retry")'],
        ],
    },
    {
        what: "an unknown strategy",
        inputs: { repository, retries: { strategy: "again" } },
        faults: [
            ["retries.strategy", 'unsupported value "again" (use one of "terminate", "finish", "ignore", "retry")'],
        ],
    },
    {
        what: "a process without a selector",
        inputs: { repository, processes: [{ cpus: 1 }] },
        faults: [["processes[0]", "has neither label nor name (write one of the two to select processes)"]],
    },
    {
        what: "a process that says nothing",
        inputs: { repository, processes: [{ name: "A" }] },
        faults: [
            [
                "processes[0]",
                "has no effect because it sets nothing for its name (write a setting, such as memory, or remove the entry)",
            ],
        ],
    },
    {
        what: "a selector twice",
        inputs: {
            repository,
            processes: [
                { name: "A", cpus: 1 },
                { name: "A", memory: "1 GB" },
            ],
        },
        faults: [["processes", 'has the name "A" in the entries 0 and 1 (write all about it in one entry)']],
    },
    {
        what: "a variable with two values",
        inputs: { repository, env: [{ name: "A", value: "1", valueFrom: { secretKeyRef: { name: "s" } } }] },
        faults: [
            [
                "env[0]",
                "has value and valueFrom.secretKeyRef (write exactly one of value, valueFrom.secretKeyRef, valueFrom.configMapKeyRef)",
            ],
        ],
    },
    {
        what: "a variable without a value",
        inputs: { repository, env: [{ name: "A" }] },
        faults: [
            ["env[0]", "has no value (write exactly one of value, valueFrom.secretKeyRef, valueFrom.configMapKeyRef)"],
        ],
    },
    {
        what: "a variable twice",
        inputs: {
            repository,
            env: [
                { name: "A", value: "1" },
                { name: "A", value: "2" },
            ],
        },
        faults: [["env[1]", 'sets "A" for the same pods as env[0] (remove one of the two)']],
    },
    {
        what: "a variable for head pods",
        inputs: { repository, env: [{ name: "A", value: "1", target: "head" }] },
        faults: [["env[0].target", "unknown argument (use one of name, value, valueFrom)"]],
    },
    {
        what: "a variable of Nextflow itself",
        inputs: { repository, env: [{ name: "NXF_OPTS", value: "-Xmx1g" }] },
        faults: [
            [
                "env",
                'has "NXF_OPTS", a setting of Nextflow itself that is ignored for tasks (set it in environmentVariables of the compute environment)',
            ],
        ],
    },
    {
        what: "a name that is no variable",
        inputs: { repository, env: [{ name: "A-B", value: "1" }] },
        faults: [
            [
                "env[0].name",
                '"A-B" is not a valid environment variable name (use letters, digits and underscores; do not begin with a digit)',
            ],
        ],
    },
    {
        what: "a queue of none",
        inputs: { repository, queueSize: 0 },
        faults: [["queueSize", "must be a whole number of at least 1, not 0 (write it like 100)"]],
    },
    {
        what: "a label with a space",
        inputs: { repository, labels: ["my label"] },
        faults: [
            [
                "labels[0]",
                '"my label" is not a valid name of a label (write 2 to 39 letters and digits, with single dashes or underscores between them; only a resource label has a value)',
            ],
        ],
    },
    {
        what: "label ids as texts",
        inputs: { repository, labelIds: ["1"] },
        faults: [["labelIds[0]", "must be a number, not a string"]],
    },
    {
        what: "an empty version name",
        inputs: { repository, version: { name: " " } },
        faults: [["version.name", "must not be empty (write its value, or leave the argument out)"]],
    },
    {
        what: "a misspelt member of the version",
        inputs: { repository, version: { nme: "1" } },
        faults: [["version.nme", 'unknown argument (write "name")']],
    },
    {
        what: "a schema that is no JSON",
        inputs: { repository, schema: "a: b" },
        faults: [
            [
                "schema",
                "is not JSON: Unexpected token 'a', \"a: b\" is not valid JSON (write the text of a nextflow_schema.json)",
            ],
        ],
    },
    {
        what: "a schema that is a list",
        inputs: { repository, schema: "[]" },
        faults: [["schema", "is not a JSON Schema (write the text of a nextflow_schema.json, which is an object)"]],
    },
    {
        what: "a schema beside schemaName",
        inputs: { repository, schema: "{}", schemaName: "s.json" },
        faults: [
            ["schemaName", "has no effect because schema is given, which takes its place (remove one of the two)"],
        ],
    },
    {
        what: "adoptWithout alone",
        inputs: { repository, adoptWithout: ["params"] },
        faults: [["adoptWithout", "has no effect without adopt (remove it)"]],
    },
    {
        what: "adoptWithout something else",
        inputs: { repository, adopt: "x", adoptWithout: ["workdir", "version"] },
        faults: [
            ["adoptWithout[0]", '"workdir" is not a property that adoptWithout accepts (write "workDir")'],
            [
                "adoptWithout[1]",
                '"version" is not a property that adoptWithout accepts (use one of name, description, icon, labels, labelIds, computeEnvId, repository, revision, commitId, workDir, outputDir, configProfiles, computeResources, retries, processes, env, queueSize, nextflowConfig, params, preRunScript, postRunScript, mainScript, entryName, schemaName, nextflowVersion, syntaxParser, towerConfig, headJob, userSecrets, workspaceSecrets, pullLatest, stubRun, schema)',
            ],
        ],
    },
    {
        what: "secrets as one text",
        inputs: { repository, workspaceSecrets: "A" },
        faults: [["workspaceSecrets", "must be a list, not a string"]],
    },
    {
        what: "an icon that is empty",
        inputs: { repository, icon: "" },
        faults: [["icon", "must not be empty (write its value, or leave the argument out)"]],
    },
    {
        what: "a description too long",
        inputs: { repository, description: "d".repeat(2001) },
        faults: [["description", "has 2001 characters; the Platform allows at most 2000 (shorten it)"]],
    },
    {
        what: "stubRun as a text",
        inputs: { repository, stubRun: "true" },
        faults: [["stubRun", "must be a boolean, not a string"]],
    },
];
