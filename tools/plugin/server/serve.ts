/**
 * A plugin's process. The engine starts it with its own address as the argument and reads the port from standard output;
 * nothing else may be written there.
 */

import * as grpc from "@grpc/grpc-js";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

const parentCheck = 2_000;
const unlimited = -1;

/** Serves until the engine ends the process, or is gone. */
export function serve(service: IResourceProviderServer): void {
    const server = new grpc.Server({
        "grpc.max_receive_message_length": unlimited,
        "grpc.max_send_message_length": unlimited,
    });
    server.addService(ResourceProviderService, service);
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
}

/** An operation as a gRPC handler: what it throws becomes the call's error. */
export function handler<Request, Response>(
    operation: (request: Request) => Promise<Response>,
    toError: (error: unknown) => Partial<grpc.ServiceError>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        operation(call.request).then(
            (response) => callback(null, response),
            (error: unknown) => callback(toError(error)),
        );
    };
}
