import type * as pulumi from "@pulumi/pulumi";
import type { SyntaxParser } from "./enums";
import type { HeadJobArgs } from "./environment";
import type { ComputeResourcesArgs, ProcessArgs, RetriesArgs, TaskEnvVarArgs } from "./tasks";

/**
 * What a run is launched with. On `computeResources`, `retries`, `processes`, `env`, `queueSize` and `nextflowConfig`: they become the
 * launch's own Nextflow configuration, which takes precedence over that of the compute environment and of the pipeline's repository.
 * See https://docs.seqera.io/platform-cloud/launch/advanced
 */
export interface LaunchArgs {
    /**
     * Id of the compute environment that runs are launched on, such as the output `computeEnvId` of a
     * `KubernetesComputeEnvironment`. Required, except in a shared workspace, where whoever launches chooses one.
     */
    computeEnvId?: pulumi.Input<string>;
    /**
     * Branch, tag or commit of the repository, as `nextflow run -revision` takes it. Default: the repository's default branch.
     */
    revision?: pulumi.Input<string>;
    /**
     * Commit that `revision` is pinned to: 40 hexadecimal digits. Runs use it even after the branch or tag has moved. Default: none.
     */
    commitId?: pulumi.Input<string>;
    /**
     * Nextflow's work directory: a path on the work claim, or in a bucket with Fusion. A trailing slash is removed, as the Platform
     * does. Default: that of the compute environment.
     */
    workDir?: pulumi.Input<string>;
    /**
     * Directory that Nextflow publishes workflow outputs to, which becomes `-output-dir`. Requires Nextflow 24.10 and a pipeline with
     * workflow outputs. Default: Nextflow's own, `results`.
     */
    outputDir?: pulumi.Input<string>;
    /**
     * Parameters of the pipeline, by name, such as `{ input: dataset.url, genome: "GRCh38" }`. Stored in the Platform in plain text; a
     * value that the program marks as secret is a secret in Pulumi's state. With `schema`, they are checked at preview. Default: none.
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the pipeline takes: Pulumi's analyzer has no other word for it
    params?: pulumi.Input<Record<string, any>>;
    /** Profiles of the repository's configuration, as `nextflow run -profile` takes them. Default: none. */
    configProfiles?: pulumi.Input<pulumi.Input<string>[]>;
    /** Nextflow configuration of the runs, appended to the configuration that other arguments become. Default: none. */
    nextflowConfig?: pulumi.Input<string>;
    /** Version of Nextflow, such as `25.04.4`, which the Platform must offer. Default: that of the compute environment. */
    nextflowVersion?: pulumi.Input<string>;
    /** Version of Nextflow's parser. Requires Nextflow 25.02 for `v2`. Default: Nextflow's own. */
    syntaxParser?: pulumi.Input<SyntaxParser>;
    /**
     * Bash script that the head pod runs before Nextflow, at most 1,024 bytes; an empty text for none. Line ends of Windows (CRLF)
     * become line feeds, with a warning. Default: that of the compute environment.
     */
    preRunScript?: pulumi.Input<string>;
    /**
     * Bash script that the head pod runs after Nextflow, at most 1,024 bytes; an empty text for none. Line ends of Windows (CRLF)
     * become line feeds, with a warning. Default: that of the compute environment.
     */
    postRunScript?: pulumi.Input<string>;
    /** Path of the main script in the repository. Default: that of the repository's manifest, `main.nf`. */
    mainScript?: pulumi.Input<string>;
    /** Name of the workflow to run, as `nextflow run -entry` takes it. Default: the main script's unnamed workflow. */
    entryName?: pulumi.Input<string>;
    /** Path of the parameters' schema in the repository. Conflicts with `schema`. Default: `nextflow_schema.json`. */
    schemaName?: pulumi.Input<string>;
    /** Whether each run pulls the newest commit of its branch, as `nextflow run -latest` does. Conflicts with `commitId`. Default: false. */
    pullLatest?: pulumi.Input<boolean>;
    /** Whether runs execute the `stub` blocks of processes, as `nextflow run -stub-run` does. Default: false. */
    stubRun?: pulumi.Input<boolean>;
    /** CPU and memory requests of the head pod. Default: those of the compute environment. */
    headJob?: pulumi.Input<HeadJobArgs>;
    /** Default resource requests of tasks, and the maximum that a task may request. Default: those of the compute environment. */
    computeResources?: pulumi.Input<ComputeResourcesArgs>;
    /** What Nextflow does when a task fails. Default: that of the compute environment. */
    retries?: pulumi.Input<RetriesArgs>;
    /** Resources, retries and placement of the tasks of some processes. Default: none. */
    processes?: pulumi.Input<pulumi.Input<ProcessArgs>[]>;
    /**
     * Environment variables of tasks. Values from Secrets and ConfigMaps become `process.pod`, which the `pod` of a process in the
     * repository or of `processes` in the compute environment replaces. Default: none.
     */
    env?: pulumi.Input<pulumi.Input<TaskEnvVarArgs>[]>;
    /**
     * Maximum number of tasks that are submitted to the cluster at the same time, a whole number. Becomes `executor.queueSize`.
     * Default: Nextflow's own, 100.
     */
    queueSize?: pulumi.Input<number>;
    /** Names of the pipeline secrets of the token's user that tasks get. On Kubernetes, use `env` with Secrets instead. Default: none. */
    userSecrets?: pulumi.Input<pulumi.Input<string>[]>;
    /** Names of the workspace's pipeline secrets that tasks get. On Kubernetes, use `env` with Secrets instead. Default: none. */
    workspaceSecrets?: pulumi.Input<pulumi.Input<string>[]>;
    /** Contents of `tower.yml`, which names the reports of a run. Default: that of the repository. */
    towerConfig?: pulumi.Input<string>;
}
