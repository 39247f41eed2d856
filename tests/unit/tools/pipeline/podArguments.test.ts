import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fieldMap } from "../../../../docs/generate/fieldMap";
import { SHOWN } from "../../../../tools/pipeline/podArguments";
import { NOT_SHOWN, SEEN_OTHERWISE } from "../../../../tools/pipeline/otherArguments";
import { ROOT } from "../../../support/installedPackage";

describe("what a pipeline on a real node shows of the arguments", () => {
    const touching = fieldMap.flatMap(({ argument, pods }) => {
        const all = ["head", "task", "service"];
        const kinds = pods === "all" ? all : all.filter((kind) => pods.split(" and ").includes(kind));
        return kinds.map((kind) => `${argument} in ${kind} pods`);
    });
    const shown = SHOWN.flatMap(({ arguments: given, pod }) => given.map((argument) => `${argument} in ${pod} pods`));
    const otherwise = Object.keys({ ...SEEN_OTHERWISE, ...NOT_SHOWN });
    const covers = (key: string, touched: string): boolean => touched === key || touched.startsWith(`${key} in `);

    it("is every argument that pods have something of, or it says why not", () =>
        assert.deepEqual(
            touching.filter((each) => !shown.includes(each) && !otherwise.some((key) => covers(key, each))),
            [],
        ));

    it("is no argument that pods have nothing of", () =>
        assert.deepEqual(
            shown.filter((each) => !touching.includes(each)),
            [],
        ));

    it("is said of nothing twice", () =>
        assert.deepEqual(
            otherwise.filter((key) => !touching.some((each) => covers(key, each) && !shown.includes(each))),
            [],
        ));

    it("names tests that are there, for what it does not show", () => {
        for (const [, file] of Object.values(NOT_SHOWN)
            .join("\n")
            .matchAll(/(tests\/\S+\.ts)/g)) {
            assert.ok(existsSync(join(ROOT, file)), file);
        }
    });
});
