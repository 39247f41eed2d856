import { validate } from "../../compile/rules/rules";
import { listComputeEnvs, setPrimaryComputeEnv } from "../../platform";
import { computeEnvIdRules } from "./computeEnvIdRules";
import { keepingUnsure } from "./lostAnswers";
import { GONE, type Provider } from "./provider";
import {
    configure,
    connect,
    connectFromState,
    type ConnectionInputs,
    connectionProblems,
    settledConnection,
    settledForRead,
} from "./session";
import { same, withUnknown } from "./values";

export interface PrimaryInputs extends ConnectionInputs {
    computeEnvId: string;
}

/**
 * The primary compute environment of a workspace. Its id says which workspace, since that stays when another environment
 * takes the place.
 */
export const primaryComputeEnvProvider: Provider<PrimaryInputs, PrimaryInputs> = {
    configure,

    async check(_olds, news) {
        const failures = [...connectionProblems(news), ...validate(computeEnvIdRules, withUnknown(news))];
        return { inputs: { ...news, ...settledConnection(news) }, failures };
    },

    async diff(_id, olds, news) {
        const replaces = same(olds.workspaceId, news.workspaceId) ? [] : ["workspaceId"];
        const keys = ["computeEnvId", "endpoint", "accessToken", "allowInsecureEndpoint"] as const;
        const changes = replaces.length > 0 || keys.some((key) => !same(olds[key], news[key]));
        return { changes, replaces, deleteBeforeReplace: false };
    },

    async create(inputs) {
        await setPrimaryComputeEnv(connect(inputs), inputs.computeEnvId);
        return { id: `primary-${inputs.workspaceId ?? "personal"}`, outs: inputs };
    },

    async read(id, given) {
        const props = settledForRead(given, "computeEnvId");
        const primary = (await listComputeEnvs(connectFromState(props))).find((each) => each.primary === true);
        if (primary === undefined) {
            return GONE;
        }
        const inputs = { ...props, computeEnvId: primary.id };
        return { id, props: inputs, inputs };
    },

    async update(id, olds, news) {
        if (olds.computeEnvId !== news.computeEnvId || olds.endpoint !== news.endpoint) {
            await keepingUnsure(
                id,
                () => ({ ...news, computeEnvId: "" }),
                () => setPrimaryComputeEnv(connect(news), news.computeEnvId),
            );
        }
        return { outs: news };
    },

    async delete() {
        // The Platform has no call to have no primary environment; the environment's own deletion ends it.
    },
};
