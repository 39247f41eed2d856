import { checkMountPath, workMount } from "../storage/paths";
import type { Problem } from "../../platform/problem";
import { show } from "../rules/problems";
import { at, type Rule, UNKNOWN } from "../rules/rules";

function listOf(args: unknown, property: string): unknown[] {
    const list = at(args, property);
    return Array.isArray(list) ? (list as unknown[]) : [];
}

function problem(property: string, reason: string | undefined): Problem[] {
    return reason === undefined ? [] : [{ property, reason }];
}

const MOUNTED = ["storageClaims", "podOptions.scratchVolumes"];

/** Kubernetes refuses a pod with two volumes at one path; one inside the work claim would hide a part of it. */
export function claimPathFault(source: string): Rule {
    return {
        property: "storageClaims.*.mountPath",
        source,
        validate: (args) => {
            const taken = new Map<unknown, string>();
            return MOUNTED.flatMap((property) =>
                listOf(args, property).flatMap((entry, index) => {
                    const path = at(entry, "mountPath");
                    const own = `${property}[${index}].mountPath`;
                    if (typeof path !== "string" || checkMountPath(path) !== undefined) {
                        return [];
                    }
                    const other = taken.get(path);
                    taken.set(path, other ?? own);
                    return problem(own, workFault(path, args) ?? sameFault(path, other));
                }),
            );
        },
    };
}

function sameFault(path: string, other: string | undefined): string | undefined {
    return other === undefined ? undefined : `${show(path)} is already used by ${other} (write another path)`;
}

/** A path that is, or overlaps, where the work claim is mounted. */
export function workFault(path: string, args: unknown): string | undefined {
    const { path: work, property } = workMount(args);
    if (typeof work !== "string") {
        return undefined;
    }
    if (path === work) {
        return `${show(path)} is the mount path of the work claim (write another path, or set storage.claimName to this claim and remove it here)`;
    }
    return path.startsWith(`${work}/`) || work.startsWith(`${path}/`)
        ? `${show(path)} overlaps ${show(work)}, the mount path of the work claim (write a separate path, or change ${property})`
        : undefined;
}

/** A claim's name here is the name of its volume. */
export function claimNameFault(source: string): Rule {
    return {
        property: "storageClaims.*.name",
        source,
        validate: (args) => {
            const taken = new Map<unknown, { claim: unknown; index: number }>();
            return listOf(args, "storageClaims").flatMap((entry, index) => {
                const [name, claim] = [at(entry, "name"), at(entry, "claimName")];
                const other = taken.get(name);
                if (typeof name !== "string" || claim === UNKNOWN || other?.claim === UNKNOWN) {
                    return [];
                }
                taken.set(name, other ?? { claim, index });
                return problem(
                    `storageClaims[${index}].name`,
                    other === undefined || other.claim === claim
                        ? undefined
                        : `${show(name)} is already the name of storageClaims[${other.index}], which is another claim (write a different name, or remove it)`,
                );
            });
        },
    };
}

const VALUES = ["value", "valueFrom.secretKeyRef", "valueFrom.configMapKeyRef"];

/** Which pods an entry goes to: a reference to task pods, a value to all, unless told otherwise. */
function targetsOf(entry: unknown): unknown[] {
    const target = at(entry, "target") ?? (at(entry, "value") === undefined ? "compute" : "both");
    return target === "both" ? ["head", "compute"] : [target];
}

function entryFault(entry: unknown): string | undefined {
    const given = VALUES.filter((key) => at(entry, key) !== undefined);
    if (given.length !== 1) {
        const what = given.length === 0 ? "no value" : given.join(" and ");
        return `has ${what} (write exactly one of ${VALUES.join(", ")})`;
    }
    return given[0] !== "value" && targetsOf(entry).includes("head")
        ? `has ${given[0]}, which only reaches task pods (set target to "compute"; for head pods, write the variable in headPodSpec)`
        : undefined;
}

/** Each variable has one value, and a pod each variable once. */
export function variableFault(source: string): Rule {
    return {
        property: "env.*",
        source,
        validate: (args) => {
            const taken = new Map<string, string>();
            for (const name of Object.keys((at(args, "environmentVariables") as object | undefined) ?? {})) {
                taken
                    .set(`${name} head`, `environmentVariables.${name}`)
                    .set(`${name} compute`, `environmentVariables.${name}`);
            }
            return listOf(args, "env").flatMap((entry, index) => {
                if (entry === UNKNOWN || typeof entry !== "object" || at(entry, "target") === UNKNOWN) {
                    return [];
                }
                const own = `env[${index}]`;
                const name = at(entry, "name");
                const slots =
                    typeof name === "string" ? targetsOf(entry).map((target) => `${name} ${String(target)}`) : [];
                const other = slots.map((slot) => taken.get(slot)).find((each) => each !== undefined);
                slots.forEach((slot) => taken.set(slot, taken.get(slot) ?? own));
                return problem(
                    own,
                    entryFault(entry) ??
                        (other === undefined
                            ? undefined
                            : `sets ${show(name)} for the same pods as ${other} (remove one of the two)`),
                );
            });
        },
    };
}
