// Loaded into a provider process before anything else; other processes of the CLI pass it by. Every limit and pause is a
// hundredth or so of what it is as shipped, so that a run full of trouble takes a second.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const platform = join(process.cwd(), "node_modules", "pulumi-seqera-kubernetes", "dist", "platform");
if (!existsSync(platform)) {
    return;
}

Object.assign(require(join(platform, "settings.js")).DEFAULT_CLIENT, {
    callsPerSecond: 1_000,
    requestTimeoutMs: 250,
    callTimeoutMs: 2_000,
});
Object.assign(require(join(platform, "retry.js")).DEFAULT_RETRY, { baseDelayMs: 10, maxDelayMs: 80 });
Object.assign(require(join(platform, "createOnce.js")).DEFAULT_CREATE_ONCE, {
    lookUpDelaysMs: [0, 150, 250],
    lookUpPatienceMs: 500,
});

const { DEFAULT_INTERVALS_MS } = require(join(platform, "wait.js"));
DEFAULT_INTERVALS_MS.splice(0, DEFAULT_INTERVALS_MS.length, 10, 20, 50);
