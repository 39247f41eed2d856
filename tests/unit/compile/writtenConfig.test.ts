import assert from "node:assert/strict";
import { writtenFaults } from "../../../src/compile/nextflow/writtenConfig";

const POD = [
    { path: "k8s.pod", origin: "podOptions.nodeSelector" },
    { path: "k8s.securityContext", origin: "podOptions.securityContext" },
    { path: "process.cpus", origin: "computeResources.cpus" },
];

describe("a Nextflow configuration that somebody wrote", () => {
    const taken: Record<string, string> = {
        nothing: "",
        "comments that look like settings": "// k8s.pod = []\n/* process.cpus = 8 { */\n",
        "strings that look like settings": 'params.a = \'k8s { pod = [] }\'\nparams.b = """\nprocess.cpus = 8\n}"""\n',
        "closures and calls":
            "process { memory = { 4.GB * task.attempt }\n  time = { check_max(2.h * task.attempt, 'time') } }\n",
        "memory as Nextflow writes it":
            "process { memory = '8 GB'\n disk = 100.GB\n withName: 'A' { memory = \"${params.m} GB\" } }",
        "the executor that it is": "process.executor = 'k8s'\n",
        "CPUs of some processes": "process { withLabel: 'big' { cpus = 16 } }\n",
        "pod options of some processes":
            "process { withLabel: gpu { pod = [[nodeSelector: [a: 'b']], [toleration: [key: 'c', operator: 'Exists']]] } }",
        "other settings of k8s": "k8s { cleanup = false\n  retryPolicy { maxAttempts = 5 } }",
        "lists over several lines": "params.x = [\n  'a',\n  [b: 1, c: [2, 3]],\n]\nreport { enabled = true }\n",
        "a value on the next line": "params.x =\n  5\n",
        "semicolons and line ends of Windows": "params.a = 1; params.b = 2\r\nparams.c = 3\r\n",
        "accelerators with a limit": "process.accelerator = [limit: 1, type: 'nvidia.com/gpu']\n",
        "an inclusion": "includeConfig 'https://example.com/x.config'\nplugins { id 'nf-validation@1.1.3' }\n",
        "a slash that divides": "params.half = 1 / 2\nparams.it = 'x' // it's half\n",
        "a brace on the line after its scope (case 9)": "process\n{\n    maxForks = 2\n}\n",
        "a choice over several lines (case 9)":
            "process {\n    queue =\n        params.big ?\n        'long' :\n        'short'\n}\n",
        "an operator that goes on in the next line (case 9)":
            "process {\n    maxForks = 2 *\n      3\n    queue = params.big\n      ? 'long'\n      : 'short'\n    tag = 'a'\n      .trim()\n}\n",
        "a string in a string, and one between slashes":
            'params.a = "${params.b ? "it\'s" : "{"}"\nparams.c = /it\'s {/\nparams.d = 4 / 2 // it\'s\n',
        "dollars in shell": "docker { runOptions = '-u $(id -u):$(id -g)' }\n",
    };
    for (const [what, text] of Object.entries(taken)) {
        it(`may have ${what}`, () => assert.deepEqual(writtenFaults(text, POD), []));
    }

    it("may have a block with one pod option, and a list of its own, where nothing is generated", () => {
        assert.deepEqual(writtenFaults("k8s { pod { nodeSelector = 'a=b' } }", []), []);
        assert.deepEqual(writtenFaults("k8s { pod = [[label: 'a', value: 'b'], [env: 'X', secret: 'n/k']] }", []), []);
    });

    it("is read where white space, comments and other numbers stand in it", () =>
        assert.deepEqual(
            writtenFaults(
                "process . 'cpus' // x\n\n  = /* y */ 010\nk8s /* z */\n\n{ namespace\n=\n'x' }\rk8s.\"pod\" = [[label: 'app', value: 'y']]",
                POD.slice(2),
            ),
            [
                "line 1 sets process.cpus, which computeResources.cpus also sets (remove one of the two)",
                "line 6 sets k8s.namespace, which the Platform silently overrides (remove it and set the argument namespace)",
                'line 9 sets k8s.pod, but entry 1 has the label "app", which Nextflow reserves, so every task would fail (use another label, like "app.kubernetes.io/name")',
            ],
        ));

    it("says where a string, a comment or a scope never ends", () => {
        const faultOf = (text: string) => writtenFaults(text, []);
        const never = (what: string) => [`line 2 ${what} (close or remove it)`];
        assert.deepEqual(faultOf("\nparams.a = 'x\n"), never("begins a string that never ends"));
        assert.deepEqual(faultOf('\nparams.a = "${x\n'), never("begins a string that never ends"));
        assert.deepEqual(faultOf('\nparams.a = """x"\n'), never("begins a string that never ends"));
        assert.deepEqual(faultOf("\n/* x"), never("begins a comment that never ends"));
        assert.deepEqual(faultOf("\nprocess\n\n{"), [
            "line 4 opens a bracket that is never closed (close or remove it)",
        ]);
    });

    it("says the line, however it is nested and whatever comes before", () =>
        assert.deepEqual(
            writtenFaults(
                "/* a\n b */\nparams.x = '''\n{\n'''\nprocess {\n\n  withName: 'X' {\n    memory = '1Gi'\n  }\n}\n",
                [],
            ),
            ["line 9 sets process.withName:X.memory to \"1Gi\", which Nextflow cannot read (write it like '1 GB')"],
        ));
});
