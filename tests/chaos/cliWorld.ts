import { join } from "node:path";
import type { ComputeEnvRecord, CredentialsRecord, EmulatorOptions, PlatformEmulator } from "../../src/emulator";
import { kubectl, namespaceExists, objects } from "../engine/support/cluster";
import { credentials, environments, freshEnvironment, startPlatform } from "../engine/support/platform";
import { type CliRun, COMPUTE_ENV, type Config, type TestStack } from "../engine/support/stack";
import { isTheirs } from "./neighbours";

/** Makes the client of the provider process impatient, so that a call full of trouble ends in seconds. */
export const FAST_EVERYTHING = { NODE_OPTIONS: `--require ${join(__dirname, "fastEverything.cjs")}` };

/** Objects that a create has made in the cluster before it was interrupted are in nobody's state: they are taken over. */
const UPSERT = { PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true" };

/** The work claim in a namespace in which somebody else has one. */
export const GUESTS_CLAIM = { claimName: "ours" };

/** The shipped program on a Platform and in a namespace of its own, driven by the real CLI. */
export class CliWorld {
    /** Whether an environment had to be adopted by hand. */
    adopted = false;
    /** Whether the runs take over objects of the cluster that are in nobody's state. */
    upsert = true;
    /** Ids of environments and credentials in the Platform that are not the stack's. */
    readonly others = new Set<string>();

    /** Whether it is in a namespace of somebody else's. */
    isGuest = false;

    private constructor(
        readonly platform: PlatformEmulator,
        readonly stack: TestStack,
        public namespace: string,
        public name: string | undefined,
    ) {}

    static async start(name: string | undefined, config: Config, options: EmulatorOptions = {}): Promise<CliWorld> {
        const platform = await startPlatform({ rateLimit: false, ...options });
        const { namespace, stack } = await freshEnvironment(platform, { name, ...config });
        return new CliWorld(platform, stack, namespace, name);
    }

    /** Moves into a namespace of somebody else's, before the first run. */
    async moveInto(namespace: string): Promise<void> {
        this.namespace = namespace;
        this.isGuest = true;
        await this.stack.configure({ namespace, createNamespace: false, storage: GUESTS_CLAIM });
    }

    stop(): Promise<void> {
        return this.platform.stop();
    }

    /** Waits until a namespace that is being deleted is gone: nothing can be made in it, and a refresh would still see it. */
    async namespaceSettled(): Promise<void> {
        const { namespace } = this;
        const phase = await kubectl(
            ...["get", "namespace", namespace, "--ignore-not-found", "--output", "jsonpath={.status.phase}"],
        );
        if (phase === "Terminating") {
            await kubectl("wait", "--for=delete", `namespace/${namespace}`, "--timeout=60s");
        }
    }

    /** One run with nothing in its way, and what does not agree after it. */
    async clean(...flags: string[]): Promise<string[]> {
        let run = await this.up(flags);
        if (
            run.code !== 0 &&
            this.name !== undefined &&
            /A compute environment named .* or adopt it/.test(run.output)
        ) {
            this.adopted = true;
            await this.stack.configure({ adopt: this.name });
            run = await this.up(flags);
            await this.stack.configure({ adopt: undefined });
        }
        if (run.code !== 0) {
            return [`up ended with ${run.code}:\n${run.output}`];
        }
        return this.disagreements(flags);
    }

    up(flags: string[]): Promise<CliRun> {
        return this.stack.run(["up", "--yes", "--skip-preview", ...flags], { env: this.upsert ? UPSERT : {} });
    }

    /** The environments of the stack that are in the Platform. */
    environments(): ComputeEnvRecord[] {
        return environments(this.platform).filter(({ id }) => !this.others.has(id));
    }

    /** Its credentials. */
    credentials(): CredentialsRecord[] {
        return credentials(this.platform).filter(({ id }) => !this.others.has(id));
    }

    /** Removes everything, and says what is left all the same. */
    async destroyed(): Promise<string[]> {
        const { code, output } = await this.stack.destroy();
        if (code !== 0) {
            return [`destroy ended with ${code}:\n${output}`];
        }
        return [
            ...this.stack.resources().map(({ urn }) => `${urn} is left in state`),
            ...this.left().map((what) => `${what} is left in the Platform`),
            ...(await this.leftInCluster()).map((what) => `${what} is left in the cluster`),
        ];
    }

    /** The namespace, or what is ours in one that is somebody else's. */
    private async leftInCluster(): Promise<string[]> {
        if (!this.isGuest) {
            return (await namespaceExists(this.namespace)) ? [`namespace/${this.namespace}`] : [];
        }
        const kinds = "serviceaccounts,secrets,roles,rolebindings,persistentvolumeclaims,deployments,podtemplates";
        return (await objects(this.namespace, kinds))
            .filter((object) => !isTheirs(object) && object.metadata.name !== "default")
            .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    }

    private left(): string[] {
        return [...this.environments(), ...this.credentials()].map(({ name, id }) => `${name} (${id})`);
    }

    private async disagreements(flags: string[]): Promise<string[]> {
        const envs = this.environments();
        const inState = this.stack.resources().filter(({ type }) => type === COMPUTE_ENV);
        const seen = {
            environments: envs.map(({ id, status }) => `${id} ${status}`),
            credentials: this.credentials().length,
            deployments: (await objects(this.namespace, "deployments")).length,
            podTemplates: (await objects(this.namespace, "podtemplates")).length,
            serviceAccounts: (await objects(this.namespace, "serviceaccounts")).length,
        };
        const wanted = {
            environments: inState.map(({ id, outputs }) => `${id} ${outputs.status}`),
            credentials: 1,
            deployments: 1,
            podTemplates: 1,
            // With the namespace's own.
            serviceAccounts: 4,
        };
        const plan = (await this.stack.preview(...flags)).filter(({ op }) => op !== "refresh");
        return [
            ...(JSON.stringify(seen) === JSON.stringify(wanted) && envs.length === 1
                ? []
                : [`there is ${JSON.stringify(seen)}, not ${JSON.stringify(wanted)}`]),
            ...plan.map(({ op, name }) => `the next up would ${op} ${name}`),
        ];
    }
}
