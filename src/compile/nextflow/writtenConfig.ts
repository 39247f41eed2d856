import { KEYWORDS } from "./groovy";
import { type Literal, literal, OPAQUE } from "./groovyLiteral";
import { isCall, isDeclaration, isDefined, scan, type WrittenSetting } from "./groovyScan";
import type { Token } from "./groovyTokens";
import { isUnreadable } from "./groovyValue";
import { meantK8sOption } from "./knownSettings";
import type { GeneratedSetting } from "./nextflowConfig";
import { podEntryFault, userFault } from "./podEntry";
import { clash, isForAllTasks, type PodStatement, remedyOf, statementsOf } from "./podPairs";
import { quote, show } from "../rules/problems";
import { checkTaskCpus, checkWholeMebibytes, nextflowMemory, toMebibytes } from "../rules/quantities";

/** What stands beside a setting. */
interface Beside {
    /** The settings that arguments make. */
    generated: GeneratedSetting[];
    /** What arguments decide about the pods of tasks. */
    statements: PodStatement[];
    /** All settings of the same text, and the text. */
    all: WrittenSetting[];
    tokens: Token[];
}

type SettingCheck = (setting: WrittenSetting, beside: Beside) => string | undefined;

/** `process.withLabel:gpu.cpus` is about `process.cpus` of some. */
function directive({ path }: WrittenSetting): string | undefined {
    return /^process\.(?:.*\.)?([A-Za-z]+)$/.exec(path.replace(/with(Label|Name):.*(?=\.)/, "x"))?.[1];
}

function place({ path, line }: WrittenSetting): string {
    return `line ${line} sets ${path}`;
}

/** What the Platform writes itself, over the environment's own configuration and without a word, by what it is set with. */
const MANAGED: Record<string, string> = {
    "k8s.namespace": "namespace",
    "k8s.serviceAccount": "serviceAccounts.compute.name",
    "k8s.storageClaimName": "storage.claimName",
    "k8s.storageMountPath": "storage.mountPath",
    workDir: "workDirectory",
};

const managed: SettingCheck = (setting) => {
    const argument = MANAGED[setting.path];
    return argument === undefined
        ? undefined
        : `${place(setting)}, which the Platform silently overrides (remove it and set the argument ${argument})`;
};

const executor: SettingCheck = (setting) => {
    const value = literal(setting.value);
    return setting.path === "process.executor" && typeof value === "string" && value !== "k8s"
        ? `${place(setting)} to ${show(value)}, but a Kubernetes environment only runs tasks as pods (remove it)`
        : undefined;
};

/** Lists are replaced, so a user's own takes away everything that is generated. */
const conflict: SettingCheck = (setting, { generated }) => {
    const { path, form } = setting;
    const same = generated.filter(
        (each) =>
            each.path === path ||
            (form !== "block" && each.path.startsWith(`${path}.`)) ||
            path.startsWith(`${each.path}.`),
    );
    if (same.length === 0 || (form === "block" && path !== "k8s.pod")) {
        return undefined;
    }
    const origins = [...new Set(same.map(({ origin }) => origin))].join(", ");
    return podListOf(path) !== undefined
        ? `${place(setting)}, which replaces the entries from ${origins} (remove it and write its entries in podOptions.extra)`
        : `${place(setting)}, which ${origins} also ${same.length === 1 ? "sets" : "set"} (remove one of the two)`;
};

/** The list of pod options that a setting is, or is a part of, with what lies below it. */
const POD_LIST = /^((?:k8s|process|process\.with(?:Label|Name):.+)\.pod)(?:\.(.+))?$/;

function podListOf(path: string): string | undefined {
    return POD_LIST.exec(path)?.[1];
}

/** The one entry that a block, or settings with dots, make of a list of pod options. */
function podParts(list: string, all: WrittenSetting[]): { first?: WrittenSetting; entry: Record<string, Literal> } {
    const parts = all.filter(({ path }) => path.startsWith(`${list}.`) && podListOf(path) === list);
    const entry = Object.fromEntries(
        parts.map(({ path, form, value }): [string, Literal] => {
            const [option, ...deeper] = path.slice(list.length + 1).split(".");
            return [option, form === "assigned" && deeper.length === 0 ? literal(value) : OPAQUE];
        }),
    );
    return { first: all.find(({ path, form }) => path === list && form === "block") ?? parts[0], entry };
}

