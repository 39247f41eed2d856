import fc from "fast-check";
import type { DeletedAnswer, FaultKind } from "../../src/emulator";

/** A compute environment as the program of one run declares it. The numbers choose between a few values of a property. */
export interface Environment {
    /** Takes over the environment that has its name, which a person asks for who reads the message that says so. */
    adopt?: boolean;
    /** 0 for a generated name; others are names of the program's own. */
    name: number;
    /** What the Platform cannot change. */
    namespace: number;
    description: number;
    /** Which of the program's credentials it uses. */
    credential: number;
    labelled: boolean;
}

/** What the program of one run declares. */
export interface Program {
    /** A slot is a resource's name; an empty one is a resource that is not, or no more, declared. */
    environments: (Environment | null)[];
    /** Which role each credential has. */
    roles: number[];
    /** The slot of the primary environment. */
    primary: number | null;
}

/** Something that goes wrong in a run. Calls are counted from 1 within the run. */
export type Trouble =
    /** One call, or several in a row, meet a fault. */
    | { what: "calls"; from: number; times: number; fault: FaultKind }
    /** The Platform's own work on an environment does not end well. */
    | { what: "work"; operation: "CreateComputeEnv" | "DeleteComputeEnv"; nth: number; fault: FaultKind }
    /** The token loses every right for some calls. */
    | { what: "forbidden"; from: number; times: number }
    /** The provider process is killed when the Platform receives this call. */
    | { what: "kill"; at: number };

/** What happens to an environment between two runs, by somebody else's hand. */
export interface Drift {
    slot: number;
    what: "invalid" | "described" | "gone";
}

export interface Run {
    command: "up" | "up --refresh" | "refresh" | "destroy";
    program: Program;
    /** Whether resources that do not depend on each other are worked on at the same time, as the engine does. */
    parallel: boolean;
    troubles: Trouble[];
    drift: Drift[];
}

/** Runs full of trouble, and how the one without that follows ends it. */
export interface Schedule {
    deletedAnswer: DeletedAnswer;
    runs: Run[];
    end: "up" | "destroy";
}

const SLOTS = 5;

/** Longer than the client of a troubled run waits for an answer. */
const TOO_SLOW_MS = 350;

const status = (code: number, more: Partial<FaultKind & { kind: "status" }> = {}): FaultKind => ({
    kind: "status",
    status: code,
    message: `Injected: ${code}`,
    ...more,
});

/** One of each kind of fault that a call can meet. */
export const CALL_FAULTS: readonly FaultKind[] = [
    status(429),
    status(429, { headers: { "retry-after": "0.1" } }),
    ...[500, 502, 503, 504].flatMap((code) => [status(code), status(code, { applied: true })]),
    { kind: "refused", forMs: 60 },
    { kind: "reset-before" },
    { kind: "reset-after" },
    { kind: "delay", delayMs: TOO_SLOW_MS },
    { kind: "truncated" },
    { kind: "malformed" },
    status(200, { body: { message: "Unexpected error" } }),
    status(200, { body: { message: "Unexpected error" }, applied: true }),
];

const WORK_FAULTS: readonly FaultKind[] = [
    { kind: "stuck" },
    { kind: "outcome", status: "ERRORED", message: "Injected: quota exceeded" },
    { kind: "outcome", status: "INVALID", message: "Injected: the credentials are not valid" },
];

const call = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.integer({ min: 1, max: 40 }));
/** Most failures pass; some outlast every retry. */
const times = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 12 }));

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
    {
        weight: 6,
        arbitrary: fc.record({
            what: fc.constant("calls" as const),
            from: call,
            times,
            fault: fc.constantFrom(...CALL_FAULTS),
        }),
    },
    {
        weight: 2,
        arbitrary: fc.record({
            what: fc.constant("work" as const),
            operation: fc.constantFrom("CreateComputeEnv" as const, "DeleteComputeEnv" as const),
            nth: fc.integer({ min: 1, max: 3 }),
            fault: fc.constantFrom(...WORK_FAULTS),
        }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant("forbidden" as const), from: call, times: fc.nat(15) }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant("kill" as const), at: call }) },
);

const environment: fc.Arbitrary<Environment> = fc.record({
    name: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 2 })),
    namespace: fc.nat(2),
    description: fc.nat(2),
    credential: fc.nat(1),
    labelled: fc.boolean(),
});

const program: fc.Arbitrary<Program> = fc.record({
    environments: fc
        .integer({ min: 1, max: SLOTS })
        .chain((count) => fc.array(fc.option(environment, { freq: 6 }), { minLength: count, maxLength: count })),
    roles: fc.array(fc.nat(1), { minLength: 2, maxLength: 2 }),
    primary: fc.option(fc.nat(SLOTS - 1)),
});

/** A change of one property of one environment, or of a credential. */
type Edit = (before: Program) => Program;

const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc
        .tuple(
            fc.nat(SLOTS - 1),
            environment,
            fc.constantFrom(...(["name", "namespace", "description", "credential", "labelled"] as const)),
        )
        .map(([slot, values, key]): Edit => (before) => ({
            ...before,
            environments: before.environments.map((each, i) =>
                i === slot % before.environments.length
                    ? each === null
                        ? values
                        : { ...each, [key]: values[key] }
                    : each,
            ),
        })),
    fc.tuple(fc.nat(SLOTS - 1)).map(([slot]): Edit => (before) => ({
        ...before,
        environments: before.environments.map((each, i) => (i === slot % before.environments.length ? null : each)),
    })),
    fc.tuple(fc.nat(1), fc.nat(1)).map(([which, role]): Edit => (before) => ({
        ...before,
        roles: before.roles.map((each, i) => (i === which ? role : each)),
    })),
    fc.option(fc.nat(SLOTS - 1)).map((primary): Edit => (before) => ({ ...before, primary })),
);

const nextRun = fc.record({
    command: fc.oneof(
        { weight: 6, arbitrary: fc.constant("up" as const) },
        fc.constantFrom("up --refresh" as const, "refresh" as const, "destroy" as const),
    ),
    parallel: fc.boolean(),
    troubles: fc.array(trouble, { minLength: 1, maxLength: 5 }),
    edits: fc.array(edit, { maxLength: 3 }),
    drift: fc.oneof(
        { weight: 4, arbitrary: fc.constant([] as Drift[]) },
        fc.array(
            fc.record({
                slot: fc.nat(SLOTS - 1),
                what: fc.constantFrom("invalid" as const, "described" as const, "gone" as const),
            }),
            { minLength: 1, maxLength: 2 },
        ),
    ),
});

const schedule: fc.Arbitrary<Schedule> = fc
    .record({
        first: program,
        runs: fc.array(nextRun, { minLength: 1, maxLength: 4 }),
        end: fc.constantFrom("up" as const, "destroy" as const),
        deletedAnswer: fc.constantFrom<DeletedAnswer>("200-deleted", "200-deleted-available", "403", "404", "400"),
    })
    .map(({ first, runs, ...rest }) => {
        let current = first;
        return {
            ...rest,
            runs: runs.map(({ edits, ...run }, i) => {
                current = i === 0 ? first : edits.reduce((before, change) => change(before), current);
                return { ...run, program: current };
            }),
        };
    });

/** The schedules of a seed; the same seed gives the same ones, however many are asked for. */
export function schedules(seed: number, count: number): Schedule[] {
    return fc.sample(schedule, { seed, numRuns: count });
}
