import { TAKEN_AWAY } from "../../tools/pipeline/takenAway";
import { pipelineTests } from "./pipelineTests";

/** What a run uses only when it fails before it has a task, so that all rights are used. */
const FAILING = TAKEN_AWAY.filter(({ chain }) => chain === "failing");

describe("nextflow: a pipeline on a real node", () => pipelineTests(FAILING));
