import { extname } from "node:path";
import {
    badRequest,
    forbidden,
    isObject,
    optionalFlag,
    optionalText,
    page,
    queryFlag,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { currentVersion, findDataset, requireOwnership, unknownVersion, versionOf } from "./datasetRecords";
import type { Services } from "../state/services";
import type { DatasetRecord, DatasetVersionRecord } from "../state/store";

/** "The size of the uploaded dataset file cannot exceed 10 MB" (https://docs.seqera.io/platform-cloud/data/datasets). */
const FILE_BYTES = 10 * 1024 * 1024;
const VERSIONS_PER_DATASET = 100;

const MEDIA_TYPES: Record<string, string> = { ".csv": "text/csv", ".tsv": "text/tab-separated-values" };

/** What datasets contain, version by version. None of them can be deleted. */
export function datasetVersionOperations(services: Services): Operation[] {
    const { store } = services;

    type Source = Pick<DatasetVersionRecord, "fileName" | "fileSize" | "hasHeader" | "linkedUrl">;

    function add(call: Call, dataset: DatasetRecord, source: Source): DatasetVersionRecord {
        const mediaType = MEDIA_TYPES[extname(source.fileName).toLowerCase()];
        if (mediaType === undefined) {
            throw badRequest(`Unsupported file '${source.fileName}': a dataset is a CSV or TSV file`);
        }
        if (dataset.versions.some((other) => other.mediaType !== mediaType)) {
            throw badRequest(`All versions of a dataset must have the same format: '${dataset.versions[0].mediaType}'`);
        }
        if (dataset.versions.length >= VERSIONS_PER_DATASET) {
            throw badRequest(`A dataset can have at most ${VERSIONS_PER_DATASET} versions`);
        }
        const version: DatasetVersionRecord = {
            ...source,
            version: dataset.versions.length + 1,
            mediaType,
            disabled: false,
            userId: call.actor.userId,
            userName: call.actor.userName,
            dateCreated: services.now(),
            lastUpdated: services.now(),
        };
        dataset.versions.push(version);
        dataset.lastUpdated = services.now();
        return version;
    }

    function upload(call: Call): Reply {
        const dataset = findDataset(services, call);
        const { file } = call.files;
        if (file === undefined || dataset.sourceType !== "UPLOADED") {
            throw badRequest(file === undefined ? "Missing file" : "A linked dataset takes no upload");
        }
        if (file.content.length === 0 || file.content.length > FILE_BYTES) {
            throw badRequest(
                file.content.length === 0 ? "The file is empty" : `The file is larger than ${FILE_BYTES} bytes`,
            );
        }
        const hasHeader = call.query.has("header") ? queryFlag(call.query, "header") : true;
        const source = { fileName: file.name, fileSize: file.content.length, hasHeader, linkedUrl: null };
        const version = add(call, dataset, source);
        store.state.contents[`${dataset.id}/${version.version}`] = file.content.toString("base64");
        store.commit();
        return { status: 200, body: { version: versionDto(services, dataset, version) } };
    }

    function link(call: Call): Reply {
        const dataset = findDataset(services, call);
        const given = isObject(call.body) ? call.body : {};
        const url = optionalText(given, "url") ?? "";
        if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
            throw badRequest("The URL must be a public HTTP or HTTPS address");
        }
        if (dataset.sourceType !== "LINKED") {
            throw badRequest("An uploaded dataset cannot be linked");
        }
        const fileName = decodeURIComponent(new URL(url).pathname.split("/").at(-1)!);
        const hasHeader = optionalFlag(given, "hasHeader") ?? true;
        const version = add(call, dataset, { fileName, fileSize: null, hasHeader, linkedUrl: url });
        store.commit();
        return { status: 200, body: { version: versionDto(services, dataset, version) } };
    }

    function list(call: Call): Reply {
        const dataset = findDataset(services, call);
        const mimeType = call.query.get("mimeType");
        const found = dataset.versions.filter((each) => mimeType === null || each.mediaType === mimeType);
        const versions = found.map((each) => versionDto(services, dataset, each));
        return { status: 200, body: { versions, totalSize: found.length } };
    }

    function listLatest(call: Call): Reply {
        const search = (call.query.get("search") ?? "").toLowerCase();
        const mimeType = call.query.get("mimeType");
        const found = store.state.datasets
            .filter(({ scope, deleted, hidden }) => scope === call.scope.key && !deleted && !hidden)
            .filter(({ name }) => name.toLowerCase().includes(search))
            .flatMap((dataset) => {
                const version = currentVersion(dataset);
                return version === undefined || (mimeType !== null && version.mediaType !== mimeType)
                    ? []
                    : [versionDto(services, dataset, version)];
            });
        const versions = page(found, call.query, "Dataset versions");
        return { status: 200, body: { versions, totalSize: found.length } };
    }

    function disable(call: Call): Reply {
        const dataset = findDataset(services, call);
        const version = versionOf(dataset, call.params.version);
        requireOwnership(services, call, version.userId);
        version.disabled = true;
        version.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    /** The address of a version has no workspace in it, so that what counts is whether the user may read that of the dataset. */
    function download({ actor, params }: Call): Reply {
        const dataset = store.state.datasets.find(({ id, deleted }) => id === params.datasetId && !deleted);
        const workspace = dataset?.workspaceId ?? null;
        const mayRead = workspace === null ? dataset?.userId === actor.userId : actor.role(workspace) !== null;
        if (dataset === undefined || !mayRead) {
            throw forbidden();
        }
        const version = versionOf(dataset, params.version);
        if (version.fileName !== params.fileName) {
            throw unknownVersion(`${params.version}/${params.fileName}`);
        }
        return version.linkedUrl === null
            ? { status: 200, body: Buffer.from(store.state.contents[`${dataset.id}/${version.version}`], "base64") }
            : { status: 307, headers: { location: version.linkedUrl } };
    }

    const one = "/datasets/{datasetId}";
    const write = "dataset:write";
    const versions = `${one}/versions`;
    return [
        { id: "ListLatestDatasetVersionsV2", method: "GET", path: "/datasets/versions", handle: listLatest },
        { id: "UploadDatasetV2", method: "POST", path: `${one}/upload`, permission: write, handle: upload },
        { id: "LinkDatasetVersion", method: "POST", path: `${one}/link`, permission: write, handle: link },
        { id: "ListDatasetVersionsV2", method: "GET", path: versions, handle: list },
        {
            id: "DisableDatasetVersion",
            method: "POST",
            path: `${versions}/{version}/disable`,
            permission: write,
            handle: disable,
        },
        { id: "DownloadDatasetV2", method: "GET", path: `${one}/v/{version}/n/{fileName}`, handle: download },
    ];
}

/** `DatasetVersionDto`. */
function versionDto(services: Services, dataset: DatasetRecord, record: DatasetVersionRecord): object {
    const { userId, userName, linkedUrl, ...version } = record;
    const path = `/datasets/${dataset.id}/v/${version.version}/n/${encodeURIComponent(version.fileName)}`;
    return {
        ...version,
        datasetId: dataset.id,
        datasetName: dataset.name,
        datasetDescription: dataset.description,
        workspaceId: dataset.workspaceId,
        createdBy: { id: userId, userName, email: null, avatar: null },
        url: `${services.endpoint()}${path}`,
        linkedSource: linkedUrl === null ? null : { url: linkedUrl, hasChangeIndicators: false },
    };
}
