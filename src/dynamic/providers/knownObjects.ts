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
 * A name is free, or
 * - `taken`: it is in state, or a create of this process has reserved it;
 * - `lost`: it is in state without an object, because the answer to a create was lost. The create that replaces it may take the object over.
 */
type NameState = "taken" | "lost";

/**
 * An object is free, or
 * - `taken`: its id is in state, or a create of this process has reserved or made it;
 * - `takenOver`: a create of this process took it over. When the same run deletes it, state had it all along, and its replacement was
 *   forced (`pulumi up --replace`): Pulumi then asks for a create and tells it nothing of what is in state.
 */
type ObjectState = "taken" | "takenOver";

/**
 * What this process has seen of the objects of one kind in one workspace. The engine shows a provider one resource at a time, so this is
 * the only way to tell an object that an interrupted create has left from one that is another resource's, or is being replaced: taking
 * that over would end in its deletion.
 */
export class KnownObjects {
    private static readonly all = new Map<string, KnownObjects>();
    private readonly names = new Map<string, NameState>();
    private readonly objects = new Map<string, ObjectState>();

    private constructor() {}

    static of(kind: string, { endpoint, workspaceId }: ConnectionInputs): KnownObjects {
        const key = JSON.stringify([kind, endpoint, workspaceId]);
        const known = this.all.get(key) ?? new KnownObjects();
        this.all.set(key, known);
        return known;
    }

    /** Notes a name that is in state. */
    addName(name: string): void {
        this.names.set(name, "taken");
    }

    /** Notes a name that is in state without an object. */
    addLostName(name: string): void {
        this.names.set(name, "lost");
    }

    isNameTaken(name: string): boolean {
        return this.names.get(name) === "taken";
    }

    isNameLost(name: string): boolean {
        return this.names.get(name) === "lost";
    }

    /** Takes a name for one create. False where it is taken; the other create may still be under way. */
    reserveName(name: string): boolean {
        const free = !this.isNameTaken(name);
        this.addName(name);
        return free;
    }

    /**
     * A name that depends on the content, so that what an interrupted create has made is found again, and that is not taken, so that a
     * replacement can be made beside what it replaces.
     */
    freeName({ namePrefix, nameSeed: seed }: NameInputs, content: unknown, otherwise: string): string {
        for (let attempt = 0; ; attempt++) {
            const name = generatedName(namePrefix ?? otherwise, { seed, content, attempt });
            if (!this.isNameTaken(name)) {
                return name;
            }
        }
    }

    /** Notes an object that is in state, or that a create of this process has made. */
    addObject(id: string): void {
        this.objects.set(id, this.objects.get(id) ?? "taken");
    }

    isObjectTaken(id: string): boolean {
        return this.objects.has(id);
    }

    /** Takes an object that is there for one create. False where it is a resource's already. */
    reserveObject(id: string): boolean {
        const free = !this.isObjectTaken(id);
        this.addObject(id);
        return free;
    }

    /** Notes that a create took the object over. */
    takeOver(id: string): void {
        this.objects.set(id, "takenOver");
    }

    /** Whether a deletion would hit what a create of this run took over; then it says so, for the user to read. */
    keptByTakeover(id: string): boolean {
        const kept = this.objects.get(id) === "takenOver";
        if (kept) {
            console.log(
                `${id} is kept: its replacement took it over. To create a new one, run \`pulumi up --refresh --replace <urn>\``,
            );
        }
        return kept;
    }
}
