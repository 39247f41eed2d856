import assert from "node:assert/strict";
import { got } from "got";
import { startEmulator, stopEmulators } from "./support";

describe("emulator: its page", () => {
    afterEach(stopEmulators);

    it("is served beside the API, and needs nothing from anywhere else", async () => {
        const { endpoint, requests, controlEndpoint } = await startEmulator();
        const origin = new URL(endpoint).origin;
        const page = await got(`${origin}/`);
        assert.equal(page.headers["content-type"], "text/html");
        assert.match(page.body, /^<!doctype html>/);
        assert.doesNotMatch(
            page.body,
            /https?:|\/\/[a-z]|@import|<(link|img|iframe)[^>]*(src|href)="(?!data:)|<script src/i,
        );
        assert.match(String(page.headers["content-security-policy"]), /^default-src 'none';.*connect-src 'self'/);
        // What it shows comes from the control endpoints, and it is no request of the API.
        const calls = [...page.body.matchAll(/get\(["`]([a-z]+)/g)].map(([, call]) => call);
        assert.deepEqual(calls, ["health", "state", "requests"]);
        for (const call of calls) {
            assert.equal((await got(`${controlEndpoint}/${call}`)).statusCode, 200);
        }
        assert.deepEqual(requests, []);
    });

    it("gets the end of the request log alone", async () => {
        const { endpoint, controlEndpoint } = await startEmulator();
        for (let i = 0; i < 3; i++) {
            await got(`${endpoint}/service-info`);
        }
        const last = async (count: number): Promise<{ id: number }[]> =>
            await got(`${controlEndpoint}/requests?last=${count}`).json();
        assert.deepEqual(
            (await last(2)).map(({ id }) => id),
            [2, 3],
        );
        assert.equal((await last(50)).length, 3);
    });
});
