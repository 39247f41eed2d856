/** What the engine asks for into our words, and errors into messages. */

import * as grpc from "@grpc/grpc-js";
import { CheckRequest, ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { messageOf } from "./apiError";
import type { EngineNaming } from "./naming";
import { PartialError } from "./operations/context";
import { structOf } from "../../plugin/server/structs";

export function naming(options: CheckRequest.AutonamingOptions | undefined): EngineNaming | undefined {
    const { Mode } = CheckRequest.AutonamingOptions;
    switch (options?.getMode()) {
        case Mode.DISABLE:
            return { mode: "disable" };
        case Mode.ENFORCE:
            return { mode: "enforce", name: options.getProposedName() };
        case Mode.PROPOSE:
            return { mode: "propose", name: options.getProposedName() };
        default:
            return undefined;
    }
}

export function toServiceError(error: unknown): Partial<grpc.ServiceError> {
    const code = (error as { code?: unknown }).code;
    const status = typeof code === "number" ? (code as grpc.status) : grpc.status.UNKNOWN;
    if (!(error instanceof PartialError)) {
        return { code: status, details: messageOf(error) };
    }
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(partialStatus(error).serializeBinary()));
    return { code: grpc.status.UNKNOWN, details: error.message, metadata };
}

/** gRPC for Node.js has no errors with details; they travel in this trailer, as Pulumi's own dynamic provider does it. */
function partialStatus(error: PartialError): Status {
    const detail = new ErrorResourceInitFailed()
        .setId(error.id)
        .setProperties(structOf(error.state))
        .setReasonsList([...error.reasons]);
    if (error.inputs !== undefined) {
        detail.setInputs(structOf(error.inputs));
    }
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(error.message);
    status.addDetails(any);
    return status;
}
