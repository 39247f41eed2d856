/** Works through a list, several at a time. */
export async function sideBySide<T>(
    items: readonly T[],
    jobs: number,
    work: (item: T) => Promise<void>,
): Promise<void> {
    const queue = [...items];
    const worker = async (): Promise<void> => {
        for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
            await work(item);
        }
    };
    await Promise.all(Array.from({ length: jobs }, worker));
}

/** A whole number from the environment, as make passes its variables on. */
export function setting(name: string, otherwise: number): number {
    const given = process.env[name];
    const value = given === undefined || given === "" ? otherwise : Number(given);
    if (!Number.isInteger(value) || value < 0) {
        throw new Error(`${name}=${given} is not a whole number`);
    }
    return value;
}
