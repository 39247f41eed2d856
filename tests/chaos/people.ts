import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fed, kubectl, launcherBinding, namespaceExists, objects } from "../engine/support/cluster";
import { testEngine } from "../engine/support/engine";
import { request } from "../engine/support/platform";
import { COMPUTE_ENV } from "../engine/support/stack";
import { until } from "../engine/support/wait";
import { type CliWorld, GUESTS_CLAIM } from "./cliWorld";
import { isTheirs, LABEL, type Neighbours } from "./neighbours";

/** Who acts on what. */
export interface Scene {
    world: CliWorld;
    neighbours: Neighbours;
    /** Another number each time. */
    turn: number;
}

/** One thing that somebody does between two runs. */
export interface Action {
    /** In the program or its configuration, which an `up` sees by itself; anything else is seen by a refresh. */
    inProgram?: true;
    act(scene: Scene): Promise<void>;
}

export const SECOND_TOKEN = "canary-second-access-token-7c1d";

const OWN_LABEL = "run";

/** Those that people made for the environment. */
export const ownPipelines = ({ platform }: CliWorld) =>
    platform.state.pipelines.filter(({ name }) => name.startsWith("own-"));

/** The same server under another of its names. */
const otherwise = (text: string): string => text.replaceAll("127.0.0.1", "localhost");

/** Nothing happens where there is no environment by now. */
const onEnvironment =
    (act: (scene: Scene, id: string) => Promise<unknown>): Action["act"] =>
    async (scene) => {
        for (const { id } of scene.world.environments().filter(({ status }) => status === "AVAILABLE")) {
            await act(scene, id);
        }
    };

const configured = (config: (turn: number) => Record<string, unknown>): Action => ({
    inProgram: true,
    act: ({ world, turn }) => world.stack.configure(config(turn)),
});

