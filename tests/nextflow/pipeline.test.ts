import { TAKEN_AWAY } from "../../tools/pipeline/revokedRights";
import { pipelineTests } from "./pipelineTests";

/** A run that fails: only then does the launcher read the log of a head pod, so that all rights are used. */
const FAILING = TAKEN_AWAY.filter(
    ({ role, right: { verb, resource } }) => role === "head" && verb === "create" && resource === "pods",
);

describe("nextflow: a pipeline on a real node", () => pipelineTests(FAILING));
