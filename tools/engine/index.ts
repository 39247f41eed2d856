/** The engine: real programs on a machine that has none. */
export { cacheDir } from "./cache";
export { ensureEngine, type EnsureOptions } from "./ensure";
export { ensureKubernetesPlugin, kubernetesPluginStatus, type KubernetesPlugin } from "./kubernetesPlugin";
export { engineStatus, type ProgramStatus } from "./status";
export { terminalProgress } from "./terminal";
export {
    type Engine,
    EngineError,
    EVERY_PROGRAM,
    type EngineProgram,
    type NodeProgramName,
    type OnProgress,
    type ProgramName,
    type ProgramSource,
    type ProgressEvent,
    type StandardProgramName,
} from "./types";
