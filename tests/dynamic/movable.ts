import { PlatformClient } from "../../src/platform";
import { CANARIES, environmentInputs } from "./inputs";
import type { Made, World } from "./support";

/** Environments whose pipelines can be moved, the resource that moves them, and a person on the web page. */
export async function movable(world: World) {
    const client = new PlatformClient(
        { ...world.connection, accessToken: CANARIES.accessToken },
        { callsPerSecond: 1_000 },
    );
    const credentialsId = await world.credential();
    const environment = (config: object) => world.make("computeEnv", environmentInputs(credentialsId, config));
    const old = await environment({});
    const other = await environment({ namespace: "other" });
    const successor = await environment({ workDir: "/scratch/new" });
    const move = await world.make("pipelineMove", { computeEnvId: old.id });
    return { client, old, other, successor, move };
}

/** What is launched on an environment. */
export function launch(env: Made, settings: object = {}): object {
    return {
        computeEnvId: env.id,
        pipeline: "https://github.com/nextflow-io/hello",
        workDir: "/own/work",
        ...settings,
    };
}
