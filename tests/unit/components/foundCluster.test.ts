import assert from "node:assert/strict";
import { parse } from "yaml";
import { addressesFault, execKubeconfig, headPoolsFault } from "../../../src/compile/clouds/foundCluster";
import { LACKS_ONE, MAY_LACK, noHeadPool } from "./foundClusterTexts";

const remedy = (all: string[]) => `\`allow ${all.join()}\``;

describe("an API server that lets in only some addresses", () => {
    const allowed = ["192.0.2.0/24", "18.169.21.18/32"];

    it("may lack the Platform's, where nobody says which these are", () => {
        assert.equal(addressesFault({ allowed, remedy }), MAY_LACK);
    });

    it("lacks some of the Platform's, and is told what lets in all", () => {
        const facts = { allowed, remedy, platformCidrs: ["18.169.21.18/32", "18.135.7.45/32"] };
        const told = `${LACKS_ONE} (run \`allow 192.0.2.0/24,18.169.21.18/32,18.135.7.45/32\`)`;
        assert.equal(addressesFault(facts), told);
    });

    it("is fine where these are within those, and is not judged by what is no range", () => {
        assert.equal(addressesFault({ allowed, remedy, platformCidrs: ["18.169.21.18/32"] }), undefined);
        assert.equal(addressesFault({ allowed, remedy, platformCidrs: ["seqera.io"] }), undefined);
    });
});

describe("pools of nodes", () => {
    const pools = [{ name: "spot" }, { name: "win" }];

    it("are nothing for head pods when none of them takes one", () =>
        assert.equal(
            headPoolsFault(pools, () => false),
            noHeadPool("spot", "win"),
        ));

    it("are fine when one of them does, or when there are none to know of", () => {
        assert.equal(
            headPoolsFault(pools, ({ name }) => name === "win"),
            undefined,
        );
        assert.equal(
            headPoolsFault([], () => false),
            undefined,
        );
    });
});

describe("a kubeconfig that asks a program for a token each time", () => {
    it("is one cluster, one user and the two together", () =>
        assert.deepEqual(
            parse(
                execKubeconfig({
                    name: "production",
                    server: "https://203.0.113.7",
                    certificateAuthority: "Y2E=",
                    exec: { command: "aws", args: ["eks", "get-token"] },
                }),
            ),
            {
                apiVersion: "v1",
                kind: "Config",
                "current-context": "production",
                contexts: [{ name: "production", context: { cluster: "production", user: "production" } }],
                clusters: [
                    {
                        name: "production",
                        cluster: { server: "https://203.0.113.7", "certificate-authority-data": "Y2E=" },
                    },
                ],
                users: [
                    {
                        name: "production",
                        user: {
                            exec: {
                                apiVersion: "client.authentication.k8s.io/v1beta1",
                                command: "aws",
                                args: ["eks", "get-token"],
                            },
                        },
                    },
                ],
            },
        ));
});
