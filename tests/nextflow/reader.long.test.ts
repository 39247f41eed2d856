import { readerTests } from "./readerTests";

describe("nextflow: configuration that somebody wrote", () => readerTests(2_000));
