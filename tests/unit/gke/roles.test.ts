import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { BucketAccess } from "../../../src/gke/enums";
import { bucketRole, CUSTOM_ROLE_PERMISSIONS, PREDEFINED_ROLES, type PredefinedRole } from "../../../src/gke/roles";

/** What Google publishes, apart from our own table. */
const published = parse(readFileSync(join(__dirname, "predefinedRoles.yaml"), "utf8")) as {
    roles: Record<string, string[]>;
    operations: Record<string, string[]>;
};

const ROLES: PredefinedRole[] = Object.values(PREDEFINED_ROLES).map(({ name, permissions }) => ({
    name,
    permissions: [...permissions],
}));

describe("the roles of Google that are given", () => {
    for (const { name, permissions } of ROLES) {
        it(`are what Google publishes: ${name}`, () => assert.deepEqual(permissions, published.roles[name]));
    }

    it("let the Platform find clusters, and the least of them nothing else", () => {
        assert.deepEqual(CUSTOM_ROLE_PERMISSIONS, published.operations.findClusters);
        const wider = PREDEFINED_ROLES.clusterViewer.permissions.filter(
            (permission) => !CUSTOM_ROLE_PERMISSIONS.includes(permission),
        );
        assert.deepEqual(wider, ["resourcemanager.projects.get", "resourcemanager.projects.list"]);
    });

    /** Rights on projects have no effect on a bucket. */
    const allowed = (access: BucketAccess) =>
        ROLES.find(({ name }) => name === bucketRole(access))!.permissions.filter((each) =>
            each.startsWith("storage."),
        );

    it("let objects be read, and by readers nothing be changed", () => {
        const read = allowed(BucketAccess.Read);
        const write = allowed(BucketAccess.ReadWrite);
        for (const permission of published.operations.read) {
            assert.ok(read.includes(permission) && write.includes(permission), permission);
        }
        for (const permission of published.operations.write) {
            assert.ok(!read.includes(permission), permission);
            assert.ok(write.includes(permission), permission);
        }
        assert.deepEqual(
            read.filter((permission) => !/\.(get|list)$/.test(permission)),
            [],
        );
    });

    it("say nothing of what is inside clusters, which is for Kubernetes' own roles to say", () => {
        for (const permission of [...ROLES.flatMap(({ permissions }) => permissions), ...CUSTOM_ROLE_PERMISSIONS]) {
            assert.doesNotMatch(permission, /^container\.(?!clusters\.(get|list)$)/);
        }
    });

    it("let nobody delete a bucket, act as another or give rights to others", () => {
        for (const permission of ROLES.flatMap(({ permissions }) => permissions)) {
            assert.doesNotMatch(permission, /\*|setIamPolicy|^iam\.|^storage\.buckets\./);
        }
    });
});
