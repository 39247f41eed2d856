import {
    badRequest,
    forbidden,
    isObject,
    optionalText,
    page,
    queryList,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { labelDto, labelIds } from "./labels";
import { acceptLaunch, launchDto, type LaunchRules } from "./launches";
import { duplicate } from "./nameRules";
import { addVersion, changeLaunch, findVersion, versionDto, versionsOf } from "./pipelineVersions";
import type { Services } from "../state/services";
import type { PipelineRecord, PipelineVersionRecord } from "../state/store";

const NAME = /^(?=.{2,99}$)[a-zA-Z0-9]+(?:[-_.][a-zA-Z0-9]+)*$/;

const SORT_KEYS: Record<string, (pipeline: PipelineRecord) => string> = {
    NAME: ({ name }) => name,
    CREATED: ({ dateCreated }) => dateCreated,
    MODIFIED: ({ lastUpdated }) => lastUpdated,
};

/** Pipelines of the Launchpad, as far as pointing them to a compute environment needs them. */
export function pipelineOperations(services: Services): Operation[] {
    const { store, ids, directory, options } = services;

    const find = (call: Call): PipelineRecord => findPipeline(services, call);

    /** In shared workspaces, whoever launches brings the compute environment and the work directory. */
    function rules({ scope }: Call): LaunchRules {
        const shared = options.workspaces.find(({ id }) => id === scope.workspaceId)?.visibility === "SHARED";
        return shared
            ? { computeEnv: "optional", workDir: "optional" }
            : { computeEnv: "required", workDir: "required" };
    }

    function acceptName(call: Call, name: string | undefined, self?: number): string {
        if (name === undefined || !NAME.test(name)) {
            throw badRequest(
                "Pipeline name must contain a minimum of 2 and a maximum of 99 alphanumeric characters separated by dashes or underscores",
            );
        }
        const same = store.state.pipelines.some(
            (other) => other.scope === call.scope.key && other.name === name && other.pipelineId !== self,
        );
        if (same) {
            throw duplicate("pipeline", name);
        }
        return name;
    }

    function acceptLabels(call: Call, given: unknown, current: number[]): number[] {
        if (given === undefined || given === null) {
            return current;
        }
        const wanted = labelIds(services, call.scope, given);
        if (wanted.join() !== current.join()) {
            directory.require(call.actor, call.scope, "pipeline_label:write");
        }
        return wanted;
    }

    function create(call: Call): Reply {
        const given = isObject(call.body) ? call.body : {};
        const name = acceptName(call, optionalText(given, "name"));
        const launch = acceptLaunch(services, call.scope, given.launch, rules(call));
        const pipeline: PipelineRecord = {
            pipelineId: ids.number("pipeline"),
            scope: call.scope.key,
            workspaceId: call.scope.workspaceId,
            orgId: call.scope.orgId,
            userId: call.actor.userId,
            userName: call.actor.userName,
            name,
            description: optionalText(given, "description") ?? null,
            icon: optionalText(given, "icon") ?? null,
            labelIds: acceptLabels(call, given.labelIds, []),
            launch,
            versions: [],
            dateCreated: services.now(),
            lastUpdated: services.now(),
        };
        const version = isObject(given.version) ? optionalText(given.version, "name") : undefined;
        addVersion(services, call, pipeline, launch, version ?? `${name}-1`);
        store.state.pipelines.push(pipeline);
        store.commit();
        return { status: 200, body: { pipeline: pipelineDto(services, pipeline, ["labels"]) } };
    }

    /** Changes the default version. */
    function update(call: Call): Reply {
        const pipeline = find(call);
        return changed(call, pipeline, pipeline.launch.id);
    }

    function updateVersion(call: Call): Reply {
        return changed(call, find(call), call.params.versionId);
    }

    function changed(call: Call, pipeline: PipelineRecord, versionId: string): Reply {
        let version = findVersion(pipeline, versionId);
        if (version === undefined) {
            throw forbidden();
        }
        const given = isObject(call.body) ? call.body : {};
        const name = acceptName(call, optionalText(given, "name") ?? pipeline.name, pipeline.pipelineId);
        const labels = acceptLabels(call, given.labelIds, pipeline.labelIds);
        if (given.launch !== undefined && given.launch !== null) {
            version = changeLaunch(services, call, pipeline, version, rules(call));
        }
        pipeline.name = name;
        pipeline.labelIds = labels;
        pipeline.description =
            given.description === null ? null : (optionalText(given, "description") ?? pipeline.description);
        pipeline.icon = given.icon === null ? null : (optionalText(given, "icon") ?? pipeline.icon);
        pipeline.lastUpdated = services.now();
        store.commit();
        return { status: 200, body: { pipeline: pipelineDto(services, pipeline, ["labels"], version) } };
    }

    function list(call: Call): Reply {
        const search = (call.query.get("search") ?? "").toLowerCase();
        const visibility = call.query.get("visibility");
        const sortKey = SORT_KEYS[call.query.get("sortBy") ?? "CREATED"];
        if (sortKey === undefined) {
            throw badRequest("Query parameter 'sortBy' must be one of CREATED, MODIFIED, NAME");
        }
        const direction = call.query.get("sortDir") === "DESCENDING" ? -1 : 1;
        const found = store.state.pipelines
            .filter((pipeline) => pipeline.scope === call.scope.key && pipeline.name.toLowerCase().includes(search))
            .filter((pipeline) => visibility === null || visibility === pipelineVisibility(services, pipeline))
            .sort((a, b) => direction * sortKey(a).localeCompare(sortKey(b)));
        const attributes = queryList(call.query, "attributes");
        const pipelines = page(found, call.query, "Pipelines").map((item) => pipelineDto(services, item, attributes));
        return { status: 200, body: { pipelines, totalSize: found.length } };
    }

    function describe(call: Call): Reply {
        const attributes = queryList(call.query, "attributes");
        return { status: 200, body: { pipeline: pipelineDto(services, find(call), attributes) } };
    }

    function describeLaunch(call: Call): Reply {
        const pipeline = find(call);
        const version = findVersion(pipeline, call.query.get("versionId") ?? pipeline.launch.id);
        if (version === undefined) {
            throw forbidden();
        }
        return { status: 200, body: { launch: launchDto(services, version.launch) } };
    }

    function remove(call: Call): Reply {
        store.state.pipelines.splice(store.state.pipelines.indexOf(find(call)), 1);
        store.commit();
        return { status: 204 };
    }

    function validateName(call: Call): Reply {
        acceptName(call, call.query.get("name") ?? undefined);
        return { status: 204 };
    }

    const write = "pipeline:write";
    const one = "/pipelines/{pipelineId}";
    const version = `${one}/versions/{versionId}`;
    return [
        { id: "ListPipelines", method: "GET", path: "/pipelines", handle: list },
        { id: "CreatePipeline", method: "POST", path: "/pipelines", permission: write, handle: create },
        { id: "ValidatePipelineName", method: "GET", path: "/pipelines/validate", handle: validateName },
        { id: "DescribePipeline", method: "GET", path: one, handle: describe },
        { id: "UpdatePipeline", method: "PUT", path: one, permission: write, handle: update },
        { id: "UpdatePipelineVersion", method: "POST", path: version, permission: write, handle: updateVersion },
        { id: "DeletePipeline", method: "DELETE", path: one, permission: "pipeline:delete", handle: remove },
        { id: "DescribePipelineLaunch", method: "GET", path: `${one}/launch`, handle: describeLaunch },
    ];
}

export function findPipeline({ store }: Services, { params, scope }: Call): PipelineRecord {
    const pipeline = store.state.pipelines.find(({ pipelineId }) => String(pipelineId) === params.pipelineId);
    if (!pipeline || pipeline.scope !== scope.key) {
        throw forbidden();
    }
    return pipeline;
}

function pipelineVisibility({ options }: Services, pipeline: PipelineRecord): string {
    return options.workspaces.find(({ id }) => id === pipeline.workspaceId)?.visibility ?? "PRIVATE";
}

/** `PipelineDbDto`, of the default version unless another is given. */
export function pipelineDto(
    services: Services,
    pipeline: PipelineRecord,
    attributes: string[],
    version: PipelineVersionRecord = findVersion(pipeline, pipeline.launch.id) ?? versionsOf(pipeline)[0],
): object {
    const { options, store } = services;
    const { launch } = version;
    const workspace = options.workspaces.find(({ id }) => id === pipeline.workspaceId);
    const env = launch.computeEnvId === null ? undefined : store.computeEnv(launch.computeEnvId);
    return {
        pipelineId: pipeline.pipelineId,
        name: pipeline.name,
        description: pipeline.description,
        icon: pipeline.icon,
        repository: launch.pipeline,
        userId: pipeline.userId,
        userName: pipeline.userName,
        userFirstName: null,
        userLastName: null,
        orgId: pipeline.orgId,
        orgName: workspace?.organization.name ?? null,
        workspaceId: pipeline.workspaceId,
        workspaceName: workspace?.name ?? null,
        visibility: pipelineVisibility(services, pipeline),
        deleted: null,
        lastUpdated: pipeline.lastUpdated,
        labels: attributes.includes("labels") ? store.labels(pipeline.scope, pipeline.labelIds).map(labelDto) : null,
        computeEnv:
            attributes.includes("computeEnv") && env
                ? { id: env.id, name: env.name, platform: env.platform, region: env.config.region ?? null }
                : null,
        ...(options.pipelineVersions === "none" ? {} : { version: versionDto(pipeline, version) }),
    };
}
