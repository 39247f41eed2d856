import { adoptionRefusal, type Difference } from "../../compile/adoption";
import type { Problem } from "../../platform/problem";
import { isPlatformError, type PlatformClient } from "../../platform";
import { KnownObjects, type NameInputs } from "./knownObjects";
import { isLost } from "./lostAnswers";
import { connect, type ConnectionInputs, connectionProblems, settledConnection } from "./session";
import { hasUnknown, isUnknown, withUnknown } from "./values";

/** What says that an object which is there already is to be managed from now on. */
export interface AdoptionInputs extends ConnectionInputs, NameInputs {
    /** An id or a name, or one of them behind the workspace's id and a slash. */
    adopt?: string;
    /** What of it may be overwritten, or lost with the next replacement. */
    adoptWithout?: string[];
}

/** Notes what state says of an object, so that no create of this process takes it for its own. */
export function rememberState(
    kind: string,
    connection: ConnectionInputs,
    { name, adopt }: AdoptionInputs,
    id?: string,
): void {
    const known = KnownObjects.of(kind, connection);
    if (name !== undefined) {
        known.addName(name);
    }
    if (adopt !== undefined) {
        adoptedOf(kind, connection).addName(adopt);
    }
    if (id !== undefined) {
        known.addObject(id);
    }
}

/** Whether to adopt. What has been adopted before is in state, and a replacement must be another object. */
export function wantsAdoption(kind: string, inputs: AdoptionInputs): boolean {
    return inputs.adopt !== undefined && !adoptedOf(kind, inputs).isNameTaken(inputs.adopt);
}

/** What has been adopted, by what `adopt` said. */
function adoptedOf(kind: string, connection: ConnectionInputs): KnownObjects {
    return KnownObjects.of(`${kind}Adopt`, connection);
}

/** A workspace that stands before the id or name has to be the one that the object is in. */
export function adoptionProblems({ adopt, workspaceId }: AdoptionInputs): Problem[] {
    const [workspace] = parts(adopt);
    return workspace === undefined || isUnknown(workspaceId) || workspace === String(workspaceId)
        ? []
        : [
              {
                  property: "adopt",
                  reason: `"${adopt}" is in workspace ${workspace}, but workspaceId is ${workspaceId ?? "not set, which means the personal workspace"} (write the same workspace in both)`,
              },
          ];
}

/** The workspace and the rest of what is adopted. Neither ids nor names have a slash in them. */
function parts(adopt: string | undefined): [workspace: string | undefined, wanted: string | undefined] {
    const [, workspace, wanted] = /^(\d+)\/(.+)$/.exec(adopt ?? "") ?? [];
    return workspace === undefined ? [undefined, adopt] : [workspace, wanted];
}

/**
 * Looks at what a resource that is new is to adopt, so that a preview says what stands against it. Where the Platform cannot be asked
 * the preview goes on: the create looks again, before it writes anything.
 */
export async function foreseenProblems<T extends AdoptionInputs>(
    kind: string,
    olds: object,
    inputs: T,
    look: (client: PlatformClient, inputs: T) => Promise<unknown>,
): Promise<Problem[]> {
    const { adopt, adoptWithout, endpoint, workspaceId, accessToken } = inputs;
    const isNew = Object.keys(olds).length === 0;
    if (
        !isNew ||
        !wantsAdoption(kind, inputs) ||
        hasUnknown([adopt, adoptWithout, endpoint, workspaceId, accessToken])
    ) {
        return [];
    }
    try {
        await look(connect(inputs), inputs);
        return [];
    } catch (error) {
        return isPlatformError(error)
            ? []
            : [{ property: "adopt", reason: (error as Error).message.replace(/^adopt: /, "") }];
    }
}

/** What a kind of resource has of its own when its inputs are checked. */
interface Named<T> {
    /** What its own rules find. */
    problems: Problem[];
    /** Looks at what is to be adopted, and throws what stands against it. */
    look: (client: PlatformClient, inputs: T) => Promise<unknown>;
    /** The name of a resource that the program leaves unnamed, where it can be known yet. */
    generated: (inputs: T) => string | undefined;
}

/** The inputs of a resource with its connection and name settled, and all that is wrong with them. */
export async function checkNamed<T extends AdoptionInputs>(
    kind: string,
    olds: Partial<T>,
    given: T,
    { problems, look, generated }: Named<T>,
): Promise<{ inputs: T; failures: Problem[] }> {
    const inputs = { ...given, ...settledConnection(given) };
    const failures = [...connectionProblems(given), ...problems, ...adoptionProblems(inputs)];
    rememberState(kind, inputs, olds);
    if (failures.length === 0) {
        failures.push(...(await foreseenProblems(kind, olds, inputs, look)));
    }
    const name = given.name ?? olds.name ?? generated(inputs);
    return { inputs: name === undefined ? inputs : { ...inputs, name }, failures };
}

/** Notes what state says of a resource that is compared. Whether it is one of which nobody knows the object. */
export function noteCompared(kind: string, id: string, olds: AdoptionInputs): boolean {
    const lost = isLost(id);
    if (lost) {
        KnownObjects.of(kind, olds).addLostName(olds.name!);
    } else {
        rememberState(kind, olds, olds, id);
    }
    return lost;
}

/** What is to be adopted, among what there is: by its name, else by its id. Throws when it is not there, or another resource's. */
export function wantedAmong<T extends { id: string; name: string }>(
    kind: string,
    what: string,
    inputs: AdoptionInputs,
    entries: T[],
): T {
    const [, wanted] = parts(inputs.adopt);
    const found = entries.find(({ name }) => name === wanted) ?? entries.find(({ id }) => id === wanted);
    if (found === undefined) {
        throw new Error(
            `adopt: the workspace has no ${what} with the id or name "${wanted}" (write the id or name of an existing one, or remove adopt to create a new one)`,
        );
    }
    if (KnownObjects.of(kind, inputs).isObjectTaken(found.id)) {
        throw belongs(what, inputs);
    }
    return found;
}

function belongs(what: string, { adopt }: AdoptionInputs): Error {
    return new Error(`adopt: the ${what} "${adopt}" already belongs to a resource of this stack (remove adopt)`);
}

/**
 * Throws what differs between what is there and the program, unless that is to be given up; `copy` is what helps to write it down.
 */
export function refuseDifferences(
    what: string,
    inputs: AdoptionInputs,
    differences: Difference[],
    copy: () => string[] = () => [],
): void {
    const noun = what.split(" ").at(-1)!;
    const refusal = adoptionRefusal(`the ${noun}`, differences, withUnknown(inputs) as object, inputs.adoptWithout);
    if (refusal !== undefined) {
        const heading = `adopt: the ${what} "${inputs.adopt}" differs from the program, and nothing was changed:`;
        throw new Error([heading, refusal, ...copy()].join("\n"));
    }
}

/** Takes an object that is there for the create at hand. Throws when it is another resource's. */
export function reserveAdopted(kind: string, what: string, inputs: AdoptionInputs, id: string): void {
    const known = KnownObjects.of(kind, inputs);
    if (!known.reserveObject(id)) {
        throw belongs(what, inputs);
    }
    known.takeOver(id);
}

/**
 * The name that a change of inputs leads to: that of the program, if it gives one. A generated name is for objects that
 * are made, so one that was adopted, or renamed in the Platform, keeps the name it has.
 */
export function nameAfterwards(olds: NameInputs, news: NameInputs): string | undefined {
    return news.namePrefix === undefined ? news.name : (olds.name ?? news.name);
}
