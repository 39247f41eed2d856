interface StateResource {
    [part: string]: unknown;
    type: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
}

export interface StateSize {
    /** Of the file. */
    bytes: number;
    /** The records of the environments' resources, against their inputs and outputs. */
    timesContent: number;
    /** The same without what the engine keeps for itself in a record: stack traces, dependencies, URNs. */
    timesOwn: number;
    /** Which parts of all records take most, in per cent. */
    shares: [part: string, percent: number][];
}

/** The size of a stack's state against what has to be in it. */
export function stateSize(text: string): StateSize {
    const { checkpoint } = JSON.parse(text) as { checkpoint: { latest: { resources: StateResource[] } } };
    const own = checkpoint.latest.resources.filter(({ type }) => !/^pulumi:(pulumi|providers):/.test(type));
    const contents = total(own, ({ inputs, outputs }) => [content(inputs), content(outputs)]);
    const whole = total(own, (each) => each);
    const parts = [...new Set(own.flatMap((each) => Object.keys(each)))];
    return {
        bytes: Buffer.byteLength(text),
        timesContent: whole / contents,
        timesOwn: total(own, ({ inputs, outputs }) => [inputs ?? {}, outputs ?? {}]) / contents,
        shares: parts
            .map((part): [string, number] => [part, (100 * total(own, (each) => ({ [part]: each[part] }))) / whole])
            .sort(([, a], [, b]) => b - a)
            .slice(0, 6),
    };
}

/** The provider's code is nobody's input. */
function content({ __provider, ...given }: Record<string, unknown> = {}): object {
    return given;
}

/** Without the indentation that the file has. */
function total(resources: StateResource[], part: (resource: StateResource) => unknown): number {
    return resources.reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(part(each))), 0);
}
