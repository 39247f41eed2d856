import { isFleeting } from "./placement";
import { quote } from "../rules/problems";
import { eachPair, type Rule } from "../rules/rules";

const SPOT_NODES =
    "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html#managed-node-group-capacity-types";

/** Where a head pod can be put, but should not be. */
export const placementWarnings: Rule[] = [
    eachPair(
        "headPodOptions.nodeSelector",
        (key, value) =>
            isFleeting(key, value)
                ? `${quote(value)} places head pods on nodes that can be reclaimed at any time, and a run fails when its head pod is lost (remove it, or use a label of on-demand nodes)`
                : undefined,
        SPOT_NODES,
    ),
];
