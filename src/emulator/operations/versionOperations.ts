import {
    ApiError,
    badRequest,
    isObject,
    optionalFlag,
    optionalText,
    page,
    queryFlag,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { findVersion, requireFreeVersionName, versionsOf } from "./pipelineVersions";
import { findPipeline, pipelineDto } from "./pipelines";
import type { Services } from "../state/services";

/** Versions of a pipeline (https://docs.seqera.io/platform-cloud/pipelines/versioning). None of them can be deleted. */
export function pipelineVersionOperations(services: Services): Operation[] {
    const { store } = services;

    function list(call: Call): Reply {
        const pipeline = findPipeline(services, call);
        const search = (call.query.get("search") ?? "").toLowerCase();
        const only = call.query.has("isPublished") ? queryFlag(call.query, "isPublished") : undefined;
        const found = versionsOf(pipeline)
            .filter(({ name }) => (name ?? "").toLowerCase().includes(search))
            .filter(({ name }) => only === undefined || only === (name !== null));
        const versions = page(found, call.query, "Pipeline versions").map((each) =>
            pipelineDto(services, pipeline, [], each),
        );
        return { status: 200, body: { versions, totalSize: found.length } };
    }

    function manage(call: Call): Reply {
        const pipeline = findPipeline(services, call);
        const version = findVersion(pipeline, call.params.versionId);
        if (version === undefined) {
            throw new ApiError(404, `Unknown pipeline version with ID '${call.params.versionId}'`);
        }
        const given = isObject(call.body) ? call.body : {};
        const name = optionalText(given, "name") ?? version.name;
        const isDefault = optionalFlag(given, "isDefault") ?? false;
        if (!isDefault && version.launch.id === pipeline.launch.id) {
            // Leaving the flag out is the same as false.
            throw new ApiError(409, "The default version of a pipeline cannot be unset", null);
        }
        if (name !== null && name !== version.name) {
            requireFreeVersionName(pipeline, name);
            if (version.name !== null && store.state.runs.some(({ versionId }) => versionId === version.launch.id)) {
                throw badRequest("Version name cannot be changed: workflow runs refer to this version");
            }
        }
        if (isDefault && name === null) {
            throw badRequest("A version needs a name to be the default one");
        }
        version.name = name;
        version.lastUpdated = services.now();
        if (isDefault) {
            pipeline.launch = version.launch;
        }
        store.commit();
        return { status: 204 };
    }

    function validateName(call: Call): Reply {
        requireFreeVersionName(findPipeline(services, call), call.query.get("name") ?? "");
        return { status: 204 };
    }

    const all = "/pipelines/{pipelineId}/versions";
    const write = "pipeline:write";
    return [
        { id: "ListPipelineVersions", method: "GET", path: all, handle: list },
        { id: "ValidatePipelineVersionName", method: "GET", path: `${all}/validate`, handle: validateName },
        {
            id: "ManagePipelineVersion",
            method: "PUT",
            path: `${all}/{versionId}/manage`,
            permission: write,
            handle: manage,
        },
    ];
}
