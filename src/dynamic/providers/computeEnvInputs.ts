import { environmentDifferences, type WantedEnvironment } from "../../compile/adoption";
import { changedConfigKeys, differingKeys, sameConfigValue } from "../../compile/configDiff";
import { foundArguments, typescript } from "../../compile/foundArguments";
import { createRedactor } from "../../platform";
import type {
    ComputeConfig,
    ComputeEnvDto,
    CreateComputeEnvRequest,
    KubernetesPlatform,
    Nullable,
    UpdateComputeEnvRequest,
} from "../../platform/types";
import { type AdoptionInputs, nameAfterwards, refuseDifferences } from "./adoption";
import { isUnfinished } from "./keptTexts";
import type { Diff } from "./provider";
import { hasUnknown, isUnknown, observedText, same, without, withUnknown } from "./values";

/** A configuration as it is in inputs: the tag that repeats the platform is added on the way to the API. */
export type InputConfig = Omit<ComputeConfig, "discriminator">;

export interface ComputeEnvInputs extends AdoptionInputs {
    platform: KubernetesPlatform;
    credentialsId: string;
    config: InputConfig;
    description?: string;
    labelIds?: number[];
    objectUids?: string[];
    fusionMetricsCollectionEnabled?: boolean;
    createTimeoutSeconds?: number;
    deleteTimeoutSeconds?: number;
    forceDelete?: boolean;
}

/** Labels that the inputs name and the environment does not carry: they were deleted, or made again since. */
interface LostLabels {
    lostLabelIds?: number[];
}

/** What a look at the environment has found, beside what the Platform shows of it. */
interface Noted extends LostLabels {
    /** Environments beside it that killed creates of this resource have left. */
    leftovers?: string[];
}

export interface ComputeEnvOutputs extends ComputeEnvInputs, Noted {
    status: string;
    message: string;
    dateCreated: string;
    lastUpdated: string;
    launchUrl: string;
}

const OUTPUT_KEYS = [
    "status",
    "message",
    "dateCreated",
    "lastUpdated",
    "launchUrl",
    "lostLabelIds",
    "leftovers",
] as const;

/** What the API can change in place. */
const UPDATABLE = ["name", "description", "credentialsId", "fusionMetricsCollectionEnabled"] as const;

/** What matters to this package only: a change of it is noted in state without a call. */
const LOCAL = [
    "endpoint",
    "accessToken",
    "allowInsecureEndpoint",
    "createTimeoutSeconds",
    "deleteTimeoutSeconds",
    "forceDelete",
] as const;

/** The part of the inputs that cannot change without a replacement. */
export function fixedContent(inputs: ComputeEnvInputs): unknown {
    const { workspaceId, platform, config, labelIds } = inputs;
    return { workspaceId, platform, config, labelIds: inAnyOrder(labelIds) };
}

/** Ids in one order, whatever order they were written in; a list that is not known yet stays as it is. */
function inAnyOrder(ids: number[] | undefined): unknown {
    return isUnknown(ids) ? ids : [...(ids ?? [])].sort();
}

/** True of an environment that needs nothing more. */
export function isReady({ status }: ComputeEnvOutputs): boolean {
    return status === "AVAILABLE" || status === "DISABLED";
}

/** True of an environment that ended ERRORED, or that somebody has begun to delete: it can only be replaced. */
export function isBeyondMending({ status }: ComputeEnvOutputs): boolean {
    return status === "ERRORED" || status === "DELETING";
}

/** Plans the change. An environment that is INVALID or still CREATING is validated again, or waited for, by an update. */
export function planComputeEnv(olds: ComputeEnvOutputs, news: ComputeEnvInputs): Diff {
    const labelled = sameLabels(olds.labelIds, news.labelIds);
    const replaces = [
        ...(same(olds.workspaceId, news.workspaceId) ? [] : ["workspaceId"]),
        ...(same(olds.platform, news.platform) ? [] : ["platform"]),
        ...(changedConfigKeys(olds.config, withAuthority(olds, news)).length === 0 ? [] : ["config"]),
        ...(labelled || putsLabelsBack(olds, news) ? [] : ["labelIds"]),
        ...(isNamespaceChanged(olds, news) ? ["objectUids"] : []),
        ...(isBeyondMending(olds) ? ["status"] : []),
    ];
    const wanted = { ...news, name: nameAfterwards(olds, news) };
    const updates = [...UPDATABLE, ...LOCAL].filter((key) => !same(olds[key], wanted[key]));
    const unfinished = !isReady(olds) || olds.leftovers !== undefined;
    return {
        changes: replaces.length > 0 || updates.length > 0 || !labelled || unfinished || hasOtherUids(olds, news),
        replaces,
        // A generated name leaves room for both; a name of the user's own is taken until the old environment is gone.
        deleteBeforeReplace: news.namePrefix === undefined && (hasUnknown(news.name) || news.name === olds.name),
    };
}

