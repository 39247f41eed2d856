import assert from "node:assert/strict";
import type { EmulatorOptions } from "../../src/emulator";
import { CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import type { Provider, World } from "./support";

/** A Platform with the limit on calls that the real one has, and environments that take a moment. */
export const LIMITED: EmulatorOptions = { rateLimit: 20, timings: { create: { polls: 1 }, delete: { polls: 0 } } };

/** Has a process make environments at the same time, and looks whether it stays below the Platform's limit. */
export async function makesAtOnce(count: number, provider: Provider, { connection, platform }: World): Promise<void> {
    const keys = CREDENTIALS["a Kubernetes token"].keys;
    const credential = await provider.make("credentials", { ...connection, ...GENERATED, ...keys });
    const made = await Promise.all(
        Array.from({ length: count }, (_, i) =>
            provider.make("computeEnv", {
                ...connection,
                ...environmentInputs(credential.id, { namespace: `nextflow-${i}` }),
            }),
        ),
    );
    assert.deepEqual([...new Set(made.map(({ props }) => props.status))], ["AVAILABLE"]);
    assert.equal(new Set(made.map(({ id }) => id)).size, count);
    assert.deepEqual(
        platform.requests.filter(({ status }) => status === 429),
        [],
    );
}
