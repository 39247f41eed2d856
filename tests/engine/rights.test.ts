import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { ComputeEnvRecord, PlatformEmulator } from "../../src/emulator";
import { launcherRules, type PolicyRule } from "../../src/compile/namespace/rbac";
import { rightsInUse } from "../../tools/pipeline/rightsTable";
import { type Right, without } from "../../tools/pipeline/rights";
import { apply, audit, kubectl, launcherBinding, launcherOf } from "./support/cluster";
import { testEngine } from "./support/engine";
import { freshNamespace, request, startPlatform } from "./support/platform";
import { rendered, tokenOf } from "./support/rendered";
import { granted, rightsIn, written } from "./support/rights";
import { until } from "./support/wait";

/** What the launcher does when an environment is made, and when it is removed. */
const CREATION: Right[] = [
    { verb: "get", resource: "persistentvolumeclaims" },
    { verb: "create", resource: "deployments" },
    { verb: "create", resource: "podtemplates" },
];
const REMOVAL: Right[] = [
    { verb: "delete", resource: "deployments" },
    { verb: "delete", resource: "podtemplates" },
];

describe("the launcher's rights, taken away one by one", function () {
    this.timeout(60_000);

    const namespace = freshNamespace();
    let platform: PlatformEmulator;
    let role: any;
    let credentialsId: string;
    let inputs: Record<string, any>;

    before(async function () {
        this.timeout(1_800_000);
        await testEngine();
        platform = await startPlatform({ kubernetes: { authorizationGraceMs: 0 } });
        ({ inputs } = (await rendered(namespace)).one("ComputeEnv"));
        const { name } = (await launcherBinding(namespace)).roleRef;
        role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: { name, namespace } };
        const keys = { token: await tokenOf(namespace, "seqera-launcher") };
        ({ credentialsId } = await request(platform, "POST", "/credentials", {
            credentials: { name: "launcher", provider: "k8s", keys },
        }));
        await grant(launcherRules());
    });

    after(async () => {
        await platform?.stop();
        await kubectl("delete", "namespace", namespace, "--wait=false");
    });

    /** An environment as the component would have it, made by the Platform. */
    async function make(name: string): Promise<ComputeEnvRecord> {
        const { computeEnvId } = await request(platform, "POST", "/compute-envs", {
            computeEnv: { name, credentialsId, platform: inputs.platform, config: inputs.config },
        });
        return settled(computeEnvId);
    }

    const settled = (id: string): Promise<ComputeEnvRecord> =>
        until(`the environment ${id} is made or gone`, () =>
            platform.state.computeEnvs.find(
                (each) => each.id === id && (each.deleted || !["CREATING", "DELETING"].includes(each.status)),
            ),
        );

    async function remove(env: ComputeEnvRecord): Promise<ComputeEnvRecord> {
        await request(platform, "DELETE", `/compute-envs/${env.id}`);
        return settled(env.id);
    }

    /** Does something while the launcher lacks a right, and waits until the API server knows of either. */
    async function lacking<T>(right: Right, run: () => Promise<T>): Promise<T> {
        await grant(without(launcherRules(), right));
        try {
            return await run();
        } finally {
            await grant(launcherRules());
        }
    }

    async function grant(rules: PolicyRule[]): Promise<void> {
        await apply({ ...role, rules });
        const all = rightsIn(namespace, launcherRules());
        const expected = written(rightsIn(namespace, rules));
        await until("the rights are in force", async () =>
            isDeepStrictEqual(written(await granted({ user: launcherOf(namespace) }, all)), expected),
        );
    }

    function refusal({ verb, resource }: Right): RegExp {
        return new RegExp(`seqera-launcher" cannot ${verb} resource "${resource}"`);
    }

    it("makes and removes environments with all of them", async () => {
        const made = await make("complete");
        assert.equal(made.status, "AVAILABLE", made.message ?? undefined);
        assert.equal((await remove(made)).deleted, true);
    });

    for (const right of CREATION) {
        it(`cannot make an environment without "${right.verb} ${right.resource}", and the message says so`, async () => {
            const env = await lacking(right, () => make(`without-${right.verb}-${right.resource}`));
            assert.equal(env.status, "ERRORED");
            assert.match(env.message ?? "", refusal(right));
            assert.equal((await remove(env)).deleted, true);
        });
    }

    for (const right of REMOVAL) {
        it(`cannot remove an environment without "${right.verb} ${right.resource}", and the message says so`, async () => {
            const made = await make(`kept-${right.resource}`);
            const env = await lacking(right, () => remove(made));
            assert.equal(env.deleted, false);
            assert.match(env.message ?? "", refusal(right));
            assert.equal((await remove(env)).deleted, true);
        });
    }

    it("are all that making and removing environments uses: none is left out above", async () => {
        const used = (await audit(namespace))
            .filter(({ user, code, dryRun }) => user === launcherOf(namespace) && code < 400 && !dryRun)
            .map(({ verb, resource, subresource }) => `${verb} ${resource}${subresource ? `/${subresource}` : ""}`);
        assert.deepEqual(
            [...new Set(used)].sort(),
            [...CREATION, ...REMOVAL].map(({ verb, resource }) => `${verb} ${resource}`).sort(),
        );
        assert.deepEqual(
            [...new Set(used)].map((call) => `launcher ${call}`).sort(),
            rightsInUse("environment"),
            "docs/security.md",
        );
    });
});
