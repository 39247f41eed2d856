import assert from "node:assert/strict";
import { activeCluster } from "../../../src/compile/activeCluster";

const KUBECONFIG = `
current-context: here
contexts:
  - { name: here, context: { cluster: one, user: lab } }
  - { name: there, context: { cluster: two, user: lab } }
clusters:
  - { name: one, cluster: { server: "https://10.0.0.1", proxy-url: "http://proxy" } }
  - { name: two, cluster: { server: "https://10.0.0.2" } }
`;
const ONE = '{"proxy-url":"http://proxy","server":"https://10.0.0.1"}';
const TWO = '{"server":"https://10.0.0.2"}';

describe("the active cluster of a kubeconfig", () => {
    const cases: [string, string | undefined, string | undefined, string | undefined][] = [
        ["is its current context's", undefined, undefined, ONE],
        ["is another context's, if one is given", "there", undefined, TWO],
        ["is another cluster, if one is given", undefined, "two", TWO],
        ["is none where the context is not there", "nowhere", "two", undefined],
        ["is none where the cluster is not there", undefined, "three", undefined],
    ];
    for (const [what, context, cluster, expected] of cases) {
        it(what, () => assert.equal(activeCluster(KUBECONFIG, context, cluster), expected));
    }

    it("is none of an empty one", () => assert.equal(activeCluster(""), undefined));
});
