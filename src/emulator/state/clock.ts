/** The emulator's time: that of the options, moved forward by tests. */
export class Clock {
    private ahead = 0;

    constructor(private readonly base: () => Date) {}

    now(): Date {
        return new Date(this.base().getTime() + this.ahead);
    }

    /** Moves the time forward; it goes on from there. */
    set(to: Date): void {
        const ahead = to.getTime() - this.base().getTime();
        if (!(ahead >= this.ahead)) {
            throw new Error(`clock: ${String(to)} is not a time after ${this.now().toISOString()}`);
        }
        this.ahead = ahead;
    }
}
