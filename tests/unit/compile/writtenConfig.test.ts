import assert from "node:assert/strict";
import { writtenWarnings } from "../../../src/compile/nextflow/knownSettings";
import { writtenFaults } from "../../../src/compile/nextflow/writtenConfig";
import { UNREADABLE } from "./unreadable";

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

    describe("that neither parser reads (issue 17)", () => {
        for (const [text, reason] of Object.entries(UNREADABLE)) {
            it(`says what to write for ${JSON.stringify(text)}`, () =>
                assert.deepEqual(writtenFaults(text, []), [reason]));
        }

        it("is told with its line, and what the parsers read is taken", () => {
            assert.deepEqual(writtenFaults("process.cpus = 2\n\n'a' : 'b'\n", []), [
                'line 3 writes a with a colon, which sets nothing in Nextflow (write "a = …")',
            ]);
            for (const text of [
                "def big = 2\nprocess.cpus = big\n",
                "String queue = 'long'\nprocess.queue = queue\n",
                "String of(a) { return a }\nprocess { queue = of('x') }\n",
                "['a', 'b'].each { name -> process.ext.x = name }\n",
                "#!/usr/bin/env nextflow\nprocess.cpus = 2\n",
                "params.a = $/it's # and ` /$\n",
                "params.naïve = 2\nparams.a = 1..3\nparams.b = 5.toString() as String\nparams.c = 1.5e-3 + 0xFFl\n",
                "if (true) { process.cpus = 2 } else { process.cpus = 3 }\n",
                "try { params.a = 1 } catch (e) { println 'no' }\n",
                "process.queue = params.queue ?: 'long'\nprocess.cache = params?.cache\n",
                "params.dir = launchDir\nmine = 5\nparams.x = mine\n",
            ]) {
                assert.deepEqual(writtenFaults(text, []), [], text);
            }
        });
    });

    it("refuses an option of k8s that is misspelt, and a selector outside process", () => {
        assert.deepEqual(
            writtenFaults("k8s { runAsUsr = 0 }\nk8s.storageclaimname = 'x'\nwithLabel: big { cpus = 2 }", []),
            [
                'line 1 sets k8s.runAsUsr, which Nextflow ignores (write "k8s.runAsUser")',
                'line 2 sets k8s.storageclaimname, which Nextflow ignores (write "k8s.storageClaimName")',
                'line 3 sets withLabel:big outside process, where Nextflow ignores it (move it into "process { … }")',
            ],
        );
        assert.deepEqual(writtenFaults("process { withlabel: big { cpus = 2 } }", []), [
            'line 1 writes process.withlabel with a colon, which sets nothing in Nextflow (write "withLabel:")',
        ]);
        assert.deepEqual(writtenFaults("k8s { retryPolicy { maxAttempts = 5 }\n  newOption = 1 }\n", []), []);
    });

    it("warns of a scope or directive that is likely misspelt, once, and of nothing that is unlike", () => {
        assert.deepEqual(
            writtenWarnings(
                "proces.cpus = 2\nproces.memory = '4 GB'\nprocess { cpu = 2\n  withLabel: 'a.b' { memry = '1 GB' } }\nprofiles { x { K8s { cleanup = false } } }\n",
            ),
            [
                'line 1 sets proces, which Nextflow itself does not read (write "process" if that is meant)',
                'line 3 sets process.cpu, which Nextflow itself does not read (write "process.cpus" if that is meant)',
                'line 4 sets process.withLabel:a.b.memry, which Nextflow itself does not read (write "process.withLabel:a.b.memory" if that is meant)',
                'line 5 sets K8s, which Nextflow itself does not read (write "k8s" if that is meant)',
            ],
        );
        assert.deepEqual(
            writtenWarnings(
                "params.cpu = 2\nenv.cpu = '1'\nprocess { gpus = 1\n ext.cpu = 2\n resourceLimits = [cpu: 2]\n ext { memry = 1 } }\nprov.enabled = true\nnf { x = 1 }\nproces = 5\n",
            ),
            [],
        );
    });

    it("looks into the profile standard, which Nextflow applies by default", () => {
        const POD_OPTIONS = [{ path: "k8s.securityContext", origin: "podOptions.securityContext" }];
        const standard = "(in the profile standard, which runs without a profile use)";
        assert.deepEqual(
            writtenFaults(
                "profiles {\n  standard { process.executor = 'local'\n    k8s.securityContext = [runAsUser: 0] }\n}",
                POD_OPTIONS,
            ),
            [
                `line 2 ${standard} sets process.executor to "local", but a Kubernetes environment only runs tasks as pods (remove it)`,
                `line 3 ${standard} sets k8s.securityContext, which podOptions.securityContext also sets (remove one of the two)`,
            ],
        );
        assert.deepEqual(writtenFaults("profiles { standard { process.memory = 4GB } }", []), [
            `line 1 ${standard} sets process.memory to what Nextflow cannot read as a value (write text in quotes, like '4 GB', and each setting on a line of its own)`,
        ]);
        assert.deepEqual(writtenFaults("profiles { test { process.executor = 'local' } }", POD_OPTIONS), []);
        assert.deepEqual(
            writtenFaults("profiles { standard { process.executor = 'local' } }\nprocess.executor = 'k8s'", []),
            [],
        );
        assert.deepEqual(
            writtenFaults(
                "k8s.runAsUser = 1\nprofiles { standard { k8s.runAsUser = 2 } }\nprocess.pod = [[runAsUser: 3]]",
                [],
            ),
            [
                "line 3 sets process.pod and with it securityContext, which line 1 also sets; Nextflow uses only one of the two (write all of it in one of the two)",
                `line 2 ${standard} sets k8s.runAsUser and with it securityContext, which line 3 also sets; Nextflow uses only one of the two (write all of it in one of the two)`,
            ],
        );
    });
});
