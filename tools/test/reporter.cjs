// Tells the process that started mocha what happens, one message an event: see events.ts.
const { relative } = require("node:path");
const { reporters, Runner } = require("mocha");

const { EVENT_HOOK_END, EVENT_RUN_BEGIN, EVENT_SUITE_BEGIN, EVENT_SUITE_END, EVENT_TEST_BEGIN } = Runner.constants;
const { EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Runner.constants;

// A run that is interrupted takes its processes along, however it ends.
process.on("disconnect", () => process.exit(1));
process.channel?.unref();

module.exports = class extends reporters.Base {
    constructor(runner, options) {
        super(runner, options);
        const seconds = (from) => (Date.now() - from) / 1000;
        const isFile = (suite) => suite.parent?.root === true;
        const fileOf = (runnable) => relative(process.cwd(), runnable.file ?? "");
        let since;
        runner.on(EVENT_RUN_BEGIN, () => process.send({ kind: "total", tests: runner.total }));
        runner.on(EVENT_SUITE_BEGIN, (suite) => {
            if (isFile(suite)) {
                since = Date.now();
            }
        });
        runner.on(EVENT_SUITE_END, (suite) => {
            if (isFile(suite)) {
                process.send({ kind: "file", file: fileOf(suite), seconds: seconds(since) });
            }
        });
        runner.on(EVENT_HOOK_END, (hook) => {
            process.send({ kind: "hook", title: hook.fullTitle(), seconds: (hook.duration ?? 0) / 1000 });
        });
        runner.on(EVENT_TEST_BEGIN, (test) => process.send({ kind: "begin", title: test.fullTitle() }));
        const over = (outcome) => (test, error) => {
            process.send({
                kind: "test",
                outcome,
                file: fileOf(test),
                title: test.fullTitle(),
                seconds: (test.duration ?? 0) / 1000,
                ...(error ? { error: error.stack ?? String(error) } : {}),
            });
        };
        runner.on(EVENT_TEST_PASS, over("passed"));
        runner.on(EVENT_TEST_FAIL, over("failed"));
        runner.on(EVENT_TEST_PENDING, over("skipped"));
    }
};
