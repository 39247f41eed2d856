// Loaded into a provider process before anything else: makes the client give up and look again after milliseconds instead
// of seconds, so that a test of lost answers takes no longer than it has to.
const { join } = require("node:path");

const platform = join(process.cwd(), "node_modules", "pulumi-seqera-kubernetes", "dist", "platform");
const { DEFAULT_CLIENT } = require(join(platform, "settings.js"));
const { DEFAULT_CREATE_ONCE } = require(join(platform, "createOnce.js"));

Object.assign(DEFAULT_CLIENT, {
    requestTimeoutMs: 500,
    retry: { ...DEFAULT_CLIENT.retry, baseDelayMs: 50 },
});
Object.assign(DEFAULT_CREATE_ONCE, { lookUpDelaysMs: [0, 400, 800], lookUpPatienceMs: 2_000 });
