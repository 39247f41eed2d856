import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { CheckRequest, ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { naming, toServiceError } from "../../../tools/kubernetes-provider/server/messages";
import { resourceName } from "../../../tools/plugin/server/structs";
import { PartialError } from "../../../tools/kubernetes-provider/server/operations/context";
import { Secret } from "../../../tools/plugin/server/values";

describe("messages of the provider protocol", () => {
    it("name a resource, also for engines that send its URN alone", () => {
        const urn = "urn:pulumi:dev::project::my:component:X$kubernetes:core/v1:Secret::a::b";
        const request = new CheckRequest().setUrn(urn);
        assert.deepEqual(resourceName(request), { urn, type: "kubernetes:core/v1:Secret", name: "a::b" });
        request.setType("kubernetes:core/v1:Pod").setName("c");
        assert.deepEqual(resourceName(request), { urn, type: "kubernetes:core/v1:Pod", name: "c" });
    });

    it("hold the stack's naming", () => {
        const { Mode } = CheckRequest.AutonamingOptions;
        const options = new CheckRequest.AutonamingOptions().setProposedName("x");
        assert.deepEqual(naming(options.setMode(Mode.ENFORCE)), { mode: "enforce", name: "x" });
        assert.deepEqual(naming(options.setMode(Mode.DISABLE)), { mode: "disable" });
        assert.equal(naming(undefined), undefined);
    });

    it("carry an error's text and code", () => {
        const error = Object.assign(new Error("no"), { code: grpc.status.UNIMPLEMENTED });
        assert.deepEqual(toServiceError(error), { code: grpc.status.UNIMPLEMENTED, details: "no" });
        const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
        assert.deepEqual(toServiceError(refused), { code: grpc.status.UNKNOWN, details: "refused" });
    });

    it("carry the state of an object that is there but not ready, as the engine reads it", () => {
        const error = toServiceError(
            new PartialError("not ready", "ns/a", { data: new Secret("x") }, ["not ready", "why"], { kind: "Secret" }),
        );
        const [details] = error.metadata?.get("grpc-status-details-bin") ?? [];
        const status = Status.deserializeBinary(new Uint8Array(details as Buffer));
        assert.equal(status.getMessage(), "not ready");
        const [any] = status.getDetailsList();
        assert.equal(any?.getTypeUrl(), "type.googleapis.com/pulumirpc.ErrorResourceInitFailed");
        const failed = ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
        assert.equal(failed.getId(), "ns/a");
        assert.deepEqual(failed.getReasonsList(), ["not ready", "why"]);
        assert.deepEqual(failed.getInputs()?.toJavaScript(), { kind: "Secret" });
        assert.deepEqual(Object.values(failed.getProperties()?.toJavaScript()["data"] as object).sort(), [
            "1b47061264138c4ac30d75fd1eb44270",
            "x",
        ]);
    });
});
