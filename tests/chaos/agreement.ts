import { environmentName, credentialName, LABEL, roleOf, wantedOf } from "./program";
import type { ProviderWorld } from "./providerWorld";
import type { Program } from "./schedule";

/** What of state, Platform and program does not agree; nothing when all is well. */
export function disagreements(world: ProviderWorld, program: Program | undefined): string[] {
    return [
        ...unfinished(world),
        ...sameIds(world, "computeEnv"),
        ...sameIds(world, "credentials"),
        ...(program === undefined ? [] : [...undeclared(world, program), ...different(world, program)]),
    ];
}

function unfinished({ state }: ProviderWorld): string[] {
    return state.flatMap((each) => [
        ...(each.deleting ? [`${each.name} (${each.id}) is still to be deleted`] : []),
        ...(each.awaitingReplacement ? [`${each.name} awaits its replacement`] : []),
        ...each.initErrors.map((reason) => `${each.name}: ${reason}`),
    ]);
}

/** Everything that is in the Platform is in state, and the other way round, once. */
function sameIds({ state, platform }: ProviderWorld, kind: "computeEnv" | "credentials"): string[] {
    const known = state.filter((each) => each.kind === kind).map(({ id }) => id);
    const all = kind === "computeEnv" ? platform.state.computeEnvs : platform.state.credentials;
    const there = all.filter(({ deleted }) => !deleted);
    return [
        ...there.filter(({ id }) => !known.includes(id)).map(({ id, name }) => `${kind} ${name} (${id}) is orphaned`),
        ...known
            .filter((id) => !there.some((each) => each.id === id))
            .map((id) => `${kind} ${id} is in state and not in the Platform`),
        ...known.filter((id, i) => known.indexOf(id) !== i).map((id) => `${kind} ${id} is in state twice`),
    ];
}

function undeclared({ state }: ProviderWorld, program: Program): string[] {
    const environments = program.environments.flatMap((each, slot) => (each === null ? [] : [environmentName(slot)]));
    const wanted = [...program.roles.map((_, which) => credentialName(which)), ...environments];
    const names = state.map(({ name }) => name).filter((name) => name !== "label" && name !== "primary");
    return [
        ...wanted.filter((name) => !names.includes(name)).map((name) => `${name} is not in state`),
        ...names.filter((name) => !wanted.includes(name)).map((name) => `${name} is in state, but not declared`),
    ];
}

/** Every property that a program can change is in the Platform as the program says it, and so in state. */
function different({ state, platform }: ProviderWorld, program: Program): string[] {
    const { computeEnvs, credentials, labels } = platform.state;
    const inState = (name: string) => state.find((each) => each.name === name);
    const primary = program.environments.findIndex((each, slot) => each !== null && slot === program.primary);
    const roles = program.roles.flatMap((role, which) => {
        const found = credentials.find(({ id }) => id === inState(credentialName(which))?.id);
        const seen = { assumeRoleArn: found?.keys.assumeRoleArn, externalId: found?.keys.externalId };
        const wanted = { assumeRoleArn: roleOf(role), externalId: inState(credentialName(which))?.outputs.externalId };
        return compare(credentialName(which), seen, wanted);
    });
    const environments = program.environments.flatMap((each, slot) => {
        const name = environmentName(slot);
        const found = computeEnvs.find(({ id, deleted }) => id === inState(name)?.id && !deleted);
        if (each === null || found === undefined) {
            return [];
        }
        const { namespace, description } = wantedOf(each);
        const label = labels.find((one) => one.name === LABEL.name && one.value === LABEL.value);
        return compare(
            name,
            {
                namespace: found.config.namespace,
                description: found.description ?? "",
                credentialsId: found.credentialsId,
                name: found.name,
                status: found.status,
                statusInState: inState(name)?.outputs.status,
                labelIds: found.labelIds,
                primary: found.primary,
            },
            {
                namespace,
                description,
                credentialsId: inState(credentialName(each.credential))?.id,
                name: each.name === 0 ? inState(name)?.outputs.name : `${name}-named-${each.name}`,
                status: "AVAILABLE",
                statusInState: "AVAILABLE",
                labelIds: each.labelled ? [label?.id] : [],
                // Nothing takes the place of a primary environment that is no more declared so.
                primary: primary < 0 ? found.primary : primary === slot,
            },
        );
    });
    return [...roles, ...environments];
}

function compare(what: string, seen: Record<string, unknown>, wanted: Record<string, unknown>): string[] {
    return Object.keys(wanted)
        .filter((key) => JSON.stringify(seen[key]) !== JSON.stringify(wanted[key]))
        .map((key) => `${what}: ${key} is ${JSON.stringify(seen[key])}, not ${JSON.stringify(wanted[key])}`);
}
