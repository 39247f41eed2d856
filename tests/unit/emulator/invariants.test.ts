import assert from "node:assert/strict";
import fc from "fast-check";
import { Client, computeEnvBody, kubernetesConfig, startEmulator, stopEmulators } from "./support";

/** Names few enough to collide, and some that are refused. */
const name = fc.constantFrom("a", "b", "prod", "not valid", "");
const pick = fc.nat({ max: 5 });

const command = fc.oneof(
    fc.record({ kind: fc.constant("credentials" as const), name, provider: fc.constantFrom("k8s", "aws", "x") }),
    fc.record({
        kind: fc.constant("compute-env" as const),
        name,
        credentials: pick,
        namespace: fc.option(fc.constant("n")),
    }),
    fc.record({ kind: fc.constant("update" as const), env: pick, name: fc.option(name), credentials: fc.option(pick) }),
    fc.record({ kind: fc.constant("delete" as const), env: pick, force: fc.boolean() }),
    fc.record({ kind: fc.constant("delete-credentials" as const), credentials: pick, checked: fc.boolean() }),
    fc.record({
        kind: fc.constantFrom("primary" as const, "enable" as const, "disable" as const, "validate" as const),
        env: pick,
    }),
    fc.record({ kind: fc.constant("launch" as const), env: pick }),
    fc.record({ kind: fc.constant("cancel" as const), run: pick }),
    fc.record({
        kind: fc.constant("break" as const),
        env: pick,
        status: fc.constantFrom("ERRORED" as const, "INVALID" as const),
    }),
);

describe("emulator: whatever is called in whatever order", function () {
    this.timeout(120_000);

    afterEach(stopEmulators);

    it("keeps names unique and one primary, answers within the document, and never fails itself", async () => {
        await fc.assert(
            fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
                const emulator = await startEmulator();
                const client = new Client(emulator.endpoint);
                const at = <T>(list: readonly T[], index: number): T | undefined =>
                    list[index % Math.max(list.length, 1)];
                for (const step of commands) {
                    const { computeEnvs, credentials, runs } = emulator.state;
                    const env = "env" in step ? (at(computeEnvs, step.env)?.id ?? "unknown") : "";
                    const credentialsId =
                        "credentials" in step && step.credentials !== null
                            ? (at(credentials, step.credentials)?.id ?? "unknown")
                            : undefined;
                    const answer = await (async () => {
                        switch (step.kind) {
                            case "credentials":
                                return client.post("/credentials", {
                                    credentials: { name: step.name, provider: step.provider, keys: { token: "t" } },
                                });
                            case "compute-env": {
                                const config = { namespace: step.namespace ?? undefined };
                                return client.post(
                                    "/compute-envs",
                                    computeEnvBody(credentialsId, { name: step.name }, config),
                                );
                            }
                            case "update":
                                return client.put(`/compute-envs/${env}`, { name: step.name, credentialsId });
                            case "delete":
                                return client.delete(`/compute-envs/${env}`, { force: step.force });
                            case "delete-credentials":
                                return client.delete(`/credentials/${credentialsId}`, { checked: step.checked });
                            case "launch": {
                                const launch = {
                                    computeEnvId: env,
                                    pipeline: "https://x/y",
                                    workDir: kubernetesConfig.workDir,
                                };
                                return client.post("/workflow/launch", { launch });
                            }
                            case "cancel":
                                return client.post(`/workflow/${at(runs, step.run)?.id ?? "unknown"}/cancel`);
                            case "break":
                                if (computeEnvs.some(({ id, deleted }) => id === env && !deleted)) {
                                    emulator.setComputeEnvStatus(env, step.status, "broken");
                                }
                                return client.get("/compute-envs");
                            default:
                                return client.post(`/compute-envs/${env}/${step.kind}`);
                        }
                    })();
                    assert.ok(answer.status < 500, JSON.stringify(answer.body));

                    const present = emulator.state.computeEnvs.filter(({ deleted }) => !deleted);
                    const names = present.map((one) => one.name);
                    assert.equal(new Set(names).size, names.length);
                    const primary = present.filter((one) => one.primary);
                    assert.ok(primary.length <= 1);
                    assert.ok(
                        !emulator.state.computeEnvs.some(
                            (one) => one.primary && (one.deleted || one.status === "DISABLED"),
                        ),
                    );
                    const listed = (await client.get("/compute-envs")).body.computeEnvs as { id: string }[];
                    assert.deepEqual(
                        listed.map(({ id }) => id),
                        present.map(({ id }) => id),
                    );
                }
                await stopEmulators();
            }),
            { numRuns: 15 },
        );
    });
});
