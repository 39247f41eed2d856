import assert from "node:assert/strict";
import { argumentPaths, readModel } from "../../docs/generate/model";
import { fieldMap } from "../../docs/generate/fieldMap";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { CHANGES, IN, SAMPLES } from "./fieldSamples";
import { changed, type Places, placesOf } from "./destinations";

/** True when something stands at a path. */
function has(value: any, [step, ...others]: string[]): boolean {
    if (step === undefined || value === undefined) {
        return value !== undefined;
    }
    return step === "*" ? value.some((entry: any) => has(entry, others)) : has(value[step], others);
}

/** The same arguments with another value at a path, wherever something stands there. */
function put(value: any, [step, ...others]: string[], other: unknown): any {
    if (value === undefined || step === undefined) {
        return value === undefined ? undefined : other;
    }
    if (step === "*") {
        return value.map((entry: any) => put(entry, others, other));
    }
    return step in value ? { ...value, [step]: put(value[step], others, other) } : value;
}

function fieldOf(argument: string) {
    return fieldMap.find((each) => argument === each.argument || argument.startsWith(`${each.argument}.`));
}

/** What stands in the map for what differs from case to case. */
function inTermsOfTheMap(argument: string, place: string): string {
    return place
        .replace(/^(?!Namespace).*: metadata\.namespace$/, "objects: metadata.namespace")
        .replace(/^(launcher|head|compute) ServiceAccount: imagePullSecrets$/, "ServiceAccounts: imagePullSecrets")
        .replace(/^nextflow: process\.withName\./, "nextflow: process.withLabel.")
        .replace(/^(head pod: nodeSelector)$/, (all) =>
            argument === "headPodSpec" ? "head pod: (its own fields)" : all,
        )
        .replace(/^service pod: priority$/, "service pod: (its own fields)")
        .replace(/^nextflow: k8s\.pod\.hostPath$/, "nextflow: k8s.pod.(its own option)");
}

describe("the map of where arguments go", () => {
    const bases = new Map<number, Places>();

    async function baseOf(sample: number): Promise<Places> {
        if (!bases.has(sample)) {
            bases.set(sample, await placesOf(SAMPLES[sample]));
        }
        return bases.get(sample)!;
    }

    it("has every argument, once, and no other", () => {
        const paths = argumentPaths(readModel(), "KubernetesComputeEnvironmentArgs");
        assert.deepEqual(
            paths.filter(
                (path) =>
                    fieldMap.filter(({ argument }) => argument === path || path.startsWith(`${argument}.`)).length !==
                    1,
            ),
            [],
        );
        assert.deepEqual(
            fieldMap
                .map(({ argument }) => argument)
                .filter((argument) => !paths.some((path) => `${path}.`.startsWith(`${argument}.`))),
            [],
        );
    });

    for (const { argument, to } of fieldMap) {
        it(`${argument} goes to ${to.join(", ")}, and nowhere else`, async () => {
            const steps = argument.split(".");
            const sample = IN[argument] ?? SAMPLES.findIndex((each) => has(each, steps));
            assert.notEqual(sample, -1, "no sample has it");
            const changes = Object.entries(CHANGES[argument] ?? { [argument]: undefined });
            const args: KubernetesComputeEnvironmentArgs = changes.reduce(
                (all, [path, value]) => put(all, path.split("."), value),
                SAMPLES[sample],
            );
            const others = changes
                .filter(([path]) => !argument.startsWith(path))
                .flatMap(([path]) => fieldOf(path)!.to);
            const places = changed(await baseOf(sample), await placesOf(args)).map((place) =>
                inTermsOfTheMap(argument, place),
            );
            assert.deepEqual([...new Set(places)].filter((place) => !others.includes(place)).sort(), [...to].sort());
        });
    }
});
