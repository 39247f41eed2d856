import { claimLosses, FIXED_OF_CLAIM } from "../../compile/storage/claimChanges";
import type { HeldClaim } from "../../compile/storage/volumes";
import type { Provider } from "./provider";
import { configure } from "./session";
import { hasUnknown, same, without } from "./values";

export interface ClaimGuardInputs extends HeldClaim {
    replaceable?: boolean;
}

const HELD = [
    "namespace",
    "claimName",
    ...FIXED_OF_CLAIM,
    "retainOnDelete",
    "referred",
    "ofVolume",
    "clusterProvider",
    "clusterIdentifier",
    "replaceable",
] as const;

/**
 * Remembers what a claim is, and refuses a change that would lose its data: a component cannot know what it was before, a
 * resource can. Calls nobody.
 */
export const claimGuardProvider: Provider<ClaimGuardInputs, ClaimGuardInputs> = {
    configure,

    async check(olds, news) {
        const known = !hasUnknown(without(news, ["clusterProvider"]));
        const validated = olds.claimName !== undefined && news.replaceable !== true && known;
        return { inputs: news, failures: validated ? claimLosses(olds as ClaimGuardInputs, news) : [] };
    },

    async diff(_id, olds, news) {
        const changes = HELD.some((key) => !same(olds[key], news[key]));
        return { changes, replaces: [], deleteBeforeReplace: false };
    },

    async create(inputs) {
        return { id: `${inputs.namespace}/${inputs.claimName}`, outs: inputs };
    },

    async read(id, props) {
        return { id, props, inputs: props };
    },

    async update(_id, _olds, news) {
        return { outs: news };
    },

    async delete() {
        // What it remembers goes with it.
    },
};
