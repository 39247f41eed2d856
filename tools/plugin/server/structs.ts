/** The engine's messages into values, and values into messages. */

import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Fields, fromWire, isFields, toWire } from "./values";

/** A resource as the engine names it. */
export interface ResourceName {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
}

export function fieldsFrom(struct: Struct | undefined): Fields {
    const fields = struct === undefined ? {} : fromWire(struct.toJavaScript());
    return isFields(fields) ? fields : {};
}

export function structOf(fields: Fields): Struct {
    return Struct.fromJavaScript(toWire(fields) as { [key: string]: JavaScriptValue });
}

interface ResourceRequest {
    getUrn(): string;
    getType(): string;
    getName(): string;
}

export function resourceName(request: ResourceRequest): ResourceName {
    const urn = request.getUrn();
    // urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>; a name may hold "::" too.
    const [, , types = "", ...name] = urn.split("::");
    return {
        urn,
        type: request.getType() || types.slice(types.lastIndexOf("$") + 1),
        name: request.getName() || name.join("::"),
    };
}
