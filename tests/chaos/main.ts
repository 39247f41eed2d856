import { cpus } from "node:os";
import { type Verdict, play as playOnProvider } from "./providerSchedules";
import { stopProviders } from "./providers";
import { schedules } from "./schedule";
import { setting, sideBySide } from "./sideBySide";

/**
 * `make chaos`: seeded schedules of trouble, each followed by one run without any, after which state and Platform must
 * agree. Settings are taken from the environment, as make passes them on: SCHEDULES, SEED, ONLY, JOBS.
 */
async function main(): Promise<void> {
    const seed = setting("SEED", 1);
    const count = setting("SCHEDULES", 100);
    const only = process.env.ONLY === undefined ? undefined : Number(process.env.ONLY);
    const all = schedules(seed, Math.max(count, (only ?? 0) + 1)).map((schedule, index) => ({ schedule, index }));
    const chosen = only === undefined ? all : [all[only]];
    const total = new Total();
    await sideBySide(chosen, setting("JOBS", cpus().length * 2), async ({ schedule, index }) => {
        const verdict = await playOnProvider(schedule);
        total.add(verdict);
        if (verdict.wrong.length > 0) {
            console.log(`\n✘ schedule ${index} of seed ${seed}; alone: make chaos SEED=${seed} ONLY=${index}`);
            verdict.wrong.forEach((line) => console.log(`    ${line}`));
            if (only !== undefined) {
                console.log(JSON.stringify(schedule, undefined, 2));
            }
        }
        if (total.schedules % 50 === 0) {
            console.log(`  ${total.schedules} of ${chosen.length}, ${total.wrong} wrong`);
        }
    });
    await stopProviders();
    console.log(total.text());
    process.exitCode = total.wrong === 0 ? 0 : 1;
}

/** What all schedules have met, so that it can be seen that they meet something. */
class Total {
    schedules = 0;
    wrong = 0;
    private readonly startedAt = Date.now();
    private readonly sums = new Map<string, number>();

    add({ wrong, counts: { hits, ...counts } }: Verdict): void {
        this.schedules++;
        this.wrong += wrong.length > 0 ? 1 : 0;
        for (const [what, number] of [...Object.entries(counts), ...Object.entries(hits)]) {
            this.sums.set(what, (this.sums.get(what) ?? 0) + number);
        }
    }

    text(): string {
        const sums = [...this.sums].map(([what, number]) => `${number} ${what}`).join(", ");
        const seconds = ((Date.now() - this.startedAt) / 1000).toFixed(0);
        return `\n${this.schedules} schedules (${sums}) in ${seconds} s: ${this.schedules - this.wrong} agree, ${this.wrong} do not`;
    }
}

void main();
