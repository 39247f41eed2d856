import { ApiError, forbidden, type Call } from "../http/api";
import type { Services } from "../state/services";
import type { DatasetRecord, DatasetVersionRecord } from "../state/store";

/** What others have made is for those with `dataset:admin` to hide and disable. */
export function requireOwnership({ directory }: Services, call: Call, userId: number): void {
    if (userId !== call.actor.userId) {
        directory.require(call.actor, call.scope, "dataset:admin");
    }
}

export function datasetOf({ store }: Services, scope: string, id: string): DatasetRecord | undefined {
    return store.state.datasets.find((each) => each.id === id && each.scope === scope && !each.deleted);
}

export function findDataset(services: Services, { params, scope }: Call): DatasetRecord {
    const dataset = datasetOf(services, scope.key, params.datasetId);
    if (dataset === undefined) {
        throw forbidden();
    }
    return dataset;
}

/** The answer for a version that is not there; the document has it where datasets that are missing answer 403. */
export function unknownVersion(version: string): ApiError {
    return new ApiError(404, `Unknown dataset version '${version}'`);
}

/** The version that a new run takes: the newest that is not disabled. */
export function currentVersion({ versions }: DatasetRecord): DatasetVersionRecord | undefined {
    return versions.findLast(({ disabled }) => !disabled);
}

export function versionOf({ versions }: DatasetRecord, number: string): DatasetVersionRecord {
    const version = versions.find((each) => String(each.version) === number);
    if (version === undefined) {
        throw unknownVersion(number);
    }
    return version;
}
