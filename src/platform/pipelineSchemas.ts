/** Schemas of pipeline parameters: https://docs.seqera.io/platform-api (tag `pipelines`). */

import type { PlatformClient } from "./platformClient";
import type { CallLimits } from "./settings";
import { object, segment, shaped } from "./shapes";

/** `PipelineSchemaResponse`. */
export interface PipelineSchemaDto {
    /** JSON text of the schema. */
    schema: string;
    /** JSON text of the parameters; only where it is asked for. */
    params?: string | null;
}

/**
 * Stores a schema, and answers the id by which a launch refers to it. It may be sent twice: the API neither lists nor deletes
 * schemas, so one that a lost answer left is seen by nobody and changes nothing.
 */
export async function createPipelineSchema(
    client: PlatformClient,
    content: string,
    limits: CallLimits = {},
): Promise<number> {
    return client.post(
        "/pipeline-schemas",
        { content },
        {
            ...limits,
            idempotent: true,
            read: (body) =>
                shaped<{ id: number }>(object(body).pipelineSchema, { id: "number" }, "the pipeline schema").id,
        },
    );
}

/** The schema of a pipeline's version, the default one unless told otherwise; undefined when it has none. */
export async function findPipelineSchema(
    client: PlatformClient,
    pipelineId: number,
    options: CallLimits & { versionId?: string; attributes?: readonly ("schema" | "params")[] } = {},
): Promise<PipelineSchemaDto | undefined> {
    const { versionId, attributes, ...limits } = options;
    return client.get(`/pipelines/${segment(pipelineId)}/schema`, {
        ...limits,
        query: { versionId, attributes },
        read: (body) => (body === undefined ? undefined : shaped<PipelineSchemaDto>(body, { schema: "string" })),
    });
}
