/** A stack whose programs are functions of the test, and what its operations told. */

import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
    type EngineEvent,
    LocalWorkspace,
    type PulumiCommand,
    type PulumiFn,
    type Stack,
} from "@pulumi/pulumi/automation";

export interface Operation {
    /** What was done (or would be) to each resource, by logical name: `create`, `update`, `replace`, `same`, ... */
    readonly steps: Map<string, string>;
    /** The paths that a preview or update showed as changed, with the kind of change. */
    readonly changes: Map<string, Record<string, string>>;
    /** All diagnostics, and the texts on resources' own lines. */
    readonly messages: string;
    readonly outputs: Record<string, any>;
    /** Undefined where it succeeded. */
    readonly failure: string | undefined;
}

interface RunOptions {
    /** The operation is to fail; otherwise a failure is thrown. */
    readonly fails?: boolean;
    /** It may fail or not: what it tells is what counts. */
    readonly mayFail?: boolean;
}

export class TestStack {
    private constructor(
        private readonly stack: Stack,
        private readonly stateFile: string,
    ) {}

    /** A new project with one stack, whose state lies in the folder `backend`. */
    static async create(
        name: string,
        pulumiCommand: PulumiCommand,
        backend: string,
        envVars: Record<string, string>,
    ): Promise<TestStack> {
        const workDir = join(backend, "work", name);
        await mkdir(workDir, { recursive: true });
        const stack = await LocalWorkspace.createStack(
            { stackName: "test", projectName: name, program: async () => {} },
            { pulumiCommand, envVars, workDir },
        );
        return new TestStack(stack, join(backend, ".pulumi", "stacks", name, "test.json"));
    }

    /** Settings of the stack for the operations that follow. */
    environment(variables: Record<string, string>): void {
        Object.assign(this.stack.workspace.envVars, variables);
    }

    async preview(program: PulumiFn, options: RunOptions = {}): Promise<Operation> {
        this.stack.workspace.program = program;
        return await this.run(async (onEvent) => await this.stack.preview({ onEvent }), options);
    }

    async up(program: PulumiFn, options: RunOptions = {}): Promise<Operation> {
        this.stack.workspace.program = program;
        return await this.run(async (onEvent) => await this.stack.up({ onEvent }), options);
    }

    async refresh(options: RunOptions = {}): Promise<Operation> {
        return await this.run(async (onEvent) => await this.stack.refresh({ onEvent }), options);
    }

    async destroy(options: RunOptions = {}): Promise<Operation> {
        return await this.run(async (onEvent) => await this.stack.destroy({ onEvent }), options);
    }

    /** What is in state, by logical name, as it lies on disk: secrets are encrypted. */
    async state(): Promise<Map<string, any>> {
        const { checkpoint } = JSON.parse(await readFile(this.stateFile, "utf8"));
        const resources: any[] = checkpoint.latest?.resources ?? [];
        return new Map(resources.map((resource) => [nameOf(resource.urn), resource]));
    }

    private async run(
        operation: (onEvent: (event: EngineEvent) => void) => Promise<{ outputs?: object } | object>,
        { fails = false, mayFail = false }: RunOptions,
    ): Promise<Operation> {
        const told: EngineEvent[] = [];
        let outputs: Record<string, { value: unknown }> = {};
        let failure: string | undefined;
        try {
            const result = await operation((event) => told.push(event));
            outputs = "outputs" in result ? (result.outputs as typeof outputs) : {};
        } catch (error) {
            failure = error instanceof Error ? error.message : String(error);
        }
        if (!mayFail && fails !== (failure !== undefined)) {
            throw new Error(failure ?? "the operation was to fail, but succeeded");
        }
        return {
            steps: stepsOf(told),
            changes: changesOf(told),
            messages: told.map(({ diagnosticEvent }) => diagnosticEvent?.message ?? "").join(""),
            outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])),
            failure,
        };
    }
}

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** The last of a resource's steps tells the most: a replacement is a `create-replacement` and a `replace`. */
function stepsOf(events: readonly EngineEvent[]): Map<string, string> {
    const steps = new Map<string, string>();
    for (const { resourcePreEvent } of events) {
        const metadata = resourcePreEvent?.metadata;
        if (metadata === undefined || metadata.type.startsWith("pulumi:")) {
            continue;
        }
        const name = nameOf(metadata.urn);
        const op = metadata.op as string;
        if (!steps.get(name)?.includes("replac") || op === "replace") {
            steps.set(name, op);
        }
    }
    return steps;
}

function changesOf(events: readonly EngineEvent[]): Map<string, Record<string, string>> {
    const changes = new Map<string, Record<string, string>>();
    for (const { resourcePreEvent } of events) {
        const { urn, detailedDiff } = resourcePreEvent?.metadata ?? {};
        if (urn !== undefined && detailedDiff) {
            changes.set(
                nameOf(urn),
                Object.fromEntries(
                    Object.entries(detailedDiff).map(([path, diff]) => [
                        path,
                        (diff as any).diffKind ?? (diff as any).kind,
                    ]),
                ),
            );
        }
    }
    return changes;
}
