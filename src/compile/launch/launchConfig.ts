import type { Known } from "../known";
import type { LaunchArgs } from "../../args/launch";
import { renderedConfig } from "../nextflow/nextflowConfig";
import { nextflowScopes, type Scope, setting } from "../nextflow/scopes";
import { type PodEntry, referredVariables } from "../nextflow/taskPods";

/** The arguments that become the launch's own Nextflow configuration. */
export const LAUNCH_CONFIG_ARGUMENTS = [
    "computeResources",
    "retries",
    "processes",
    "env",
    "queueSize",
    "nextflowConfig",
] as const satisfies (keyof LaunchArgs)[];

type ConfigArguments = Pick<Known<LaunchArgs>, (typeof LAUNCH_CONFIG_ARGUMENTS)[number]>;

/**
 * The Nextflow configuration of a launch. It is merged over that of the compute environment, in which a list replaces a list: so what
 * this one says of pods stands in `process.pod`, which Nextflow adds to the environment's `k8s.pod`, and is repeated for processes that
 * have a list of their own.
 */
export function launchConfig(given: ConfigArguments): string | undefined {
    const { env, queueSize, nextflowConfig, ...tasks } = given;
    const variables: PodEntry[] = referredVariables({ env }).map((entry) => ({ origin: "env", entry }));
    const [process, ...others] = nextflowScopes(tasks);
    return renderedConfig(
        [
            { ...process, pod: variables, scopes: process.scopes.map((scope) => withVariables(scope, variables)) },
            ...others,
            {
                header: "env",
                settings: (env ?? []).flatMap(({ name, value }, index) => setting(name, value, `env[${index}]`)),
                pod: [],
                scopes: [],
            },
            { header: "executor", settings: setting("queueSize", queueSize, "queueSize"), pod: [], scopes: [] },
        ],
        nextflowConfig,
    );
}

function withVariables(scope: Scope, variables: PodEntry[]): Scope {
    return scope.pod.length === 0 ? scope : { ...scope, pod: [...variables, ...scope.pod] };
}
