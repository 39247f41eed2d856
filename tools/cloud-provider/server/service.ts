/** The provider protocol over gRPC, for any cloud. */

import * as grpc from "@grpc/grpc-js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { handler } from "../../plugin/server/serve";
import { fieldsFrom, resourceName, structOf } from "../../plugin/server/structs";
import type { Cloud } from "./cloud";
import { construct } from "./construct";

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;

const unary = <Request, Response>(operation: (request: Request) => Promise<Response>) =>
    handler(operation, (error) => ({
        code: grpc.status.UNKNOWN,
        details: error instanceof Error ? error.message : String(error),
    }));

const notImplemented = (what: string): grpc.handleUnaryCall<unknown, never> =>
    handler(
        () => Promise.reject(new Error(what)),
        () => ({ code: grpc.status.UNIMPLEMENTED, details: `${what} is not implemented by the stand-in for a cloud` }),
    );

export function createService(cloud: Cloud, version: string): IResourceProviderServer {
    return {
        getPluginInfo: unary(async () => new PluginInfo().setVersion(version)),

        checkConfig: unary(async (request: messages.CheckRequest) =>
            new messages.CheckResponse().setInputs(request.getNews()),
        ),

        diffConfig: unary(async () => new messages.DiffResponse().setChanges(DIFF_NONE)),

        configure: unary(async (request: messages.ConfigureRequest) => {
            cloud.configure(fieldsFrom(request.getArgs()));
            return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
        }),

        check: unary(async (request: messages.CheckRequest) => {
            const inputs = cloud.check(
                resourceName(request),
                fieldsFrom(request.getOlds()),
                fieldsFrom(request.getNews()),
            );
            return new messages.CheckResponse().setInputs(structOf(inputs));
        }),

        diff: unary(async (request: messages.DiffRequest) => {
            const { changed, replaces } = cloud.diff(
                resourceName(request),
                fieldsFrom(request.getOldInputs()),
                fieldsFrom(request.getNews()),
            );
            return new messages.DiffResponse()
                .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
                .setDiffsList(changed)
                .setReplacesList(replaces);
        }),

        // What the cloud adds is not known before the object is made, and nothing is made while a program is previewed.
        create: unary(async (request: messages.CreateRequest) => {
            if (request.getPreview()) {
                return new messages.CreateResponse().setProperties(request.getProperties());
            }
            const { id, state } = cloud.create(resourceName(request), fieldsFrom(request.getProperties()));
            return new messages.CreateResponse().setId(id).setProperties(structOf(state));
        }),

        // The cloud has what state has: nobody else changes it.
        read: unary(async (request: messages.ReadRequest) =>
            new messages.ReadResponse()
                .setId(request.getId())
                .setProperties(request.getProperties())
                .setInputs(request.getInputs()),
        ),

        update: unary(async (request: messages.UpdateRequest) => {
            const news = fieldsFrom(request.getNews());
            if (request.getPreview()) {
                return new messages.UpdateResponse().setProperties(request.getNews());
            }
            const olds = fieldsFrom(request.getOlds());
            const state = cloud.update(resourceName(request), request.getId(), olds, news);
            return new messages.UpdateResponse().setProperties(structOf(state));
        }),

        delete: unary(async (request: messages.DeleteRequest) => {
            cloud.remove(resourceName(request), request.getId());
            return new Empty();
        }),

        invoke: unary(async (request: messages.InvokeRequest) =>
            new messages.InvokeResponse().setReturn(
                structOf(cloud.call(request.getTok(), fieldsFrom(request.getArgs()))),
            ),
        ),

        call: unary(async (request: messages.CallRequest) =>
            new messages.CallResponse().setReturn(
                structOf(cloud.call(request.getTok(), fieldsFrom(request.getArgs()))),
            ),
        ),

        construct: unary(async (request: messages.ConstructRequest) => construct(cloud, request)),

        cancel: unary(async () => new Empty()),
        attach: unary(async () => new Empty()),
        handshake: notImplemented("Handshake"),
        parameterize: notImplemented("Parameterize"),
        getSchema: notImplemented("GetSchema"),
        getMapping: notImplemented("GetMapping"),
        getMappings: notImplemented("GetMappings"),
        list: (call) => call.destroy(new Error("List is not implemented by the stand-in for a cloud")),
    };
}
