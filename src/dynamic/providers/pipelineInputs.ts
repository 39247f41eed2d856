import { type Difference, differing } from "../../compile/adoption";
import { LAUNCH_ARGUMENTS, type LaunchInputs, observedLaunch } from "../../compile/launch/launchRequest";
import type { LaunchDto, PipelineDto } from "../../platform";
import type { AdoptionInputs } from "./adoption";
import { observedText, same, wireSafe } from "./values";

export interface PipelineInputs extends AdoptionInputs, LaunchInputs {
    repository: string;
    description?: string;
    icon?: string;
    schema?: string;
    version?: { name?: string };
    labels?: string[];
    labelIds?: number[];
}

export interface PipelineOutputs extends PipelineInputs {
    pipelineId: number;
    /** Empty on a Platform without versions. */
    versionId: string;
    versionName: string;
    launchUrl: string;
    /** The uploaded `schema`. */
    pipelineSchemaId?: number;
    /** Why the pipeline may not be as it should; only after a change of which nobody knows whether it took effect. */
    inDoubt?: string;
}

export const OUTPUT_KEYS = [
    "pipelineId",
    "versionId",
    "versionName",
    "launchUrl",
    "pipelineSchemaId",
    "inDoubt",
] as const;

/** What makes another version when it changes. */
export const VERSIONED: (keyof PipelineInputs)[] = [...LAUNCH_ARGUMENTS, "schema"];

/** What an update writes. */
export const WRITTEN: (keyof PipelineInputs)[] = [
    "name",
    "description",
    "icon",
    "labels",
    "labelIds",
    "version",
    ...VERSIONED,
];

/** The inputs as the Platform shows the pipeline now. */
export function observedPipeline(
    inputs: PipelineInputs,
    found: PipelineDto,
    shown: LaunchDto,
    { pipelineSchemaId }: Pick<PipelineOutputs, "pipelineSchemaId">,
): PipelineInputs {
    const { description, icon, schema, labels, labelIds, ...rest } = inputs;
    const isOwnSchema = schema !== undefined && shown.pipelineSchemaId === pipelineSchemaId;
    return wireSafe({
        ...observedLaunch(rest, shown),
        name: found.name,
        ...observedText("description", description, found.description),
        ...observedText("icon", icon, found.icon),
        ...(isOwnSchema ? { schema } : {}),
        ...observedLabels({ labels, labelIds }, found),
    });
}

/** Labels by the way in which the program names them; others by their id. */
function observedLabels(
    { labels, labelIds }: Pick<PipelineInputs, "labels" | "labelIds">,
    { labels: shown }: PipelineDto,
): Pick<PipelineInputs, "labels" | "labelIds"> {
    const carried = (shown ?? []).filter(({ isDefault, id }) => isDefault !== true || labelIds?.includes(id));
    const named = carried.filter(({ name, resource }) => resource !== true && labels?.includes(name));
    const others = carried.filter((each) => !named.includes(each)).map(({ id }) => id);
    const names = named.map(({ name }) => name);
    return {
        ...(sameSet(names, labels) ? { labels } : { labels: names }),
        ...(sameSet(others, labelIds) ? { labelIds } : { labelIds: others }),
    };
}

function sameSet<T>(a: T[], b: T[] = []): boolean {
    return same([...a].sort(), [...b].sort());
}

/** What differs between a pipeline that is to be adopted and the program, with values as messages show them. */
export function pipelineDifferences(wanted: PipelineInputs, observed: PipelineInputs): Difference[] {
    return WRITTEN.filter((key) => key !== "version" && !(key === "name" && wanted.namePrefix !== undefined)).flatMap(
        (key) => (same(observed[key], wanted[key]) ? [] : differing(key, observed[key], wanted[key])),
    );
}
