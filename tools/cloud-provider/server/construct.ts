/** A remote component: registered with the engine by the plugin, its outputs answered from the table. */

import * as grpc from "@grpc/grpc-js";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    RegisterResourceOutputsRequest,
    RegisterResourceRequest,
    type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { fieldsFrom, structOf } from "../../plugin/server/structs";
import type { Cloud } from "./cloud";

export async function construct(cloud: Cloud, request: ConstructRequest): Promise<ConstructResponse> {
    const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), grpc.credentials.createInsecure());
    try {
        const outputs = structOf(
            cloud.component(request.getType(), request.getName(), fieldsFrom(request.getInputs())),
        );
        const registration = new RegisterResourceRequest();
        registration.setType(request.getType());
        registration.setName(request.getName());
        registration.setParent(request.getParent());
        registration.setObject(request.getInputs());
        registration.setAcceptsecrets(true);
        registration.setDependenciesList(request.getDependenciesList());
        const urn = await new Promise<string>((resolve, reject) =>
            monitor.registerResource(registration, (error: Error | null, answer: RegisterResourceResponse) =>
                error ? reject(error) : resolve(answer.getUrn()),
            ),
        );
        const done = new RegisterResourceOutputsRequest();
        done.setUrn(urn);
        done.setOutputs(outputs);
        await new Promise<void>((resolve, reject) =>
            monitor.registerResourceOutputs(done, (error: Error | null) => (error ? reject(error) : resolve())),
        );
        return new ConstructResponse().setUrn(urn).setState(outputs);
    } finally {
        monitor.close();
    }
}
