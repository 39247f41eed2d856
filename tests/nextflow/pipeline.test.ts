import { pipelineTests } from "./pipelineTests";

describe("nextflow: a pipeline on a real node", () => {
    pipelineTests([]);
});