/** Whether state has to note other objects. A preview may not know them. */
function hasOtherUids(olds: ComputeEnvInputs, { objectUids }: ComputeEnvInputs): boolean {
    return !hasUnknown(objectUids) && !same(olds.objectUids, objectUids);
}

/**
 * Whether the namespace was deleted and made again: then every object in it has another UID. Older versions noted no UIDs, and
 * objects that a preview would make have none yet.
 */
export function isNamespaceChanged(olds: ComputeEnvInputs, { objectUids }: ComputeEnvInputs): boolean {
    const [before, now] = [olds.objectUids ?? [], objectUids ?? []];
    const known = before.length > 0 && now.length > 0 && !hasUnknown(now);
    return known && !now.some((uid) => uid !== "" && before.includes(uid));
}

/**
 * A preview in which the launcher's token is replaced does not know the certificate authority that comes with it, and is that of the same
 * cluster: another one has another server, too. Nobody should read there that the environment goes.
 */
function withAuthority(olds: ComputeEnvInputs, { config }: ComputeEnvInputs): ComputeEnvInputs["config"] {
    return isUnknown(config?.sslCert) ? { ...config, sslCert: olds.config.sslCert } : config;
}

/**
 * Whether the labels differ only in that some which were deleted in the Platform are there again, under other ids. The Platform gives
 * an environment labels at its creation only, and nobody wants another environment for the sake of those.
 */
export function putsLabelsBack(olds: ComputeEnvOutputs, { labelIds }: ComputeEnvInputs): boolean {
    const { lostLabelIds = [] } = olds;
    if (lostLabelIds.length === 0 || sameLabels(olds.labelIds, labelIds)) {
        return false;
    }
    const carried = carriedLabels(olds);
    const wanted = labelIds ?? [];
    // At preview an id is not known yet, or the whole list.
    return (
        isUnknown(wanted) ||
        (carried.every((id) => wanted.includes(id)) && wanted.length - carried.length <= lostLabelIds.length)
    );
}

function carriedLabels({ labelIds, lostLabelIds = [] }: ComputeEnvOutputs): number[] {
    return (labelIds ?? []).filter((id) => !lostLabelIds.includes(id));
}

/** Which labels of the inputs an environment still lacks when it has been changed to them. */
export function labelsStillLost(olds: ComputeEnvOutputs, { labelIds }: ComputeEnvInputs): LostLabels {
    const carried = carriedLabels(olds);
    return lacking((labelIds ?? []).filter((id) => !carried.includes(id)));
}

/** Which labels of the inputs an environment lacks as the Platform shows it; an older Platform does not show them. */
export function labelsLost(olds: ComputeEnvInputs & LostLabels, { labels }: ComputeEnvDto): LostLabels {
    const shown = labels?.map(({ id }) => id);
    return lacking(shown === undefined ? olds.lostLabelIds : (olds.labelIds ?? []).filter((id) => !shown.includes(id)));
}

function lacking(lostLabelIds: number[] = []): LostLabels {
    return lostLabelIds.length === 0 ? {} : { lostLabelIds };
}

function sameLabels(a: number[] | undefined, b: number[] | undefined): boolean {
    return same(inAnyOrder(a), inAnyOrder(b));
}

export function createRequest(inputs: ComputeEnvInputs): CreateComputeEnvRequest {
    const { name, platform, credentialsId, description, fusionMetricsCollectionEnabled, config, labelIds } = inputs;
    return {
        computeEnv: {
            name: name!,
            platform,
            credentialsId,
            description,
            fusionMetricsCollectionEnabled,
            config: { discriminator: platform, ...config },
        },
        ...(labelIds === undefined || labelIds.length === 0 ? {} : { labelIds }),
    };
}

/**
 * All that can change, always: whether the Platform keeps what is left out is not documented. So the request also clears
 * what the program has dropped. Only Fusion metrics that were never set are left to the Platform.
 */
export function updateRequest(olds: ComputeEnvInputs, news: ComputeEnvInputs): UpdateComputeEnvRequest | undefined {
    if (UPDATABLE.every((key) => same(olds[key], news[key]))) {
        return undefined;
    }
    const metrics = "fusionMetricsCollectionEnabled";
    const { name, description, credentialsId } = news;
    return {
        name,
        description: description ?? "",
        credentialsId,
        [metrics]: news[metrics] ?? ((olds[metrics] ?? undefined) === undefined ? undefined : false),
    };
}

/** Whether an environment, shown with its labels, is what a create of these inputs has made. */
export function isAsSent(found: ComputeEnvDto, inputs: ComputeEnvInputs): boolean {
    const { config, platform } = createRequest(inputs).computeEnv;
    return (
        found.platform === platform &&
        differingKeys(config, found.config).length === 0 &&
        sameLabels(observedLabels(inputs.labelIds ?? [], found), inputs.labelIds)
    );
}

/**
 * Throws what differs between an environment, shown with its labels, and the inputs that want to adopt it, some of them not known yet:
 * both values, and the whole environment as arguments to copy.
 */
