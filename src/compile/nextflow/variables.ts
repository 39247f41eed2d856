import type { ConfigEnvVariable } from "../../platform/types";
import type { Problem } from "../../platform/problem";
import { show } from "../rules/problems";
import { at, type Rule } from "../rules/rules";
import type { EnvVarArgs } from "../../args/tasks";
import type { Known } from "../known";

const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";

const NEXTFLOW_VARIABLES = "https://www.nextflow.io/docs/latest/reference/env-vars.html";

/** Nextflow reads its own settings where it runs, and ignores them with a warning where they are meant for tasks. */
const FOR_HEAD_ALONE = /^NXF_/;

/**
 * The variables with plain values, which go through the Platform's API: those of the list as they say, those of the map to all pods,
 * save Nextflow's own settings, which go to head pods.
 */
export function plainVariables(
    map: Record<string, string> | undefined,
    list: Known<EnvVarArgs>[] | undefined,
): ConfigEnvVariable[] {
    const ofMap = Object.entries(map ?? {}).map(([name, value]) => ({
        name,
        value,
        head: true,
        compute: !FOR_HEAD_ALONE.test(name),
    }));
    const ofList = (list ?? []).flatMap(({ name, value, target }) =>
        value === undefined || value === null
            ? []
            : [{ name, value, head: target !== "compute", compute: target !== "head" }],
    );
    return [...ofMap, ...ofList].sort(byName);
}

/** Sorted by name, so that the order in which variables were written changes nothing. */
export function byName(a: ConfigEnvVariable, b: ConfigEnvVariable): number {
    return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** What stands in a message in the place of something to keep. */
const HIDDEN = "[hidden]";

const SECRET_NAME =
    /(^|_)(PASS(WORD|WD|PHRASE)?|SECRETS?|TOKENS?|CREDENTIALS?|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SECRET_?KEY)(_|$)/i;
/** A name that says where a secret lies rather than what it is. */
const SECRET_PLACE = /_(FILE|PATH|DIR|NAME|ID|ARN|URL|URI|ENDPOINT|EXPIRATION|TTL)$/i;
const SECRET_VALUE =
    /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_|\bglpat-|\bxox[abprs]-|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.|:\/\/[^/\s:@]+:[^/\s@]+@/;

/** True when a plain value looks like something to keep: by its own shape, or by its variable's name. */
function looksSecret(name: string, value: string): boolean {
    return value !== "" && (SECRET_VALUE.test(value) || (SECRET_NAME.test(name) && !SECRET_PLACE.test(name)));
}

/** A plain value as a message may show it. */
export function shownValue(name: string, value: string): string {
    return looksSecret(name, value) ? HIDDEN : value;
}

/** What a script or a configuration gives to a name. */
const ASSIGNMENT = /\b([\w-]+)(["']?\s*[:=]\s*)(?!\[hidden\])("[^"\n]*"|'[^'\n]*'|[^\s,;)\]}"']+)/g;

const SECRET_SETTING = /(pass(word|wd|phrase)|secret|token|credentials?|api_?key|access_?key|private_?key)$/i;
/** Settings that name a Secret of the namespace, or say yes or no. */
const NO_SECRET = /^(secret|imagePullSecrets?|automountServiceAccountToken)$/i;

/** A text in which nothing is shown that looks like something to keep. */
export function withoutSecrets(text: string): string {
    return text
        .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN)
        .replace(new RegExp(`(?:${SECRET_VALUE.source})\\S*`, "g"), HIDDEN)
        .replace(ASSIGNMENT, (all, name: string, sign: string) =>
            SECRET_SETTING.test(name) && !NO_SECRET.test(name) ? name + sign + HIDDEN : all,
        );
}

function warning(property: string, name: unknown, value: unknown): Problem[] {
    return typeof name === "string" && typeof value === "string" && looksSecret(name, value)
        ? [
              {
                  property,
                  reason: `looks like a secret, but the Platform stores and shows ${show(name)} in plain text (store it in a Secret in the namespace and reference it in env, like { name: ${show(name)}, valueFrom: { secretKeyRef: { name: "my-secret" } } })`,
              },
          ]
        : [];
}

function entriesOfMap(args: unknown): [name: string, value: unknown][] {
    const map = at(args, "environmentVariables");
    return typeof map === "object" && map !== null ? Object.entries(map) : [];
}

function entriesOfList(args: unknown): unknown[] {
    const list = at(args, "env");
    return Array.isArray(list) ? list : [];
}

/** What is worth a warning about plain values, which show their names and never what they are. */
export const secretWarnings: Rule[] = [
    {
        property: "environmentVariables.*",
        source: SEQERA_K8S,
        validate: (args) =>
            entriesOfMap(args).flatMap(([name, value]) => warning(`environmentVariables.${name}`, name, value)),
    },
    {
        property: "env.*.value",
        source: SEQERA_K8S,
        validate: (args) =>
            entriesOfList(args).flatMap((entry, index) =>
                warning(`env[${index}].value`, at(entry, "name"), at(entry, "value")),
            ),
    },
];

/** Nextflow writes the variables of tasks as `export NAME="value"` into a task's script, where bash reads on. */
const READ_BY_BASH = /["$`\\]/;
const NEXTFLOW_ENV = "https://www.nextflow.io/docs/latest/reference/config.html#env";

function shellWarning(property: string, value: unknown): Problem[] {
    return typeof value === "string" && READ_BY_BASH.test(value)
        ? [
              {
                  property,
                  reason: "contains a quote, dollar sign, backquote or backslash, which the shell of a task's script interprets (store the value in a ConfigMap in the namespace and reference it in env with valueFrom.configMapKeyRef, which passes it unchanged)",
              },
          ]
        : [];
}

/** What is worth a warning about Nextflow's own settings for tasks, which never reach them. */
export const nextflowVariableWarnings: Rule[] = [
    {
        property: "env.*.name",
        source: NEXTFLOW_VARIABLES,
        validate: (args) =>
            entriesOfList(args).flatMap((entry, index) => {
                const name = at(entry, "name");
                return typeof name === "string" && FOR_HEAD_ALONE.test(name) && at(entry, "target") !== "head"
                    ? [
                          {
                              property: `env[${index}].name`,
                              reason: `${show(name)} is a setting of Nextflow itself and is ignored for tasks (set target to "head")`,
                          },
                      ]
                    : [];
            }),
    },
];

/** What is worth a warning about values that reach tasks. */
export const shellWarnings: Rule[] = [
    {
        property: "environmentVariables.*",
        source: NEXTFLOW_ENV,
        validate: (args) =>
            entriesOfMap(args).flatMap(([name, value]) =>
                FOR_HEAD_ALONE.test(name) ? [] : shellWarning(`environmentVariables.${name}`, value),
            ),
    },
    {
        property: "env.*.value",
        source: NEXTFLOW_ENV,
        validate: (args) =>
            entriesOfList(args).flatMap((entry, index) =>
                at(entry, "target") === "head" ? [] : shellWarning(`env[${index}].value`, at(entry, "value")),
            ),
    },
];
