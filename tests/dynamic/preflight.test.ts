import assert from "node:assert/strict";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeAuthority } from "../unit/compile/authority";
import { selfSigned } from "../unit/emulator/certificates";
import { CERTIFICATE } from "./inputs";
import { failure, type Provider, sharedProvider } from "./support";

const TRIAL = {
    token: "launcher",
    namespace: "nextflow",
    guards: {},
    claims: [],
    headPod: {},
    taskPod: {},
};
const NOBODY = "https://127.0.0.1:1";

describe("the preflight in the provider process", () => {
    let provider: Provider;

    before(async () => {
        provider = await sharedProvider();
    });

    it("goes on where this machine cannot reach the API server, and says so; of another token, too", async () => {
        const cannot = `Preflight could not check the cluster, because ${NOBODY} is not reachable from this machine`;
        const made = await provider.make("preflight", {
            ...TRIAL,
            ...{ server: NOBODY, certificateAuthority: CERTIFICATE },
        });
        await provider.says(cannot);
        const said = await provider.printed(() => provider.update(made, { ...made.inputs, token: "another" }));
        assert.ok(said.join("\n").includes(cannot), said.join("\n"));
    });

    it("tells an authority that is another server's", async () => {
        const server = createServer(await selfSigned("CN=api-server"));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        try {
            const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
            const { pem: certificateAuthority } = await makeAuthority();
            const inputs = await provider.checked("preflight", { ...TRIAL, server: address, certificateAuthority });
            // Its findings have a line each, unlike what is said of everything in the Platform.
            const { message } = await failure(provider.process.create(inputs));
            assert.match(
                message,
                /cluster\.certificateAuthority: cannot verify the certificate of https:\/\/127\.0\.0\.1:\d+: .* \(write the certificate authority of that server/,
            );
        } finally {
            await new Promise((resolve) => server.close(resolve));
        }
    });
});
