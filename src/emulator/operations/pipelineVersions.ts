import { createHash } from "node:crypto";
import { badRequest, type Call } from "../http/api";
import { launchText, mergeLaunch, sameLaunch, type LaunchRules } from "./launches";
import { duplicate } from "./nameRules";
import type { Services } from "../state/services";
import type { LaunchRecord, PipelineRecord, PipelineVersionRecord } from "../state/store";

const MAX_NAME = 255;

export function versionsOf(pipeline: PipelineRecord): PipelineVersionRecord[] {
    const { name, launch, userId, userName, dateCreated, lastUpdated } = pipeline;
    // State files of older emulators have none.
    pipeline.versions ??= [{ name: `${name}-1`, launch, userId, userName, dateCreated, lastUpdated }];
    return pipeline.versions;
}

export function findVersion(pipeline: PipelineRecord, id: string): PipelineVersionRecord | undefined {
    return versionsOf(pipeline).find(({ launch }) => launch.id === id);
}

export function addVersion(
    services: Services,
    { actor }: Call,
    pipeline: PipelineRecord,
    launch: LaunchRecord,
    name: string | null,
): PipelineVersionRecord {
    const { userId, userName } = actor;
    const at = services.now();
    const version = { name, launch, userId, userName, dateCreated: at, lastUpdated: at };
    versionsOf(pipeline).push(version);
    return version;
}

/** The version that has a changed launch: another one, if it is changed at all and the Platform has versions. */
export function changeLaunch(
    services: Services,
    call: Call,
    pipeline: PipelineRecord,
    version: PipelineVersionRecord,
    rules: LaunchRules,
): PipelineVersionRecord {
    const given = (call.body as Record<string, unknown>).launch;
    const launch = mergeLaunch(services, call.scope, version.launch, given, rules);
    const { pipelineVersions } = services.options;
    if (pipelineVersions === "none" || sameLaunch(launch, version.launch)) {
        if (pipeline.launch.id === version.launch.id) {
            pipeline.launch = launch;
        }
        version.launch = launch;
        return version;
    }
    const another = { ...launch, id: services.ids.text("launch") };
    if (pipelineVersions === "drafts") {
        return addVersion(services, call, pipeline, another, null);
    }
    pipeline.launch = another;
    return addVersion(services, call, pipeline, another, nextName(pipeline, version));
}

/** `name-3`, or the first free one after it, of `name-2`. */
function nextName(pipeline: PipelineRecord, version: PipelineVersionRecord): string {
    const [, base, number = "0"] = /^(.*?)(?:-(\d+))?$/s.exec(version.name ?? pipeline.name)!;
    const taken = versionsOf(pipeline).map(({ name }) => name);
    let next = Number(number) + 1;
    while (taken.includes(`${base}-${next}`)) {
        next++;
    }
    return `${base}-${next}`;
}

export function requireFreeVersionName(pipeline: PipelineRecord, name: string): void {
    if (name.trim() === "" || name.length > MAX_NAME) {
        throw badRequest(`Pipeline version name must have 1 to ${MAX_NAME} characters`);
    }
    if (versionsOf(pipeline).some((each) => each.name === name)) {
        throw duplicate("pipeline version", name);
    }
}

/** `PipelineVersionFullInfoDto`. */
export function versionDto(pipeline: PipelineRecord, version: PipelineVersionRecord): object {
    const { name, launch, userId, userName, dateCreated, lastUpdated } = version;
    return {
        id: launch.id,
        name,
        isDefault: launch.id === pipeline.launch.id,
        hash: createHash("sha512").update(launchText(launch)).digest("base64"),
        creatorUserId: userId,
        creatorUserName: userName,
        creatorFirstName: null,
        creatorLastName: null,
        creatorAvatarUrl: null,
        dateCreated,
        lastUpdated,
    };
}
