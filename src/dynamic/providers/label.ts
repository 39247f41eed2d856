import { checkLabelName, checkLabelValue } from "../../compile/labels";
import { judge, type Rule, value } from "../../compile/rules";
import {
    createLabel,
    deleteLabel,
    findLabel,
    findLabelByName,
    isPlatformError,
    type LabelSpec,
    type PlatformClient,
    updateLabel,
} from "../../platform";
import { GONE, type Provider } from "./provider";
import { configure, connect, type ConnectionInputs, connectionProblems, settledConnection } from "./session";
import { same, withUnknown } from "./values";

export interface LabelInputs extends ConnectionInputs {
    name: string;
    value: string;
}

export interface LabelOutputs extends LabelInputs {
    labelId: number;
    owned: boolean;
}

const SOURCE = "https://docs.seqera.io/platform-cloud/resource-labels/overview";

const RULES: Rule[] = [
    value("name", "string", checkLabelName, SOURCE),
    value("value", "string", checkLabelValue, SOURCE),
];

/** Resource labels: https://docs.seqera.io/platform-api/labels */
export const labelProvider: Provider<LabelInputs, LabelOutputs> = {
    configure,

    async check(_olds, news) {
        const failures = [...connectionProblems(news), ...judge(RULES, withUnknown(news))];
        return { inputs: { ...news, ...settledConnection(news) }, failures };
    },

    async diff(_id, olds, news) {
        const text = !same([olds.name, olds.value], [news.name, news.value]);
        const replaces = [
            ...(same(olds.workspaceId, news.workspaceId) ? [] : ["workspaceId"]),
            // One that was there before belongs to others too: changing it would change theirs.
            ...(text && !olds.owned ? ["name", "value"] : []),
        ];
        const local = (["endpoint", "accessToken", "allowInsecureEndpoint"] as const).some(
            (key) => !same(olds[key], news[key]),
        );
        return { changes: replaces.length > 0 || text || local, replaces, deleteBeforeReplace: false };
    },

    async create(inputs) {
        const { id, owned } = await findOrMake(connect(inputs), {
            name: inputs.name,
            value: inputs.value,
            resource: true,
        });
        return { id: String(id), outs: { ...inputs, labelId: id, owned } };
    },

    async read(id, props) {
        const found = await findLabel(connect(props), Number(id), { name: props.name });
        if (found === undefined) {
            return GONE;
        }
        const { labelId, owned, ...rest } = props;
        const inputs = { ...rest, name: found.name, value: found.value ?? "" };
        return { id, props: { ...inputs, labelId: labelId ?? found.id, owned: owned ?? false }, inputs };
    },

    async update(id, olds, news) {
        if (!same([olds.name, olds.value], [news.name, news.value])) {
            await updateLabel(connect(news), Number(id), { name: news.name, value: news.value });
        }
        return { outs: { ...news, labelId: olds.labelId, owned: olds.owned } };
    },

    async delete(id, props) {
        if (props.owned) {
            await deleteLabel(connect(props), Number(id));
        }
    },
};

/** A workspace has each label once: the one that is there serves, and stays when we go. */
async function findOrMake(client: PlatformClient, label: LabelSpec): Promise<{ id: number; owned: boolean }> {
    try {
        return { id: (await createLabel(client, label)).id, owned: true };
    } catch (error) {
        const found = isPlatformError(error, "conflict") ? await findLabelByName(client, label) : undefined;
        if (found === undefined) {
            throw error;
        }
        return { id: found.id, owned: false };
    }
}