/** What people do. Another line here is another thing that histories are made of. */
export const ACTIONS: Record<string, Action> = {
    "program: another description": configured((turn) => ({ description: `description ${turn}` })),
    "program: another configuration": configured((turn) => ({ nextflowConfig: `process.cpus = ${turn}` })),
    "program: another launcher token": configured((turn) => ({ tokenRotation: { request: `request ${turn}` } })),
    "program: another name": {
        inProgram: true,
        async act({ world, turn }) {
            world.name = `named-${turn}`;
            await world.stack.configure({ name: world.name });
        },
    },
    "program: primary, or no more": configured((turn) => ({ primary: turn % 2 === 0 })),
    "program: a label of its own": configured((turn) => ({ resourceLabels: { [OWN_LABEL]: `turn-${turn}` } })),
    "program: a label that somebody else has": configured(() => ({ resourceLabels: { [LABEL.name]: LABEL.value } })),
    "program: a registry's password": configured((turn) => ({
        registries: [{ server: "registry.example.org", username: "lab", password: `password ${turn}` }],
    })),
    "program: a size that Kubernetes refuses, and the old one again": {
        inProgram: true,
        async act({ world: { stack, namespace, isGuest } }) {
            const claim = isGuest ? GUESTS_CLAIM : {};
            const size = "5Ti";
            await stack.configure({ storage: { ...claim, size } });
            await stack.up();
            // A claim that somebody had deleted is made anew with this size, and no claim shrinks.
            const claims = await objects(namespace, "persistentvolumeclaims");
            const isTaken = claims.some(({ spec }) => spec.resources.requests.storage === size);
            await stack.configure({ storage: isTaken ? { ...claim, size } : claim });
        },
    },
    "program: another address of the API server": {
        inProgram: true,
        async act({ world, turn }) {
            const { server } = (await testEngine()).cluster;
            await world.stack.configure({ cluster: { server: turn % 2 === 0 ? otherwise(server) : server } });
        },
    },
    "program: a kubeconfig that names the API server otherwise": {
        inProgram: true,
        async act({ world: { stack }, turn }) {
            const { kubeconfig } = (await testEngine()).cluster;
            const renamed = join(stack.directory, "renamed.kubeconfig");
            writeFileSync(renamed, otherwise(readFileSync(kubeconfig, "utf8")));
            await stack.configure({ "kubernetes:kubeconfig": turn % 2 === 0 ? renamed : kubeconfig });
        },
    },
    "program: another access token": { inProgram: true, act: ({ world }) => world.stack.setToken(SECOND_TOKEN) },
    "state: lost, and adopted again": {
        act: onEnvironment(async (scene, id) => {
            const { stack, namespace } = scene.world;
            const [known, ...others] = stack.resources().filter(({ type }) => type === COMPUTE_ENV);
            // Nobody adopts an environment whose namespace is gone: docs/adoption.md says to make another. And the CLI removes
            // nothing by a URN that two have: one that waits to be deleted has that of its replacement.
            if (known === undefined || others.length > 0 || !(await namespaceExists(namespace))) {
                return;
            }
            await stack.must(["state", "delete", known.urn, "--target-dependents", "--yes"]);
            await stack.configure({ adopt: id });
            const { code, output } = await stack.up("--refresh");
            if (/the Platform cannot change it \(write the existing value\)/.test(output)) {
                // A program that says more by now, and was not run since, makes another. No state knows the pipelines of this one.
                await stack.configure({ adopt: undefined });
                for (const { pipelineId } of ownPipelines(scene.world)) {
                    await request(scene.world.platform, "DELETE", `/pipelines/${pipelineId}`);
                }
                return ACTIONS["web: deletes the environment"].act(scene);
            }
            if (code !== 0) {
                // What somebody has changed on the web page is given up, as the refusal says.
                const [, names] = /discard them with adoptWithout: \[(.*)\]/.exec(output) ?? [];
                assert.ok(names, output);
                await stack.configure({ adoptWithout: JSON.parse(`[${names}]`) as string[] });
                await stack.mustUp("--refresh");
            }
            await stack.configure({ adopt: undefined, adoptWithout: undefined });
        }),
    },
    "web: edits the description": {
        act: onEnvironment(({ world }, id) =>
            request(world.platform, "PUT", `/compute-envs/${id}`, { description: "by hand" }),
        ),
    },
    "web: renames the environment": {
        act: onEnvironment(({ world, turn }, id) =>
            request(world.platform, "PUT", `/compute-envs/${id}`, { name: `by-hand-${turn}` }),
        ),
    },
    "web: deletes the environment": {
        act: onEnvironment(async ({ world }, id) => {
            await request(world.platform, "DELETE", `/compute-envs/${id}`);
            // Gone, or ERRORED where the Platform may not clean up any more.
            const isGoing = () => world.environments().some((each) => each.id === id && each.status === "DELETING");
            await until("the deletion has ended", () => !isGoing());
        }),
    },
    "web: writes other keys into the credential": {
        async act({ world }) {
            for (const { id, name, lastUpdated } of world.credentials()) {
                // Two writes within a second are one to whoever compares the Platform's times, and no hand is that fast.
                await until("a second has passed", () => Date.now() - Date.parse(lastUpdated) > 2_000);
                const credentials = { name, provider: "k8s", keys: { token: "by-hand" } };
                await request(world.platform, "PUT", `/credentials/${id}`, { credentials });
            }
        },
    },
    "web: deletes the environment's label": {
        async act({ world: { platform } }) {
            for (const { id } of platform.state.labels.filter(({ name }) => name === OWN_LABEL)) {
                await request(platform, "DELETE", `/labels/${id}`);
            }
        },
    },
    "web: makes another environment primary": {
        act: ({ world, neighbours: { computeEnvId } }) =>
            request(world.platform, "POST", `/compute-envs/${computeEnvId}/primary`, {}),
    },
    "web: adds a pipeline": {
        act: onEnvironment(({ world, turn }, computeEnvId) =>
            request(world.platform, "POST", "/pipelines", {
                name: `own-${turn}`,
                launch: { computeEnvId, pipeline: "https://github.com/nextflow-io/hello", workDir: "/scratch/work" },
            }),
        ),
    },
    "Platform: finds the environment INVALID": {
        act: onEnvironment(async ({ world }, id) =>
            world.platform.setComputeEnvStatus(id, "INVALID", "Injected: not valid"),
        ),
    },
    "kubectl: deletes the work claim": { act: (scene) => deleteAll(scene, "persistentvolumeclaims") },
    "kubectl: deletes the namespace": {
        async act({ world: { namespace, isGuest } }) {
            if (!isGuest) {
                await kubectl("delete", "namespace", namespace, "--ignore-not-found");
            }
        },
    },
    "kubectl: deletes the launcher's token": {
        act: (scene) => deleteAll(scene, "secrets", ({ type }) => type === "kubernetes.io/service-account-token"),
    },
    "kubectl: takes the launcher's rights away": {
        async act(scene) {
            const name = (await launcherBinding(scene.world.namespace))?.metadata.name as string | undefined;
            await deleteAll(scene, "rolebindings", ({ metadata }) => metadata.name === name);
        },
    },
    "kubectl: takes a right out of the roles": {
        async act({ world: { namespace } }) {
            for (const { kind, metadata, rules } of await objects(namespace, "roles")) {
                const left = { kind, apiVersion: "rbac.authorization.k8s.io/v1", metadata, rules: rules.slice(1) };
                await fed(JSON.stringify(left), "replace", "-f", "-");
            }
        },
    },
    "kubectl: deletes the tasks' service account": {
        act: (scene) => deleteAll(scene, "serviceaccounts", ({ metadata }) => metadata.name === "nextflow-task"),
    },
    "kubectl: lowers the namespace's Pod Security": {
        async act({ world: { namespace } }) {
            const label = "pod-security.kubernetes.io/enforce=privileged";
            if (await namespaceExists(namespace)) {
                await kubectl("label", "namespace", namespace, label, "--overwrite");
            }
        },
    },
};

async function deleteAll(
    { world: { namespace } }: Scene,
    kind: string,
    which: (object: any) => boolean = () => true,
): Promise<void> {
    const ours = (await objects(namespace, kind)).filter((object) => !isTheirs(object));
    for (const { metadata } of ours.filter(which)) {
        await kubectl("-n", namespace, "delete", kind, metadata.name as string, "--ignore-not-found");
    }
}
