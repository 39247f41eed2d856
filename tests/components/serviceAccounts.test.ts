import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { headRules, launcherRules } from "../../src/compile/namespace/rbac";
import { ServiceAccounts } from "../../src/components/serviceAccounts";
import { record, type Recording, valueOf } from "./recorder";
import type { RbacSubjectArgs, ServiceAccountsArgs } from "../../src/args/serviceAccounts";

const run = (args: Partial<ServiceAccountsArgs> = {}) =>
    record(() => new ServiceAccounts("sa", { namespace: "nextflow", ...args }));

function account(ran: Recording<unknown>, role: string): Record<string, any> {
    return ran.one("ServiceAccount", `sa-${role}`).inputs;
}

function subjects(ran: Recording<unknown>, role: string): unknown {
    return ran.one("RoleBinding", `sa-${role}`).inputs.subjects;
}

describe("ServiceAccounts", () => {
    it("makes three accounts, two roles and two bindings under itself", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), [
            "Role sa-head",
            "Role sa-launcher",
            "RoleBinding sa-head",
            "RoleBinding sa-launcher",
            "ServiceAccount sa-compute",
            "ServiceAccount sa-head",
            "ServiceAccount sa-launcher",
            "ServiceAccounts sa",
        ]);
        assert.deepEqual(
            new Set(ran.all.filter(({ custom }) => custom).map(({ parent }) => parent)),
            new Set(["ServiceAccounts sa"]),
        );
        assert.equal(ran.one("ServiceAccounts").type, "pulumi-seqera-kubernetes:index:ServiceAccounts");
    });

    it("gives a token to the head pods only: the launcher has its own Secret, and tasks call no Kubernetes", async () => {
        const ran = await run();
        assert.equal(account(ran, "launcher").automountServiceAccountToken, false);
        assert.equal(account(ran, "compute").automountServiceAccountToken, false);
        assert.ok(!("automountServiceAccountToken" in account(ran, "head")));
    });

    it("names the accounts as cloud trust policies can expect, and gives the names out", async () => {
        const ran = await run();
        const names = ["launcher", "head", "compute"].map((role) => account(ran, role).metadata.name);
        assert.deepEqual(names, ["seqera-launcher", "nextflow-head", "nextflow-task"]);
        const { launcher, head, compute } = ran.result;
        assert.deepEqual(await Promise.all([launcher, head, compute].map(valueOf)), names);
        assert.deepEqual(ran.one("ServiceAccounts").outputs, { launcher: names[0], head: names[1], compute: names[2] });
    });

    it("gives each account the rights of its own work, and the tasks none", async () => {
        const ran = await run();
        assert.deepEqual(ran.one("Role", "sa-launcher").inputs.rules, launcherRules());
        assert.deepEqual(ran.one("Role", "sa-head").inputs.rules, headRules());
        for (const [role, name] of [
            ["launcher", "seqera-launcher"],
            ["head", "nextflow-head"],
        ]) {
            const { roleRef } = ran.one("RoleBinding", `sa-${role}`).inputs;
            assert.equal(roleRef.apiGroup, "rbac.authorization.k8s.io");
            assert.equal(roleRef.kind, "Role");
            assert.deepEqual(subjects(ran, role), [{ kind: "ServiceAccount", name, namespace: "nextflow" }]);
            assert.ok(ran.one("RoleBinding", `sa-${role}`).dependencies.includes(`Role sa-${role}`));
        }
        assert.equal(ran.of("ClusterRole").length + ran.of("ClusterRoleBinding").length, 0);
    });

    it("leaves the names of roles and bindings to Pulumi, so that two environments can share a namespace", async () => {
        const ran = await run();
        for (const each of [...ran.of("Role"), ...ran.of("RoleBinding")]) {
            assert.deepEqual(each.inputs.metadata, { namespace: "nextflow" }, each.name);
        }
    });

    it("takes names, annotations and labels of the user's", async () => {
        const ran = await run({
            accounts: {
                head: { name: "runner", annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/x" } },
                compute: { labels: pulumi.output({ "azure.workload.identity/use": "true" }) },
            },
        });
        assert.deepEqual(account(ran, "head").metadata, {
            name: "runner",
            namespace: "nextflow",
            annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/x" },
        });
        assert.deepEqual(account(ran, "compute").metadata.labels, { "azure.workload.identity/use": "true" });
        assert.deepEqual(subjects(ran, "head"), [{ kind: "ServiceAccount", name: "runner", namespace: "nextflow" }]);
    });

    it("puts every pull Secret on all three", async () => {
        for (const imagePullSecrets of [["one", "two"], pulumi.output(["one", "two"]), [pulumi.output("one"), "two"]]) {
            const ran = await run({ imagePullSecrets });
            for (const role of ["launcher", "head", "compute"]) {
                assert.deepEqual(account(ran, role).imagePullSecrets, [{ name: "one" }, { name: "two" }], role);
            }
        }
        assert.ok(!("imagePullSecrets" in account(await run(), "head")));
    });

    it("refers to accounts that are there, and still binds them", async () => {
        const ran = await run({
            accounts: {
                launcher: { create: false },
                head: { create: false, name: "theirs" },
                compute: { create: false },
            },
        });
        assert.equal(ran.of("ServiceAccount").length, 0);
        assert.deepEqual(subjects(ran, "launcher"), [
            { kind: "ServiceAccount", name: "seqera-launcher", namespace: "nextflow" },
        ]);
        assert.deepEqual(subjects(ran, "head"), [{ kind: "ServiceAccount", name: "theirs", namespace: "nextflow" }]);
        assert.equal(await valueOf(ran.result.compute), "nextflow-task");
    });

    it("makes no launcher and no role for it when the Platform comes in otherwise", async () => {
        const ran = await run({ withoutLauncher: true });
        assert.deepEqual(ran.labels(), [
            "Role sa-head",
            "RoleBinding sa-head",
            "ServiceAccount sa-compute",
            "ServiceAccount sa-head",
            "ServiceAccounts sa",
        ]);
        assert.equal(await valueOf(ran.result.launcher), "");
    });

    it("gives the launcher's rights to the subjects that are named, alone or beside it", async () => {
        const rbacSubjects: RbacSubjectArgs[] = [
            { kind: "User", name: pulumi.output("platform@acme.iam.gserviceaccount.com") },
            { kind: "Group", name: "seqera" },
            { kind: "ServiceAccount", name: "other", namespace: "elsewhere" },
        ];
        const expected = [
            {
                kind: "User",
                name: "platform@acme.iam.gserviceaccount.com",
                apiGroup: "rbac.authorization.k8s.io",
            },
            { kind: "Group", name: "seqera", apiGroup: "rbac.authorization.k8s.io" },
            { kind: "ServiceAccount", name: "other", namespace: "elsewhere" },
        ];
        assert.deepEqual(subjects(await run({ withoutLauncher: true, rbacSubjects }), "launcher"), expected);
        assert.deepEqual(subjects(await run({ rbacSubjects: pulumi.output(rbacSubjects) }), "launcher"), [
            { kind: "ServiceAccount", name: "seqera-launcher", namespace: "nextflow" },
            ...expected,
        ]);
    });

    it("depends on the namespace it is put into, and is made by the provider it is given", async () => {
        const ran = await record(() => {
            const provider = new kubernetes.Provider("cluster", {});
            const { metadata } = new kubernetes.core.v1.Namespace("n", { metadata: { name: "runs" } }, { provider });
            return new ServiceAccounts("sa", { namespace: metadata.name }, { provider });
        });
        for (const each of ran.all.filter(({ parent }) => parent === "ServiceAccounts sa")) {
            assert.equal(each.inputs.metadata.namespace, "runs", each.name);
            assert.ok(each.dependencies.includes("Namespace n"), each.name);
            assert.equal(each.provider, "cluster", each.name);
        }
    });
});
