/** The real Nextflow, from Maven Central. */
export { ensureNextflow, nextflowRecipe, type NextflowVersion } from "./maven";
export { type ParsedConfig, parseConfigs } from "./parseConfigs";
