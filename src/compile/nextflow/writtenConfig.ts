import { type Literal, literal } from "./groovyLiteral";
import { scan, type WrittenSetting } from "./groovyScan";
import type { GeneratedSetting } from "./nextflowConfig";
import { podEntryFault } from "./podEntry";
import { quote, show } from "../rules/problems";
import { checkTaskCpus, checkWholeMebibytes, nextflowMemory, toMebibytes } from "../rules/quantities";

type SettingCheck = (
    setting: WrittenSetting,
    generated: GeneratedSetting[],
    all: WrittenSetting[],
) => string | undefined;

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
const conflict: SettingCheck = (setting, generated) => {
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
    return path.split(".").at(-1) === "pod"
        ? `${place(setting)}, which replaces the entries from ${origins} (remove it and write its entries in podOptions.extra)`
        : `${place(setting)}, which ${origins} also ${same.length === 1 ? "sets" : "set"} (remove one of the two)`;
};

/** A process's own list replaces the node selector and tolerations of all tasks, and merges with the rest. */
const processPod: SettingCheck = (setting, generated) => {
    const origins = generated
        .filter(({ path, origin }) => path === "k8s.pod" && /\.(nodeSelector|tolerations)$/.test(origin))
        .map(({ origin }) => origin);
    return setting.path === "process.pod" && origins.length > 0
        ? `${place(setting)}, which replaces ${origins.join(" and ")} (remove it and write its entries in podOptions.extra)`
        : undefined;
};

/** One option alone is read rightly; what stands beside it is dropped. */
const podBlock: SettingCheck = (setting, _generated, all) => {
    const options = all.filter(
        ({ path }) => path.startsWith(`${setting.path}.`) && !path.slice(setting.path.length + 1).includes("."),
    );
    return setting.form === "block" && isPod(setting) && options.length > 1
        ? `line ${setting.line} writes ${setting.path} as a block; Nextflow reads one option of it and silently ignores the others (write a list with one map per option, like "pod = [[nodeSelector: [a: 'b']]]")`
        : undefined;
};

const podList: SettingCheck = (setting) => {
    if (setting.form !== "assigned" || !isPod(setting)) {
        return undefined;
    }
    const value = literal(setting.value);
    const entries: Literal[] = Array.isArray(value) ? value : [value];
    const index = entries.findIndex((entry) => isMap(entry) && podEntryFault(entry) !== undefined);
    return index === -1
        ? undefined
        : `${place(setting)}, but entry ${index + 1} ${podEntryFault(entries[index] as Record<string, Literal>)}`;
};

function isPod(setting: WrittenSetting): boolean {
    return setting.path === "k8s.pod" || directive(setting) === "pod";
}

function isMap(value: Literal): value is Record<string, Literal> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Nextflow's own reader of sizes, which finds out only when a task is submitted. */
const NEXTFLOW_SIZE = /^[0-9.]+\s*[KMGTPEZkmgtpez]?B?$/;

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
    if (/^process\.(.*\.)?k8s$/.test(setting.path)) {
        return `line ${setting.line} has k8s inside process, where Nextflow ignores it (move it to the top level)`;
    }
    return /^env\.NXF_/.test(setting.path)
        ? `${place(setting)}, which Nextflow ignores (remove it and set ${setting.path.slice(4)} in environmentVariables)`
        : undefined;
};

const unequal: SettingCheck = (setting) =>
    setting.form === "bare" && /^(process|k8s)\.[\w.:]+$/.test(setting.path) && setting.value.length > 0
        ? `${place(setting)} without an equals sign, which Nextflow's strict syntax rejects (write "${setting.path.split(".").at(-1)} = …")`
        : undefined;

/** In this order, since only the first fault of a setting is told. */
const CHECKS: SettingCheck[] = [
    managed,
    executor,
    podBlock,
    conflict,
    podList,
    processPod,
    memory,
    cpus,
    accelerator,
    misplaced,
    unequal,
];

/** What is wrong with a Nextflow configuration that somebody wrote, on its own and beside what is generated. */
export function writtenFaults(text: string, generated: GeneratedSetting[]): string[] {
    if (text.startsWith("\ufeff")) {
        return ["begins with a byte order mark, which Nextflow's strict syntax rejects (remove it)"];
    }
    const { settings, fault } = scan(text);
    const told = new Set<string>();
    const faults = settings.flatMap((setting) => {
        // What is wrong with a block is not told again of each line in it.
        if (told.has(setting.path.split(".").slice(0, -1).join("."))) {
            told.add(setting.path);
            return [];
        }
        const reason = firstFault(setting, generated, settings);
        if (reason === undefined) {
            return [];
        }
        if (setting.form === "block") {
            told.add(setting.path);
        }
        return [reason];
    });
    return fault === undefined ? faults : [...faults, fault];
}

function firstFault(setting: WrittenSetting, generated: GeneratedSetting[], all: WrittenSetting[]): string | undefined {
    for (const check of CHECKS) {
        const reason = check(setting, generated, all);
        if (reason !== undefined) {
            return reason;
        }
    }
    return undefined;
}
