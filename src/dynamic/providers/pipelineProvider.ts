import {
    createPipeline,
    createPipelineSchema,
    deletePipeline,
    describePipelineLaunch,
    ensureLabels,
    findComputeEnv,
    findPipeline,
    findPipelineByName,
    findPipelineSchema,
    isPlatformError,
    listPipelines,
    type PipelineDto,
    type PlatformClient,
    type UpdatePipelineRequest,
} from "../../platform";
import { type CopiedConfig, launchRequest } from "../../compile/launch/launchRequest";
import { launchWarnings } from "../../compile/launch/launchRules";
import { parameterProblems, parsedSchema } from "../../compile/launch/parameters";
import { pipelineName, pipelineRules } from "../../compile/launch/pipelineRules";
import { validate } from "../../compile/rules/rules";
import { type Problem, problemLine } from "../../platform/problem";
import {
    checkNamed,
    nameAfterwards,
    noteCompared,
    refuseDifferences,
    rememberState,
    reserveAdopted,
    wantedAmong,
    wantsAdoption,
} from "./adoption";
import { ANSWER_LOST } from "./keptTexts";
import { KnownObjects } from "./knownObjects";
import { launchUrl } from "./launchUrl";
import { logOnce } from "./log";
import { isLost, keepingLost, keepingUnsure } from "./lostAnswers";
import { changePipeline } from "./pipelineChange";
import {
    observedPipeline,
    OUTPUT_KEYS,
    pipelineDifferences,
    type PipelineInputs,
    type PipelineOutputs,
    VERSIONED,
    WRITTEN,
} from "./pipelineInputs";
import { GONE, type Provider, Unfinished } from "./provider";
import { configure, connect, connectFromState, settledForRead } from "./session";
import { hasUnknown, isUnknown, same, wireSafe, without, withUnknown } from "./values";

const KIND = "pipeline";
const LOCAL = ["endpoint", "accessToken", "allowInsecureEndpoint"] as const;

/** Pipelines of the Launchpad: https://docs.seqera.io/platform-api/pipelines */
export const pipelineProvider: Provider<PipelineInputs, PipelineOutputs> = {
    configure,

    async check(olds, news) {
        const problems = [
            ...validate(pipelineRules, withUnknown(news)),
            ...versionProblems(olds, news),
            ...(await schemaProblems(news)),
        ];
        const checked = await checkNamed(KIND, olds, news, { problems, look: foreseen, generated });
        if (checked.failures.length === 0) {
            validate(launchWarnings, withUnknown(news)).forEach((each) => logOnce(problemLine(each)));
        }
        return checked;
    },

    async diff(id, olds, news) {
        const lost = noteCompared(KIND, id, olds);
        const replaces = [
            ...(lost ? ["id"] : []),
            ...(same(olds.workspaceId, news.workspaceId) ? [] : ["workspaceId"]),
        ];
        const wanted = { ...news, name: nameAfterwards(olds, news) };
        const updates = [...WRITTEN, ...LOCAL].filter((key) => !same(olds[key], wanted[key]));
        return {
            changes: replaces.length > 0 || updates.length > 0 || olds.inDoubt !== undefined,
            replaces,
            deleteBeforeReplace: news.namePrefix === undefined && (isUnknown(news.name) || news.name === olds.name),
        };
    },

    async create(given) {
        const client = connect(given);
        if (wantsAdoption(KIND, given)) {
            const found = await lookAtAdopted(client, given);
            reserveAdopted(KIND, KIND, given, String(found.pipelineId));
            // A generated name is for a pipeline that is made; what is there keeps the name that people know it by.
            const inputs = given.namePrefix === undefined ? given : { ...given, name: found.name };
            return change(client, found.pipelineId, inputs, undefined);
        }
        const made = await keepingLost(
            given.name!,
            () => outputs(given, { pipelineId: 0 }),
            () => make(client, given),
        );
        KnownObjects.of(KIND, given).addObject(String(made.id));
        return made.takenOver
            ? change(client, made.id, given, undefined)
            : written(client, given, {
                  pipelineId: made.id,
                  pipelineSchemaId: made.schemaId,
                  version: (await findPipeline(client, made.id))?.version,
              });
    },

    async read(id, given) {
        const props = settledForRead(given, "versionId");
        const client = connectFromState(props);
        const inputs = without(props, OUTPUT_KEYS) as PipelineInputs;
        if (isLost(id)) {
            return (await findLost(client, props)) === undefined ? GONE : { id, props, inputs };
        }
        rememberState(KIND, props, props, id);
        const found = await findPipeline(client, Number(id));
        if (found === undefined) {
            return GONE;
        }
        const observed = observedPipeline(inputs, found, await describePipelineLaunch(client, Number(id)), props);
        const versions = { versionId: found.version?.id ?? "", versionName: found.version?.name ?? "" };
        return {
            id,
            props: { ...without(props, ["inDoubt"]), ...observed, ...versions },
            inputs: observed,
        };
    },

    async update(id, olds, given) {
        const news = { ...given, name: nameAfterwards(olds, given) };
        const isWritten = WRITTEN.every((key) => same(olds[key], news[key])) && olds.inDoubt === undefined;
        if (isWritten) {
            return { outs: wireSafe({ ...news, ...outputsOf(olds) }) };
        }
        const { outs } = await change(connect(given), Number(id), news, olds);
        return { outs };
    },

    async delete(given, props) {
        const client = connectFromState(props);
        const id = isLost(given) ? await findLost(client, props) : given;
        if (id !== undefined && !KnownObjects.of(KIND, props).keptByTakeover(id)) {
            await deletePipeline(client, Number(id));
        }
    },
};

