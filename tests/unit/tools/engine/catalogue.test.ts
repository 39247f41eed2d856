import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { satisfies } from "semver";
import { linkerFlags, moduleDirectory } from "../../../../tools/engine/cache";
import { CATALOGUE, type Download } from "../../../../tools/engine/catalogue";
import { goVersionOf } from "../../../../tools/engine/goBuild";
import type { Platform } from "../../../../tools/engine/platform";
import type { ProgramName } from "../../../../tools/engine/types";

const PLATFORMS: Platform[] = (["linux", "darwin"] as const).flatMap((os) =>
    (["amd64", "arm64"] as const).map((arch) => ({ os, arch })),
);

function downloadOf(program: ProgramName, platform: Platform): Download | undefined {
    const downloads = CATALOGUE.flatMap((family) => family.downloads(platform));
    return downloads.find(({ programs }) => programs.includes(program));
}

describe("tools/engine: catalogue", () => {
    for (const { name, version, build, probe } of CATALOGUE.flatMap(({ programs }) => programs)) {
        describe(name, () => {
            const goMod = readFileSync(join(moduleDirectory(build), "go.mod"), "utf8");

            it("is a tool of its committed module", () => {
                const tools = /^tool \(\n([^)]*)\)/m.exec(goMod)?.[1] ?? /^tool (.*)$/m.exec(goMod)?.[1] ?? "";
                assert.ok(tools.split(/\s+/).includes(build.package), `${build.package} is not among: ${tools}`);
            });

            it("is locked in its module at the version that the catalogue says", () => {
                const required = [...goMod.matchAll(/^\s*(\S+) v(\S+) \/\/ indirect$/gm)];
                const module = required
                    .filter(([, path]) => `${build.package}/`.startsWith(`${path}/`))
                    .sort(([, one], [, other]) => other.length - one.length)[0];
                assert.equal(module?.[2], version);
                const goSum = readFileSync(join(moduleDirectory(build), "go.sum"), "utf8");
                assert.ok(goSum.includes(`${module[1]} v${version} h1:`));
            });

            for (const [variable, value] of Object.entries(build.stamps).filter(([one]) => /[vV]ersion$/.test(one))) {
                it(`has its version in ${variable}`, () => assert.equal(value, `v${version}`));
            }

            if (probe !== undefined) {
                it("would be accepted on PATH as we build it", () => assert.ok(satisfies(version, probe.accepted)));
            }
        });
    }

    it("stamps Kubernetes in both of the places that it reads its version from", () => {
        const server = CATALOGUE.flatMap(({ programs }) => programs).find(({ name }) => name === "kube-apiserver")!;
        const [major, minor] = server.version.split(".");
        const flags = linkerFlags(server.build);
        for (const place of ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"]) {
            assert.ok(flags.includes(`-X ${place}.gitVersion=v${server.version} `));
            assert.ok(flags.includes(`-X ${place}.gitMajor=${major} -X ${place}.gitMinor=${minor}`));
        }
    });

    it("replaces all of Kubernetes' own modules by the release that goes with it", () => {
        const server = CATALOGUE.flatMap(({ programs }) => programs).find(({ name }) => name === "kube-apiserver")!;
        const goMod = readFileSync(join(moduleDirectory(server.build), "go.mod"), "utf8");
        const replaced = [...goMod.matchAll(/^\t(k8s\.io\/\S+) => (\S+) v(\S+)$/gm)];
        assert.equal(replaced.length, 31);
        for (const [, module, by, version] of replaced) {
            assert.equal(by, module);
            assert.equal(version, server.version.replace(/^1\./, "0."));
        }
    });

    it("needs no newer Go than the modules say", () => {
        assert.equal(goVersionOf("module x\n\ngo 1.25.11\n"), "1.25.11");
        assert.equal(goVersionOf("module x\n\ngo 1.25\n"), "1.25.0");
    });

    for (const platform of PLATFORMS) {
        it(`downloads over TLS, with checksums, for ${platform.os} on ${platform.arch}`, () => {
            for (const download of CATALOGUE.flatMap((family) => family.downloads(platform))) {
                assert.match(download.url, /^https:/);
                assert.match(download.checksumUrl, /^https:/);
                assert.ok(download.archive || download.programs.length === 1);
            }
        });
    }

    it("knows the official addresses of each platform", () => {
        assert.equal(
            downloadOf("pulumi", { os: "linux", arch: "amd64" })?.url,
            "https://get.pulumi.com/releases/sdk/pulumi-v3.259.0-linux-x64.tar.gz",
        );
        assert.equal(
            downloadOf("kube-apiserver", { os: "linux", arch: "arm64" })?.url,
            "https://dl.k8s.io/v1.35.4/bin/linux/arm64/kube-apiserver",
        );
        assert.equal(
            downloadOf("etcd", { os: "linux", arch: "amd64" })?.url,
            "https://github.com/etcd-io/etcd/releases/download/v3.6.14/etcd-v3.6.14-linux-amd64.tar.gz",
        );
        assert.match(
            downloadOf("etcd", { os: "darwin", arch: "arm64" })?.url ?? "",
            /controller-tools\/releases\/download\/envtest-v[\d.]+\/envtest-v[\d.]+-darwin-arm64\.tar\.gz$/,
        );
        // Kubernetes publishes no server programs for macOS, but kubectl.
        assert.equal(downloadOf("kube-controller-manager", { os: "darwin", arch: "arm64" }), undefined);
        assert.equal(
            downloadOf("kubectl", { os: "darwin", arch: "arm64" })?.url,
            "https://dl.k8s.io/v1.35.4/bin/darwin/arm64/kubectl",
        );
    });
});
