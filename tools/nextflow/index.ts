/** The real Nextflow, from Maven Central. */
export { ensureNextflow, nextflowRecipe, type NextflowVersion } from "./maven";
export { openedPackages, type ParsedConfig, parseConfigs, podsOf } from "./parseConfigs";
