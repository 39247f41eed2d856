/** What the user is told: messages through the engine, which is the only one that writes on the terminal. */

import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

export interface Log {
    /** Lines of the "Diagnostics" that stay after the operation. */
    info(message: string, urn?: string): void;
    warn(message: string, urn?: string): void;
    /** What the resource is doing now, on its own line of the display; gone when it is done. */
    status(message: string, urn: string): void;
}

export class EngineLog implements Log {
    private readonly client: EngineClient | undefined;

    constructor(engineAddress: string | undefined) {
        this.client =
            engineAddress === undefined
                ? undefined
                : new EngineClient(engineAddress, grpc.credentials.createInsecure());
    }

    info(message: string, urn = ""): void {
        this.send(LogSeverity.INFO, message, urn, false);
    }

    warn(message: string, urn = ""): void {
        this.send(LogSeverity.WARNING, message, urn, false);
    }

    status(message: string, urn: string): void {
        this.send(LogSeverity.INFO, message, urn, true);
    }

    private send(severity: LogSeverity, message: string, urn: string, ephemeral: boolean): void {
        const request = new LogRequest();
        request.setSeverity(severity);
        request.setMessage(message);
        request.setUrn(urn);
        request.setEphemeral(ephemeral);
        // A message that does not arrive must not fail the operation it speaks of.
        this.client?.log(request, () => {});
    }
}
