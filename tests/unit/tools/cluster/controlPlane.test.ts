import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import {
    attachControlPlane,
    type ControlPlaneProgram,
    startControlPlane,
    stopControlPlane,
} from "../../../../tools/cluster";
import { ClusterLayout } from "../../../../tools/cluster/layout";
import { preparePki, readKeys } from "../../../../tools/cluster/pki";
import { freePorts } from "../../../../tools/cluster/ports";
import { recordedProcesses } from "../../../../tools/cluster/processes";
import { type Engine, EngineError } from "../../../../tools/engine";
import { scratchDirectory, script } from "../scratch";

describe("tools/cluster: control plane", () => {
    const scratch = scratchDirectory();

    /** An etcd that fails in these words, beside an API server that never answers. */
    const failingEngine = (words: string): Engine<ControlPlaneProgram> => {
        const etcd = script(scratch.path("etcd"), `echo >> ${scratch.path("starts")}; echo "${words}" >&2; exit 1`);
        const idle = script(scratch.path("idle"), "exec sleep 600");
        const program = (path: string) => ({ path, version: "0", source: "path" }) as const;
        return {
            binDir: "",
            programs: {
                etcd: program(etcd),
                "kube-apiserver": program(idle),
                "kube-controller-manager": program(idle),
            },
        };
    };

    it("does not touch a directory that is not its own", async () => {
        mkdirSync(scratch.path("home"));
        writeFileSync(scratch.path("home/thesis"), "");
        const start = startControlPlane({ dir: scratch.path("home"), engine: failingEngine("") });
        await assert.rejects(
            start,
            (error) => error instanceof EngineError && /empty or does not exist/.test(error.remedy),
        );
        await stopControlPlane(scratch.path("home"));
        assert.ok(existsSync(scratch.path("home/thesis")));
        assert.deepEqual(readdirSync(scratch.path()).sort(), ["etcd", "home", "idle"]);
    });

    it("is not there where nothing is, and stopping that is fine", async () => {
        assert.equal(await attachControlPlane(scratch.path("nothing")), undefined);
        await stopControlPlane(scratch.path("nothing"));
        assert.deepEqual(readdirSync(scratch.path()), []);
    });

    it("says what a program said that ended while it started, ends the rest and keeps the logs until stopped", async () => {
        const dir = scratch.path("cluster");
        const start = startControlPlane({ dir, engine: failingEngine("unknown flag: --x") });
        await assert.rejects(
            start,
            (error) =>
                error instanceof EngineError &&
                /ended while it started/.test(error.message) &&
                /unknown flag: --x/.test(error.message) &&
                existsSync(error.remedy.replace("The whole log: ", "")),
        );
        assert.deepEqual(await recordedProcesses(new ClusterLayout(dir)), []);
        assert.equal(await attachControlPlane(dir), undefined);
        await stopControlPlane(dir);
        assert.equal(existsSync(dir), false);
    });

    it("tries other ports when one is taken meanwhile, but not for ever", async () => {
        const dir = scratch.path("cluster");
        const start = startControlPlane({ dir, engine: failingEngine("listen tcp: bind: address already in use") });
        await assert.rejects(start, (error) => error instanceof EngineError && /In 5 attempts/.test(error.message));
        assert.equal(readFileSync(scratch.path("starts"), "utf8"), "\n".repeat(5));
        await stopControlPlane(dir);
    });

    it("gets distinct ports that are free", async () => {
        const ports = await freePorts(20);
        assert.equal(new Set(ports).size, 20);
        for (const port of ports) {
            const server = createServer();
            await new Promise<void>((done, failed) => server.once("error", failed).listen(port, "127.0.0.1", done));
            await new Promise((done) => server.close(done));
        }
    });

    describe("keys", () => {
        it("stay what tokens and users depend on, and are new for the rest, whenever it starts again", async () => {
            const layout = new ClusterLayout(scratch.path("cluster"));
            const read = (): Record<string, string> =>
                Object.fromEntries(
                    readdirSync(layout.pki(".")).map((name) => [name, readFileSync(layout.pki(name), "utf8")]),
                );
            const { authority } = await preparePki(layout, []);
            const first = read();
            assert.deepEqual((await preparePki(layout, ["example.test"])).authority, authority);
            const second = read();
            const kept = Object.keys(first).filter((name) => first[name] === second[name]);
            assert.deepEqual(kept.sort(), [
                "ca.crt",
                "ca.key",
                "etcd-ca.crt",
                "etcd-ca.key",
                "service-account.key",
                "service-account.pub",
            ]);
            assert.equal((await readKeys(layout))?.authority.certificate, authority.certificate);
        });

        it("are readable by their owner only", async () => {
            const layout = new ClusterLayout(scratch.path("cluster"));
            await preparePki(layout, []);
            assert.equal(statSync(layout.pki(".")).mode & 0o077, 0);
            readdirSync(layout.pki(".")).forEach((name) =>
                assert.equal(statSync(layout.pki(name)).mode & 0o077, 0, name),
            );
        });
    });
});