function generated(inputs: PipelineInputs): string | undefined {
    const known = !isUnknown(inputs.endpoint) && !isUnknown(inputs.workspaceId);
    const { namePrefix = KIND, nameSeed } = inputs;
    const prefix = pipelineName(namePrefix).slice(0, 80) || KIND;
    return known ? KnownObjects.of(KIND, inputs).freeName({ namePrefix: prefix, nameSeed }, {}, KIND) : undefined;
}

/** A version keeps its name, so that what a change makes needs another. */
function versionProblems(olds: Partial<PipelineInputs>, news: PipelineInputs): Problem[] {
    const name = news.version?.name;
    const isChanged = VERSIONED.some((key) => !same(olds[key], news[key]));
    return name !== undefined && !isUnknown(name) && olds.version?.name === name && isChanged
        ? [
              {
                  property: "version.name",
                  reason: `"${name}" is the version before this change, and a version never changes (write another name, or remove it for the next number)`,
              },
          ]
        : [];
}

async function schemaProblems({ schema, params = {} }: PipelineInputs): Promise<Problem[]> {
    const parsed = typeof schema === "string" && !isUnknown(schema) ? parsedSchema(schema) : "";
    const isJudged = typeof parsed !== "string" && typeof params === "object" && !Array.isArray(params);
    return isJudged ? parameterProblems(parsed, withUnknown(params)) : [];
}

interface Made {
    id: number;
    schemaId?: number;
    takenOver?: boolean;
}

/** Makes the pipeline, or takes over the one that a killed create left behind. */
async function make(client: PlatformClient, inputs: PipelineInputs): Promise<Made> {
    const name = inputs.name!;
    const known = KnownObjects.of(KIND, inputs);
    const mayTakeOver = known.reserveName(name) && inputs.namePrefix !== undefined;
    const { request, schemaId } = await requestOf(client, inputs, undefined);
    const version = inputs.version?.name;
    try {
        const { id } = await createPipeline(client, {
            ...request,
            ...(version === undefined ? {} : { version: { name: version } }),
        });
        return { id, schemaId };
    } catch (error) {
        const left =
            mayTakeOver && isPlatformError(error, "conflict") ? await findPipelineByName(client, name) : undefined;
        if (left === undefined) {
            throw error;
        }
        console.log(`Pipeline "${name}" already exists, left by an interrupted run; taking it over`);
        known.takeOver(String(left.pipelineId));
        return { id: left.pipelineId, takenOver: true };
    }
}

/** Makes a pipeline what the inputs say. */
async function change(
    client: PlatformClient,
    pipelineId: number,
    inputs: PipelineInputs,
    olds: PipelineOutputs | undefined,
): Promise<{ id: string; outs: PipelineOutputs }> {
    const { request, schemaId } = await requestOf(client, inputs, olds);
    const id = String(pipelineId);
    let version: PipelineDto["version"];
    await keepingUnsure(
        id,
        () => ({
            ...outputs(inputs, { ...(olds && outputsOf(olds)), pipelineId, pipelineSchemaId: schemaId }),
            inDoubt: ANSWER_LOST,
        }),
        async () => {
            version = await changePipeline(client, pipelineId, request, inputs.version?.name);
        },
    );
    return written(client, inputs, { pipelineId, pipelineSchemaId: schemaId, version });
}

/** The pipeline as the API takes it, with what has to be looked up or uploaded for it. */
async function requestOf(
    client: PlatformClient,
    inputs: PipelineInputs,
    olds: PipelineOutputs | undefined,
): Promise<{ request: UpdatePipelineRequest; schemaId?: number }> {
    const { name, description, icon, labels = [], labelIds = [], schema } = inputs;
    const isUploaded = schema !== undefined && schema === olds?.schema && olds.pipelineSchemaId !== undefined;
    const schemaId =
        schema === undefined
            ? undefined
            : isUploaded
              ? olds.pipelineSchemaId
              : await createPipelineSchema(client, schema);
    return {
        schemaId,
        request: {
            name: name!,
            description: description ?? null,
            icon: icon ?? null,
            labelIds: [...new Set([...labelIds, ...(await ensureLabels(client, labels))])],
            launch: {
                ...launchRequest(inputs, await copiedConfig(client, inputs)),
                pipelineSchemaId: schemaId ?? null,
            },
        },
    };
}

