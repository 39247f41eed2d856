// Loaded into a provider process before anything else: serves a fresh copy of the package for each run, as a new process
// would, since starting one takes longer than most runs. The pace is a file that is loaded anew for each copy.
const { join, sep } = require("node:path");

const dist = join(process.cwd(), "node_modules", "pulumi-seqera-kubernetes", "dist") + sep;
const copies = new Map();

globalThis.freshCopy = (run) => {
    if (!copies.has(run)) {
        const pace = require.resolve(process.env.CHAOS_PACE);
        for (const path of Object.keys(require.cache)) {
            if (path.startsWith(dist) || path === pace) {
                delete require.cache[path];
            }
        }
        require(pace);
        copies.set(run, require(join(dist, "dynamic", "index.js")));
    }
    return copies.get(run);
};
