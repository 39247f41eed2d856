import assert from "node:assert/strict";
import { environmentRules } from "../../src/compile/environmentRules";
import { validate } from "../../src/compile/rules/rules";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { fieldMap } from "../../docs/generate/fieldMap";
import { CERTIFICATE } from "../dynamic/inputs";
import { SAMPLES } from "./fieldSamples";
import { record } from "./recorder";

const SERVER = { server: "https://10.0.0.1:6443" };
const EKS = { cluster: { platform: "eks-platform", name: "genomics", region: "eu-west-1" }, credentialsId: "1a2b" };
const CLAIMS = [{ claimName: "reference", mountPath: "/reference" }];
const MOUNTED = { mountStorageClaims: true, containerName: "c" };

/** The contexts that leave the most out. */
export const FIRST = 2;

/** Environments in which less is made, or by other means, than in the least one. */
export const CONTEXTS: Record<string, KubernetesComputeEnvironmentArgs> = {
    "where everything is there already": {
        cluster: SERVER,
        createNamespace: false,
        serviceAccounts: { launcher: { create: false }, head: { create: false }, compute: { create: false } },
        storage: { create: false },
    },
    "on EKS, with Fusion": {
        ...EKS,
        waveEnabled: true,
        fusionEnabled: true,
        workDirectory: "s3://bucket/work",
    } as never,
    "with a credential of one's own": {
        cluster: { ...SERVER, certificateAuthority: CERTIFICATE },
        credentialsId: "1a2b",
    },
    "with a volume that is there already": {
        cluster: SERVER,
        createNamespace: false,
        storage: { nfs: { server: "10.0.0.5", path: "/exports/work" } },
    },
    "where nothing else is said": { cluster: SERVER },
    "on GKE": { ...EKS, cluster: { ...EKS.cluster, platform: "gke-platform" } } as never,
};

/** What an argument needs beside it to say something. */
const BESIDE: Record<string, object> = {
    adoptWithout: { adopt: "5e6f" },
    "credentials.adoptWithout": { credentials: { adopt: "9a8b" } },
    "computeResources.acceleratorType": { computeResources: { accelerators: 1 } },
    "podOptions.ttlSecondsAfterFinished": { advanced: { computeResourceType: "Job" } },
    "headPodOptions.mountStorageClaims": { storageClaims: CLAIMS },
    "headPodOptions.containerName": { storageClaims: CLAIMS, headPodOptions: MOUNTED },
    "servicePodOptions.mountStorageClaims": { storageClaims: CLAIMS },
    "servicePodOptions.containerName": { storageClaims: CLAIMS, servicePodOptions: MOUNTED },
};

/** What cannot stand without an argument, and not be left out with it either. */
const WITH: Record<string, object> = {
    "headPodOptions.mountStorageClaims": { headPodOptions: { containerName: "c" } },
    "servicePodOptions.mountStorageClaims": { servicePodOptions: { containerName: "c" } },
};

/** What says the same as leaving it out, in every context: the default, written down. */
const DEFAULTS: Record<string, unknown> = {
    createNamespace: true,
    moveLaunches: true,
    preflight: true,
    "storage.create": true,
    "storage.skipAwait": true,
    "serviceAccounts.launcher.create": true,
    "serviceAccounts.head.create": true,
    "serviceAccounts.compute.create": true,
};

function valueAt(given: any, [step, ...others]: string[]): unknown {
    return step === undefined || given === undefined ? given : valueAt(given[step], others);
}

/** One set of arguments over another, group by group. */
function over(base: any, given: any): any {
    const isGroup = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
    return isGroup(base) && isGroup(given)
        ? { ...base, ...Object.fromEntries(Object.keys(given).map((key) => [key, over(base[key], given[key])])) }
        : given;
}

const nested = (steps: string[], value: unknown): any => steps.reduceRight((inner, step) => ({ [step]: inner }), value);

/** Every argument, a list as a whole, with a value that says something. */
export const ARGUMENTS: [argument: string, value: unknown][] = [
    ...new Set(fieldMap.map(({ argument }) => argument.replace(/\.\*.*/, ""))),
].map((argument) => {
    const values = SAMPLES.map((sample) => valueAt(sample, argument.split("."))).filter((value) => value !== undefined);
    const isSaying = (value: unknown) =>
        typeof value === "object" ? Object.keys(value as object).length > 0 : value !== DEFAULTS[argument];
    return [argument, values.find(isSaying) ?? values[0]];
});

/** All that is made, as one text; a look at the cluster counts as such, whatever it looks at. */
async function made(args: KubernetesComputeEnvironmentArgs): Promise<string> {
    const { all } = await record(() => new KubernetesComputeEnvironment("prod", args));
    const objects = all
        .filter(({ custom }) => custom)
        .map(({ urn, inputs, protect, retainOnDelete }) =>
            /:Preflight$/.test(urn.split("::")[2]) ? urn : { urn, inputs, protect, retainOnDelete },
        );
    return JSON.stringify(objects);
}

/** The arguments that are neither refused in a context nor seen in what is made there. */
async function withoutEffect(context: KubernetesComputeEnvironmentArgs): Promise<string[]> {
    const silent: string[] = [];
    const bases = new Map<object, string>();
    for (const [argument, value] of ARGUMENTS) {
        const beside = BESIDE[argument] ?? {};
        const base = over(context, beside);
        const args = over(over(base, nested(argument.split("."), value)), WITH[argument] ?? {});
        const isSaid = valueAt(context, argument.split(".")) !== undefined || value === DEFAULTS[argument];
        if (isSaid || validate(environmentRules, args).length > 0) {
            continue;
        }
        const key = argument in BESIDE ? beside : context;
        if (!bases.has(key)) {
            bases.set(key, await made(base));
        }
        if ((await made(args)) === bases.get(key)) {
            silent.push(argument);
        }
    }
    return silent;
}

/** A test for each of some contexts. */
export function itHasEffects(contexts: string[]): void {
    for (const where of contexts) {
        it(`is seen in what is made ${where}, or refused`, async () =>
            assert.deepEqual(await withoutEffect(CONTEXTS[where]), [])).timeout(120_000);
    }
}
