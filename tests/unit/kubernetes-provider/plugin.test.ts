import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { installStandIn, isStandIn } from "../../../tools/kubernetes-provider";
import { structOf } from "../../../tools/plugin/server/structs";
import { isAlive, waitUntil } from "../tools/waiting";

const version = "9.8.7";

describe("the stand-in as a plugin", function () {
    this.timeout(60_000);
    let pulumiHome: string;
    let executable: string;
    const processes: ChildProcess[] = [];

    before(async () => {
        pulumiHome = await mkdtemp(join(tmpdir(), "stand-in-"));
        executable = await installStandIn({ pulumiHome, version });
    });

    after(async () => {
        processes.forEach((child) => child.kill());
        await rm(pulumiHome, { recursive: true, force: true });
    });

    const start = (command: string, args: string[]): ChildProcess => {
        const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
        processes.push(child);
        return child;
    };
    const firstLine = async (child: ChildProcess): Promise<string> => {
        const [line] = (await once(createInterface(child.stdout!), "line")) as [string];
        return line;
    };

    it("is where the CLI looks for the official one, and is known as what it is", async () => {
        assert.equal(
            executable,
            join(pulumiHome, "plugins", `resource-kubernetes-v${version}`, "pulumi-resource-kubernetes"),
        );
        assert.equal(await isStandIn(dirname(executable)), true);
        const other = join(pulumiHome, "other");
        assert.equal(await isStandIn(other), false);
        const folder = await mkdtemp(join(pulumiHome, "official-"));
        await writeFile(join(folder, "pulumi-resource-kubernetes"), "#!/bin/sh\n");
        assert.equal(await isStandIn(folder), false);
    });

    it("can be installed by several processes at once, and is not built again", async () => {
        const homes = await Promise.all([1, 2, 3].map(async () => await mkdtemp(join(pulumiHome, "home-"))));
        const scripts = await Promise.all(
            [...homes, ...homes].map(async (home) => await installStandIn({ pulumiHome: home, version })),
        );
        assert.equal(new Set(scripts).size, homes.length);
        const contents = await Promise.all(scripts.map(async (script) => await readdir(dirname(script))));
        for (const [executable = "", server = "", ...others] of contents.map((names) => names.sort())) {
            assert.equal(executable, "pulumi-resource-kubernetes");
            assert.match(server, /^server-[0-9a-f]{16}\.js$/);
            assert.deepEqual(others, []);
        }
        assert.equal(new Set(contents.map(([, server]) => server)).size, 1);
    });

    it("prints its port and nothing else, and answers there with the official plugin's version", async () => {
        const plugin = start(executable, ["127.0.0.1:1"]);
        const port = await firstLine(plugin);
        assert.match(port, /^\d+$/);
        const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
        const info = await new Promise<PluginInfo>((resolve, reject) =>
            client.getPluginInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer))),
        );
        assert.equal(info.getVersion(), version);
        const invoke = new messages.InvokeRequest().setTok("kubernetes:yaml:decode").setArgs(structOf({}));
        await assert.rejects(
            new Promise((resolve, reject) =>
                client.invoke(invoke, (error, answer) => (error ? reject(error) : resolve(answer))),
            ),
            /kubernetes:yaml:decode is not in the stand-in/,
        );
        const config = new messages.CheckRequest().setNews(structOf({ renderYamlToDirectory: "/x", namespace: "n" }));
        const checked = await new Promise<messages.CheckResponse>((resolve, reject) =>
            client.checkConfig(config, (error, answer) => (error ? reject(error) : resolve(answer))),
        );
        assert.deepEqual(
            checked.getFailuresList().map((failure) => failure.getProperty()),
            ["renderYamlToDirectory"],
        );
        const unconfigured = new messages.CheckRequest().setUrn("urn:pulumi:s::p::kubernetes:core/v1:Secret::a");
        await assert.rejects(
            new Promise((resolve, reject) =>
                client.check(unconfigured, (error, answer) => (error ? reject(error) : resolve(answer))),
            ),
            /not been configured/,
        );
        client.close();
        plugin.kill();
    });

    it("ends when the engine that started it was killed", async () => {
        // The shell stands for the engine; it tells the plugin's process id and is killed.
        const engine = start("/bin/sh", ["-c", `"${executable}" 127.0.0.1:1 & echo $!; wait`]);
        const printed = createInterface(engine.stdout!)[Symbol.asyncIterator]();
        const pid = Number((await printed.next()).value);
        // Once it has printed its port it watches its parent.
        assert.match((await printed.next()).value as string, /^\d+$/);
        assert.equal(await isAlive(pid), true);
        engine.kill("SIGKILL");
        await waitUntil(async () => !(await isAlive(pid)));
    });
});
