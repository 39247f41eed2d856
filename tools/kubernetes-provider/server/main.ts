/**
 * The plugin's process. The engine starts it with its own address as the argument and reads the port from standard
 * output; nothing else may be written there.
 */

import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { EngineLog } from "./engineLog";
import { StandInProvider } from "./provider";
import { createService } from "./service";

const parentCheck = 2_000;

/** The version of the official plugin, from the name of the plugin's folder; see install.ts. */
const version = process.env["KUBERNETES_STAND_IN_VERSION"] ?? "0.0.0";
const engineAddress = process.argv[2];

const unlimited = -1;
const server = new grpc.Server({
    "grpc.max_receive_message_length": unlimited,
    "grpc.max_send_message_length": unlimited,
});
const provider = new StandInProvider({ version, environment: process.env }, new EngineLog(engineAddress));
server.addService(ResourceProviderService, createService(provider));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
        throw error;
    }
    process.stdout.write(`${port}\n`);
});

// An engine that was killed cannot end its plugins; nobody else would.
const parent = process.ppid;
setInterval(() => {
    if (process.ppid !== parent) {
        process.exit(1);
    }
}, parentCheck).unref();
