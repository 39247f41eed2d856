interface StateResource {
    type: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
}

export interface StateSize {
    /** Of the file. */
    bytes: number;
    /** Of the records of the environments' own resources, how many times their inputs and outputs. */
    timesContent: number;
}

/** The size of a stack's state against what has to be in it. */
export function stateSize(text: string): StateSize {
    const { checkpoint } = JSON.parse(text) as { checkpoint: { latest: { resources: StateResource[] } } };
    const own = checkpoint.latest.resources.filter(({ type }) => !/^pulumi:(pulumi|providers):/.test(type));
    return {
        bytes: Buffer.byteLength(text),
        timesContent:
            total(own, (each) => each) / total(own, ({ inputs, outputs }) => [content(inputs), content(outputs)]),
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
