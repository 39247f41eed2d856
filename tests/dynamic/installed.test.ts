import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { providerText } from "../../src/dynamic/thunk";
import { installedPackage } from "../support/installedPackage";
import { ProviderProcess } from "../support/providerProcess";

const run = promisify(execFile);

describe("the package, installed without what only a part of it needs", function () {
    this.timeout(300_000);

    let directory: string;

    before(async () => {
        ({ directory } = await installedPackage());
    });

    const NEEDED =
        "pulumi-seqera-kubernetes/emulator: the package find-my-way is not installed (run `npm install find-my-way@^9.0.0`)";

    it("says in one line what the emulator needs", async () => {
        const script = `try { require("pulumi-seqera-kubernetes/emulator"); } catch ({ stack }) { console.log(stack); }`;
        const { stdout } = await run(process.execPath, ["-e", script], { cwd: directory });
        assert.equal(stdout.trimEnd(), NEEDED);
    });

    it("says so on the command line too", async () => {
        const command = join(directory, "node_modules", ".bin", "seqera-platform-emulator");
        await assert.rejects(run(command, [], { cwd: directory }), ({ stderr }) => {
            assert.equal(stderr.trimEnd(), `seqera-platform-emulator: ${NEEDED}`);
            return true;
        });
    });

    it("is found by the provider process in a folder of a workspace, whose root has it", async () => {
        const root = mkdtempSync(join(tmpdir(), "seqera-workspace-"));
        const folder = join(root, "packages", "infra");
        mkdirSync(folder, { recursive: true });
        symlinkSync(join(directory, "node_modules"), join(root, "node_modules"));
        const provider = await ProviderProcess.start({ directory: folder, config: { "seqera:accessToken": "token" } });
        try {
            const { failures } = await provider.check(providerText("label"), {}, { name: "team", value: "genomics" });
            assert.deepEqual(failures, []);
        } finally {
            await provider.stop();
            rmSync(root, { recursive: true, force: true });
        }
    });
});
