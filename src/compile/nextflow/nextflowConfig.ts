import { groovy } from "./groovy";
import { nextflowScopes, type Scope } from "./scopes";
import type { NextflowArguments } from "../environment";

/** One line of generated configuration and the argument that it comes from; brackets come from none. */
interface Line {
    text: string;
    origin?: string;
}

/** What stands between what is generated and the user's own text. */
const USERS_OWN = "// nextflowConfig";

const INDENT = "  ";

function block(open: string, inner: Line[], close: string, depth: number): Line[] {
    return inner.length === 0
        ? []
        : [{ text: INDENT.repeat(depth) + open }, ...inner, { text: INDENT.repeat(depth) + close }];
}

/** The list of pod options has an entry on each line, without the comma after the last. */
function podLines({ pod }: Scope, depth: number): Line[] {
    const entries = pod.map(({ entry, origin }, index) => ({
        text: `${INDENT.repeat(depth + 1)}${groovy(entry)}${index === pod.length - 1 ? "" : ","}`,
        origin,
    }));
    return block("pod = [", entries, "]", depth);
}

function scopeLines(scope: Scope, depth: number): Line[] {
    const inner = [
        ...scope.settings.map(({ key, value, origin }) => ({
            text: `${INDENT.repeat(depth + 1)}${key} = ${groovy(value)}`,
            origin,
        })),
        ...podLines(scope, depth + 1),
        ...scope.scopes.flatMap((each) => scopeLines(each, depth + 1)),
    ];
    return block(`${scope.header} {`, inner, "}", depth);
}

function linesOf(scopes: Scope[]): Line[] {
    return scopes.flatMap((scope) => scopeLines(scope, 0));
}

/**
 * The environment's Nextflow configuration: literals in blocks, which the classic and the strict parser read alike, then
 * the user's own text, which has the last word. Without anything to generate it is the user's text as it is.
 * https://www.nextflow.io/docs/latest/config.html
 */
export function nextflowConfig(spec: NextflowArguments): string | undefined {
    return renderedConfig(nextflowScopes(spec), spec.nextflowConfig);
}

/** Generated scopes, then the user's own text. */
export function renderedConfig(scopes: Scope[], own: string | undefined): string | undefined {
    const generated = linesOf(scopes).map(({ text }) => `${text}\n`);
    if (generated.length === 0) {
        return own;
    }
    return generated.join("") + (own === undefined || own.trim() === "" ? "" : `${USERS_OWN}\n${own}`);
}

/** How many characters of the configuration each argument costs, the dearest first; `the rest` is brackets and blanks. */
export function configCosts(spec: NextflowArguments): [origin: string, characters: number][] {
    const costs = new Map<string, number>();
    const add = (origin: string, characters: number) => costs.set(origin, (costs.get(origin) ?? 0) + characters);
    for (const { text, origin } of linesOf(nextflowScopes(spec))) {
        add(argumentOf(origin ?? "the rest"), text.length + 1);
    }
    const total = nextflowConfig(spec)?.length ?? 0;
    const generated = [...costs.values()].reduce((sum, each) => sum + each, 0);
    if (total > generated) {
        add("nextflowConfig", total - generated);
    }
    return [...costs].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1));
}

/** `podOptions.labels` of that, `computeResources` of `computeResources.cpus`: what one would shorten. */
function argumentOf(origin: string): string {
    return origin.startsWith("podOptions.") ? origin : origin.replace(/[.[].*$/, "");
}

/** A setting of the generated configuration by its path, such as `process.cpus`, and the argument that it comes from. */
export interface GeneratedSetting {
    path: string;
    origin: string;
}

/** Every setting that the arguments make; `pod` once for each argument that adds to it. */
export function generatedSettings(spec: NextflowArguments): GeneratedSetting[] {
    return nextflowScopes(spec).flatMap((scope) => scopeSettings(scope, ""));
}

function scopeSettings(scope: Scope, above: string): GeneratedSetting[] {
    const path = above + scope.header.replace(": ", ":").replaceAll("'", "");
    return [
        ...scope.settings.map(({ key, origin }) => ({ path: `${path}.${key}`, origin })),
        ...[...new Set(scope.pod.map(({ origin }) => origin))].map((origin) => ({ path: `${path}.pod`, origin })),
        ...scope.scopes.flatMap((each) => scopeSettings(each, `${path}.`)),
    ];
}
