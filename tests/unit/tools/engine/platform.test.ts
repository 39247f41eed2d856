import assert from "node:assert/strict";
import { platformName, platformOf, pulumiArch } from "../../../../tools/engine/platform";
import { EngineError } from "../../../../tools/engine/types";

describe("tools/engine: platform", () => {
    it("names system and processor as Go does", () => {
        assert.deepEqual(platformOf("linux", "x64"), { os: "linux", arch: "amd64" });
        assert.deepEqual(platformOf("darwin", "arm64"), { os: "darwin", arch: "arm64" });
        assert.equal(platformName(platformOf("linux", "arm64")), "linux-arm64");
    });

    it("names the processor as Pulumi's release files do", () => {
        assert.equal(pulumiArch({ os: "linux", arch: "amd64" }), "x64");
        assert.equal(pulumiArch({ os: "darwin", arch: "arm64" }), "arm64");
    });

    for (const [os, arch] of [
        ["win32", "x64"],
        ["linux", "riscv64"],
    ] as const) {
        it(`refuses ${os} on ${arch} and says what to use`, () => {
            assert.throws(
                () => platformOf(os, arch),
                (error) => error instanceof EngineError && error.message.includes(os) && /WSL/.test(error.remedy),
            );
        });
    }
});
