import fc from "fast-check";
import type { PodOptionsArgs, ProcessArgs } from "../../../src/args/tasks";
import type { NextflowArguments } from "../../../src/compile/environment";
import type { Known } from "../../../src/compile/known";

/** Strings with all that can go wrong in them, none empty: Nextflow takes an empty value for none. */
const nasty = fc
    .oneof(
        fc.string({ unit: "binary" }),
        fc.string({ unit: fc.constantFrom(..."'\"\\${}\n\r\t/*[]:,;#", "\u0000", "é", "😀", "u", "a", " ") }),
        fc.constantFrom("${x}", "$x", "\\u0041", "'''", '"""', "// no comment", "/* none */", "${'a'}", "\\", "it's"),
    )
    .filter((text) => text !== "");

const key = nasty.filter((text) => text !== "__proto__");
const map = fc.dictionary(key, nasty, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const memory = fc.oneof(
    fc.integer({ min: 1, max: 999 }).map((n) => `${n} GB`),
    fc.integer({ min: 1, max: 99_999 }).map((n) => `${n}Mi`),
);
const count = fc.integer({ min: 1, max: 999 });
const toleration = fc.oneof(
    fc.record({ key: nasty, operator: fc.constant("Equal"), value: nasty, effect: fc.constant("NoSchedule") }),
    fc.record({ key: nasty, operator: fc.constant("Exists") }),
    fc.record({
        key: nasty,
        operator: fc.constant("Exists"),
        effect: fc.constant("NoExecute"),
        tolerationSeconds: fc.nat(),
    }),
);
const tolerations = fc.array(toleration, { minLength: 1, maxLength: 3 });

const some: { requiredKeys: never[] } = { requiredKeys: [] };

const podOptions = fc.record(
    {
        nodeSelector: map,
        tolerations,
        labels: map,
        annotations: map,
        securityContext: fc.record(
            {
                runAsUser: fc.nat(),
                runAsGroup: fc.nat(),
                runAsNonRoot: fc.boolean(),
                fsGroup: fc.nat(),
                fsGroupChangePolicy: fc.constantFrom("Always", "OnRootMismatch"),
                supplementalGroups: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
                seccompProfile: fc.constantFrom({ type: "RuntimeDefault" }, { type: "Unconfined" }),
            },
            some,
        ),
        priorityClassName: nasty,
        schedulerName: nasty,
        runtimeClassName: nasty,
        automountServiceAccountToken: fc.boolean(),
        ttlSecondsAfterFinished: fc.integer({ min: 3600, max: 999_999 }),
        scratchVolumes: fc.array(
            fc.record({ mountPath: nasty, medium: nasty, sizeLimit: nasty }, { requiredKeys: ["mountPath"] }),
            { maxLength: 2 },
        ),
        extra: fc.array(fc.record({ mountPath: nasty, hostPath: nasty }), { maxLength: 2 }),
    },
    some,
) as fc.Arbitrary<Known<PodOptionsArgs>>;

const resources = {
    cpus: count,
    memory,
    disk: memory,
    time: fc.constantFrom("6h", "2d", "30 min"),
    accelerators: count,
    acceleratorType: nasty,
};
const retry = { strategy: fc.constant("retry"), maxRetries: fc.nat({ max: 9 }) };

const processes = fc
    .uniqueArray(
        fc.record(
            { label: nasty, ...resources, ...retry, nodeSelector: map, tolerations },
            { requiredKeys: ["label", "cpus"] },
        ),
        { selector: ({ label }) => label, maxLength: 3 },
    )
    .chain((all) =>
        fc
            .array(fc.boolean(), { minLength: all.length, maxLength: all.length })
            .map((byName) =>
                all.map(({ label, ...rest }, index) => (byName[index] ? { name: label, ...rest } : { label, ...rest })),
            ),
    ) as fc.Arbitrary<Known<ProcessArgs>[]>;

const reference = fc.record({ name: nasty, key: nasty });
const environment = fc.uniqueArray(
    fc.oneof(fc.record({ name: nasty, secret: reference }), fc.record({ name: nasty, configMap: reference })),
    { selector: ({ name }) => name, maxLength: 3 },
);

/** Whatever the arguments may make of Nextflow's configuration, with strings beyond what the rules let through. */
export const settings: fc.Arbitrary<NextflowArguments> = fc.record(
    {
        computeResources: fc.record({ ...resources, maxCpus: count, maxMemory: memory, cpuLimits: fc.boolean() }, some),
        retries: fc.record({ ...retry, maxErrors: fc.constantFrom(-1, 0, 5) }, some),
        processes,
        podOptions,
        storageClaims: fc.array(
            fc.record(
                { claimName: nasty, mountPath: nasty, subPath: nasty, readOnly: fc.constant(true) },
                { requiredKeys: ["claimName", "mountPath"] },
            ),
            { maxLength: 3 },
        ),
        environment,
        advanced: fc.record(
            {
                imagePullPolicy: fc.constantFrom("Always", "IfNotPresent", "Never"),
                computeResourceType: fc.constantFrom("Pod", "Job"),
            },
            some,
        ),
    },
    some,
);
