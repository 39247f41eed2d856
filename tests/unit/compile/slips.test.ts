import { describeSlips } from "./slips";

describe("one slip in arguments that work, 100 of each kind", () => describeSlips(100));
