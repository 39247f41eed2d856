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
    "holds a user name or password, which the Platform would store in plain text; leave that out, the credential is what lets the Platform in";
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
        ["10.0.0.1:6443", '"10.0.0.1:6443" has no scheme; write "https://10.0.0.1:6443"'],
        ["cluster.example.com", '"cluster.example.com" has no scheme; write "https://cluster.example.com"'],
        ["http://10.0.0.1:8080", `"http://10.0.0.1:8080" is not an https address; ${EXAMPLE}`],
        ["tcp://10.0.0.1:6443", `"tcp://10.0.0.1:6443" is not an https address; ${EXAMPLE}`],
        ["", `"" is not an https address; ${EXAMPLE}`],
        ["https://", `"https://" is not an https address; ${EXAMPLE}`],
        ["https://a b", `"https://a b" is not an https address; ${EXAMPLE}`],
        ["https://10.0.0.1:6443\n", `"https://10.0.0.1:6443\\n" is not an https address; ${EXAMPLE}`],
        ["https://10.0.0.1:99999", `"https://10.0.0.1:99999" is not an https address; ${EXAMPLE}`],
        ["https://10.0.0.1/?x=1", `"https://10.0.0.1/?x=1" has a query or fragment; ${EXAMPLE}`],
        ["&#!", `"&#!" is not an https address; ${EXAMPLE}`],
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
        ["aws-batch", '"aws-batch" is no such choice; write one of "k8s-platform", "eks-platform", "gke-platform"'],
        ["", '"" is no such choice; write one of "k8s-platform", "eks-platform", "gke-platform"'],
        ["toString", '"toString" is no such choice; write one of "k8s-platform", "eks-platform", "gke-platform"'],
    ],
);

table(
    "pod cleanup",
    oneOf(PodCleanup),
    ["on_success", "always", "never"],
    [["onSuccess", '"onSuccess" is no such choice; write one of "on_success", "always", "never"']],
);

const CPUS = "is not a whole number of CPUs, which is all the Platform can take; write";
table(
    "CPUs",
    checkWholeCpus,
    [1, 64],
    [
        [0.5, `0.5 ${CPUS} 1`],
        [1.5, `1.5 ${CPUS} 2`],
        [0, `0 ${CPUS} 1`],
        [-2, `-2 ${CPUS} 1`],
        [Number.POSITIVE_INFINITY, `Infinity ${CPUS} 1`],
    ],
);

table(
    "mebibytes",
    checkWholeMegabytes,
    [1, 4096],
    [
        [0, "0 is not a whole number of mebibytes; write it like 4096"],
        [1.5, "1.5 is not a whole number of mebibytes; write it like 4096"],
        [-1, "-1 is not a whole number of mebibytes; write it like 4096"],
    ],
);

table(
    "times",
    checkSeconds,
    [0.1, 900],
    [
        [0, "0 is not a time in seconds; write a number above 0"],
        [-1, "-1 is not a time in seconds; write a number above 0"],
        [Number.POSITIVE_INFINITY, "Infinity is not a time in seconds; write a number above 0"],
    ],
);

const VARIABLE =
    "is not a name for an environment variable; write letters, digits and underscores, not beginning with a digit";
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
    [["x".repeat(2001), "has 2001 characters; the Platform takes at most 2000: shorten it"]],
);

table(
    "references",
    checkGiven,
    ["x"],
    [
        ["", "is empty; write its value, or leave the whole argument out"],
        [" \n", "is empty; write its value, or leave the whole argument out"],
    ],
);

table(
    "texts that must be there",
    checkFilled,
    ["x"],
    [
        ["", "is empty; write its value"],
        [" ", "is empty; write its value"],
    ],
);
