import assert from "node:assert/strict";
import { parse } from "yaml";
import {
    apiServerArguments,
    controllerManagerArguments,
    type ControlPlaneSettings,
    etcdArguments,
    serverUrl,
} from "../../../../tools/cluster/arguments";
import { renderAuditPolicy } from "../../../../tools/cluster/audit";
import { renderKubeconfig } from "../../../../tools/cluster/kubeconfig";
import { ClusterLayout } from "../../../../tools/cluster/layout";

const PORTS = { apiServer: 1001, etcdClient: 1002, etcdPeer: 1003 };
const SETTINGS: ControlPlaneSettings = {
    auditLevel: "Metadata",
    featureGates: {},
    extraSubjectAltNames: [],
    apiServerArguments: [],
};
const layout = new ClusterLayout("/cluster");

describe("tools/cluster: kubeconfig", () => {
    const content = { server: "https://127.0.0.1:1", certificateAuthority: "CA\n", name: "admin" };

    it("carries certificate and key in itself", () => {
        const kubeconfig = parse(
            renderKubeconfig({ ...content, user: { certificate: "CERT\n", privateKey: "KEY\n" } }),
        );
        assert.deepEqual(kubeconfig, {
            apiVersion: "v1",
            kind: "Config",
            clusters: [
                {
                    name: "admin",
                    cluster: { server: "https://127.0.0.1:1", "certificate-authority-data": btoa("CA\n") },
                },
            ],
            users: [
                {
                    name: "admin",
                    user: { "client-certificate-data": btoa("CERT\n"), "client-key-data": btoa("KEY\n") },
                },
            ],
            contexts: [{ name: "admin", context: { cluster: "admin", user: "admin" } }],
            "current-context": "admin",
        });
    });

    it("carries a token and a namespace, of any length on one line", () => {
        const token = "x".repeat(2_000);
        const text = renderKubeconfig({ ...content, user: { token }, namespace: "nextflow" });
        assert.ok(text.includes(`token: ${token}\n`));
        assert.deepEqual(parse(text).contexts[0].context, { cluster: "admin", user: "admin", namespace: "nextflow" });
    });
});

describe("tools/cluster: audit policy", () => {
    interface Rule {
        level: string;
        resources?: { group: string; resources: string[] }[];
    }
    const rules = (level: "None" | "Metadata" | "RequestResponse"): Rule[] =>
        parse(renderAuditPolicy(level)).rules as Rule[];

    for (const level of ["None", "Metadata", "RequestResponse"] as const) {
        it(`ends with ${level} for everything else`, () => assert.deepEqual(rules(level).at(-1), { level }));
    }

    it("never writes down the content of Secrets and tokens", () => {
        const rule = rules("RequestResponse").findIndex(({ resources }) =>
            resources?.some(({ group, resources: names }) => group === "" && names.includes("secrets")),
        );
        const secrets = rules("RequestResponse")[rule];
        assert.equal(secrets.level, "Metadata");
        assert.ok(secrets.resources?.[0].resources.includes("serviceaccounts/token"));
        // The first rule that matches decides, so nothing wider may come before it.
        assert.ok(
            rules("RequestResponse")
                .slice(0, rule)
                .every(({ level }) => level === "None"),
        );
    });

    it("leaves out nothing that a user does", () => {
        const silent = parse(renderAuditPolicy("Metadata")).rules.filter(({ level }: Rule) => level === "None");
        for (const rule of silent) {
            const ofTheControlPlane = [...(rule.users ?? []), ...(rule.userGroups ?? [])];
            const restricted = ofTheControlPlane.length > 0 || rule.nonResourceURLs !== undefined;
            assert.ok(
                restricted && ofTheControlPlane.every((name: string) => name.startsWith("system:")),
                JSON.stringify(rule),
            );
        }
    });
});

describe("tools/cluster: arguments", () => {
    const value = (args: string[], flag: string): string | undefined =>
        args.find((one) => one.startsWith(`--${flag}=`))?.slice(flag.length + 3);

    it("bind everything to loopback, at the chosen ports", () => {
        const etcd = etcdArguments(layout, PORTS);
        const apiServer = apiServerArguments(layout, PORTS, SETTINGS);
        assert.equal(value(etcd, "listen-client-urls"), "https://127.0.0.1:1002");
        assert.equal(value(etcd, "listen-peer-urls"), "https://127.0.0.1:1003");
        assert.equal(value(apiServer, "bind-address"), "127.0.0.1");
        assert.equal(value(apiServer, "secure-port"), "1001");
        assert.equal(value(apiServer, "etcd-servers"), "https://127.0.0.1:1002");
        assert.equal(value(controllerManagerArguments(layout, SETTINGS), "secure-port"), "0");
        assert.equal(serverUrl(PORTS), "https://127.0.0.1:1001");
    });

    it("let no user's certificate open etcd", () => {
        const etcd = etcdArguments(layout, PORTS);
        assert.ok(etcd.includes("--client-cert-auth") && etcd.includes("--peer-client-cert-auth"));
        const clientCa = value(apiServerArguments(layout, PORTS, SETTINGS), "client-ca-file");
        assert.notEqual(value(etcd, "trusted-ca-file"), clientCa);
        assert.notEqual(value(etcd, "peer-trusted-ca-file"), clientCa);
    });

    it("have the controller manager sign tokens with the key that the API server trusts", () => {
        const apiServer = apiServerArguments(layout, PORTS, SETTINGS);
        const signing = value(apiServer, "service-account-signing-key-file");
        assert.equal(value(controllerManagerArguments(layout, SETTINGS), "service-account-private-key-file"), signing);
        assert.equal(value(apiServer, "service-account-key-file"), signing?.replace(/\.key$/, ".pub"));
    });

    it("say feature gates only where there are some", () => {
        const gated = { ...SETTINGS, featureGates: { A: true, B: false } };
        for (const args of [apiServerArguments(layout, PORTS, gated), controllerManagerArguments(layout, gated)]) {
            assert.equal(value(args, "feature-gates"), "A=true,B=false");
        }
        assert.equal(value(apiServerArguments(layout, PORTS, SETTINGS), "feature-gates"), undefined);
    });

    it("let the caller's come last, so that they win", () => {
        const settings = { ...SETTINGS, apiServerArguments: ["--v=4"] };
        assert.equal(apiServerArguments(layout, PORTS, settings).at(-1), "--v=4");
    });
});