/** What the launch has from its environment, as on the Platform's own pages. */
async function copiedConfig(
    client: PlatformClient,
    { computeEnvId, workDir, preRunScript, postRunScript }: PipelineInputs,
): Promise<CopiedConfig> {
    const isAllGiven = [workDir, preRunScript, postRunScript].every((each) => each !== undefined);
    return computeEnvId === undefined || isAllGiven ? {} : ((await findComputeEnv(client, computeEnvId))?.config ?? {});
}

/** A pipeline that was just made or changed. */
async function written(
    client: PlatformClient,
    inputs: PipelineInputs,
    {
        pipelineId,
        pipelineSchemaId,
        version,
    }: Pick<PipelineOutputs, "pipelineId" | "pipelineSchemaId"> & Pick<PipelineDto, "version">,
): Promise<{ id: string; outs: PipelineOutputs }> {
    const outs = outputs(inputs, {
        pipelineId,
        pipelineSchemaId,
        versionId: version?.id,
        versionName: version?.name ?? undefined,
        launchUrl: await pipelineUrl(client, pipelineId),
    });
    const problems = await repositoryProblems(client, outs);
    if (problems.length > 0) {
        const refusal = `The schema of the repository refuses parameters of the pipeline "${inputs.name}": ${problems.map(problemLine).join("; ")}`;
        throw new Unfinished(String(pipelineId), { ...outs, inDoubt: refusal }, refusal);
    }
    return { id: String(pipelineId), outs };
}

/** What the schema of the repository says of the parameters: the Platform looks at it when somebody launches. */
async function repositoryProblems(
    client: PlatformClient,
    { pipelineId, schema, params, name }: PipelineOutputs,
): Promise<Problem[]> {
    if (schema !== undefined || params === undefined) {
        return [];
    }
    try {
        const found = parsedSchema((await findPipelineSchema(client, pipelineId))?.schema ?? "{}");
        return typeof found === "string" ? [] : await parameterProblems(found, params);
    } catch (error) {
        if (!isPlatformError(error)) {
            throw error;
        }
        console.log(
            `The parameters of the pipeline "${name}" were not checked against the schema of its repository: ${error.message}`,
        );
        return [];
    }
}

async function pipelineUrl(client: PlatformClient, pipelineId: number): Promise<string> {
    return `${await launchUrl(client)}/${pipelineId}`;
}

/** The same at preview, where all that is compared is known. */
async function foreseen(client: PlatformClient, given: PipelineInputs): Promise<void> {
    if (!hasUnknown(WRITTEN.map((key) => given[key]))) {
        await lookAtAdopted(client, given);
    }
}

/** The pipeline that is to be adopted. Throws what stands against it; nothing is written before that is settled. */
async function lookAtAdopted(client: PlatformClient, given: PipelineInputs): Promise<PipelineDto> {
    const all = (await listPipelines(client)).map((each) => ({ ...each, id: String(each.pipelineId) }));
    const { pipelineId } = wantedAmong(KIND, KIND, given, all);
    const [found, launch] = [await findPipeline(client, pipelineId), await describePipelineLaunch(client, pipelineId)];
    if (found === undefined) {
        throw new Error(`adopt: the pipeline "${given.adopt}" was deleted in the meantime`);
    }
    const observed = observedPipeline(given, found, launch, {});
    refuseDifferences(KIND, given, pipelineDifferences(given, observed));
    return found;
}

/** The id of what a create made whose answer was lost, if it made anything that is still nobody's. */
async function findLost(client: PlatformClient, asked: PipelineOutputs): Promise<string | undefined> {
    const found = await findPipelineByName(client, asked.name!);
    const id = found === undefined ? undefined : String(found.pipelineId);
    return id === undefined || KnownObjects.of(KIND, asked).isObjectTaken(id) ? undefined : id;
}

function outputsOf(olds: PipelineOutputs): Pick<PipelineOutputs, (typeof OUTPUT_KEYS)[number]> {
    return Object.fromEntries(OUTPUT_KEYS.map((key) => [key, olds[key]])) as Pick<
        PipelineOutputs,
        (typeof OUTPUT_KEYS)[number]
    >;
}

function outputs(
    inputs: PipelineInputs,
    { versionId = "", versionName = "", launchUrl = "", ...found }: Partial<PipelineOutputs> & { pipelineId: number },
): PipelineOutputs {
    return wireSafe({ ...inputs, ...found, versionId, versionName, launchUrl });
}