/** One option alone is read rightly; what stands beside it is dropped. */
const podApart: SettingCheck = (setting, { all }) => {
    const list = podListOf(setting.path);
    const { first, entry } = list === undefined ? { first: undefined, entry: {} } : podParts(list, all);
    if (first !== setting || Object.keys(entry).length === 0) {
        return undefined;
    }
    const whole = all.find(({ path, form }) => path === list && form === "assigned");
    if (whole !== undefined) {
        return `${place(setting)} beside the list ${list} of line ${whole.line}, which Nextflow cannot read (write one list with one map per option)`;
    }
    const fault = podEntryFault(entry);
    if (fault === undefined) {
        return undefined;
    }
    return Object.keys(entry).length > 1
        ? `line ${setting.line} writes ${list} ${setting.form === "block" ? "as a block" : "with dots"}; Nextflow reads one option of it and silently ignores the others (write a list with one map per option, like "pod = [[nodeSelector: [a: 'b']]]")`
        : `${place(setting)}, but ${list} ${fault}`;
};

/** What else decides something about the pods of tasks. */
const SHORT: [path: RegExp, subject: string][] = [
    [/^k8s\.(runAsUser|securityContext(\..+)?)$/, "securityContext"],
    [/^k8s\.(pullPolicy|imagePullPolicy)$/, "imagePullPolicy"],
];

/** What a setting decides about the pods of tasks. */
function written(setting: WrittenSetting, all: WrittenSetting[]): PodStatement[] {
    const { path, line, form, value } = setting;
    const origin = `line ${line}`;
    const short = SHORT.find(([pattern]) => pattern.test(path));
    if (short !== undefined && form !== "block") {
        return [{ origin, place: "k8s", subject: short[1], partial: path === "k8s.runAsUser" }];
    }
    const variable = /^env\.([^.]+)$/.exec(path)?.[1];
    if (variable !== undefined) {
        return statementsOf([{ env: variable }], "k8s", origin);
    }
    const list = podListOf(path);
    if (list === undefined) {
        return [];
    }
    if (list !== path || form === "block") {
        const { first, entry } = podParts(list, all);
        return first === setting && Object.keys(entry).length > 0 ? statementsOf([entry], list, origin) : [];
    }
    const entries = entriesOf(literal(value));
    return [
        ...statementsOf(entries.filter(isMap), list, origin),
        ...(list === "process.pod" && entries.includes(OPAQUE) ? [{ origin, place: list, subject: undefined }] : []),
    ];
}

/** What a setting is a part of. */
function sourceOf(path: string): string {
    return podListOf(path) ?? path.replace(/^(k8s\.securityContext)\..+/, "$1");
}

/** A second value about pods takes the place of the first. */
const again: SettingCheck = (setting, { all }) => {
    const { path, form } = setting;
    const source = sourceOf(path);
    if (form !== "assigned" || (podListOf(path) === undefined && !SHORT.some(([pattern]) => pattern.test(path)))) {
        return undefined;
    }
    const first = all
        .slice(0, all.indexOf(setting))
        .find((each) => each.form === "assigned" && sourceOf(each.path) === source && isWithin(each.path, path));
    return first === undefined
        ? undefined
        : `${place(setting)} again after line ${first.line}, which then has no effect (remove one of the two)`;
};

