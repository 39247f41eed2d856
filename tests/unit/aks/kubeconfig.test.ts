import assert from "node:assert/strict";
import { parse } from "yaml";
import { KubeloginMode } from "../../../src/aks/enums";
import { clusterAccess } from "../../../src/aks/kubeconfig";
import { AUTHORITY, CONVERTED_ARGS, ENTRA, LOCAL, SERVER } from "./kubeconfigs";

describe("a kubeconfig as Azure gives it out", () => {
    it("says where the API server is, and by whom its certificate is signed", () => {
        for (const text of [ENTRA, LOCAL]) {
            const { server, certificateAuthority } = clusterAccess(text, KubeloginMode.AzureCli);
            assert.deepEqual({ server, certificateAuthority }, { server: SERVER, certificateAuthority: AUTHORITY });
        }
    });

    for (const mode of Object.values(KubeloginMode)) {
        it(`asks no human for a code, and for no application's id that is not one's own: ${mode}`, () => {
            const access = clusterAccess(ENTRA, mode);
            assert.equal(access.entra, true);
            const [{ user }] = parse(access.kubeconfig).users;
            assert.deepEqual(user.exec.args, CONVERTED_ARGS(mode));
            assert.equal(user.exec.command, "kubelogin");
            assert.equal(user.exec.apiVersion, "client.authentication.k8s.io/v1beta1");
        });
    }

    it("is left as it is with a local account", () => {
        const access = clusterAccess(LOCAL, KubeloginMode.AzureCli);
        assert.equal(access.entra, false);
        assert.deepEqual(parse(access.kubeconfig), parse(LOCAL));
    });

    it("is the current context's, where there are several", () => {
        const config = parse(LOCAL);
        config.clusters.unshift({
            name: "other",
            cluster: { server: "https://other", "certificate-authority-data": "" },
        });
        assert.equal(clusterAccess(JSON.stringify(config), KubeloginMode.AzureCli).server, SERVER);
    });

    for (const text of ["{}", "clusters: []", "apiVersion: v1\ncurrent-context: x\ncontexts: []"]) {
        it(`is refused where it names no API server: ${text.split("\n")[0]}`, () =>
            assert.throws(
                () => clusterAccess(text, KubeloginMode.AzureCli),
                /^Error: The kubeconfig from Azure does not contain an API server with a certificate authority\. Run /,
            ));
    }
});
