import assert from "node:assert/strict";
import { sameKeys } from "../../../src/dynamic/providers/credentialsInputs";
import type { PlatformClient } from "../../../src/platform/platformClient";
import {
    createCredentials,
    deleteCredentials,
    describeCredentials,
    findCredentials,
    listCredentials,
    updateCredentials,
} from "../../../src/platform/credentials";
import type { CredentialsSpec } from "../../../src/platform/types";
import { type Answer, empty, failure, json, message, reset, ScriptedPlatform, SkippedTime } from "./support";

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const X509: CredentialsSpec = {
    name: "cluster",
    provider: "k8s",
    keys: { certificate: CERTIFICATE, privateKey: "pk" },
};
const AWS_ROLE: CredentialsSpec = {
    name: "aws",
    provider: "aws",
    keys: { mode: "role", assumeRoleArn: "arn:aws:iam::123456789012:role/seqera" },
};
const SHOWN = {
    id: "cred1",
    name: "cluster",
    provider: "k8s",
    keys: { certificate: CERTIFICATE.trim(), discriminator: "k8s" },
};

const listing = (...credentials: object[]): Answer => json({ credentials });

describe("credentials", () => {
    let platform: ScriptedPlatform;
    let client: PlatformClient;
    beforeEach(async () => {
        platform = await ScriptedPlatform.start();
        client = platform.client({ workspaceId: 7, retry: { limit: 0 } });
    });
    afterEach(() => platform.stop());

    const create = (spec: CredentialsSpec = X509): ReturnType<typeof createCredentials> =>
        createCredentials(client, spec, { createOnce: { timing: new SkippedTime() }, sameKeys });

    it("are made after their name was checked", async () => {
        platform.on("GET /credentials/validate", empty()).on("POST /credentials", json({ credentialsId: "cred1" }));
        assert.deepEqual(await create(), { id: "cred1", adopted: false, posts: 1 });
        assert.deepEqual(platform.calls, ["GET /credentials/validate", "POST /credentials"]);
        assert.deepEqual(platform.received[1]?.body, { credentials: X509 });
        assert.equal(platform.received[1]?.query.toString(), "workspaceId=7");
    });

    it("for an AWS role ask for an external id, when made and when changed", async () => {
        platform
            .on("POST /credentials", json({ credentialsId: "cred1" }))
            .on("PUT /credentials/cred1", empty())
            .on(
                "GET /credentials/cred1",
                json({ credentials: { ...SHOWN, keys: { externalId: "e1" } }, setupSnippet: "{}" }),
            );
        await createCredentials(client, AWS_ROLE, { nameKnownFree: true, useExternalId: true, sameKeys });
        await updateCredentials(client, "cred1", AWS_ROLE, { useExternalId: true });
        assert.deepEqual(
            platform.received.map(({ query }) => query.get("useExternalId")),
            ["true", "true"],
        );
        const described = await describeCredentials(client, "cred1");
        assert.deepEqual([described.credentials.keys?.externalId, described.setupSnippet], ["e1", "{}"]);
    });

    it("whose name is taken are not posted", async () => {
        platform.on("GET /credentials/validate", message(409, "Duplicate element"));
        assert.match((await failure(create())).message, /Credentials named "cluster" already exist in workspace 7/);
        assert.equal(platform.calls.length, 1);
    });

    it("are found again after a lost answer, and not made twice", async () => {
        platform
            .on("GET /credentials/validate", empty())
            .on("POST /credentials", reset)
            .on(
                "GET /credentials",
                listing({ id: "old", name: "cluster", deleted: true }, { id: "cred1", name: "cluster" }),
            )
            .on("GET /credentials/cred1", json({ credentials: SHOWN }));
        assert.deepEqual(await create(), { id: "cred1", adopted: true, posts: 1 });
        assert.equal(platform.count("POST /credentials"), 1);
    });

    for (const [what, other] of [
        ["provider", { provider: "aws" }],
        ["readable keys", { keys: { certificate: "another" } }],
    ] as const) {
        it(`of the same name with other ${what} are somebody else's`, async () => {
            platform
                .on("GET /credentials/validate", empty())
                .on("POST /credentials", reset)
                .on("GET /credentials", listing({ id: "theirs", name: "cluster" }))
                .on("GET /credentials/theirs", json({ credentials: { ...SHOWN, id: "theirs", ...other } }));
            assert.equal((await failure(create())).code, "NAME_TAKEN");
            assert.equal(platform.count("POST /credentials"), 1);
        });
    }

    it("of an old Platform that shows no keys are recognised by name and provider", async () => {
        platform
            .on("GET /credentials/validate", empty())
            .on("POST /credentials", reset)
            .on("GET /credentials", listing({ id: "cred1", name: "cluster" }))
            .on("GET /credentials/cred1", json({ credentials: { ...SHOWN, keys: null } }));
        assert.equal((await create()).id, "cred1");
    });

    it("are rotated in place, with their id in the body", async () => {
        platform.on("PUT /credentials/cred1", empty());
        await updateCredentials(client, "cred1", X509);
        assert.deepEqual(platform.received[0]?.body, { credentials: { ...X509, id: "cred1" } });
    });

    it("are listed for a platform", async () => {
        platform.on("GET /credentials", listing(SHOWN));
        assert.deepEqual(await listCredentials(client, { platformId: "eks-platform" }), [SHOWN]);
        assert.equal(platform.received[0]?.query.get("platformId"), "eks-platform");
    });

    for (const [what, answer] of [
        ["403", empty(403)],
        ["404", empty(404)],
        ["400", message(400, "Unknown")],
        ["deleted: true", json({ credentials: { ...SHOWN, deleted: true } })],
    ] as const) {
        it(`${what} are gone only when the list agrees`, async () => {
            platform
                .on("GET /credentials/cred1", answer)
                .on("GET /credentials", listing({ id: "cred1", deleted: true }), empty(403), empty(401));
            assert.equal(await findCredentials(client, "cred1"), undefined);
            assert.equal((await failure(findCredentials(client, "cred1"))).kind, "forbidden");
            assert.equal((await failure(findCredentials(client, "cred1"))).kind, "unauthorized");
        });
    }

    it("are deleted, unchecked by default; gone before is fine; in use is told with what uses them", async () => {
        const conflict = { credentialsId: "cred1", conflicts: [{ id: "1", name: "nightly", type: "workflow" }] };
        platform
            .on("DELETE /credentials/cred1", empty(), empty(403), json(conflict, 409))
            .on("GET /credentials/cred1", empty(403), json({ credentials: SHOWN }))
            .on("GET /credentials", listing());
        assert.equal(await deleteCredentials(client, "cred1"), "accepted");
        assert.equal(await deleteCredentials(client, "cred1"), "gone");
        const error = await failure(deleteCredentials(client, "cred1", { checked: true }));
        assert.match(error.message, /HTTP 409: "workflow nightly"\. Running jobs depend on these credentials/);
        assert.deepEqual(
            platform.received.filter(({ call }) => call.startsWith("DELETE")).map(({ query }) => query.get("checked")),
            [null, null, "true"],
        );
    });
});
