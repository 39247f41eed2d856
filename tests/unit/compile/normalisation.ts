import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { changedConfigKeys, differingKeys } from "../../../src/compile/configDiff";
import type { ComputeConfig, Nullable } from "../../../src/platform/types";

/** What draws the values: https://fast-check.dev/docs/core-blocks/arbitraries/others/#gen */
class Dice {
    constructor(private readonly draw: fc.GeneratorValue) {}

    maybe(): boolean {
        return this.draw(fc.boolean);
    }

    oneOf<T>(values: T[]): T {
        return this.draw(() => fc.constantFrom(...values));
    }

    shuffled<T>(values: T[]): T[] {
        return this.draw(() => fc.shuffledSubarray(values, { minLength: values.length }));
    }
}

const POD = {
    spec: {
        nodeSelector: { workload: "nextflow", zone: "a" },
        tolerations: [{ key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" }],
        containers: [
            { name: "nf", resources: { limits: { memory: "4Gi", cpu: 2 } }, env: [{ name: "A", value: "1" }] },
        ],
    },
};

/** Some configuration that a program could say. */
function written(dice: Dice): ComputeConfig {
    const some = <T>(value: T): T | undefined => (dice.maybe() ? value : undefined);
    const config = {
        discriminator: "k8s-platform",
        server: dice.oneOf(["https://10.0.0.1:6443", "https://cluster.example.com"]),
        namespace: "nextflow",
        headServiceAccount: "nextflow-head",
        computeServiceAccount: some(dice.oneOf(["default", "nextflow-task"])),
        storageClaimName: "work",
        storageMountPath: some(dice.oneOf(["/scratch", "/data"])),
        workDir: "/scratch/work",
        podCleanup: some(dice.oneOf(["on_success", "always", "never"])),
        headJobCpus: some(2),
        headJobMemoryMb: some(4096),
        headPodSpec: some(stringify(POD)),
        servicePodSpec: some(JSON.stringify(POD)),
        preRunScript: some("set -e\n\n  echo 'a  b'\n"),
        postRunScript: some(""),
        nextflowConfig: some("process {\n    cpus = 2\n\n    memory = '4 GB'\n}\n"),
        environment: some([
            { name: "NXF_OPTS", value: "-Xmx4g", head: true, compute: false },
            { name: "A", value: "", head: true, compute: true },
        ]),
    };
    return Object.fromEntries(
        Object.entries(config).filter(([, value]) => value !== undefined),
    ) as unknown as ComputeConfig;
}

/** What a server does to what it keeps: it never changes the meaning. */
function normalised(dice: Dice, config: ComputeConfig): Nullable<ComputeConfig> {
    const defaults = { computeServiceAccount: "default", storageMountPath: "/scratch", podCleanup: "on_success" };
    const unset = ["headPodSpec", "servicePodSpec", "nextflowConfig", "preRunScript", "postRunScript", "headJobCpus"];
    const shown: Record<string, unknown> = { ...(dice.maybe() ? defaults : {}), ...config };
    unset.filter((key) => shown[key] === undefined).forEach((key) => (shown[key] = dice.oneOf([null, undefined])));
    for (const key of ["preRunScript", "nextflowConfig", "headPodSpec", "servicePodSpec"]) {
        const text = shown[key];
        if (typeof text === "string") {
            const lines = dice.maybe() ? text.replaceAll("\n", "\r\n") : text;
            shown[key] = dice.oneOf([lines, lines.trimEnd(), `${lines}\n\n`, `\n${lines}`]);
        }
    }
    for (const key of ["headPodSpec", "servicePodSpec"]) {
        if (shown[key] && dice.maybe()) {
            const pod = turned(dice, POD);
            shown[key] = dice.maybe() ? JSON.stringify(pod) : stringify(pod, { defaultStringType: "QUOTE_DOUBLE" });
        }
    }
    if (typeof shown.nextflowConfig === "string" && dice.maybe()) {
        const space = dice.oneOf([" ", "\t", ""]);
        shown.nextflowConfig = shown.nextflowConfig.replace(/\r?\n/g, (end) => `${space}${end}`);
    }
    if (Array.isArray(shown.environment)) {
        shown.environment = dice.shuffled(shown.environment).map((each) => {
            const { head, compute, value, ...rest } = each as { head: boolean; compute: boolean; value: string };
            return { ...rest, value: value || dice.oneOf(["", null]), head: head || null, compute: compute || null };
        });
    } else {
        shown.environment = dice.oneOf([[], null]);
    }
    shown.server = `${config.server!}${dice.oneOf(["", "/"])}`;
    shown.waveEnabled = dice.oneOf([null, false, undefined]);
    return Object.fromEntries(dice.shuffled(Object.entries(shown)));
}

/** The keys of every map in another order; lists as they are. */
function turned(dice: Dice, value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map((each) => turned(dice, each));
    }
    return value !== null && typeof value === "object"
        ? Object.fromEntries(dice.shuffled(Object.entries(value)).map(([key, inner]) => [key, turned(dice, inner)]))
        : value;
}

/** That a configuration as a server gives it back is told from one that was changed, in so many drawn cases. */
export function normalisationTests(numRuns: number): void {
    it("is no difference, whatever the server made of its spelling", () =>
        fc.assert(
            fc.property(fc.gen(), (draw) => {
                const dice = new Dice(draw);
                const sent = written(dice);
                const shown = normalised(dice, sent);
                assert.deepEqual(differingKeys(sent, shown), []);
                assert.deepEqual(changedConfigKeys(sent, shown), []);
            }),
            { numRuns },
        ));

    it("still shows a change of one field, and that field alone", () => {
        const changes: Partial<Record<keyof ComputeConfig, unknown>> = {
            namespace: "other",
            computeServiceAccount: "somebody",
            storageMountPath: "/elsewhere",
            podCleanup: "sometimes",
            headJobCpus: 7,
            headPodSpec: "spec: {nodeSelector: {workload: other}}",
            preRunScript: "exit 1",
            nextflowConfig: "process.cpus = 3",
            environment: [{ name: "A", value: "2", head: true }],
        };
        const keys = Object.keys(changes) as (keyof ComputeConfig)[];
        fc.assert(
            fc.property(fc.gen(), fc.constantFrom(...keys), (draw, key) => {
                const dice = new Dice(draw);
                const sent = written(dice);
                const shown = { ...normalised(dice, sent), [key]: changes[key] } as Nullable<ComputeConfig>;
                assert.deepEqual(changedConfigKeys(sent, shown), [key]);
            }),
            { numRuns },
        );
    });
}
