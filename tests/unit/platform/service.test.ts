import assert from "node:assert/strict";
import type { PlatformClient } from "../../../src/platform/platformClient";
import { serviceInfo, userInfo, userWorkspaces } from "../../../src/platform/service";
import { empty, failure, json, ScriptedPlatform } from "./support";

const ROWS = [
    { orgId: 1, orgName: "Acme", workspaceId: null, workspaceName: null },
    { orgId: 1, orgName: "Acme", workspaceId: 75887156211590, workspaceName: "research" },
    { orgId: 2, orgName: "Other", workspaceId: 22, workspaceName: "research" },
];

describe("service", () => {
    let platform: ScriptedPlatform;
    let client: PlatformClient;
    beforeEach(async () => {
        platform = await ScriptedPlatform.start();
        client = platform.client({ workspaceId: 7 });
    });
    afterEach(() => platform.stop());

    it("tells its version without a token", async () => {
        platform.on("GET /service-info", json({ serviceInfo: { version: "26.1", apiVersion: "1.187.0" } }));
        assert.equal((await serviceInfo(client)).apiVersion, "1.187.0");
        assert.equal(platform.received[0]?.headers.authorization, undefined);
        assert.equal(platform.received[0]?.query.has("workspaceId"), false);
    });

    it("tells whose the token is", async () => {
        platform.on(
            "GET /user-info",
            json({ user: { id: 1264, userName: "jo" }, defaultWorkspaceId: null }),
            empty(401),
        );
        assert.equal((await userInfo(client)).user.id, 1264);
        assert.equal((await failure(userInfo(client))).kind, "unauthorized");
    });

    describe("with workspaces", () => {
        beforeEach(
            () =>
                void platform
                    .on("GET /user-info", json({ user: { id: 1264 } }))
                    .on("GET /user/1264/workspaces", json({ orgsAndWorkspaces: ROWS })),
        );

        it("lists them for the token's owner", async () => {
            assert.deepEqual(await userWorkspaces(client), ROWS);
            assert.equal(platform.received[1]?.query.has("workspaceId"), false);
        });
    });
});
