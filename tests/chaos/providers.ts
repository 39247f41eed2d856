import { join } from "node:path";
import { providerText } from "../../src/dynamic/thunk";
import { installedPackage } from "../support/installedPackage";
import { type CheckAnswer, type DiffAnswer, ProviderProcess } from "../support/providerProcess";
import type { Kind, Props } from "./engine";

export const TOKEN = "canary-of-the-access-token-5c1e";

/** How patient the client is: with trouble about, or as in the other suites. */
export type Pace = "fastEverything" | "fastWaits";

const PACES: Record<Pace, string> = {
    fastEverything: join(__dirname, "fastEverything.cjs"),
    fastWaits: join(__dirname, "..", "dynamic", "fastWaits.cjs"),
};

/** After so many runs a process is given up, since it keeps every copy of the package. */
const RUNS_PER_PROCESS = 150;

/** The provider of one run: what the engine asks of it. */
export class RunProvider {
    private readonly linesBefore: number;

    constructor(
        readonly process: ProviderProcess,
        private readonly text: (kind: Kind) => string,
        private readonly end: () => Promise<void>,
    ) {
        this.linesBefore = process.output.length;
    }

    /** What the process has printed in this run. */
    get output(): string {
        return this.process.output.slice(this.linesBefore).join("");
    }

    check(kind: Kind, olds: Props, news: Props): Promise<CheckAnswer> {
        return this.process.check(this.text(kind), olds, news);
    }

    diff(kind: Kind, id: string, olds: Props, news: Props): Promise<DiffAnswer> {
        return this.process.diff(id, this.own(kind, olds), this.own(kind, news));
    }

    create(kind: Kind, inputs: Props) {
        return this.process.create(this.own(kind, inputs));
    }

    read(kind: Kind, id: string, props: Props) {
        return this.process.read(id, this.own(kind, props));
    }

    update(kind: Kind, id: string, olds: Props, news: Props) {
        return this.process.update(id, this.own(kind, olds), this.own(kind, news));
    }

    delete(kind: Kind, id: string, props: Props): Promise<void> {
        return this.process.delete(id, this.own(kind, props));
    }

    /** Ends the run. */
    stop(): Promise<void> {
        return this.end();
    }

    private own(kind: Kind, props: Props): Props {
        return { ...props, __provider: this.text(kind) };
    }
}

interface Pooled {
    process: ProviderProcess;
    runs: number;
}

const idle: Record<Pace, Pooled[]> = { fastEverything: [], fastWaits: [] };
let runs = 0;

/** A provider that has seen no other run: a fresh copy of the package in a process that is there already. */
export async function freshProvider(pace: Pace): Promise<RunProvider> {
    const pooled = idle[pace].pop() ?? { process: await start("freshCopies.cjs", pace), runs: 0 };
    const run = `run ${++runs}`;
    return new RunProvider(
        pooled.process,
        (kind) => `exports.handler = () => freshCopy(${JSON.stringify(run)}).${kind};`,
        async () => {
            pooled.runs++;
            if (pooled.runs < RUNS_PER_PROCESS) {
                idle[pace].push(pooled);
            } else {
                await pooled.process.stop();
            }
        },
    );
}

/** A process of its own, to be killed. */
export async function mortalProvider(): Promise<RunProvider> {
    const process = await start("fastEverything.cjs", "fastEverything");
    return new RunProvider(process, providerText, () => process.stop());
}

/** Ends the processes that wait for a run. */
export async function stopProviders(): Promise<void> {
    const all = [...idle.fastEverything.splice(0), ...idle.fastWaits.splice(0)];
    await Promise.all(all.map(({ process }) => process.stop()));
}

async function start(preload: string, pace: Pace): Promise<ProviderProcess> {
    const { directory } = await installedPackage();
    return ProviderProcess.start({
        directory,
        config: { "seqera:accessToken": TOKEN },
        env: { NODE_OPTIONS: `--require ${join(__dirname, preload)}`, CHAOS_PACE: PACES[pace] },
    });
}
