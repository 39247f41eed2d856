import { configurationTests } from "./configurationTests";

describe("nextflow: what the compiler writes", () => configurationTests(100));
