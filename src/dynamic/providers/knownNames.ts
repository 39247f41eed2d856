import { generatedName } from "../../compile/rules/names";
import type { ConnectionInputs } from "./session";

/** What a generated name is made of; absent where the user gave a name. */
export interface NameInputs {
    name?: string;
    namePrefix?: string;
    nameSeed?: string;
    /** The URN of the resource: no part of a name, and older versions wrote none. */
    resourceUrn?: string;
}

/**
 * Names that this process has seen in Pulumi's state. A generated name that is taken in the Platform but not known here
 * was left by a create that was killed before its id was saved: it may be taken over. One that is known belongs to a
 * resource, most likely the very one that is being replaced, and taking it over would end in its deletion.
 */
const known = new Set<string>();

function key(kind: string, connection: ConnectionInputs, name: string): string {
    return JSON.stringify([kind, connection.endpoint, connection.workspaceId, name]);
}

/** Notes a name that is in state. */
export function rememberName(kind: string, connection: ConnectionInputs, name: string): void {
    known.add(key(kind, connection, name));
}

/** Objects that a create of this process has made or taken over. */
const made = new Set<string>();

/** Notes the id of an object that is in state. */
export function rememberId(kind: string, connection: ConnectionInputs, id: string): void {
    rememberName(`${kind}Id`, connection, id);
}

/** Takes an object that is there for one create. False when it belongs to a resource already. */
export function reserveId(kind: string, connection: ConnectionInputs, id: string): boolean {
    return reserveName(`${kind}Id`, connection, id);
}

/** Notes the id of an object that a create of this process has made or taken over. */
export function rememberMade(kind: string, connection: ConnectionInputs, id: string): void {
    made.add(key(kind, connection, id));
}

/** Whether an object is somebody's already, and so not what a lost create has left. */
export function isKnownId(kind: string, connection: ConnectionInputs, id: string): boolean {
    return isKnownName(`${kind}Id`, connection, id) || made.has(key(kind, connection, id));
}

/** Names in state whose objects nobody has seen yet (see `lost.ts`): the create that replaces one may take it over. */
const lost = new Set<string>();

/** Notes a name that is in state without an object. */
export function noteLost(kind: string, connection: ConnectionInputs, name: string): void {
    known.delete(key(kind, connection, name));
    lost.add(key(kind, connection, name));
}

export function isLostName(kind: string, connection: ConnectionInputs, name: string): boolean {
    return lost.has(key(kind, connection, name));
}

/**
 * Takes a name for one create. False when it belongs to a resource already: one in state, or another create of this
 * process, which may still be under way.
 */
export function reserveName(kind: string, connection: ConnectionInputs, name: string): boolean {
    const free = !isKnownName(kind, connection, name);
    rememberName(kind, connection, name);
    return free;
}

export function isKnownName(kind: string, connection: ConnectionInputs, name: string): boolean {
    return known.has(key(kind, connection, name));
}

/**
 * Objects that a create of this process took over. When the same run deletes one of them, state had it all along, and its
 * replacement was forced (`pulumi up --replace`): Pulumi then asks for a create without a word of what is in state.
 */
const takenOver = new Set<string>();

/** Notes that a create took the object over. */
export function noteTakeover(kind: string, connection: ConnectionInputs, id: string): void {
    takenOver.add(key(kind, connection, id));
}

/** Whether a deletion would hit what a create of this run took over; then it says so, for the user to read. */
export function keptByTakeover(kind: string, connection: ConnectionInputs, id: string): boolean {
    const kept = takenOver.has(key(kind, connection, id));
    if (kept) {
        console.log(
            `${id} is kept: its replacement took it over. To have another one made, run \`pulumi up --refresh --replace <urn>\``,
        );
    }
    return kept;
}

/**
 * A name that depends on the content, so that a killed create is found again, and on nothing that is in state already, so
 * that a replacement has room beside what it replaces.
 */
export function freeName(kind: string, inputs: ConnectionInputs & NameInputs, content: unknown): string {
    for (let attempt = 0; ; attempt++) {
        const name = generatedName(inputs.namePrefix ?? kind, { seed: inputs.nameSeed, content, attempt });
        if (!isKnownName(kind, inputs, name)) {
            return name;
        }
    }
}
