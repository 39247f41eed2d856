import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { failure, type Props, UNKNOWN, useWorld } from "./support";

/** The address of a server that is not the Platform, while something is tried with it. */
async function beside<T>(answer: RequestListener, work: (address: string) => Promise<T>): Promise<T> {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
        return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    }
}

describe("the preflight of the Platform (issue 17, point 6)", () => {
    const world = useWorld();

    /** What is said of a connection; `message` has a line for each finding. */
    const refused = async (inputs: Props): Promise<string> => {
        const checked = await world.provider.checked("platformPreflight", { ...world.connection, ...inputs });
        const { message } = await failure(world.provider.process.create(checked));
        const [heading, ...lines] = message.split("\n");
        assert.equal(heading, "Preflight failed: Seqera Platform cannot be used like this, so nothing was created:");
        assert.equal(lines.pop(), "  (Set preflight to false to skip this check.)");
        assert.equal(lines.length, 1, message);
        return lines[0].trim();
    };

    it("refuses an endpoint without /api, and the address of a page of the same host, with what to write", async () => {
        const { endpoint } = world.connection;
        for (const wrong of [endpoint.replace(/\/api$/, ""), endpoint.replace(/\/api$/, "/orgs/acme")]) {
            assert.match(
                await refused({ endpoint: wrong }),
                new RegExp(
                    `^endpoint: "${wrong}" is not the API of Seqera Platform: GET /service-info: HTTP 404 \\(write "${endpoint}"\\)$`,
                ),
            );
        }
    });

    it("refuses a server that is not the Platform, whatever it answers, without showing it the token", async () => {
        const seen: (string | undefined)[] = [];
        const answers: RequestListener[] = [
            (_, response) =>
                response.setHeader("content-type", "text/html").end("<!doctype html><title>Sign in</title>"),
            (_, response) => response.writeHead(401).end(),
            (_, response) => response.writeHead(302, { location: "https://sign-in.example.com" }).end(),
            (_, response) => response.end('{"status":"up"}'),
        ];
        for (const answer of answers) {
            const line = await beside(
                (request, response) => {
                    seen.push(request.headers.authorization);
                    answer(request, response);
                },
                (address) => refused({ endpoint: address }),
            );
            assert.match(
                line,
                /^endpoint: "http:.*" is not the API of Seqera Platform: .*\(write the URL of the API, such as https:\/\/api\.cloud\.seqera\.io or https:\/\/<host>\/api\)$/,
            );
        }
        assert.ok(seen.length >= answers.length && seen.every((each) => each === undefined));
    });

    it("refuses a token that the Platform does not accept, without repeating it", async () => {
        const line = await refused({ accessToken: "a-token-of-nobody" });
        assert.match(line, /^accessToken: rejected by http:.*: HTTP 401 \(write a valid personal access token/);
        assert.doesNotMatch(line, /nobody/);
    });

    it("refuses a workspace that the token's user does not see", async () =>
        assert.match(
            await refused({ workspaceId: 424242 }),
            /^workspaceId: the token's user has no access to workspace 424242: HTTP 403 \(write the id of a workspace/,
        ));

    it("refuses a credential that the workspace does not have", async () =>
        assert.match(
            await refused({ credentialsId: "0123456789abcdefghijkl" }),
            /^credentialsId: "0123456789abcdefghijkl" does not exist in workspace \d+ \(write the id of a credential of this workspace\)$/,
        ));

    const foreseen = async (inputs: Props) =>
        (await world.provider.check("platformPreflight", {}, { ...world.connection, atPreview: true, ...inputs }))
            .failures;

    it("at preview, refuses the same where it is told to check, and makes no call elsewhere", async () => {
        const credentialsId = "0123456789abcdefghijkl";
        const [problem, ...others] = await foreseen({ credentialsId });
        assert.deepEqual([problem.property, others], ["credentialsId", []]);
        assert.deepEqual(await foreseen({}), []);
        world.quiet();
        assert.deepEqual(await foreseen({ atPreview: false, credentialsId }), []);
        assert.deepEqual(world.calls(), []);
    });

    it("at preview, says that it could not check a Platform that is not known yet, or does not respond", async () => {
        const unknown = await world.provider.printed(() => foreseen({ endpoint: UNKNOWN }));
        assert.match(
            unknown.join(),
            /^Preflight could not check the Platform at preview, because the connection is not/,
        );
        const silent = await world.provider.printed(() => foreseen({ endpoint: "http://127.0.0.1:1/api" }));
        assert.match(
            silent.join(),
            /^Preflight could not check the Platform at preview, because it does not respond: GET/,
        );
    });

    it("asks once a process, for the same connection and credential", async () => {
        const credentialsId = await world.credential();
        world.quiet();
        await Promise.all(
            [{}, {}, { credentialsId }, { credentialsId }].map((each) => world.make("platformPreflight", each)),
        );
        assert.deepEqual(world.calls().sort(), [
            "GET /compute-envs",
            "GET /credentials/{id}",
            "GET /service-info",
            "GET /service-info",
        ]);
    });
});
