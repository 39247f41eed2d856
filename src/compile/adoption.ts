import { X509Certificate } from "node:crypto";
import type { ComputeConfig, ComputeEnvDto, ConfigEnvVariable, LabelDto, Nullable } from "../platform/types";
import { certificatesOf } from "./rules/certificates";
import { CONFIG_DEFAULTS, CONFIG_KEYS, sameConfigValue } from "./configDiff";
import { type Check, quote, show } from "./rules/problems";
import { always, at, hasUnknown, isGiven, type Rule } from "./rules/rules";
import { list, type Shape, string } from "./rules/shapes";
import { shownValue, withoutSecrets } from "./nextflow/variables";

/** A property in which what is to be adopted and the program differ, with both values as a message shows them. */
export interface Difference {
    property: string;
    there: string;
    program: string;
    /** Whether `adoptWithout` may name it: an update can write it, or the program leaves it out. */
    canGo: boolean;
}

/** What a program says of a credential, unknown parts as {@link UNKNOWN}. */
export interface WantedCredential {
    name?: unknown;
    namePrefix?: unknown;
    description?: unknown;
}

/** What a program says of an environment, likewise. */
export interface WantedEnvironment extends WantedCredential {
    platform?: unknown;
    credentialsId?: unknown;
    fusionMetricsCollectionEnabled?: unknown;
    config?: unknown;
    labelIds?: unknown;
}

/** What every program has to say, so that nobody can go without it. */
const ALWAYS_GIVEN: string[] = ["workDir", "namespace", "headServiceAccount"];

/** What `adoptWithout` of an environment can name, in the API's own words. */
export const ENVIRONMENT_PARTS = [
    "name",
    "description",
    "credentialsId",
    "labelIds",
    "fusionMetricsCollectionEnabled",
    ...CONFIG_KEYS.filter((key) => !ALWAYS_GIVEN.includes(key)),
];

/** What `adoptWithout` of a credential can name. */
export const CREDENTIAL_PARTS = ["name", "description"];

/** What `adoptWithout` of a dataset can name. */
export const DATASET_PARTS = ["name", "description", "labels"];

/** What `adoptWithout` of a data-link can name. */
export const DATA_LINK_PARTS = ["name", "description", "credentialsId"];

/** What `adoptWithout` must be, which names some of these parts. */
export function adoptedParts(parts: string[]): Shape<string[]> {
    return list(string(partOf(parts)));
}

/** `adoptWithout` says nothing without `adopt` beside it, at `within` (a path with the dot behind it, or nothing). */
export function adoptionRule(within: string, source: string): Rule {
    const property = `${within}adoptWithout`;
    return always(
        property,
        (args) =>
            isGiven(args, property) && !isGiven(args, `${within}adopt`)
                ? `has no effect without ${within}adopt (remove it)`
                : undefined,
        source,
    );
}

/** A property by its name, however a user comes to it: `stagingOptions.preRunScript` is called `preRunScript` here. */
function partOf(parts: string[]): Check<string> {
    const plain = (name: string) =>
        name
            .replace(/^.*\./, "")
            .replace(/^labels?$/i, "labelIds")
            .replaceAll(/[-_]/g, "")
            .toLowerCase();
    return (name) => {
        const meant = parts.find((part) => plain(part) === plain(name));
        return parts.includes(name)
            ? undefined
            : `${show(name)} is not a property that adoptWithout accepts (${meant === undefined ? `use one of ${parts.join(", ")}` : `write ${quote(meant)}`})`;
    };
}

/** What differs between an environment, shown with its labels, and the program that wants to adopt it, as far as that is known. */
export function environmentDifferences(found: ComputeEnvDto, wanted: WantedEnvironment): Difference[] {
    const metrics = "fusionMetricsCollectionEnabled";
    const platform = differing("platform", found.platform, wanted.platform, false);
    if (platform.length > 0) {
        return platform;
    }
    return [
        ...configDifferences(found.config, wanted.config),
        ...labelDifferences(found.labels ?? undefined, wanted.labelIds),
        ...credentialDifferences(found, wanted),
        ...differing("credentialsId", found.credentialsId, wanted.credentialsId),
        // An older Platform shows nothing here, and off is what nobody speaks of.
        ...(typeof found[metrics] === "boolean"
            ? differing(metrics, found[metrics] || undefined, wanted[metrics] || undefined)
            : []),
    ];
}

