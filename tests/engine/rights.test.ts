import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { type ComputeEnvRecord, DEFAULT_WORKSPACE, type PlatformEmulator } from "../../src/emulator";
import { launcherRules, type PolicyRule } from "../../src/compile/rbac";
import { rightsInUse } from "../../tools/pipeline/rightsTable";
import { type Right, without } from "../../tools/pipeline/rights";
import { apply, audit, objects } from "./support/cluster";
import { environments, environmentStack, freshNamespace, startPlatform, TOKEN } from "./support/platform";
import { granted, rightsIn, written } from "./support/rights";

describe("the launcher's rights, taken away one by one", function () {
    this.timeout(120_000);

    const namespace = freshNamespace();
    const launcher = `system:serviceaccount:${namespace}:seqera-launcher`;
    let platform: PlatformEmulator;
    let role: any;
    let original: ComputeEnvRecord;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform({ kubernetes: { authorizationGraceMs: 0 } });
        const stack = await environmentStack(platform, namespace);
        await stack.must(["up", "--yes", "--skip-preview"]);
        [original] = environments(platform);
        const [binding] = (await objects(namespace, "rolebindings")).filter(
            ({ subjects }) => subjects[0].name === "seqera-launcher",
        );
        const { name } = binding.roleRef;
        role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: { name, namespace } };
    });

    after(async () => {
        await platform?.stop();
    });

    async function call(method: string, path: string, body?: object): Promise<any> {
        const response = await fetch(`${platform.endpoint}${path}?workspaceId=${DEFAULT_WORKSPACE.id}`, {
            method,
            headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        assert.ok(response.ok, text);
        return text === "" ? undefined : JSON.parse(text);
    }

    /** Another environment with the same configuration, as the Platform makes it. */
    async function make(name: string): Promise<ComputeEnvRecord> {
        const { platform: kind, credentialsId, config } = original;
        const { computeEnvId } = await call("POST", "/compute-envs", {
            computeEnv: { name, platform: kind, credentialsId, config },
        });
        return settled(computeEnvId);
    }

    async function settled(id: string): Promise<ComputeEnvRecord> {
        for (;;) {
            const env = platform.state.computeEnvs.find((each) => each.id === id)!;
            if (env.deleted || !["CREATING", "DELETING"].includes(env.status)) {
                return env;
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    async function remove(env: ComputeEnvRecord): Promise<ComputeEnvRecord> {
        await call("DELETE", `/compute-envs/${env.id}`);
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
        while (!isDeepStrictEqual(written(await granted({ user: launcher }, all)), expected)) {
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    function refusal({ verb, resource }: Right): RegExp {
        return new RegExp(`seqera-launcher" cannot ${verb} resource "${resource}"`);
    }

    it("makes and removes environments with all of them", async () => {
        const made = await make("complete");
        assert.equal(made.status, "AVAILABLE");
        assert.equal((await remove(made)).deleted, true);
    });

    const creation: Right[] = [
        { verb: "get", resource: "persistentvolumeclaims" },
        { verb: "create", resource: "deployments" },
        { verb: "create", resource: "podtemplates" },
    ];
    for (const right of creation) {
        it(`cannot make an environment without "${right.verb} ${right.resource}", and the message says so`, async () => {
            const env = await lacking(right, () => make(`without-${right.verb}-${right.resource}`));
            assert.equal(env.status, "ERRORED");
            assert.match(env.message ?? "", refusal(right));
            assert.equal((await remove(env)).deleted, true);
        });
    }

    const removal: Right[] = [
        { verb: "delete", resource: "deployments" },
        { verb: "delete", resource: "podtemplates" },
    ];
    for (const right of removal) {
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
            .filter(({ user, code, dryRun }) => user === launcher && code < 400 && !dryRun)
            .map(({ verb, resource, subresource }) => `${verb} ${resource}${subresource ? `/${subresource}` : ""}`);
        assert.deepEqual(
            [...new Set(used)].sort(),
            [...creation, ...removal].map(({ verb, resource }) => `${verb} ${resource}`).sort(),
        );
        assert.deepEqual(
            [...new Set(used)].map((call) => `launcher ${call}`).sort(),
            rightsInUse("environment"),
            "docs/security.md",
        );
    });
});