export function refuseToAdopt(what: string, found: ComputeEnvDto, inputs: ComputeEnvInputs): void {
    // What a create that was interrupted has left there is nobody's text.
    const there = isUnfinished(found.description) ? { ...found, description: undefined } : found;
    const differences = environmentDifferences(there, withUnknown(inputs) as WantedEnvironment);
    refuseDifferences(what, inputs, differences, () => {
        // The authority comes with the launcher's token, unless it differs.
        const { sslCert, ...config } = there.config;
        const authority = differences.some(({ property }) => property === "sslCert") ? { sslCert } : {};
        const args = foundArguments({ ...there, config: { ...config, ...authority } }, inputs.adopt!);
        return ["The environment as arguments of a KubernetesComputeEnvironment:", redact(typescript(args, "    "))];
    });
}

/** The Platform quotes what a cluster's API server says, in which there may be what looks like a token. */
const redact = createRedactor([]);

/** What the Platform says of an environment, in one line. */
export function messageOf(found: Pick<ComputeEnvDto, "message"> | undefined): string {
    return redact(found?.message ?? "")
        .replace(/\s+/g, " ")
        .trim();
}

/** The same as the end of a sentence: quoted after a colon, and nothing where the Platform says nothing. */
export function quotedMessageOf(found: Pick<ComputeEnvDto, "message"> | undefined): string {
    const message = messageOf(found);
    return message === "" ? "" : `: "${message}"`;
}

/** The outputs of an environment as the Platform shows it. */
export function computeEnvOutputs(
    inputs: ComputeEnvInputs & Noted,
    found: ComputeEnvDto,
    launchUrl: string,
): ComputeEnvOutputs {
    return {
        ...inputs,
        status: found.status,
        message: redact(found.message ?? ""),
        dateCreated: found.dateCreated ?? "",
        lastUpdated: found.lastUpdated ?? "",
        launchUrl,
    };
}

/** The inputs that state has among the outputs. */
export function inputsOf(props: ComputeEnvInputs | ComputeEnvOutputs): ComputeEnvInputs {
    return without(props as ComputeEnvOutputs, OUTPUT_KEYS);
}

/**
 * The inputs as the Platform shows them now. What means the same keeps the user's spelling; the Platform's own additions
 * to the configuration are no difference, unless there are no inputs yet, as on import.
 */
export function observedInputs(props: ComputeEnvInputs | ComputeEnvOutputs, found: ComputeEnvDto): ComputeEnvInputs {
    const inputs = inputsOf(props);
    const credentialsId = found.credentialsId ?? "";
    // What inputs there are keep their labels: which of them the environment has lost is noted apart.
    const labelIds = inputs.config === undefined ? observedLabels(undefined, found) : inputs.labelIds;
    return {
        ...without(inputs, ["description", "fusionMetricsCollectionEnabled"]),
        name: found.name,
        platform: found.platform as KubernetesPlatform,
        credentialsId,
        config: observedConfig(inputs.config, found.config),
        ...observedText("description", inputs.description, found.description),
        ...observedMetrics(inputs, found),
        ...(sameLabels(labelIds, inputs.labelIds) ? {} : { labelIds }),
    };
}

/**
 * Which of the declared labels are there; all that are there, where none are declared yet, as on import. The Platform can
 * add its own by default, and labels can only vanish, when they are deleted themselves.
 */
function observedLabels(declared: number[] | undefined, { labels }: ComputeEnvDto): number[] | undefined {
    const shown = labels?.filter(({ resource }) => resource !== false).map(({ id }) => id);
    return shown === undefined ? declared : (declared?.filter((id) => shown.includes(id)) ?? shown);
}

/**
 * Metrics that the Platform collects on its own are not a difference where the inputs do not set them, and an older
 * Platform shows nothing here.
 */
function observedMetrics(
    inputs: ComputeEnvInputs,
    { fusionMetricsCollectionEnabled: shown }: ComputeEnvDto,
): Pick<ComputeEnvInputs, "fusionMetricsCollectionEnabled"> {
    const written = inputs.fusionMetricsCollectionEnabled ?? undefined;
    const speaks = written !== undefined || inputs.config === undefined;
    const now = (speaks ? shown : undefined) ?? written;
    return now === undefined ? {} : { fusionMetricsCollectionEnabled: now };
}

function observedConfig(declared: InputConfig | undefined, shown: Nullable<ComputeConfig>): InputConfig {
    // A cluster in the cloud has these two from the cloud's own API: nobody gave them.
    const foundOut = shown.clusterName ? ["server", "sslCert"] : [];
    const all = Object.keys(shown).filter((key) => !foundOut.includes(key));
    const keys = (declared === undefined ? all : Object.keys(declared)) as (keyof InputConfig)[];
    return Object.fromEntries(
        keys
            .filter((key) => (key as string) !== "discriminator")
            .map((key) => [key, sameConfigValue(key, declared?.[key], shown[key]) ? declared?.[key] : shown[key]])
            .filter(([, value]) => value !== undefined && value !== null),
    ) as InputConfig;
}
