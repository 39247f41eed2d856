import { checkLabelName, checkLabelValue } from "../../compile/labelRules";
import { at, validate, type Rule, whenKnown, value } from "../../compile/rules/rules";
import { checkGiven } from "../../compile/rules/checks";
import {
    deleteLabel,
    ensureLabel,
    findLabel,
    findLabelByName,
    findLabelUse,
    type LabelSpec,
    updateLabel,
} from "../../platform";
import {
    type AdoptionInputs,
    adoptionProblems,
    reserveAdopted,
    rememberState,
    wantedAmong,
    wantsAdoption,
} from "./adoption";
import { KnownObjects } from "./knownObjects";
import { isLost, keepingLost } from "./lostAnswers";
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

export interface LabelInputs extends Pick<AdoptionInputs, "adopt">, ConnectionInputs {
    name: string;
    value: string;
}

export interface LabelOutputs extends LabelInputs {
    owned: boolean;
    /** What this label was until somebody renamed it in the Platform: an update can give it that back, under the same id. */
    renamedFrom?: string;
}

const KIND = "label";
const WHAT = "resource label";
const SOURCE = "https://docs.seqera.io/platform-cloud/resource-labels/overview";

/** A program can leave out what its types require: by an output that turns out to hold nothing. */
const required = (property: string): Rule =>
    whenKnown(
        property,
        [],
        (inputs) =>
            at(inputs, property) === undefined
                ? "required (write 2 to 39 letters and digits, with single dashes or underscores between them)"
                : undefined,
        SOURCE,
    );

const RULES: Rule[] = [
    required("name"),
    required("value"),
    value("name", "string", checkLabelName, SOURCE),
    value("value", "string", checkLabelValue, SOURCE),
    value("adopt", "string", checkGiven, SOURCE),
];

/** Resource labels: https://docs.seqera.io/platform-api/labels */
export const labelProvider: Provider<LabelInputs, LabelOutputs> = {
    configure,

    async check(olds, news) {
        const failures = [...connectionProblems(news), ...validate(RULES, withUnknown(news))];
        const inputs = { ...news, ...settledConnection(news) };
        rememberState(KIND, inputs, { adopt: olds.adopt });
        return { inputs, failures: [...failures, ...adoptionProblems(inputs)] };
    },

    async diff(id, olds, news) {
        if (isLost(id)) {
            KnownObjects.of(KIND, olds).addLostName(textOf(olds));
            return { changes: true, replaces: ["id"], deleteBeforeReplace: false };
        }
        rememberState(KIND, olds, { adopt: olds.adopt }, id);
        // A label is its name and value: others in the workspace may carry this one by now, and must not find it changed.
        const text = olds.renamedFrom === textOf(news) ? [] : (["name", "value"] as const);
        const replaces = (["workspaceId", ...text] as const).filter((key) => !same(olds[key], news[key]));
        const updates = (["endpoint", "accessToken", "allowInsecureEndpoint"] as const).some(
            (key) => !same(olds[key], news[key]),
        );
        const renamed = textOf(olds) !== textOf(news);
        return { changes: replaces.length > 0 || updates || renamed, replaces, deleteBeforeReplace: false };
    },

    async create(inputs) {
        const { id, owned } = await keepingLost(
            textOf(inputs),
            () => ({ ...inputs, owned: true }),
            () => (wantsAdoption(KIND, inputs) ? adopt(inputs) : ensure(inputs)),
        );
        const known = KnownObjects.of(KIND, inputs);
        known.addObject(String(id));
        return { id: String(id), outs: { ...inputs, owned: owned || known.isNameLost(textOf(inputs)) } };
    },

    async read(id, given) {
        const props = settledForRead(given, "owned");
        const client = connectFromState(props);
        const found = isLost(id)
            ? await findLabelByName(client, labelOf(props))
            : await findLabel(client, Number(id), { name: props.name });
        if (found === undefined) {
            return GONE;
        }
        const { owned, renamedFrom = textOf(props), ...rest } = props;
        const inputs = { ...rest, name: found.name, value: found.value ?? "" };
        // Somebody else's label is theirs to rename.
        const renamed = owned && renamedFrom !== textOf(inputs) ? { renamedFrom } : {};
        return { id, props: { ...inputs, owned: owned ?? false, ...renamed }, inputs };
    },

    async update(id, olds, news) {
        if (textOf(olds) !== textOf(news)) {
            await updateLabel(connect(news), Number(id), labelOf(news));
        }
        return { outs: { ...news, owned: olds.owned } };
    },

    async delete(id, props) {
        if (!props.owned) {
            return;
        }
        const client = connectFromState(props);
        const found = isLost(id) ? (await findLabelByName(client, labelOf(props)))?.id : Number(id);
        if (found === undefined || (isLost(id) && KnownObjects.of(KIND, props).isObjectTaken(String(found)))) {
            return;
        }
        const use = await findLabelUse(client, found);
        if (use === undefined) {
            await deleteLabel(client, found);
        } else {
            console.log(`Resource label ${textOf(props)} stays in the workspace, because the ${use} carries it`);
        }
    },
};

function labelOf({ name, value }: LabelInputs): LabelSpec {
    return { name, value, resource: true };
}

function textOf({ name, value }: LabelInputs): string {
    return `${name}=${value}`;
}

/** The label that is there already stays when we go. */
async function ensure(inputs: LabelInputs): Promise<{ id: number; owned: boolean }> {
    const { id, made } = await ensureLabel(connect(inputs), labelOf(inputs));
    return { id, owned: made };
}

/** Takes over a label that somebody else made: from now on it goes with this resource. */
async function adopt(inputs: LabelInputs): Promise<{ id: number; owned: boolean }> {
    const text = textOf(inputs);
    const there = await findLabelByName(connect(inputs), labelOf(inputs));
    if (there === undefined) {
        throw new Error(`adopt: the workspace has no ${WHAT} ${text} (remove adopt to create it)`);
    }
    wantedAmong(KIND, `${WHAT} ${text}`, inputs, [{ id: String(there.id), name: text }]);
    reserveAdopted(KIND, WHAT, inputs, String(there.id));
    return { id: there.id, owned: true };
}
