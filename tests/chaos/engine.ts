import type { PartialFailure } from "../support/providerProcess";
import type { RunProvider } from "./providers";

export type Kind = "computeEnv" | "credentials" | "label" | "primaryComputeEnv";
export type Props = Record<string, any>;

/** A resource as it is in state. */
export interface StateResource {
    kind: Kind;
    name: string;
    id: string;
    inputs: Props;
    outputs: Props;
    /** Why it is not as it should be, if it is not: the next run updates it, whatever its inputs. */
    initErrors: string[];
    /** A replacement is there; what is left is to delete this one. */
    deleting: boolean;
    /** It is deleted, and its replacement was not made yet. */
    awaitingReplacement: boolean;
}

/** A resource as a program declares it, once what it depends on is there. */
export interface Declaration {
    kind: Kind;
    name: string;
    dependsOn: string[];
    inputs: (idOf: (name: string) => string) => Props;
}

/** What went wrong, as the CLI shows it. */
export interface Fault {
    resource: string;
    message: string;
}

/**
 * The part of Pulumi's engine that decides what is asked of a provider, and what of its answers is kept: the step
 * generator and the snapshot of https://github.com/pulumi/pulumi/tree/master/pkg/resource/deploy. A run stops at its
 * first failure; what is under way by then still ends.
 */
export class EngineRun {
    readonly faults: Fault[] = [];
    /** Whether a deletion failed: what it deleted may be gone, and is in state all the same. */
    deletionFailed = false;

    constructor(
        /** Changed in place, so that it is right at any moment. */
        private readonly state: StateResource[],
        private readonly provider: RunProvider,
        private readonly parallel: boolean,
    ) {}

    /** Makes the state what the program says. */
    async up(program: Declaration[]): Promise<void> {
        const done = new Map<string, Promise<void>>();
        let previous = Promise.resolve();
        for (const each of program) {
            const before = this.parallel ? each.dependsOn.map((name) => done.get(name)!) : [previous];
            previous = Promise.all(before).then(() => this.step(each.name, () => this.register(each)));
            done.set(each.name, previous);
        }
        await Promise.all(done.values());
        const declared = new Set(program.map(({ name }) => name));
        await this.deleteAll((each) => each.deleting || !declared.has(each.name));
    }

    /** Takes over what the provider sees; nothing else changes. */
    async refresh(): Promise<void> {
        await this.eachOf(
            [...this.state].filter(({ awaitingReplacement }) => !awaitingReplacement),
            (each) =>
                this.step(each.name, async () => {
                    const { id, props, inputs } = await this.provider.read(each.kind, each.id, each.outputs);
                    if (id === "") {
                        this.forget(each);
                    } else {
                        Object.assign(each, { id, outputs: props, inputs: inputs ?? each.inputs, initErrors: [] });
                    }
                }),
        );
    }

    async destroy(): Promise<void> {
        await this.deleteAll(() => true);
    }

    private get stopped(): boolean {
        return this.faults.length > 0;
    }

    private async step(resource: string, work: () => Promise<void>): Promise<void> {
        if (this.stopped) {
            return;
        }
        try {
            await work();
        } catch (error) {
            this.faults.push({ resource, message: (error as Error).message });
        }
    }

    private async eachOf(resources: StateResource[], work: (each: StateResource) => Promise<void>): Promise<void> {
        if (this.parallel) {
            await Promise.all(resources.map(work));
            return;
        }
        for (const each of resources) {
            await work(each);
        }
    }

    private async register({ kind, name, inputs }: Declaration): Promise<void> {
        const idOf = (other: string): string => this.live(other)!.id;
        const news = inputs(idOf);
        const old = this.live(name);
        const checked = await this.check(kind, old?.inputs ?? {}, news);
        if (old === undefined) {
            await this.create(kind, name, checked);
            return;
        }
        const { changes, replaces, deleteBeforeReplace } = await this.provider.diff(kind, old.id, old.outputs, checked);
        if (replaces.length > 0) {
            const anew = await this.check(kind, {}, news);
            if (deleteBeforeReplace) {
                await this.delete(old);
                old.awaitingReplacement = true;
                await this.create(kind, name, anew);
            } else {
                await this.create(kind, name, anew, old);
            }
        } else if (changes !== "DIFF_NONE" || old.initErrors.length > 0) {
            await this.update(old, checked);
        } else {
            old.inputs = checked;
        }
    }

    private async check(kind: Kind, olds: Props, news: Props): Promise<Props> {
        const { inputs, failures } = await this.provider.check(kind, olds, news);
        if (failures.length > 0) {
            throw new Error(failures.map(({ reason }) => reason).join("; "));
        }
        return inputs;
    }

    /** A failure that has an id is of an object that is there; one without leaves nothing in state. */
    private async create(kind: Kind, name: string, inputs: Props, replaced?: StateResource): Promise<void> {
        const made = { kind, name, inputs, initErrors: [], deleting: false, awaitingReplacement: false };
        const keep = (more: Pick<StateResource, "id" | "outputs" | "initErrors">): void => {
            this.state
                .filter((each) => each.name === name && each.awaitingReplacement)
                .forEach((each) => this.forget(each));
            if (replaced !== undefined) {
                replaced.deleting = true;
            }
            this.state.push({ ...made, ...more });
        };
        try {
            const { id, props } = await this.provider.create(kind, inputs);
            keep({ id, outputs: props, initErrors: [] });
        } catch (error) {
            const { id, properties, reasons } = error as PartialFailure;
            if (id !== undefined) {
                keep({ id, outputs: properties!, initErrors: reasons! });
            }
            throw error;
        }
    }

    private async update(old: StateResource, inputs: Props): Promise<void> {
        try {
            const { props } = await this.provider.update(old.kind, old.id, old.outputs, inputs);
            Object.assign(old, { inputs, outputs: props, initErrors: [] });
        } catch (error) {
            const { id, properties, reasons } = error as PartialFailure;
            if (id !== undefined) {
                Object.assign(old, { inputs, outputs: properties, initErrors: reasons });
            }
            throw error;
        }
    }

    /** Backwards, what depends on others first. */
    private async deleteAll(which: (each: StateResource) => boolean): Promise<void> {
        const doomed = [...this.state].reverse().filter(which);
        for (const kind of ["primaryComputeEnv", "computeEnv", "label", "credentials"]) {
            await this.eachOf(
                doomed.filter((each) => each.kind === kind),
                (each) =>
                    this.step(each.name, async () => {
                        if (!each.awaitingReplacement) {
                            await this.delete(each);
                        }
                        this.forget(each);
                    }),
            );
        }
    }

    private async delete(each: StateResource): Promise<void> {
        try {
            await this.provider.delete(each.kind, each.id, each.outputs);
        } catch (error) {
            this.deletionFailed = true;
            throw error;
        }
    }

    private live(name: string): StateResource | undefined {
        return this.state.find((each) => each.name === name && !each.deleting && !each.awaitingReplacement);
    }

    private forget(each: StateResource): void {
        const at = this.state.indexOf(each);
        if (at >= 0) {
            this.state.splice(at, 1);
        }
    }
}
