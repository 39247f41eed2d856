// Loaded into a provider process before anything else: lifts the limit of ten calls a second and shortens the pauses of
// waits and retries, which would be most of what the suites wait for. The limit has a suite of its own, with a process as
// shipped.
const { join } = require("node:path");

const platform = join(process.cwd(), "node_modules", "pulumi-seqera-kubernetes", "dist", "platform");

Object.assign(require(join(platform, "settings.js")).DEFAULT_CLIENT, { callsPerSecond: 1_000 });
Object.assign(require(join(platform, "retry.js")).DEFAULT_RETRY, { baseDelayMs: 20 });

const { DEFAULT_INTERVALS_MS } = require(join(platform, "wait.js"));
DEFAULT_INTERVALS_MS.splice(0, DEFAULT_INTERVALS_MS.length, 20, 50, 100, 200);
