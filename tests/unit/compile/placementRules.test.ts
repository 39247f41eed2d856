import assert from "node:assert/strict";
import { placementWarnings } from "../../../src/compile/pods/placementRules";
import { lines } from "./support";

const REST =
    "places head pods on nodes that can be reclaimed at any time, and a run fails when its head pod is lost (remove it, or use a label of on-demand nodes)";

const heads = (nodeSelector: Record<string, string>) => ({ headPodOptions: { nodeSelector } });

describe("a place for head pods", () => {
    for (const [key, value] of [
        ["eks.amazonaws.com/capacityType", "SPOT"],
        ["cloud.google.com/gke-spot", "true"],
        ["kubernetes.azure.com/scalesetpriority", "spot"],
        ["karpenter.sh/capacity-type", "spot"],
    ]) {
        it(`is warned of: ${key}=${value}`, () =>
            assert.deepEqual(lines(placementWarnings, heads({ [key]: value })), [
                `headPodOptions.nodeSelector.${key}: "${value}" ${REST}`,
            ]));
    }

    for (const [key, value] of [
        ["eks.amazonaws.com/capacityType", "ON_DEMAND"],
        ["karpenter.sh/capacity-type", "on-demand"],
        ["kubernetes.io/os", "linux"],
    ]) {
        it(`is taken: ${key}=${value}`, () => assert.deepEqual(lines(placementWarnings, heads({ [key]: value })), []));
    }

    it("is not judged where tasks go, or where nothing is said", () =>
        assert.deepEqual(
            lines(placementWarnings, { podOptions: { nodeSelector: { "cloud.google.com/gke-spot": "true" } } }),
            [],
        ));
});
