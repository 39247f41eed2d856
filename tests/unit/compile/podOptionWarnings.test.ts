import assert from "node:assert/strict";
import { podOptionWarnings } from "../../../src/compile/podRules";
import { UNKNOWN } from "../../../src/compile/rules";
import { lines } from "./support";

const podOptions = { priorityClassName: "tasks" };

describe("tasks that rank above their own head pod", () => {
    for (const [name, args] of Object.entries({
        "nothing is said of head pods": { podOptions },
        "head pods have other options alone": { podOptions, headPodOptions: { nodeSelector: { a: "b" } } },
        "their own spec says other things": { podOptions, headPodSpec: "spec: {nodeSelector: {a: b}}" },
    })) {
        it(`are warned of where ${name}`, () =>
            assert.deepEqual(lines(podOptionWarnings, args), [
                "podOptions.priorityClassName is given, and headPodOptions.priorityClassName is not: where it ranks above the cluster's default, a task for which there is no room takes the place of its own head pod, and the run fails; set headPodOptions.priorityClassName to a class that ranks no lower",
            ]));
    }

    for (const [name, args] of Object.entries({
        "tasks have no class": { podOptions: { nodeSelector: { a: "b" } } },
        "head pods have one": { podOptions, headPodOptions: { priorityClassName: "heads" } },
        "their own spec has one": { podOptions, headPodSpec: "spec:\n  priorityClassName: heads\n" },
        "nobody knows yet": { podOptions: { priorityClassName: UNKNOWN } },
        "nobody knows yet of head pods": { podOptions, headPodOptions: UNKNOWN },
        "nobody knows yet of their class": { podOptions, headPodOptions: { priorityClassName: UNKNOWN } },
        "nobody knows yet of their spec": { podOptions, headPodSpec: UNKNOWN },
    })) {
        it(`are not where ${name}`, () => assert.deepEqual(lines(podOptionWarnings, args), []));
    }
});
