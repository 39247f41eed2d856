import { podPairsTests } from "./podPairsTests";

describe("nextflow: two ways to say one thing of pods (cases 7 and 8)", () => podPairsTests());
