import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { CacheLayout } from "../../../../tools/engine/cache";
import type { Family, ProgramSpec } from "../../../../tools/engine/catalogue";
import { findOnPath, pathMachine, type PathMachine, versionIn } from "../../../../tools/engine/programsOnPath";
import type { ProgramName } from "../../../../tools/engine/types";
import { scratchDirectory, script } from "../scratch";

const build = { module: "etcd", package: "example.com/x", stamps: {} };

function program(name: ProgramName, accepted = ">=1.0.0 <2.0.0"): ProgramSpec {
    return { name, version: "1.5.0", probe: { arguments: ["--version"], accepted }, build };
}

function family(...programs: ProgramSpec[]): Family {
    return { name: "test", programs, downloads: () => [], buildGigabytes: 0, buildMinutes: 0, megabytes: 0 };
}

/** A machine with these versions of programs, in `PATH` order: `{ "/a/etcd": "1.2.3" }`. */
function machineWith(versions: Record<string, string | undefined>): PathMachine {
    return {
        candidates: (name) => Promise.resolve(Object.keys(versions).filter((path) => path.endsWith(`/${name}`))),
        version: (path) => Promise.resolve(versions[path]),
    };
}

describe("tools/engine: programs on PATH", () => {
    describe("choice", () => {
        it("takes the first one of an accepted version and says why it passed over the ones before", async () => {
            const machine = machineWith({
                "/a/etcd": "0.9.0",
                "/b/etcd": undefined,
                "/c/etcd": "1.1.0",
                "/d/etcd": "1.2.0",
            });
            const { programs, passedOver } = await findOnPath(family(program("etcd")), machine);
            assert.deepEqual(programs, { etcd: { path: "/c/etcd", version: "1.1.0", source: "path" } });
            assert.deepEqual(
                passedOver.map(({ reason }) => reason),
                ["/a/etcd is 0.9.0; accepted is >=1.0.0 <2.0.0", "/b/etcd does not tell its version"],
            );
        });

        it("takes all of a family or none of it", async () => {
            const both = family(program("kube-apiserver"), program("kube-controller-manager"));
            const half = await findOnPath(both, machineWith({ "/a/kube-apiserver": "1.1.0" }));
            assert.equal(half.programs, undefined);
            const whole = await findOnPath(
                both,
                machineWith({ "/a/kube-apiserver": "1.1.0", "/a/kube-controller-manager": "1.2.0" }),
            );
            assert.deepEqual(Object.keys(whole.programs ?? {}), ["kube-apiserver", "kube-controller-manager"]);
        });

        it("passes over programs of one family whose minor versions differ, if they must agree", async () => {
            const both = {
                ...family(program("kube-apiserver"), program("kube-controller-manager")),
                sameMinorVersion: true,
            };
            const mixed = { "/a/kube-apiserver": "1.1.0", "/a/kube-controller-manager": "1.2.0" };
            const { programs, passedOver } = await findOnPath(both, machineWith(mixed));
            assert.equal(programs, undefined);
            assert.match(passedOver[0].reason, /kube-apiserver 1\.1\.0 and kube-controller-manager 1\.2\.0/);
            const agreeing = { "/a/kube-apiserver": "1.1.0", "/a/kube-controller-manager": "1.1.9" };
            assert.notEqual((await findOnPath(both, machineWith(agreeing))).programs, undefined);
        });
    });

    describe("companions", () => {
        const scratch = scratchDirectory();
        const pulumi: Family = {
            ...family(program("pulumi"), {
                name: "pulumi-language-nodejs",
                version: "1.0.0",
                besides: "pulumi",
                build,
            }),
            npmPrograms: [{ name: "pulumi-resource-pulumi-nodejs", package: "x", file: "y" }],
        };

        it("come from the folder of the program that they belong to, with its version", async () => {
            const path = script(scratch.path("bin/pulumi"));
            const host = script(scratch.path("bin/pulumi-language-nodejs"));
            const { programs } = await findOnPath(pulumi, machineWith({ [path]: "1.7.0" }));
            assert.deepEqual(programs, {
                pulumi: { path, version: "1.7.0", source: "path" },
                "pulumi-language-nodejs": { path: host, version: "1.7.0", source: "path" },
            });
        });

        it("are found where a link on PATH leads to", async () => {
            script(scratch.path("opt/pulumi"));
            const host = script(scratch.path("opt/pulumi-language-nodejs"));
            const helper = script(scratch.path("opt/pulumi-resource-pulumi-nodejs"));
            mkdirSync(scratch.path("bin"));
            symlinkSync(scratch.path("opt/pulumi"), scratch.path("bin/pulumi"));
            const { programs } = await findOnPath(pulumi, machineWith({ [scratch.path("bin/pulumi")]: "1.7.0" }));
            assert.equal(programs?.pulumi?.path, scratch.path("bin/pulumi"));
            assert.equal(programs["pulumi-language-nodejs"]?.path, host);
            assert.equal(programs["pulumi-resource-pulumi-nodejs"]?.path, helper);
        });

        it("decide: a program without them is passed over", async () => {
            const path = script(scratch.path("bin/pulumi"));
            const { programs, passedOver } = await findOnPath(pulumi, machineWith({ [path]: "1.7.0" }));
            assert.equal(programs, undefined);
            assert.deepEqual(passedOver, [
                { program: "pulumi", reason: `${path} has no pulumi-language-nodejs beside it` },
            ]);
        });
    });

    describe("on the real machine", () => {
        const scratch = scratchDirectory();

        it("looks through PATH in order, at executables only, each file once, and not at our own programs", async () => {
            const layout = new CacheLayout(scratch.path("cache"));
            const first = script(scratch.path("a/etcd"));
            const second = script(scratch.path("b/etcd"));
            script(scratch.path("cache/bin/1/etcd"));
            mkdirSync(scratch.path("d/etcd"), { recursive: true });
            symlinkSync(scratch.path("a"), scratch.path("same-as-a"));
            const PATH = ["d", "a", "same-as-a", "missing", "cache/bin/1", "b"]
                .map((name) => scratch.path(name))
                .join(":");
            const machine = await pathMachine(layout, { PATH: `relative:${PATH}` });
            assert.deepEqual(await machine.candidates("etcd"), [first, second]);
        });

        it("asks a program for its version once, until the file changes, and gives it a home in the cache", async () => {
            const layout = new CacheLayout(scratch.path("cache"));
            const home = scratch.path("asked");
            const path = script(scratch.path("a/pulumi"), `echo "$PULUMI_HOME" >> ${home}`, "echo v1.2.3");
            const env = { PATH: process.env.PATH };
            const spec = program("pulumi");
            assert.equal(await (await pathMachine(layout, env)).version(path, spec), "1.2.3");
            assert.equal(await (await pathMachine(layout, env)).version(path, spec), "1.2.3");
            assert.equal(readFileSync(home, "utf8"), `${layout.pulumiHome()}\n`);
            script(path, "echo v1.30.0-changed");
            assert.equal(await (await pathMachine(layout, env)).version(path, spec), "1.30.0");
        });

        it("does not remember that a program failed", async () => {
            const layout = new CacheLayout(scratch.path("cache"));
            const path = script(scratch.path("a/etcd"), "exit 1");
            assert.equal(await (await pathMachine(layout, {})).version(path, program("etcd")), undefined);
            assert.equal(existsSync(layout.probes()), false);
        });
    });

    for (const [text, version] of [
        ["v3.259.0", "3.259.0"],
        ["Kubernetes v1.35.4-gke.100", "1.35.4"],
        ["etcd Version: 3.6.14\nGo Version: go1.26.8", "3.6.14"],
        ["Client Version: v1.32.4-dispatcher", "1.32.4"],
        ["unknown", undefined],
    ] as const) {
        it(`reads ${version} in ${JSON.stringify(text)}`, () => assert.equal(versionIn(text), version));
    }
});
