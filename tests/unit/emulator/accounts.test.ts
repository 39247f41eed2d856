import assert from "node:assert/strict";
import { DEFAULT_ORGANIZATION, DEFAULT_WORKSPACE } from "../../../src/emulator";
import {
    Client,
    createCredentials,
    computeEnvBody,
    openapi,
    startEmulator,
    stopEmulators,
    workspaceId,
} from "./support";

describe("emulator: tokens, users and workspaces", () => {
    afterEach(stopEmulators);

    const other = {
        id: 111222333444,
        name: "other",
        visibility: "SHARED",
        organization: { id: 999, name: "labs" },
    } as const;

    it("serves service-info without a token", async () => {
        const { endpoint } = await startEmulator();
        const { status, body } = await new Client(endpoint, null, {}).get("/service-info");
        assert.equal(status, 200);
        assert.equal(body.serviceInfo.waveEnabled, true);
        assert.match(body.serviceInfo.apiVersion, /^\d+\.\d+\.\d+$/);
    });

    it("answers 401 with an empty body to a missing, malformed or unknown token", async () => {
        const { endpoint, requests } = await startEmulator();
        for (const token of [null, "wrong", "two words"]) {
            const { status, body } = await new Client(endpoint, token, {}).get("/user-info");
            assert.equal(status, 401);
            assert.equal(body, undefined);
        }
        assert.deepEqual(
            requests.map(({ actor }) => actor),
            [null, null, null],
        );
    });

    it("answers user-info and the organizations and workspaces of that user", async () => {
        const { endpoint } = await startEmulator({
            accessTokens: [{ token: "t1", userName: "ana", userId: 1264, roles: { [other.id]: null } }],
            workspaces: [DEFAULT_WORKSPACE, other],
        });
        const client = new Client(endpoint, "t1", {});
        const { body: info } = await client.get("/user-info");
        assert.deepEqual([info.user.id, info.user.userName], [1264, "ana"]);
        assert.deepEqual([info.needConsent, info.defaultWorkspaceId], [false, null]);

        const { body } = await client.get("/user/1264/workspaces");
        const organization = { orgId: DEFAULT_ORGANIZATION.id, orgName: DEFAULT_ORGANIZATION.name };
        assert.deepEqual(body.orgsAndWorkspaces, [
            { ...organization, workspaceId: null, workspaceName: null },
            {
                ...organization,
                workspaceId: DEFAULT_WORKSPACE.id,
                workspaceName: DEFAULT_WORKSPACE.name,
                workspaceFullName: DEFAULT_WORKSPACE.name,
                visibility: "PRIVATE",
                roles: ["owner"],
            },
        ]);
        assert.equal((await client.get("/user/1/workspaces")).status, 403);
        assert.deepEqual(
            (await client.get("/orgs")).body.organizations.map(({ orgId }: { orgId: number }) => orgId),
            [DEFAULT_ORGANIZATION.id],
        );
    });

    it("answers the workspaces of an organization that the user sees, and no other", async () => {
        const { endpoint } = await startEmulator({
            accessTokens: [{ token: "t1", role: null, roles: { [other.id]: "view" } }],
            workspaces: [DEFAULT_WORKSPACE, other],
        });
        const client = new Client(endpoint, "t1", {});
        const { body } = await client.get(`/orgs/${other.organization.id}/workspaces`);
        assert.deepEqual(body.workspaces, [
            { id: other.id, name: "other", fullName: "other", visibility: "SHARED", description: null },
        ]);
        assert.equal((await client.get(`/orgs/${DEFAULT_ORGANIZATION.id}/workspaces`)).status, 403);
        const described = await client.get(`/orgs/${other.organization.id}/workspaces/${other.id}`);
        assert.equal(described.body.workspace.name, "other");
        const hidden = await client.get(`/orgs/${other.organization.id}/workspaces/${DEFAULT_WORKSPACE.id}`);
        assert.equal(hidden.status, 403);
    });

    it("answers 403 in a workspace that does not exist or that the user is not in, 400 if it is no number", async () => {
        const { endpoint } = await startEmulator({
            accessTokens: [{ token: "t1", role: null, roles: { [workspaceId]: "owner" } }],
            workspaces: [DEFAULT_WORKSPACE, other],
        });
        const client = new Client(endpoint, "t1", {});
        assert.equal((await client.get("/compute-envs", { workspaceId })).status, 200);
        for (const wrong of [other.id, 42]) {
            const { status, body } = await client.get("/compute-envs", { workspaceId: wrong });
            assert.deepEqual([status, body], [403, { message: "Forbidden" }]);
        }
        assert.equal((await client.get("/compute-envs", { workspaceId: "abc" })).status, 400);
    });

    it("keeps the objects of workspaces and of the personal context apart", async () => {
        const { endpoint } = await startEmulator({ workspaces: [DEFAULT_WORKSPACE, other] });
        const here = new Client(endpoint);
        const there = new Client(endpoint, undefined, { workspaceId: other.id });
        const personal = new Client(endpoint, undefined, {});
        const id = await createCredentials(here);
        // The same name is free elsewhere.
        await createCredentials(there);
        await createCredentials(personal);
        for (const [client, status] of [
            [here, 200],
            [there, 403],
            [personal, 403],
        ] as const) {
            assert.equal((await client.get(`/credentials/${id}`)).status, status);
            assert.equal((await client.get("/credentials")).body.credentials.length, 1);
        }
        // A credential of another workspace is unknown to a compute environment.
        const { status, body } = await there.post("/compute-envs", computeEnvBody(id));
        assert.deepEqual([status, body.message], [400, `Unknown credentials with ID '${id}'`]);
    });

    describe("roles", () => {
        const label = { name: "team", value: "x1", resource: true };
        const pipeline = { name: "hello", launch: { pipeline: "https://github.com/nextflow-io/hello" } };
        const calls: [string, string, object | undefined, string[]][] = [
            ["GET", "/compute-envs", undefined, ["owner", "admin", "maintain", "launch", "connect", "view"]],
            ["GET", "/credentials", undefined, ["owner", "admin", "maintain", "launch", "connect", "view"]],
            ["POST", "/compute-envs", { computeEnv: {} }, ["owner", "admin"]],
            ["PUT", "/compute-envs/x", {}, ["owner", "admin"]],
            ["DELETE", "/compute-envs/x", undefined, ["owner", "admin"]],
            ["POST", "/compute-envs/x/primary", {}, ["owner", "admin"]],
            ["POST", "/compute-envs/x/disable", {}, ["owner", "admin"]],
            ["POST", "/credentials", { credentials: {} }, ["owner", "admin"]],
            ["DELETE", "/credentials/x", undefined, ["owner", "admin"]],
            ["POST", "/labels", label, ["owner", "admin", "maintain"]],
            ["POST", "/pipelines", pipeline, ["owner", "admin", "maintain"]],
            ["POST", "/actions", {}, ["owner", "admin", "maintain"]],
            ["POST", "/workflow/launch", { launch: {} }, ["owner", "admin", "maintain", "launch"]],
        ];
        for (const [method, path, body, allowed] of calls) {
            it(`${method} ${path}: ${allowed.join(", ")}`, async () => {
                for (const role of ["owner", "admin", "maintain", "launch", "connect", "view"] as const) {
                    // Without the document, whose word on these stubs of bodies would come first.
                    const { endpoint } = await startEmulator({
                        accessTokens: [{ token: "t", role }],
                        openapi: undefined,
                    });
                    const answer = await new Client(endpoint, "t").call(method as "GET", path, body);
                    const missing =
                        answer.status === 403 &&
                        /Missing permission\(s\): "\w+:\w+"/.test(answer.body.message as string);
                    assert.equal(
                        missing,
                        !allowed.includes(role),
                        `${role}: ${answer.status} ${JSON.stringify(answer.body)}`,
                    );
                }
            });
        }
    });

    it("has the same user for tokens of the same name", async () => {
        const { endpoint } = await startEmulator({ accessTokens: [{ token: "a" }, { token: "b" }], openapi });
        const ids = await Promise.all(
            ["a", "b"].map(
                async (token) => (await new Client(endpoint, token, {}).get("/user-info")).body.user.id as number,
            ),
        );
        assert.equal(ids[0], ids[1]);
    });
});
