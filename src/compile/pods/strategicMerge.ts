type Json = unknown;
type JsonMap = Record<string, Json>;

/**
 * The lists of a PodSpec whose entries Kubernetes merges, each with the field that tells its entries apart (its "patch merge
 * key"). All other lists, tolerations among them, are replaced as a whole.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
const MERGE_KEYS: Record<string, string> = {
    containers: "name",
    initContainers: "name",
    ephemeralContainers: "name",
    volumes: "name",
    imagePullSecrets: "name",
    resourceClaims: "name",
    schedulingGates: "name",
    env: "name",
    volumeMounts: "mountPath",
    volumeDevices: "devicePath",
    ports: "containerPort",
    hostAliases: "ip",
    topologySpreadConstraints: "topologyKey",
};

const DIRECTIVE = "$patch";

function isMap(value: Json): value is JsonMap {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * `patch` over `base` by Kubernetes' strategic merge: maps are merged, lists by their key where they have one, anything else
 * is the patch's; `null` takes a field away, and `$patch: delete` or `$patch: replace` an entry or a whole map.
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function strategicMerge(base: JsonMap, patch: JsonMap): JsonMap {
    if (patch[DIRECTIVE] === "replace") {
        return withoutDirectives(patch);
    }
    const merged: JsonMap = { ...base };
    for (const [field, given] of Object.entries(patch)) {
        if (given === null) {
            delete merged[field];
        } else if (field !== DIRECTIVE) {
            merged[field] = mergeField(field, base[field], given);
        }
    }
    return merged;
}

function mergeField(field: string, base: Json, given: Json): Json {
    if (isMap(given)) {
        return strategicMerge(isMap(base) ? base : {}, given);
    }
    const key = MERGE_KEYS[field];
    if (!Array.isArray(given) || key === undefined) {
        return given;
    }
    // A volume has one source: with another one of the same name, two would come together (Kubernetes' "retainKeys").
    const entry = field === "volumes" ? (_: JsonMap, theirs: JsonMap) => strategicMerge({}, theirs) : strategicMerge;
    return mergeLists(key, Array.isArray(base) ? base : [], given as Json[], entry);
}

function mergeLists(key: string, base: Json[], given: Json[], mergeEntries: typeof strategicMerge): Json[] {
    if (given.some((entry) => isMap(entry) && entry[DIRECTIVE] === "replace")) {
        return given.filter((entry) => !isMap(entry) || entry[DIRECTIVE] === undefined);
    }
    const merged = [...base];
    for (const entry of given) {
        const index = merged.findIndex((other) => isMap(entry) && isMap(other) && other[key] === entry[key]);
        if (isMap(entry) && entry[DIRECTIVE] === "delete") {
            merged.splice(index, index === -1 ? 0 : 1);
        } else if (index === -1) {
            merged.push(isMap(entry) ? strategicMerge({}, entry) : entry);
        } else {
            merged[index] = mergeEntries(merged[index] as JsonMap, entry as JsonMap);
        }
    }
    return merged;
}

function withoutDirectives(map: JsonMap): JsonMap {
    return Object.fromEntries(Object.entries(map).filter(([field, value]) => field !== DIRECTIVE && value !== null));
}
