import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlatformEmulator } from "../../src/emulator";
import { ConnectProxy, refuse, terminateTls } from "../support/connectProxy";
import { selfSigned } from "../unit/emulator/certificates";
import { CANARIES, CERTIFICATE } from "./inputs";
import { callsTo, Provider, startPlatform, workspaceId } from "./support";

const HOST = "platform.example.com";
const LABEL = { workspaceId, name: "team", value: "genomics" };
const SERVER = "https://10.20.30.40:6443";
const TRIAL = {
    token: "launcher",
    namespace: "nextflow",
    guards: {},
    claims: [],
    rights: [],
    headPod: {},
    taskPod: {},
};

describe("the provider process behind a proxy that has TLS and inspects it (case 3)", () => {
    const started: { stop(): Promise<void> }[] = [];
    let directory: string;
    let platform: PlatformEmulator;
    let proxy: ConnectProxy;
    let provider: Provider;
    before(async () => {
        directory = mkdtempSync(join(tmpdir(), "seqera-proxy-"));
        platform = await startPlatform();
        const inspecting = await selfSigned("CN=inspecting-proxy", [
            { type: "dns", value: HOST },
            { type: "ip", value: "127.0.0.1" },
        ]);
        const authority = join(directory, "authority.pem");
        writeFileSync(authority, inspecting.cert);
        const behind = await terminateTls(inspecting, Number(new URL(platform.endpoint).port));
        // No password is ever printed: whatever the process says is searched for the canaries.
        const basic = `me:${CANARIES.kubernetesToken}`;
        proxy = await ConnectProxy.start(behind.port, {
            tls: inspecting,
            basic,
            reaction: refuse("403 Forbidden"),
            only: new URL(SERVER).host,
        });
        started.push(platform, behind, proxy);
        provider = await Provider.start({
            env: {
                HTTPS_PROXY: `https://${basic}@127.0.0.1:${proxy.port}`,
                HTTP_PROXY: `socks5://${basic}@127.0.0.1:1080`,
                NODE_EXTRA_CA_CERTS: authority,
            },
        });
        started.push(provider);
    });
    after(async () => {
        await Promise.all(started.map((each) => each.stop()));
        rmSync(directory, { recursive: true });
    });

    it("reaches the Platform through it, and trusts what NODE_EXTRA_CA_CERTS trusts", async () => {
        const endpoint = `https://${HOST}${new URL(platform.endpoint).pathname}`;
        const made = await provider.make("label", { endpoint, ...LABEL });
        await provider.delete(made);
        assert.deepEqual(callsTo(platform).slice(0, 2), ["GET /labels", "POST /labels"]);
        assert.deepEqual([...new Set(proxy.targets)], [`${HOST}:443`]);
    });

    it("goes on where it does not reach the API server, and says through which proxy", async () => {
        await provider.make("preflight", { ...TRIAL, server: SERVER, certificateAuthority: CERTIFICATE });
        await provider.says(
            `Preflight could not check the cluster, because ${SERVER} is not reachable from this machine: ` +
                `the proxy https://127.0.0.1:${proxy.port} \\(HTTPS_PROXY\\) answered CONNECT 10.20.30.40:6443 with HTTP 403 Forbidden ` +
                "\\(add its host to NO_PROXY if this machine reaches it without a proxy\\); the Platform may still report a problem",
        );
    });

    it("refuses a variable that names no proxy, at preview", async () => {
        const connection = { endpoint: `http://${HOST}/api`, allowInsecureEndpoint: true };
        const { failures } = await provider.check("label", {}, { ...connection, ...LABEL });
        assert.deepEqual(failures, [
            {
                property: "endpoint",
                reason:
                    "HTTP_PROXY is not the address of an HTTP proxy (write http://<host>:<port>, and percent-encode special characters " +
                    "of a user name and password in front of the host)",
            },
        ]);
    });
});
