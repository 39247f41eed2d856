import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ContainerAccess } from "../../../src/aks/enums";
import { containerRole, containerScope, roleDefinitionId, STORAGE_ROLES, storageAccount } from "../../../src/aks/roles";

const ACCOUNT =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/genomes";

/** What Microsoft publishes, apart from our own table. */
const published = parse(readFileSync(join(__dirname, "builtInRoles.yaml"), "utf8")) as {
    roles: { name: string; id: string; actions: string[]; dataActions: string[] }[];
    operations: Record<string, string[]>;
};

describe("the roles of pods", () => {
    for (const { name, id, actions, dataActions } of Object.values(STORAGE_ROLES)) {
        it(`are what Microsoft publishes: ${name}`, () =>
            assert.deepEqual(
                published.roles.find((role) => role.id === id),
                { name, id, actions, dataActions: [...dataActions] },
            ));
    }

    /** What a role allows, at the scope of a container: a right on the account has no effect there. */
    const allowed = (role: { actions: readonly string[]; dataActions: readonly string[] }) =>
        [...role.actions, ...role.dataActions].filter((action) => action.includes("/containers/"));

    it("let pods do what they do with blobs, and readers nothing more", () => {
        const read = allowed(containerRole(ContainerAccess.Read));
        const write = allowed(containerRole(ContainerAccess.ReadWrite));
        for (const action of published.operations.read) {
            assert.ok(read.includes(action) && write.includes(action), action);
        }
        for (const action of published.operations.write) {
            assert.ok(!read.includes(action), action);
            assert.ok(write.includes(action), action);
        }
        assert.deepEqual([...read].sort(), [...published.operations.read].sort());
    });

    it("are wider than that in one thing alone: the container itself", () => {
        const needed = [...published.operations.read, ...published.operations.write];
        const wider = allowed(containerRole(ContainerAccess.ReadWrite)).filter((action) => !needed.includes(action));
        assert.deepEqual(
            wider.map((action) => action.replace(/^.*\/blobServices\//, "")),
            ["containers/delete", "containers/write"],
        );
    });

    it("have no wildcard and let nobody give rights to others", () => {
        for (const { actions, dataActions } of Object.values(STORAGE_ROLES)) {
            for (const action of [...actions, ...dataActions]) {
                assert.doesNotMatch(action, /\*|Microsoft\.Authorization|listKeys|listAccountSas/i);
            }
        }
    });

    it("are assigned on a container, in the subscription of its account", () => {
        assert.equal(containerScope(ACCOUNT, "reads"), `${ACCOUNT}/blobServices/default/containers/reads`);
        assert.equal(
            roleDefinitionId(ACCOUNT, STORAGE_ROLES.reader),
            `/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/${STORAGE_ROLES.reader.id}`,
        );
        assert.deepEqual(storageAccount(ACCOUNT), {
            subscription: "00000000-0000-0000-0000-000000000001",
            name: "genomes",
        });
    });

    for (const id of ["", "genomes", `${ACCOUNT}/blobServices/default`, ACCOUNT.replace("Storage/", "Compute/")]) {
        it(`are assigned in no account that is none: "${id.slice(-30)}"`, () =>
            assert.equal(storageAccount(id), undefined));
    }
});
