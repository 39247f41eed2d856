import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenApiChecker } from "../../../src/emulator/http/openapi";
import {
    Client,
    computeEnvBody,
    createCredentials,
    openapi,
    startEmulator,
    stopEmulators,
    workspaceId,
} from "./support";

const DOCUMENT = {
    openapi: "3.0.1",
    info: { title: "small", version: "1.0.0" },
    paths: {
        "/things": {
            post: {
                operationId: "CreateThing",
                parameters: [
                    { name: "max", in: "query", schema: { type: "integer" } },
                    {
                        name: "tags",
                        in: "query",
                        explode: false,
                        schema: { type: "array", items: { enum: ["a", "b"], type: "string" } },
                    },
                ],
                requestBody: {
                    required: true,
                    content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
                },
                responses: {
                    200: {
                        description: "ok",
                        content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
                    },
                    204: { description: "nothing" },
                    403: { description: "no" },
                },
            },
        },
        "/others": { get: { operationId: "NotServed", responses: {} } },
    },
    components: {
        schemas: {
            Thing: {
                type: "object",
                properties: {
                    id: { type: "string", readOnly: true },
                    name: { type: "string", maxLength: 5 },
                    secret: { type: "string", writeOnly: true },
                    at: { type: "string", format: "date-time" },
                    size: { type: "integer", format: "int32" },
                    shape: { $ref: "#/components/schemas/Shape" },
                    child: { $ref: "#/components/schemas/Child" },
                    params: { type: "object", additionalProperties: { type: "object" } },
                    lines: { $ref: "#/components/schemas/Iterator_String_" },
                    either: {
                        oneOf: [{ $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" }],
                    },
                },
                required: ["name"],
            },
            Shape: {
                type: "object",
                discriminator: {
                    propertyName: "discriminator",
                    mapping: { circle: "#/components/schemas/Circle", square: "#/components/schemas/Square" },
                },
                oneOf: [{ $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" }],
            },
            Circle: { type: "object", properties: { discriminator: { type: "string" }, radius: { type: "integer" } } },
            Square: { type: "object", properties: { discriminator: { type: "string" }, side: { type: "integer" } } },
            Iterator_String_: { type: "object" },
            Parent: { type: "object", properties: { a: { type: "string" } } },
            Child: {
                allOf: [
                    { $ref: "#/components/schemas/Parent" },
                    { type: "object", properties: { b: { type: "string" } } },
                ],
            },
        },
    },
};

describe("emulator: checks against an OpenAPI document", () => {
    let folder: string;
    let checker: OpenApiChecker;

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "openapi-"));
        writeFileSync(join(folder, "document.yaml"), JSON.stringify(DOCUMENT));
        checker = await OpenApiChecker.load(join(folder, "document.yaml"), new Set(["CreateThing"]));
    });

    after(() => rmSync(folder, { recursive: true }));

    const request = (body: unknown, query = ""): { invalid: string[]; unknown: string[] } =>
        checker.checkRequest("CreateThing", {
            method: "POST",
            path: "/things",
            query: new URLSearchParams(query),
            body,
        });
    const response = (body: unknown, status = 200): string[] => checker.checkResponse("CreateThing", status, body);

    it("accepts what the document allows, nulls included", () => {
        const thing = {
            name: "x",
            at: "2026-01-01T00:00:00Z",
            size: 3,
            shape: { discriminator: "circle", radius: 1 },
            child: { a: "1", b: "2" },
            either: { side: 1 },
            params: { text: "a", number: 1, list: [1], object: { a: 1 } },
            lines: ["a", "b"],
        };
        assert.deepEqual(request({ ...thing, secret: "s" }, "max=3&tags=a,b"), { invalid: [], unknown: [] });
        assert.deepEqual(request({ name: "x", size: null, shape: null }), { invalid: [], unknown: [] });
        assert.deepEqual(response({ ...thing, id: "1" }), []);
        assert.deepEqual(response(undefined, 204), []);
        assert.deepEqual(response({ message: "no" }, 403), []);
        assert.deepEqual(response(null, 401), []);
    });

    const invalid: [string, unknown, string, RegExp][] = [
        ["a missing field", {}, "", /must have required property 'name'/],
        ["a null instead of a required field", { name: null }, "", /must have required property 'name'/],
        ["a wrong type", { name: "x", size: "3" }, "", /\/requestBody\/size must be integer/],
        ["a number that is no int32", { name: "x", size: 2 ** 40 }, "", /size must match format "int32"/],
        ["a text that is too long", { name: "abcdef" }, "", /name must NOT have more than 5/],
        ["a date that is none", { name: "x", at: "yesterday" }, "", /at must match format/],
        [
            "a wrong field of a union's member",
            { name: "x", shape: { discriminator: "circle", radius: "1" } },
            "",
            /radius must be integer/,
        ],
        [
            "an unknown member of a union",
            { name: "x", shape: { discriminator: "star" } },
            "",
            /allowed values: circle,square/,
        ],
        ["a missing body", undefined, "", /requestBody/],
        ["a query that is no number", { name: "x" }, "max=many", /\/query\/max must be integer/],
        ["a query that is not allowed", { name: "x" }, "tags=c", /tags.*allowed values: a,b/],
    ];
    for (const [what, body, query, problem] of invalid) {
        it(`finds ${what}`, () => {
            const found = request(body, query);
            assert.match(found.invalid.join("\n"), problem);
        });
    }

    it("finds unknown fields and query parameters without calling them invalid", () => {
        const cases: [object, string, RegExp][] = [
            [{ name: "x", nmae: "y" }, "", /nmae/],
            [{ name: "x", id: "1" }, "", /id/],
            [{ name: "x", shape: { discriminator: "circle", side: 1 } }, "", /shape.*side/],
            [{ name: "x", child: { c: "1" } }, "", /child.*c/],
            [{ name: "x" }, "page=3", /query.*page/],
        ];
        for (const [body, query, problem] of cases) {
            const found = request(body, query);
            assert.deepEqual(found.invalid, []);
            assert.match(found.unknown.join("\n"), problem);
        }
    });

    it("finds secrets, unknown fields, missing and superfluous bodies and undocumented statuses in answers", () => {
        assert.match(response({ name: "x", secret: "s" }).join(), /secret/);
        assert.match(response({ name: "x", other: 1 }).join(), /other/);
        assert.deepEqual(response(undefined), ["status 200 has no body"]);
        assert.deepEqual(response({}, 204), ["status 204 has a body"]);
        assert.deepEqual(response({ message: "x" }, 418), ["status 418 is not documented"]);
    });

    it("says so when the document lacks an operation", async () => {
        const load = OpenApiChecker.load(join(folder, "document.yaml"), new Set(["CreateThing", "Missing"]));
        await assert.rejects(load, /does not have the operation\(s\) Missing/);
    });

    describe("in the emulator, with the Platform's document", () => {
        before(function () {
            if (openapi === undefined) {
                this.skip();
            }
        });

        afterEach(stopEmulators);

        it("answers 400 to a request that violates it, and records the violation", async () => {
            const emulator = await startEmulator();
            const client = new Client(emulator.endpoint);
            const credentialsId = await createCredentials(client);
            const body = computeEnvBody(
                credentialsId,
                { fusionMetricsCollectionEnabled: "yes" },
                { environment: "A=1" },
            );
            const answer = await client.post("/compute-envs", body);
            assert.equal(answer.status, 400);
            assert.match(answer.body.message as string, /does not match the API document/);
            assert.deepEqual(emulator.violations.length, 1);
            const [{ operation, direction, problems }] = emulator.violations;
            assert.deepEqual([operation, direction], ["CreateComputeEnv", "request"]);
            assert.match(problems.join("\n"), /config\/environment must be array/);
            assert.match(problems.join("\n"), /fusionMetricsCollectionEnabled must be boolean/);
        });

        it("serves a request with an unknown field or query parameter, and records it", async () => {
            const emulator = await startEmulator();
            const client = new Client(emulator.endpoint);
            const credentialsId = await createCredentials(client);
            const body = computeEnvBody(credentialsId, {}, { serviceAccount: "x" });
            assert.equal((await client.post("/compute-envs", body)).status, 200);
            await client.get("/compute-envs", { max: 10 });
            assert.deepEqual(
                emulator.violations.map(({ operation, problems }) => [operation, problems.join()]),
                [
                    [
                        "CreateComputeEnv",
                        "/requestBody/computeEnv/config must NOT have additional properties: serviceAccount",
                    ],
                    ["ListComputeEnvs", "/query must NOT have additional properties: max"],
                ],
            );
        });

        it("takes the discriminators from platform and provider when a client leaves them out", async () => {
            const emulator = await startEmulator();
            const client = new Client(emulator.endpoint, undefined, { workspaceId });
            await createCredentials(client, { keys: { token: "t", keyType: "k8s" } });
            assert.match(emulator.violations[0].problems.join(), /keyType/);
        });
    });
});
