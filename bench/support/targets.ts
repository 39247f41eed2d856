import type { Life, Program, Step } from "./measure";
import { table, type Lives } from "./tables";

const CALLS_PER_SECOND = 20; // https://docs.seqera.io/platform-api/limits
const NOISE_SECONDS = 0.5;

/** Each target with what was seen of it. */
export function targets(lives: Lives): string {
    const counts = [...lives.keys()];
    const ours = (count: number) => lives.get(count)!.ours;
    const steps = Object.keys(ours(counts[0]).steps) as Step[];
    const times = { "wall time": "seconds", "processor time": "cpuSeconds" } as const;

    const idleCalls = counts.map((count) => ours(count).steps["no change"].calls);
    const busiest = Math.max(...counts.flatMap((count) => perStep(ours(count), ({ busiestSecond }) => busiestSecond)));
    const refused = counts.flatMap((count) => perStep(ours(count), ({ refused }) => refused));
    const sizes = counts.map((count) => ours(count).state);
    const shares = sizes.at(-1)!.shares.map(([part, percent]) => `${part} ${percent.toFixed(0)} %`);
    const slower = Object.entries(times).map(([kind, member]): [kind: string, where: string[]] => [
        kind,
        counts.flatMap((count) =>
            steps.flatMap((step) => {
                const spent = (program: Program) => lives.get(count)![program].steps[step][member];
                const [own, other] = [spent("ours"), spent("handWritten")];
                return own > 1.1 * other && own - other > NOISE_SECONDS
                    ? [`${step} of ${count}: × ${(own / other).toFixed(2)}`]
                    : [];
            }),
        ),
    ]);
    // Between two numbers of environments, what one more costs must not be more than it was between the two before.
    const bent = steps.filter((step) => {
        const slopes = counts
            .slice(1)
            .map(
                (count, index) =>
                    (ours(count).steps[step].seconds - ours(counts[index]).steps[step].seconds) /
                    (count - counts[index]),
            );
        return slopes.some((slope, index) => index > 0 && slope > 1.1 * slopes[index - 1] && slope > 0.05);
    });

    const row = (target: string, met: boolean, seen: string) => [target, met ? "met" : "MISSED", seen];
    return table(
        ["target", "", "seen"],
        [
            row(
                "an `up` that changes nothing makes no call",
                idleCalls.every((calls) => calls === 0),
                idleCalls.join(", "),
            ),
            row(
                `at most ${CALLS_PER_SECOND} calls a second, none refused`,
                busiest <= CALLS_PER_SECOND && refused.every((calls) => calls === 0),
                `${busiest} in the busiest second`,
            ),
            row(
                "state at most 1.2 × its inputs and outputs",
                sizes.every(({ timesContent }) => timesContent <= 1.2),
                `${sizes.map(({ timesContent }) => timesContent.toFixed(2)).join(", ")} (${shares.join(", ")})`,
            ),
            row(
                "the same without the engine's own parts",
                sizes.every(({ timesOwn }) => timesOwn <= 1.2),
                sizes.map(({ timesOwn }) => timesOwn.toFixed(2)).join(", "),
            ),
            ...slower.map(([kind, where]) =>
                row(
                    `not slower than written by hand by 10 % (and ${NOISE_SECONDS} s), ${kind}`,
                    where.length === 0,
                    where.join("; "),
                ),
            ),
            counts.length < 3
                ? ["time grows linearly at most", "", "needs three numbers to be judged"]
                : row("time grows linearly at most", bent.length === 0, bent.join(", ")),
        ],
    );
}

function perStep(life: Life, part: (measured: Life["steps"][Step]) => number): number[] {
    return Object.values(life.steps).map(part);
}
