// Loaded into a provider process before anything else: as fastLookups.cjs, and takes an answer that comes late for lost. Only
// the tests of late answers use it, since on a busy machine other answers come late as well.
require("./fastLookups.cjs");
const { join } = require("node:path");

const platform = join(process.cwd(), "node_modules", "pulumi-seqera-kubernetes", "dist", "platform");

Object.assign(require(join(platform, "settings.js")).DEFAULT_CLIENT, { requestTimeoutMs: 400 });
