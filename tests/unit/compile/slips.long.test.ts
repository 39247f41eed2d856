import { describeSlips } from "./slips";

describe("one slip in arguments that work, 3000 of each kind", () => describeSlips(3000));
