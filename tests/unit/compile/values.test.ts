import assert from "node:assert/strict";
import fc from "fast-check";
import { KubernetesPlatform, PodCleanup } from "../../../src/args/enums";
import type { Check } from "../../../src/compile/rules/problems";
import {
    checkDescription,
    checkFilled,
    checkGiven,
    checkSeconds,
    checkServer,
    checkVariableName,
    checkWholeCpus,
    checkWholeMegabytes,
    oneOf,
} from "../../../src/compile/rules/checks";
import { reasonOf, remedy } from "./support";

function table<T extends string | number>(
    what: string,
    check: Check<T>,
    taken: T[],
    refused: [value: T, reason: string][],
): void {
    const title = (value: T) => (typeof value === "number" ? String(value) : JSON.stringify(value)).slice(0, 40);
    describe(what, () => {
        for (const value of taken) {
            it(`takes ${title(value)}`, () => assert.equal(check(value), undefined));
        }
        for (const [value, reason] of refused) {
            it(`refuses ${title(value)}`, () => assert.equal(reasonOf(check, value), reason));
        }
    });
}

const EXAMPLE = 'write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443"';

const SECRET =
    "must not contain a user name or password: the Platform would store them in plain text (leave them out; the Platform uses the credential)";
table(
    "servers",
    checkServer,
    [
        "https://10.0.0.1:6443",
        "https://cluster.example.com",
        "HTTPS://CLUSTER",
        "https://rancher.example.com/k8s/clusters/c-1",
        "https://[fd00::1]:6443",
    ],
    [
        ["10.0.0.1:6443", '"10.0.0.1:6443" has no scheme (write "https://10.0.0.1:6443")'],
        ["cluster.example.com", '"cluster.example.com" has no scheme (write "https://cluster.example.com")'],
        ["http://10.0.0.1:8080", `"http://10.0.0.1:8080" is not an https URL (${EXAMPLE})`],
        ["tcp://10.0.0.1:6443", `"tcp://10.0.0.1:6443" is not an https URL (${EXAMPLE})`],
        ["", `"" is not an https URL (${EXAMPLE})`],
        ["https://", `"https://" is not an https URL (${EXAMPLE})`],
        ["https://a b", `"https://a b" is not an https URL (${EXAMPLE})`],
        ["https://10.0.0.1:6443\n", `"https://10.0.0.1:6443\\n" is not an https URL (${EXAMPLE})`],
        ["https://10.0.0.1:99999", `"https://10.0.0.1:99999" is not an https URL (${EXAMPLE})`],
        ["https://10.0.0.1/?x=1", `"https://10.0.0.1/?x=1" has a query or fragment (${EXAMPLE})`],
        ["&#!", `"&#!" is not an https URL (${EXAMPLE})`],
        ...["https://admin:hunter2@10.0.0.1", "admin:hunter2@10.0.0.1", "http://admin:hunter2@"].map(
            (text): [string, string] => [text, SECRET],
        ),
    ],
);

describe("the server that is suggested", () => {
    it("is one that is taken", () =>
        fc.assert(
            fc.property(fc.oneof(fc.string(), fc.domain(), fc.webUrl()), (text) => {
                const reason = checkServer(text);
                const suggestion = reason === undefined ? undefined : remedy(reason);
                assert.equal(suggestion === undefined ? undefined : checkServer(suggestion), undefined);
            }),
        ));
});

table(
    "platforms",
    oneOf(KubernetesPlatform),
    ["k8s-platform", "eks-platform", "gke-platform"],
    [
        ["aws-batch", 'unsupported value "aws-batch" (use one of "k8s-platform", "eks-platform", "gke-platform")'],
        ["", 'unsupported value "" (use one of "k8s-platform", "eks-platform", "gke-platform")'],
        ["toString", 'unsupported value "toString" (use one of "k8s-platform", "eks-platform", "gke-platform")'],
    ],
);

table(
    "pod cleanup",
    oneOf(PodCleanup),
    ["on_success", "always", "never"],
    [["onSuccess", 'unsupported value "onSuccess" (use one of "on_success", "always", "never")']],
);

const CPUS = "must be a whole number of CPUs greater than zero, not";
table(
    "CPUs",
    checkWholeCpus,
    [1, 64],
    [
        [0.5, `${CPUS} 0.5 (write 1)`],
        [1.5, `${CPUS} 1.5 (write 2)`],
        [0, `${CPUS} 0 (write 1)`],
        [-2, `${CPUS} -2 (write 1)`],
        [Number.POSITIVE_INFINITY, `${CPUS} Infinity (write 1)`],
    ],
);

table(
    "mebibytes",
    checkWholeMegabytes,
    [1, 4096],
    [
        [0, "must be a whole number of mebibytes greater than zero, not 0 (write it like 4096)"],
        [1.5, "must be a whole number of mebibytes greater than zero, not 1.5 (write it like 4096)"],
        [-1, "must be a whole number of mebibytes greater than zero, not -1 (write it like 4096)"],
    ],
);

table(
    "times",
    checkSeconds,
    [0.1, 900],
    [
        [0, "must be greater than zero, not 0 (write a number of seconds)"],
        [-1, "must be greater than zero, not -1 (write a number of seconds)"],
        [Number.POSITIVE_INFINITY, "must be greater than zero, not Infinity (write a number of seconds)"],
    ],
);

const VARIABLE =
    "is not a valid environment variable name (use letters, digits and underscores; do not begin with a digit)";
table(
    "variables",
    checkVariableName,
    ["A", "_", "NXF_OPTS", "a1"],
    [
        ["1A", `"1A" ${VARIABLE}`],
        ["A-B", `"A-B" ${VARIABLE}`],
        ["", `"" ${VARIABLE}`],
        ["A=B", `"A=B" ${VARIABLE}`],
        ["A\n", `"A\\n" ${VARIABLE}`],
    ],
);

table(
    "descriptions",
    checkDescription,
    ["", "x".repeat(2000)],
    [["x".repeat(2001), "has 2001 characters; the Platform allows at most 2000 (shorten it)"]],
);

table(
    "references",
    checkGiven,
    ["x"],
    [
        ["", "must not be empty (write its value, or leave the argument out)"],
        [" \n", "must not be empty (write its value, or leave the argument out)"],
    ],
);

table(
    "texts that must be there",
    checkFilled,
    ["x"],
    [
        ["", "must not be empty (write its value)"],
        [" ", "must not be empty (write its value)"],
    ],
);
