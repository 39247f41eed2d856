import { normalisationTests } from "./normalisation";

describe("a configuration as a server gives it back", () => normalisationTests(100));
