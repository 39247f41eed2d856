import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { adoptionRefusal, environmentDifferences } from "../../src/compile/adoption";
import { foundArguments, typescript } from "../../src/compile/foundArguments";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import type { ComputeEnvDto } from "../../src/platform";
import { CERTIFICATE } from "../dynamic/inputs";
import { ACCOUNT, argumentsIn, CONFIG, firstProgram, MORE } from "../support/adoption";
import { ROOT } from "../support/installedPackage";
import { SAMPLES } from "./fieldSamples";
import { record } from "./recorder";

/** What a program with these arguments asks the Platform for. */
async function wantedBy(args: KubernetesComputeEnvironmentArgs): Promise<Record<string, any>> {
    return (await record(() => new KubernetesComputeEnvironment("prod", args))).one("ComputeEnv").inputs;
}

/** An environment as the Platform shows what was asked for. */
function shown({ platform, config, description, credentialsId }: Record<string, any>): ComputeEnvDto {
    return { id: "5e6f", name: "prod", status: "AVAILABLE", platform, config, description, credentialsId };
}

describe("arguments that a refused adoption prints", () => {
    SAMPLES.forEach((sample, index) =>
        it(`make no difference to the environment that they tell of: sample ${index}`, async () => {
            const asked = await wantedBy(sample);
            const sslCert = asked.config.sslCert && CERTIFICATE;
            const found = shown({ ...asked, config: { ...asked.config, sslCert } });
            const text = typescript(foundArguments(found, "prod"));
            const wanted = await wantedBy(argumentsIn(text) as KubernetesComputeEnvironmentArgs);
            assert.deepEqual([wanted.adopt, wanted.name], ["prod", undefined], text);
            const credentialsId = found.credentialsId;
            assert.deepEqual(environmentDifferences(found, { ...wanted, credentialsId }), [], text);
        }),
    );
});

/** What a program gives that says nothing of it. */
const NAMES_BY_DEFAULT = {
    headServiceAccount: "nextflow-head",
    computeServiceAccount: "nextflow-task",
    storageClaimName: "nextflow-work",
};

describe("the recipe of docs/adoption.md", () => {
    const lines = readFileSync(join(ROOT, "docs", "adoption.md"), "utf8")
        .split("\n")
        .map((line) => line.trim());

    it("shows what is printed, and what the tests of its steps say", () => {
        const config = {
            ...{ server: "https://10.0.0.1:6443", namespace: "tower-nf", storageMountPath: "/scratch" },
            ...{ podCleanup: "on_success" as const, ...CONFIG, ...MORE },
        };
        const found = {
            ...shown({
                platform: "k8s-platform",
                config,
                description: "typed in",
                credentialsId: "3vZpGq8XcQ5oLd2nYb1rTe",
            }),
            primary: true,
        };
        const { adopt, credentials } = firstProgram();
        const wanted = {
            ...found,
            namePrefix: "production",
            description: undefined,
            config: { ...config, ...without(MORE), ...NAMES_BY_DEFAULT },
        };
        for (const line of [
            `adopt: "${adopt}",`,
            `credentials: { adopt: "${credentials.adopt}" },`,
            `credentials: { adopt: "${credentials.adopt}", description: "typed in" },`,
            `launcher: { name: "${ACCOUNT}", create: false },`,
            ...adoptionRefusal("the environment", environmentDifferences(found, wanted), {})!.split("\n"),
            ...typescript(foundArguments(found, adopt)).split("\n"),
        ]) {
            assert.ok(lines.includes(line.trim()), line);
        }
    });
});

function without(more: object): Record<string, undefined> {
    return Object.fromEntries(Object.keys(more).map((key) => [key, undefined]));
}
