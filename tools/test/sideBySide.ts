/** Something that is made beside the first jobs, such as a control plane. */
export class Preparation<T> {
    /** Whether waiting is over; a failure is said by whoever uses it. */
    settled = false;
    readonly over: Promise<void>;

    constructor(readonly made: Promise<T>) {
        this.over = made.then(
            () => void (this.settled = true),
            () => void (this.settled = true),
        );
    }
}

/** Each worker does the first job whose preparation is over. */
export async function sideBySide<J>(
    jobs: readonly J[],
    workers: number,
    preparationOf: (job: J) => Preparation<unknown> | undefined,
    run: (job: J) => Promise<void>,
): Promise<void> {
    const queue = [...jobs];
    const work = async (): Promise<void> => {
        while (queue.length > 0) {
            const ready = queue.findIndex((job) => preparationOf(job)?.settled ?? true);
            if (ready === -1) {
                await Promise.race(queue.map(async (job) => await preparationOf(job)?.over));
            } else {
                await run(queue.splice(ready, 1)[0]);
            }
        }
    };
    await Promise.all(Array.from({ length: workers }, work));
}
