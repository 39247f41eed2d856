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
                ? `is ${quote(value)}, so head pods run on nodes that can be taken away at any time, and a run does not survive its head; leave it out, or write a label of nodes that stay`
                : undefined,
        SPOT_NODES,
    ),
];
