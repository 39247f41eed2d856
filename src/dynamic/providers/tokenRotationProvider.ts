import { type Rotation, rotationDue, type RotationWish } from "../../compile/namespace/rotation";
import type { Provider } from "./provider";
import { configure } from "./session";
import { isUnknown, same } from "./values";

export type TokenRotationInputs = RotationWish & Partial<Rotation>;

/**
 * The token that is due is decided where inputs are checked, and so is known to a preview, too, and stays as it is until it is due again.
 * A refresh looks at nothing.
 */
export const tokenRotationProvider: Provider<TokenRotationInputs, TokenRotationInputs> = {
    configure,

    async check(olds, news) {
        const known = !isUnknown(news.request) && !isUnknown(news.everyDays);
        return { inputs: known ? { ...news, ...rotationDue(olds, news, new Date()) } : news, failures: [] };
    },

    async diff(_id, olds, news) {
        const keys = ["request", "everyDays", "generation", "since"] as const;
        return { changes: keys.some((key) => !same(olds[key], news[key])), replaces: [], deleteBeforeReplace: false };
    },

    async create(inputs) {
        return { id: "launcher-token", outs: inputs };
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
