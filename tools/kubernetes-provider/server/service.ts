/** The provider protocol over gRPC: messages in, operations, messages out. */

import * as grpc from "@grpc/grpc-js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { diffConfig, unsupportedOptions } from "./configuration";
import { handler } from "../../plugin/server/serve";
import { fieldsFrom, resourceName, structOf } from "../../plugin/server/structs";
import { naming, toServiceError } from "./messages";
import { check } from "./operations/check";
import { create } from "./operations/create";
import { diff } from "./operations/diff";
import { read } from "./operations/read";
import { remove } from "./operations/remove";
import { update } from "./operations/update";
import type { StandInProvider } from "./provider";

/** An operation as a gRPC handler. */
const unary = <Request, Response>(operation: (request: Request) => Promise<Response>) =>
    handler(operation, toServiceError);

const notImplemented = (what: string): grpc.handleUnaryCall<unknown, never> =>
    unary(() =>
        Promise.reject(
            Object.assign(new Error(`${what} is not implemented by the stand-in for the Kubernetes plugin`), {
                code: grpc.status.UNIMPLEMENTED,
            }),
        ),
    );

export function createService(provider: StandInProvider): IResourceProviderServer {
    return {
        getPluginInfo: unary(async () => new PluginInfo().setVersion(provider.identity.version)),

        checkConfig: unary(async (request: messages.CheckRequest) => {
            const failures = unsupportedOptions(fieldsFrom(request.getNews())).map(({ option, reason }) =>
                new messages.CheckFailure().setProperty(option).setReason(reason),
            );
            return new messages.CheckResponse().setInputs(request.getNews()).setFailuresList(failures);
        }),

        diffConfig: unary(async (request: messages.DiffRequest) => {
            const { diffs, replaces } = diffConfig(fieldsFrom(request.getOlds()), fieldsFrom(request.getNews()));
            const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
            return new messages.DiffResponse()
                .setChanges(diffs.length === 0 ? DIFF_NONE : DIFF_SOME)
                .setDiffsList([...diffs])
                .setReplacesList([...replaces]);
        }),

        configure: unary(async (request: messages.ConfigureRequest) => {
            provider.configure(fieldsFrom(request.getArgs()));
            return new messages.ConfigureResponse()
                .setAcceptsecrets(true)
                .setSupportspreview(true)
                .setSupportsAutonamingConfiguration(true);
        }),

        check: unary(async (request: messages.CheckRequest) => {
            const inputs = await check(
                {
                    ...resourceName(request),
                    olds: fieldsFrom(request.getOlds()),
                    news: fieldsFrom(request.getNews()),
                    seed: request.getRandomseed_asU8(),
                    naming: naming(request.getAutonaming()),
                },
                provider.context,
            );
            return new messages.CheckResponse().setInputs(structOf(inputs));
        }),

        diff: unary(async (request: messages.DiffRequest) => {
            const olds = fieldsFrom(request.getOlds());
            const news = fieldsFrom(request.getNews());
            return diffResponse(await diff(olds, news, request.getIgnorechangesList(), provider.context));
        }),

        create: unary(async (request: messages.CreateRequest) => {
            const { id, state } = await create(
                {
                    ...resourceName(request),
                    inputs: fieldsFrom(request.getProperties()),
                    timeout: request.getTimeout(),
                    preview: request.getPreview(),
                },
                provider.context,
            );
            return new messages.CreateResponse().setId(id).setProperties(structOf(state));
        }),

        read: unary(async (request: messages.ReadRequest) => {
            const found = await read(
                {
                    ...resourceName(request),
                    id: request.getId(),
                    state: fieldsFrom(request.getProperties()),
                    inputs: fieldsFrom(request.getInputs()),
                },
                provider.context,
            );
            // No id says that the object is gone.
            const response = new messages.ReadResponse();
            return found === undefined
                ? response
                : response.setId(found.id).setProperties(structOf(found.state)).setInputs(structOf(found.inputs));
        }),

        update: unary(async (request: messages.UpdateRequest) => {
            const state = await update(
                {
                    ...resourceName(request),
                    olds: fieldsFrom(request.getOlds()),
                    news: fieldsFrom(request.getNews()),
                    ignoreChanges: request.getIgnorechangesList(),
                    timeout: request.getTimeout(),
                    preview: request.getPreview(),
                },
                provider.context,
            );
            return new messages.UpdateResponse().setProperties(structOf(state));
        }),

        delete: unary(async (request: messages.DeleteRequest) => {
            await remove(
                {
                    ...resourceName(request),
                    id: request.getId(),
                    state: fieldsFrom(request.getProperties()),
                    timeout: request.getTimeout(),
                },
                provider.context,
            );
            return new Empty();
        }),

        cancel: unary(async () => {
            provider.cancel();
            return new Empty();
        }),

        attach: unary(async () => new Empty()),
        handshake: notImplemented("Handshake"),
        parameterize: notImplemented("Parameterize"),
        getSchema: notImplemented("GetSchema"),
        invoke: unary((request: messages.InvokeRequest) => reject(`the function ${request.getTok()}`)),
        call: unary((request: messages.CallRequest) => reject(`the method ${request.getTok()}`)),
        construct: unary((request: messages.ConstructRequest) => reject(`the component ${request.getType()}`)),
        getMapping: notImplemented("GetMapping"),
        getMappings: notImplemented("GetMappings"),
        list: (call) => call.destroy(new Error("List is not implemented by the stand-in for the Kubernetes plugin")),
    };
}

function reject(what: string): Promise<never> {
    return Promise.reject(
        new Error(
            `${what} is not in the stand-in for the Kubernetes plugin; install the official plugin: ` +
                "pulumi plugin install resource kubernetes",
        ),
    );
}

function diffResponse(found: Awaited<ReturnType<typeof diff>>): messages.DiffResponse {
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const { Kind } = messages.PropertyDiff;
    const kinds = {
        add: [Kind.ADD, Kind.ADD_REPLACE],
        delete: [Kind.DELETE, Kind.DELETE_REPLACE],
        update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    } as const;
    const response = new messages.DiffResponse()
        .setChanges(found.changes.size === 0 ? DIFF_NONE : DIFF_SOME)
        .setReplacesList([...found.replaces])
        .setDeletebeforereplace(found.deleteBeforeReplace)
        .setHasdetaileddiff(true);
    for (const [path, { kind, replaces }] of found.changes) {
        const detail = new messages.PropertyDiff().setKind(kinds[kind][replaces ? 1 : 0]);
        // A deletion shows the old input, as the live object may hold the field with another value.
        detail.setInputdiff(kind === "delete");
        response.getDetaileddiffMap().set(path, detail);
    }
    return response;
}
