import { describeSlips } from "./slips";

describe("one slip in arguments that work, 3000 of each kind", function () {
    this.timeout(300_000);
    describeSlips(3000);
});
