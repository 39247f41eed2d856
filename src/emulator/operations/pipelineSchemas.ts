import {
    badRequest,
    isObject,
    forbidden,
    optionalText,
    queryList,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { findVersion } from "./pipelineVersions";
import { findPipeline } from "./pipelines";
import type { Services } from "../state/services";

/** Schemas of pipeline parameters. They cannot be listed, changed or deleted. */
export function pipelineSchemaOperations(services: Services): Operation[] {
    const { store, ids, options } = services;

    function create(call: Call): Reply {
        const content = optionalText(isObject(call.body) ? call.body : {}, "content") ?? "";
        if (!isJsonObject(content)) {
            throw badRequest("The content of a pipeline schema must be a JSON object");
        }
        const schema = { id: ids.number("pipeline-schema"), scope: call.scope.key, content };
        store.state.pipelineSchemas.push(schema);
        store.commit();
        return { status: 200, body: { pipelineSchema: { id: schema.id, content } } };
    }

    /** The schema that a version launches with: its own, else that of its repository. */
    function describe(call: Call): Reply {
        const pipeline = findPipeline(services, call);
        const version = findVersion(pipeline, call.query.get("versionId") ?? pipeline.launch.id);
        if (version === undefined) {
            throw forbidden();
        }
        const { pipelineSchemaId, paramsText, pipeline: repository } = version.launch;
        const own = store.state.pipelineSchemas.find(
            ({ id, scope }) => id === pipelineSchemaId && scope === call.scope.key,
        );
        const schema = own?.content ?? options.repositorySchemas[String(repository)];
        if (schema === undefined) {
            return { status: 204 };
        }
        const params = queryList(call.query, "attributes").includes("params") ? (paramsText ?? null) : null;
        return { status: 200, body: { schema, params } };
    }

    return [
        {
            id: "CreatePipelineSchema",
            method: "POST",
            path: "/pipeline-schemas",
            permission: "pipeline:write",
            handle: create,
        },
        { id: "DescribePipelineSchema", method: "GET", path: "/pipelines/{pipelineId}/schema", handle: describe },
    ];
}

function isJsonObject(text: string): boolean {
    try {
        return isObject(JSON.parse(text));
    } catch {
        return false;
    }
}
