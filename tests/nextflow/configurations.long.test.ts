import { configurationTests } from "./configurationTests";

describe("nextflow: what the compiler writes", () => configurationTests(2_000));