/** What differs between a credential and the program that wants to adopt it: its keys are not to be seen. */
export function credentialDifferences(
    found: { name: string; description?: string | null },
    { name, namePrefix, description }: WantedCredential,
): Difference[] {
    const plain = (text: unknown) => (typeof text === "string" ? text.replace(/\r\n/g, "\n").trimEnd() : text);
    return [
        // A generated name is for what is made: what is there keeps the name that people know it by.
        ...(namePrefix === undefined ? differing("name", found.name, name) : []),
        ...differing("description", plain(found.description), plain(description)),
    ];
}

/** What differs between a dataset and the program that wants to adopt it; another content is another version, and no difference. */
export function datasetDifferences(
    found: { name: string; description?: string | null; labels?: LabelDto[] | null },
    wanted: WantedCredential & { labels?: unknown; labelIds?: unknown },
): Difference[] {
    const { labels, labelIds } = wanted;
    // Labels that the program does not speak of stay.
    const speaks = labels !== undefined || labelIds !== undefined;
    const lost = (found.labels ?? []).filter(
        ({ id, name }) =>
            !((labels ?? []) as unknown[]).includes(name) && !((labelIds ?? []) as unknown[]).includes(id),
    );
    const given = [...((labels ?? []) as string[]), ...((labelIds ?? []) as number[])];
    return [
        ...credentialDifferences(found, wanted),
        ...(speaks && !hasUnknown([labels, labelIds]) && lost.length > 0
            ? [
                  {
                      property: "labels",
                      there: shown((found.labels ?? []).map(({ name }) => name).join(", ")),
                      program: shown(given.join(", ")),
                      canGo: true,
                  },
              ]
            : []),
    ];
}

/** What differs between a data-link and the program that wants to adopt it. */
export function dataLinkDifferences(
    found: { name: string; description?: string | null; credentials?: { id: string }[] | null },
    wanted: WantedCredential & { credentialsId?: unknown },
): Difference[] {
    const { credentialsId } = wanted;
    const there = found.credentials?.at(0)?.id;
    return [
        ...credentialDifferences(found, wanted),
        // Whether a bucket is public is settled when its data-link is made.
        ...differing("credentialsId", there, credentialsId, there !== undefined && credentialsId !== undefined),
    ];
}

/** A difference in what an update writes, where there is something to be overwritten, or in what the Platform cannot change. */
export function differing(property: string, there: unknown, program: unknown, canGo = true): Difference[] {
    const nothingToLose = canGo && (there ?? "") === "";
    return nothingToLose || hasUnknown(program) || there === program
        ? []
        : [{ property, there: shown(there), program: shown(program), canGo }];
}

/** A cluster in the cloud has these two from the cloud's own API: nobody gave them. */
const FOUND_OUT: string[] = ["server", "sslCert"];

function configDifferences(there: Nullable<ComputeConfig>, wanted: unknown): Difference[] {
    return CONFIG_KEYS.flatMap((key) => {
        const program = at(wanted, key);
        const given = isPresent(wanted, key);
        const foundOut = !given && there.clusterName && FOUND_OUT.includes(key);
        return hasUnknown(program) || foundOut || sameConfigValue(key, program, there[key])
            ? []
            : [
                  {
                      property: key,
                      there: shownConfig(key, there[key]),
                      program: shownConfig(key, program),
                      canGo: !given,
                  },
              ];
    });
}

function isPresent(wanted: unknown, key: string): boolean {
    return typeof wanted === "object" && wanted !== null && (wanted as Record<string, unknown>)[key] !== undefined;
}

/**
 * Labels are given at creation only. Those that the Platform adds to every new environment by itself are no difference; an older
 * one shows none.
 */
