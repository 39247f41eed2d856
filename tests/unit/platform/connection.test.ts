import assert from "node:assert/strict";
import {
    checkConnection,
    type Connection,
    ConnectionError,
    type ConnectionSources,
    DEFAULT_ENDPOINT,
    endpointHint,
    type ExplicitConnection,
    resolveConnection,
} from "../../../src/platform/connection";

const TOKEN = "canary-token-eyJ0aWQiOiA0Mn0";

function resolve(explicit: ExplicitConnection, rest: Omit<ConnectionSources, "explicit"> = {}): Connection {
    return resolveConnection({ explicit: { accessToken: TOKEN, ...explicit }, environment: {}, ...rest });
}

/** The one fault of these values. */
function fault(explicit: ExplicitConnection): { property: string; reason: string } {
    const faults = checkConnection({ explicit: { accessToken: TOKEN, ...explicit }, environment: {} });
    assert.equal(faults.length, 1, JSON.stringify(faults));
    assert.ok(!faults[0].reason.includes("\n"));
    return faults[0];
}

describe("connection", () => {
    it("takes each value from the argument, then the configuration, then the environment", () => {
        const config = {
            "seqera:endpoint": "https://config.example.org/api",
            "seqera:accessToken": "config-token",
            "seqera:workspaceId": "22",
        } as Record<string, string>;
        const environment = {
            TOWER_API_ENDPOINT: "https://environment.example.org/api",
            TOWER_ACCESS_TOKEN: "environment-token",
            TOWER_WORKSPACE_ID: "33",
        };
        const sources: ConnectionSources = { config: (key) => config[key], environment };
        assert.deepEqual(
            resolveConnection({
                ...sources,
                explicit: { endpoint: "https://argument.example.org/api", accessToken: "argument", workspaceId: 11 },
            }),
            { endpoint: "https://argument.example.org/api", accessToken: "argument", workspaceId: 11 },
        );
        assert.deepEqual(resolveConnection(sources), {
            endpoint: "https://config.example.org/api",
            accessToken: "config-token",
            workspaceId: 22,
        });
        assert.deepEqual(resolveConnection({ environment, config: () => undefined }), {
            endpoint: "https://environment.example.org/api",
            accessToken: "environment-token",
            workspaceId: 33,
        });
    });

    it("goes to Seqera Cloud and the personal workspace when nothing else is said", () => {
        assert.deepEqual(resolve({}), { endpoint: DEFAULT_ENDPOINT, accessToken: TOKEN, workspaceId: undefined });
    });

    it("reads the process's environment by default", () => {
        const before = process.env.TOWER_ACCESS_TOKEN;
        process.env.TOWER_ACCESS_TOKEN = "from-the-process";
        try {
            assert.equal(resolveConnection({ explicit: { workspaceId: 1 } }).accessToken, "from-the-process");
        } finally {
            if (before === undefined) {
                delete process.env.TOWER_ACCESS_TOKEN;
            } else {
                process.env.TOWER_ACCESS_TOKEN = before;
            }
        }
    });

    it("takes an empty environment variable for unset, and an empty argument for a mistake", () => {
        const environment = { TOWER_API_ENDPOINT: "", TOWER_WORKSPACE_ID: " ", TOWER_ACCESS_TOKEN: "theirs" };
        assert.deepEqual(resolveConnection({ environment }), {
            endpoint: DEFAULT_ENDPOINT,
            accessToken: "theirs",
            workspaceId: undefined,
        });
        const faults = checkConnection({ explicit: { accessToken: "" }, environment });
        assert.deepEqual(
            faults.map(({ property }) => property),
            ["accessToken"],
        );
        assert.match(faults[0].reason, /^must not be empty \(write a personal access token/);
    });

    describe("the endpoint", () => {
        for (const [given, normalised] of [
            ["https://tower.example.org/api/", "https://tower.example.org/api"],
            ["https://tower.example.org/api///", "https://tower.example.org/api"],
            [" https://API.cloud.seqera.io/ ", "https://api.cloud.seqera.io"],
            ["https://cloud.seqera.io/api", "https://cloud.seqera.io/api"],
            ["https://tower.example.org:8443/base/api", "https://tower.example.org:8443/base/api"],
            ["http://localhost:8000/api", "http://localhost:8000/api"],
            ["http://127.0.0.1:8000", "http://127.0.0.1:8000"],
            ["http://[::1]:8000/", "http://[::1]:8000"],
            ["http://platform.localhost", "http://platform.localhost"],
        ] as const) {
            it(`"${given}" becomes ${normalised}`, () =>
                assert.equal(resolve({ endpoint: given }).endpoint, normalised));
        }

        for (const [given, says] of [
            ["", /^must not be empty \(write the URL of the API, such as https:\/\/api\.cloud\.seqera\.io/],
            ["tower.example.org", /^"tower\.example\.org" is not an https URL \(write the URL of the API/],
            ["ftp://tower.example.org/api", /is not an https URL/],
            [
                "http://tower.example.org/api",
                /does not use https, .* plain text \(use https, or set allowInsecureEndpoint/,
            ],
            ["http://127.0.0.1.example.org/api", /does not use https/],
            ["https://tower.example.org/api?x=1", /has a query or fragment/],
            [
                "https://cloud.seqera.io",
                /is the URL of the web interface, not of the API \(use https:\/\/api\.cloud\.seqera\.io\)$/,
            ],
            ["https://cloud.seqera.io/orgs/a/workspaces/b", /web interface/],
        ] as const) {
            it(`"${given}" is refused`, () => {
                const { property, reason } = fault({ endpoint: given });
                assert.equal(property, "endpoint");
                assert.match(reason, says);
            });
        }

        it("may be http elsewhere when that is allowed, by argument or configuration", () => {
            const endpoint = "http://tower.example.org/api";
            assert.equal(resolve({ endpoint, allowInsecureEndpoint: true }).endpoint, endpoint);
            const config = (key: string): string | undefined =>
                key === "seqera:allowInsecureEndpoint" ? "true" : undefined;
            assert.equal(resolve({ endpoint }, { config }).endpoint, endpoint);
        });

        it("is not plainValue by a word of the configuration that is neither true nor false", () => {
            const config = (key: string) => (key === "seqera:allowInsecureEndpoint" ? "yes" : undefined);
            const faults = checkConnection({ explicit: { accessToken: TOKEN }, environment: {}, config });
            const reason = 'seqera:allowInsecureEndpoint must be true or false, not "yes"';
            assert.deepEqual(faults, [{ property: "allowInsecureEndpoint", reason }]);
        });

        it("never repeats a password that stands in it", () => {
            for (const endpoint of ["https://me:canary@tower.example.org/api", "me:canary@tower"]) {
                assert.doesNotMatch(fault({ endpoint }).reason, /canary/);
            }
        });

        it("of a self-hosted Platform without /api gets a hint, and is no fault", () => {
            assert.equal(resolve({ endpoint: "https://tower.example.org" }).endpoint, "https://tower.example.org");
            assert.match(endpointHint("https://tower.example.org") ?? "", /try https:\/\/tower\.example\.org\/api/);
            for (const fine of [DEFAULT_ENDPOINT, "https://tower.example.org/api", "http://127.0.0.1:9000"]) {
                assert.equal(endpointHint(fine), undefined);
            }
        });
    });

    describe("the workspace", () => {
        for (const given of [75887156211590, "75887156211590", " 75887156211590 "]) {
            it(`${JSON.stringify(given)} is accepted`, () =>
                assert.equal(resolve({ workspaceId: given }).workspaceId, 75887156211590));
        }
        for (const given of [0, -5, 1.5, Number.NaN, "org/workspace", "", "12ab", "9007199254740993", "1e5"]) {
            it(`${JSON.stringify(given)} is refused`, () => {
                const { property, reason } = fault({ workspaceId: given });
                assert.equal(property, "workspaceId");
                assert.match(reason, /^".*" is not a workspace id \(write the number/);
            });
        }
    });

    describe("the token", () => {
        it("is trimmed, as one that was read from a file ends with a line break", () =>
            assert.equal(resolve({ accessToken: `${TOKEN}\n` }).accessToken, TOKEN));

        it("missing, names the three ways to give one", () => {
            const faults = checkConnection({ environment: {} });
            assert.equal(faults.length, 1);
            assert.match(
                faults[0].reason,
                /argument accessToken, .*pulumi config set --secret seqera:accessToken.*TOWER_ACCESS_TOKEN/,
            );
        });

        for (const given of [`Bearer ${TOKEN}`, `${TOKEN}\n${TOKEN}`, `“${TOKEN}”`]) {
            it("with something around it is refused, and not repeated", () => {
                const { property, reason } = fault({ accessToken: given });
                assert.equal(property, "accessToken");
                assert.match(reason, /write only the token/);
                assert.doesNotMatch(reason, /canary/);
            });
        }
    });

    it("names everything that is wrong, under the name by which it was given", () => {
        const sources: ConnectionSources = {
            config: (key) => (key === "seqera:workspaceId" ? "mine" : undefined),
            environment: { TOWER_API_ENDPOINT: "tower" },
        };
        assert.throws(
            () => resolveConnection(sources),
            (error) => {
                assert.ok(error instanceof ConnectionError);
                assert.deepEqual(
                    error.faults.map(({ property }) => property),
                    ["endpoint", "accessToken", "workspaceId"],
                );
                assert.match(
                    error.message,
                    /^endpoint: TOWER_API_ENDPOINT "tower" is not .*\); accessToken: required /,
                );
                assert.match(error.message, /; workspaceId: seqera:workspaceId "mine" is not/);
                return true;
            },
        );
    });
});
