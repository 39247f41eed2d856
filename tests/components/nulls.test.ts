import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { environmentRules } from "../../src/compile/environmentRules";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { NextflowNamespace } from "../../src/components/nextflowNamespace";
import { withSpotTasks } from "../../src/eks/spot";
import { SAMPLES } from "./fieldSamples";
import { record, refused } from "./recorder";

const PATHS = [...new Set(environmentRules.map(({ property }) => property))].map((property) => property.split("."));

/** The same arguments with null for what one path leads to and is not there: the last member, or a group on the way. */
function withNull(given: any, [step, ...others]: string[]): any {
    if (step === undefined || given === null || typeof given !== "object") {
        return given;
    }
    if (step === "*") {
        return Array.isArray(given)
            ? given.map((item) => withNull(item, others))
            : Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, withNull(inner, others)]));
    }
    return { ...given, [step]: given[step] === undefined ? null : withNull(given[step], others) };
}

const allNull = (args: object) => PATHS.reduce(withNull, args) as KubernetesComputeEnvironmentArgs;

async function made(args: KubernetesComputeEnvironmentArgs) {
    const { all } = await record(() => new KubernetesComputeEnvironment("prod", args));
    return all.map(({ urn, inputs, protect, retainOnDelete, dependencies }) => ({
        ...{ urn, inputs, protect, retainOnDelete, dependencies },
    }));
}

/** What an output may be given for, as one each. */
function asOutputs(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    const keys = [
        ...["headJob", "computeResources", "retries", "processes", "podOptions", "headPodOptions", "servicePodOptions"],
        ...["stagingOptions", "env", "environmentVariables", "imagePullSecrets", "labelIds", "nextflowConfig"],
    ];
    return Object.fromEntries(
        Object.entries(args).map(([key, value]) => [key, keys.includes(key) ? pulumi.output(value) : value]),
    ) as unknown as KubernetesComputeEnvironmentArgs;
}

describe("null (case 4)", () => {
    for (const [index, sample] of SAMPLES.entries()) {
        it(`is the same as left out, for each argument and member that sample ${index} does not have`, async () =>
            assert.deepEqual(await made(allNull(sample)), await made(sample)));
    }

    it("is the same as left out in outputs, too", async () => {
        // The first is the component itself, whose record has its arguments.
        const shown = (all: Awaited<ReturnType<typeof made>>) =>
            all.slice(1).map(({ urn, inputs }) => ({ urn, inputs }));
        assert.deepEqual(shown(await made(asOutputs(allNull(SAMPLES[2])))), shown(await made(SAMPLES[2])));
    });

    it("in the place of all arguments of a part is the same as none", async () => {
        const { result } = await record(() => new NextflowNamespace("part", null as never));
        assert.equal(await new Promise((resolve) => result.name.apply(resolve)), "nextflow");
    });

    it("is the same as left out in a spot preset", async () => {
        const cluster = SAMPLES[2].cluster;
        assert.deepEqual(await made(withSpotTasks(allNull({ cluster }))), await made(withSpotTasks({ cluster })));
    });

    it("in a list is refused, since nothing can be left out there", async () => {
        const { error, all } = await refused(
            () =>
                new KubernetesComputeEnvironment("prod", {
                    ...SAMPLES[2],
                    imagePullSecrets: [null, "registry"],
                    processes: [undefined],
                    labelIds: [null],
                } as never),
        );
        assert.deepEqual(error.message.split("\n").slice(1), [
            "  imagePullSecrets[0]: must be a string, not null",
            "  processes[0]: must be an object, not null",
            "  labelIds[0]: must be a number, not null",
        ]);
        assert.deepEqual(all, []);
    });
});