function labelDifferences(labels: LabelDto[] | undefined, wanted: unknown): Difference[] {
    if (labels === undefined || hasUnknown(wanted)) {
        return [];
    }
    const ids = (wanted ?? []) as number[];
    const there = labels.filter(({ resource }) => resource !== false);
    const missing = ids.some((id) => there.every((label) => label.id !== id));
    const left = there.filter(({ id, isDefault }) => isDefault !== true && !ids.includes(id));
    return missing || left.length > 0
        ? [
              {
                  property: "labelIds",
                  there: shown(there.map(({ id, name, value }) => `${id} (${name}=${value ?? ""})`).join(", ")),
                  program: shown(ids.join(", ")),
                  canGo: !missing,
              },
          ]
        : [];
}

function shownConfig(key: keyof ComputeConfig, value: unknown): string {
    const byDefault = CONFIG_DEFAULTS[key];
    if (byDefault !== undefined && (value ?? "") === "") {
        return `${shown(byDefault)} by default`;
    }
    if (key === "environment" && Array.isArray(value)) {
        return shown((value as Nullable<ConfigEnvVariable>[]).map(shownVariable).join("\n"));
    }
    return key === "sslCert" && typeof value === "string" ? shownAuthority(value) : shown(value);
}

function shownVariable({ name, value, head, compute }: Nullable<ConfigEnvVariable>): string {
    const pods = [...(head ? ["head"] : []), ...(compute ? ["task"] : [])].join(" and ");
    return `${name}=${shownValue(name ?? "", value ?? "")} (${pods} pods)`;
}

function shownAuthority(text: string): string {
    try {
        const prints = certificatesOf(text).map((block) => new X509Certificate(block).fingerprint256);
        return prints.length === 0 ? shown(text) : ` a certificate with the fingerprint ${prints.join(", ")}`;
    } catch {
        return shown(text);
    }
}

function isUnknown(wanted: object, part: string): boolean {
    return [part, `config.${part}`].some((path) => hasUnknown(at(wanted, path)));
}

/** What follows on "has": text of several lines as it is, below; nothing secret. */
function shown(value: unknown): string {
    if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)) {
        return " nothing";
    }
    const text = withoutSecrets(typeof value === "string" ? value : JSON.stringify(value));
    const lines = text.trimEnd().split(/\r?\n/);
    return lines.length > 1
        ? ["", ...lines].join("\n      ")
        : ` ${typeof value === "string" ? JSON.stringify(text) : text}`;
}

/**
 * Why the program may not adopt what is there: every difference that is not said to be given up, and every name of `adoptWithout`
 * that gives nothing up. Nothing where nothing stands against it.
 */
export function adoptionRefusal(
    what: string,
    differences: Difference[],
    wanted: object,
    adoptWithout: string[] = [],
): string | undefined {
    const open = differences.filter(({ property, canGo }) => !canGo || !adoptWithout.includes(property));
    const idle = adoptWithout.filter(
        (name) => !isUnknown(wanted, name) && differences.every(({ property }) => property !== name),
    );
    if (open.length === 0 && idle.length === 0) {
        return undefined;
    }
    const differs = open.map(({ property, there, program, canGo }) => {
        const lines = there.startsWith("\n") || program.startsWith("\n");
        const fixed = "the Platform cannot change it (write the existing value)";
        const said = [`${what} has${there}`, `the program has${program}`, ...(canGo ? [] : [fixed])];
        return `  ${property}: ${lines ? said.join("\n    ") : said.join(", ").replace(`, ${fixed}`, `; ${fixed}`)}`;
    });
    const nothing = idle.map((name) => `  adoptWithout: ${quote(name)} does not differ (remove it)`);
    const free = open.filter(({ canGo }) => canGo).map(({ property }) => property);
    const names = [...adoptWithout.filter((name) => !idle.includes(name)), ...free].map(quote).join(", ");
    const consent =
        free.length === 0 ? [] : [`Write the existing values, or discard them with adoptWithout: [${names}]`];
    return [...differs, ...nothing, ...consent].join("\n");
}
