// Loaded into a provider process before anything else: makes the client give up and look again after milliseconds instead
// of seconds, so that a test of lost answers takes no longer than it has to.
require("./fastWaits.cjs");
const { join } = require("node:path");

const platform = join(process.cwd(), "node_modules", "pulumi-seqera-kubernetes", "dist", "platform");

Object.assign(require(join(platform, "retry.js")).DEFAULT_RETRY, { baseDelayMs: 5 });
const { DEFAULT_CREATE_ONCE } = require(join(platform, "createOnce.js"));
const { timing } = DEFAULT_CREATE_ONCE;
Object.assign(DEFAULT_CREATE_ONCE, {
    lookUpDelaysMs: [0, 150, 300],
    // Less than the pause after a look-up that failed, so that a create that cannot look ends after the first one.
    lookUpPatienceMs: 900,
    // The deadline of a look-up is on the real clock: on a clock that is fast one that takes long on a busy machine is waited for.
    timing: { ...timing, now: () => timing.now() + 60_000 },
});