/** Whether one is the other, or a part of it. */
function isWithin(a: string, b: string): boolean {
    return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** Two ways to say one thing, of which only one has an effect. */
const pairs: SettingCheck = (setting, { statements, all }) => {
    const own = written(setting, all);
    if (own.length === 0) {
        return undefined;
    }
    const before = all
        .slice(0, all.indexOf(setting))
        .filter(({ path }) => sourceOf(path) !== sourceOf(setting.path))
        .flatMap((each) => written(each, all));
    for (const [index, statement] of own.entries()) {
        const others = isForAllTasks(statement) ? before.filter(isForAllTasks) : [];
        const other = [...statements, ...others, ...own.slice(0, index)].find((each) => clash(statement, each));
        if (other !== undefined) {
            const what = statement.subject ?? other.subject ?? "";
            const by = other.origin === statement.origin ? "another entry" : other.origin;
            const also = setting.path.endsWith(`.${what}`) ? "" : ` and with it ${what}`;
            return `${place(setting)}${also}, which ${by} also sets; Nextflow uses only one of the two (${remedyOf(statement)})`;
        }
    }
    return undefined;
};

/** Nextflow hands this on as it is. */
const user: SettingCheck = (setting) => {
    const value = literal(setting.value);
    return setting.path === "k8s.runAsUser" && typeof value !== "number" && value !== OPAQUE
        ? `${place(setting)}, but ${userFault(value)}`
        : undefined;
};

const podList: SettingCheck = (setting) => {
    if (setting.form !== "assigned" || podListOf(setting.path) !== setting.path) {
        return undefined;
    }
    const entries = entriesOf(literal(setting.value));
    const index = entries.findIndex((entry) => isMap(entry) && podEntryFault(entry) !== undefined);
    return index === -1
        ? undefined
        : `${place(setting)}, but entry ${index + 1} ${podEntryFault(entries[index] as Record<string, Literal>)}`;
};

function entriesOf(value: Literal): Literal[] {
    return Array.isArray(value) ? value : [value];
}

function isMap(value: Literal): value is Record<string, Literal> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Nextflow's own reader of sizes, which finds out only when a task is submitted. */
const NEXTFLOW_SIZE = /^[0-9.]+\s*[KMGTPEZkmgtpez]?B?$/;

/** What a number without a unit is in Nextflow, the least of it that can be meant, and the unit to write. Nextflow makes `0Mi` of less. */
const UNITS: Record<string, { unit: string; least: number; like: string }> = {
    memory: { unit: "bytes", least: 1024 ** 2, like: "GB" },
    disk: { unit: "bytes", least: 1024 ** 2, like: "GB" },
    time: { unit: "milliseconds", least: 60_000, like: "h" },
};

const unit: SettingCheck = (setting) => {
    const value = literal(setting.value);
    const name = directive(setting) ?? "";
    const read = UNITS[name];
    if (name === "time" && typeof value === "string" && /^\d+$/.test(value)) {
        return `${place(setting)} to ${show(value)}, which Nextflow cannot read (write it like '${value} ${read.like}')`;
    }
    return read !== undefined && typeof value === "number" && value > 0 && value < read.least
        ? `${place(setting)} to ${value} without a unit, which Nextflow reads as ${read.unit} (write it like '${value} ${read.like}')`
        : undefined;
};

const memory: SettingCheck = (setting) => {
    const value = literal(setting.value);
    if (!["memory", "disk"].includes(directive(setting) ?? "") || typeof value !== "string") {
        return undefined;
    }
    const readable = NEXTFLOW_SIZE.test(value.trim());
    if (readable && /[A-Za-z]/.test(value)) {
        return undefined;
    }
    const right = checkWholeMebibytes(value) === undefined && !readable ? nextflowMemory(toMebibytes(value)) : "16 GB";
    const why = readable ? "which Nextflow reads as bytes" : "which Nextflow cannot read";
    return `${place(setting)} to ${show(value)}, ${why} (write it like '${right}')`;
};

const cpus: SettingCheck = (setting) => {
    const value = literal(setting.value);
    if (directive(setting) !== "cpus" || setting.form !== "assigned") {
        return undefined;
    }
    const fault =
        typeof value === "number"
            ? checkTaskCpus(value)
            : typeof value === "string" && !/^\d+$/.test(value)
              ? `${show(value)} is not a whole number of CPUs; Nextflow accepts no fractions (write 1)`
              : undefined;
    return fault && `${place(setting)}, but ${fault}`;
};

const accelerator: SettingCheck = (setting) => {
    const value = literal(setting.value);
    if (directive(setting) !== "accelerator" || !isMap(value)) {
        return undefined;
    }
    if (value.limit === undefined && value.request !== undefined) {
        return `${place(setting)} with a request but no limit, which Kubernetes rejects for accelerators (write it like "accelerator = 1")`;
    }
    return typeof value.type === "string" && !/[./]/.test(value.type)
        ? `${place(setting)} with the type ${show(value.type)}, which requests the resource ${quote(`${value.type}.com/gpu`)} that no node has (remove the type and select the model with a node selector)`
        : undefined;
};

const misplaced: SettingCheck = (setting) => {
    if (/^process\.(?!(.*\.)?ext\.)(.*\.)?k8s(\.|$)/.test(setting.path)) {
        return `line ${setting.line} has k8s inside process, where Nextflow ignores it (move it to the top level)`;
    }
    if (/^(profiles\.[^.]+\.)?with(Label|Name):/.test(setting.path)) {
        return `${place(setting)} outside process, where Nextflow ignores it (move it into "process { … }")`;
    }
    return /^env\.NXF_/.test(setting.path)
        ? `${place(setting)}, which Nextflow ignores (remove it and set ${setting.path.slice(4)} in environmentVariables)`
        : undefined;
};

/** A call of what is not there, or, of Nextflow's own scopes, anything else that is not `=`. */
const unequal: SettingCheck = ({ path, line, form, value }, { tokens }) => {
    const [first, second] = value as (Token | undefined)[];
    if (form !== "bare" || first === undefined || !path.includes(".") || isCall(path, tokens)) {
        return undefined;
    }
    const isSlip = first.kind === "sign" ? /^(process|k8s)\.[\w.:]+$/.test(path) : !isDeclaration(path, first, second);
    return isSlip
        ? `line ${line} sets ${path} without an equals sign, which Nextflow's strict syntax rejects (write "${path.split(".").at(-1)} = …")`
        : undefined;
};

const unreadable: SettingCheck = (setting) =>
    setting.form === "assigned" && isUnreadable(setting.value)
        ? `${place(setting)} to what Nextflow cannot read as a value (write text in quotes, like '4 GB', and each setting on a line of its own)`
        : undefined;

/** Variables that Nextflow gives to every configuration; those of its environment are in capitals, as a rule. */
const GIVEN = ["baseDir", "projectDir", "launchDir", "outputDir", "workDir", "params", "secrets"];

/** A word without quotes, which is empty in the classic syntax and an error in the strict one. It may be a secret. */
const word: SettingCheck = (setting, { all, tokens }) => {
    const { form, value } = setting;
    const [{ kind, text } = { kind: "sign", text: "" }] = value;
    if (form !== "assigned" || value.length !== 1 || kind !== "word" || KEYWORDS.has(text)) {
        return undefined;
    }
    const isKnown =
        GIVEN.includes(text) ||
        all.some(({ path }) => path.split(".")[0] === text) ||
        isDefined(text, tokens) ||
        !/^([a-z][A-Za-z0-9]*|True|False|Yes|No|None)$/.test(text);
    return isKnown
        ? undefined
        : `${place(setting)} to a word without quotes, which Nextflow takes for a variable that nothing defines (write text in quotes, and true and false in small letters)`;
};

const misspelt: SettingCheck = ({ path, line }) => {
    const option = /^k8s\.([^.]+)/.exec(path)?.[1];
    const right = option === undefined ? undefined : meantK8sOption(option);
    return right && `line ${line} sets k8s.${option}, which Nextflow ignores (write "k8s.${right}")`;
};

/** In this order, since only the first fault of a setting is told. */
const CHECKS: SettingCheck[] = [
    unreadable,
    word,
    misspelt,
    managed,
    executor,
    misplaced,
    podApart,
    conflict,
    podList,
    user,
    again,
    pairs,
    unit,
    memory,
    cpus,
    accelerator,
    unequal,
];

/** The profile that Nextflow applies where a run names none. https://www.nextflow.io/docs/latest/config.html#config-profiles */
const DEFAULT_PROFILE = "profiles.standard.";

/** What is wrong with a Nextflow configuration that somebody wrote, on its own and beside what arguments say. */
export function writtenFaults(text: string, generated: GeneratedSetting[], statements: PodStatement[] = []): string[] {
    if (text.startsWith("\ufeff")) {
        return ["begins with a byte order mark, which Nextflow's strict syntax rejects (remove it)"];
    }
    const { settings, tokens, fault } = scan(text);
    const ofDefault = settings.filter(({ path }, index) => {
        const own = path.slice(DEFAULT_PROFILE.length);
        const isLost = settings.slice(index).some((later) => later.form === "assigned" && later.path === own);
        return path.startsWith(DEFAULT_PROFILE) && !isLost;
    });
    const standard = ofDefault.map((setting) => ({ ...setting, path: setting.path.slice(DEFAULT_PROFILE.length) }));
    // What the profile sets takes the place of the same setting outside it.
    const others = settings.filter(
        ({ path, form }) =>
            !path.startsWith("profiles.") && (form !== "assigned" || !standard.some((own) => isWithin(own.path, path))),
    );
    const faults = [
        ...faultsOf(
            settings.filter((setting) => !ofDefault.includes(setting)),
            { generated, statements, all: settings, tokens },
        ),
        ...faultsOf(standard, { generated, statements, all: [...others, ...standard], tokens }).map((reason) =>
            reason.replace(/^line \d+/, "$& (in the profile standard, which runs without a profile use)"),
        ),
    ];
    return fault === undefined ? faults : [...faults, fault];
}

function faultsOf(settings: WrittenSetting[], beside: Beside): string[] {
    const told = new Set<string>();
    return settings.flatMap((setting) => {
        // What is wrong with a block is not told again of each line in it.
        if (told.has(setting.path.split(".").slice(0, -1).join("."))) {
            told.add(setting.path);
            return [];
        }
        const reason = firstFault(setting, beside);
        if (reason === undefined) {
            return [];
        }
        if (setting.form === "block") {
            told.add(setting.path);
        }
        return [reason];
    });
}

function firstFault(setting: WrittenSetting, beside: Beside): string | undefined {
    for (const check of CHECKS) {
        const reason = check(setting, beside);
        if (reason !== undefined) {
            return reason;
        }
    }
    return undefined;
}
