// Mocha's own "spec" output, and the counts in a file for whoever started it.
const { writeFileSync } = require("node:fs");
const Spec = require("mocha/lib/reporters/spec");

module.exports = class extends Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once("end", () => {
            const { passes, failures, pending } = runner.stats;
            writeFileSync(
                process.env.TEST_COUNTS_FILE,
                JSON.stringify({ passed: passes, failed: failures, skipped: pending }),
            );
        });
    }
};
