import assert from "node:assert/strict";
import { DEFAULT_WORKSPACE, PlatformEmulator } from "../../src/emulator";
import { causeTrouble } from "./cause";
import { EngineRun, type StateResource } from "./engine";
import { type Connection, declarations, environmentName } from "./program";
import { freshProvider, mortalProvider, type RunProvider, TOKEN } from "./providers";
import type { Drift, Run, Schedule, Trouble } from "./schedule";

/** What the runs of a schedule have met. */
export interface Counts {
    runs: number;
    failed: number;
    kills: number;
    /** After how many kills an environment had to be adopted by hand. */
    adoptions: number;
    calls: number;
    /** How many calls each kind of fault has hit. */
    hits: Record<string, number>;
}

/** One Platform, one stack's state, and the runs of a schedule on them. */
export class ProviderWorld {
    readonly state: StateResource[] = [];
    /** What all runs have printed and refused with, for the search for secrets and stack traces. */
    readonly said: string[] = [];
    readonly counts: Counts = { runs: 0, failed: 0, kills: 0, adoptions: 0, calls: 0, hits: {} };
    /**
     * Whether somebody else had a hand in it, a deletion has ended nobody knows how, or a creation may have failed after
     * its wait was over. `up` alone asks the Platform about none of it before it plans.
     */
    mustLook = false;
    private onCall: (() => void) | undefined;

    private constructor(readonly platform: PlatformEmulator) {}

    static async start({ deletedAnswer }: Schedule): Promise<ProviderWorld> {
        let world: ProviderWorld | undefined = undefined as ProviderWorld | undefined;
        const platform = await PlatformEmulator.start({
            accessTokens: [{ token: TOKEN }],
            kubernetes: false,
            rateLimit: false,
            timings: { create: { polls: 1 }, delete: { polls: 1 } },
            deletedAnswer,
            log: (line) => (/^(GET|POST|PUT|DELETE) /.test(line) ? world?.onCall?.() : undefined),
        });
        world = new ProviderWorld(platform);
        return world;
    }

    get connection(): Connection {
        return { endpoint: this.platform.endpoint, workspaceId: DEFAULT_WORKSPACE.id };
    }

    stop(): Promise<void> {
        return this.platform.stop();
    }

    /**
     * A run full of trouble. Whatever becomes of it, the state is what the engine would have kept. Says whether it was
     * killed.
     */
    async troubled(run: Run): Promise<boolean> {
        for (const each of run.drift) {
            await this.drift(each);
        }
        const kill = run.troubles.find((each) => each.what === "kill");
        const provider = await (kill === undefined ? freshProvider("fastEverything") : mortalProvider());
        const engine = new EngineRun(this.state, provider, run.parallel);
        const killed = this.killAt(kill, provider);
        run.troubles.forEach((each) => causeTrouble(this.platform, each));
        await this.command(engine, run);
        this.onCall = undefined;
        for (const { kind, hits } of this.platform.faults.list()) {
            this.counts.hits[kind] = (this.counts.hits[kind] ?? 0) + hits;
        }
        this.platform.faults.remove();
        this.counts.runs++;
        this.counts.failed += engine.faults.length > 0 ? 1 : 0;
        this.mustLook ||= engine.deletionFailed || this.state.some(({ outputs }) => outputs.status === "CREATING");
        this.note(provider, engine);
        await (killed.by ?? provider.stop());
        return killed.by !== undefined;
    }

    /** A run that nothing disturbs, with the patience that users have. Says what went wrong, if anything did. */
    async clean(run: Pick<Run, "command" | "program">): Promise<string[]> {
        await this.settle();
        const provider = await freshProvider("fastWaits");
        const engine = new EngineRun(this.state, provider, true);
        await this.command(engine, run);
        this.note(provider, engine);
        await provider.stop();
        return engine.faults.map(({ resource, message }) => `${run.command}: ${resource}: ${message}`);
    }

    private async command(engine: EngineRun, { command, program }: Pick<Run, "command" | "program">): Promise<void> {
        if (command === "refresh" || command === "up --refresh") {
            await engine.refresh();
        }
        if (command === "up" || command === "up --refresh") {
            await engine.up(declarations(program, this.connection));
        }
        if (command === "destroy") {
            await engine.destroy();
        }
    }

    private note(provider: RunProvider, engine: EngineRun): void {
        this.said.push(...provider.output.split("\n"), ...engine.faults.map(({ message }) => message));
    }

    private killAt(kill: (Trouble & { what: "kill" }) | undefined, provider: RunProvider): { by?: Promise<void> } {
        const killed: { by?: Promise<void> } = {};
        let calls = 0;
        this.onCall = () => {
            calls++;
            this.counts.calls++;
            if (calls === kill?.at) {
                this.counts.kills++;
                killed.by = provider.process.kill();
            }
        };
        return killed;
    }

    /** Lets the Platform end what it was at, which may still end badly. */
    private async settle(): Promise<void> {
        const busy = (): string[] =>
            this.platform.state.computeEnvs
                .filter(({ status, deleted }) => !deleted && (status === "CREATING" || status === "DELETING"))
                .map(({ id }) => id);
        while (busy().length > 0) {
            await Promise.all(busy().map((id) => this.call("GET", `/compute-envs/${id}`)));
        }
    }

    private call(method: string, path: string, body?: object): Promise<Response> {
        const { endpoint, workspaceId } = this.connection;
        return fetch(`${endpoint}${path}?workspaceId=${workspaceId}`, {
            method,
            headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
    }

    private async drift({ slot, what }: Drift): Promise<void> {
        const found = this.state.find(({ kind, name }) => kind === "computeEnv" && name === environmentName(slot));
        const env = this.platform.state.computeEnvs.find(({ id, deleted }) => id === found?.id && !deleted);
        if (env === undefined || env.status !== "AVAILABLE") {
            return;
        }
        this.mustLook = true;
        switch (what) {
            case "invalid":
                this.platform.setComputeEnvStatus(env.id, "INVALID", "Injected: the credentials have expired");
                break;
            case "gone":
                this.platform.setComputeEnvStatus(env.id, "DELETED");
                break;
            case "described":
                assert.ok((await this.call("PUT", `/compute-envs/${env.id}`, { description: "by hand" })).ok);
                break;
        }
    }
}
