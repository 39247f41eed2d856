import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { mock } from "node:test";
import { terminalProgress } from "../../../../tools/engine/terminal";
import type { OnProgress } from "../../../../tools/engine/types";

function progressOn(stream: { isTTY: boolean; columns?: number }): { onProgress: OnProgress; written: () => string } {
    let written = "";
    const writable = new Writable({
        write(chunk: Buffer, _encoding, done) {
            written += chunk.toString();
            done();
        },
    });
    return {
        onProgress: terminalProgress(Object.assign(writable, stream) as unknown as NodeJS.WriteStream),
        written: () => written,
    };
}

describe("tools/engine: progress", () => {
    const start = { kind: "start", step: 2, of: 6, title: "build etcd", logFile: "/log" } as const;

    it("is whole lines where there is no terminal: the start with the log, notes, the end with the time", () => {
        const { onProgress, written } = progressOn({ isTTY: false });
        onProgress(start);
        onProgress({ kind: "update", text: "compiled 3 of at most 9 packages" });
        onProgress({ kind: "note", text: "By the way." });
        onProgress({ kind: "end", ok: true, text: "built" });
        assert.equal(written(), "[2/6] build etcd (log: /log)\nBy the way.\n[2/6] build etcd · built · 0:00\n");
    });

    it("marks a step that failed", () => {
        const { onProgress, written } = progressOn({ isTTY: false });
        onProgress(start);
        onProgress({ kind: "end", ok: false, text: "failed" });
        assert.match(written(), /· failed · 0:00 ✗\n$/);
    });

    it("is one line on a terminal, rewritten every second with what is going on, cut to its width", () => {
        mock.timers.enable({ apis: ["setInterval", "Date"] });
        try {
            const { onProgress, written } = progressOn({ isTTY: true, columns: 40 });
            onProgress(start);
            onProgress({ kind: "update", text: "compiled 3 of at most 9 packages" });
            const before = written();
            mock.timers.tick(999);
            assert.equal(written(), before);
            mock.timers.tick(1);
            const rewritten = "\r\u001b[K[2/6] build etcd · compiled 3 of at most 9 packages".slice(0, 4 + 39);
            assert.equal(written(), `${before}${rewritten}`);
            onProgress({ kind: "end", ok: true, text: "built" });
            const after = written();
            assert.equal(after, `${before}${rewritten}\r\u001b[K[2/6] build etcd · built · 0:01\n`);
            mock.timers.tick(60_000);
            assert.equal(written(), after);
        } finally {
            mock.timers.reset();
        }
    });
});
