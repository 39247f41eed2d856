import { CATALOGUE } from "./catalogue";
import { surroundingsOf } from "./ensure";
import { resolveFamily } from "./resolve";
import type { EngineProgram, ProgramName } from "./types";

export interface ProgramStatus {
    name: ProgramName;
    /** The version in use, or the one that would be built. */
    version?: string;
    /** Undefined: not here yet; `ensureEngine` would get it. */
    program?: EngineProgram;
    /** For cached programs: how they came into the cache. */
    origin?: "download" | "build";
    /** Why one that is on `PATH` is not used. */
    passedOver: string[];
}

/** What `ensureEngine` would use, without fetching or building anything. */
export async function engineStatus(env: NodeJS.ProcessEnv = process.env): Promise<ProgramStatus[]> {
    const surroundings = await surroundingsOf(env);
    const status: ProgramStatus[] = [];
    for (const family of CATALOGUE) {
        const { programs, origins, passedOver } = await resolveFamily(family, surroundings);
        const planned = Object.fromEntries(family.programs.map(({ name, version }) => [name, version]));
        for (const { name } of [...family.programs, ...(family.npmPrograms ?? [])]) {
            const program = programs?.[name];
            status.push({
                name,
                version: program?.version ?? planned[name],
                program,
                origin: origins[name],
                passedOver: passedOver.filter(({ program }) => program === name).map(({ reason }) => reason),
            });
        }
    }
    return status;
}
