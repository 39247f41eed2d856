import assert from "node:assert/strict";
import { environmentRules } from "../../../src/compile/environmentRules";
import { validate, UNKNOWN } from "../../../src/compile/rules/rules";
import { base64, makeAuthority } from "./authority";
import { EKS, FUSION, GKE, GOOD, MANY, NO_SERVER, SERVER } from "./environmentCases";
import { REFUSED } from "./refused";
import { lines } from "./support";

describe("arguments of a compute environment that are refused", () => {
    for (const [what, args, expected] of REFUSED) {
        it(what, () => assert.deepEqual(lines(environmentRules, { ...GOOD, ...args }), expected));
    }

    it("all at once, a line each, in a fixed order", () => {
        const args = {
            name: "a b",
            cluster: { server: "x" },
            namespace: "A",
            workDirectory: "/x",
            resourceLabels: { app: "xy" },
        };
        const expected = ["name", "cluster.server", "namespace", "workDirectory", "resourceLabels.app"];
        assert.deepEqual(
            validate(environmentRules, args).map(({ property }) => property),
            expected,
        );
        const turned = Object.fromEntries(Object.entries(args).reverse());
        assert.deepEqual(validate(environmentRules, turned), validate(environmentRules, args));
    });

    it("though there are no arguments", () => {
        for (const args of [undefined, null, {}]) {
            assert.deepEqual(lines(environmentRules, args), [NO_SERVER]);
        }
    });
});

describe("arguments of a compute environment that are taken", () => {
    const good: Record<string, object> = {
        "the least": GOOD,
        "an EKS cluster": EKS,
        "a GKE cluster": GKE,
        "an EKS cluster with Fusion": { ...EKS, ...FUSION, workDirectory: "s3://bucket/work" },
        "a GKE cluster with Fusion": { ...GKE, ...FUSION, workDirectory: "gs://bucket" },
        "Wave alone on EKS": { ...EKS, waveEnabled: true },
        "null for what is not set": {
            ...GOOD,
            name: null,
            storage: null,
            resourceLabels: null,
            credentialsId: null,
            primary: null,
        },
        "switches that are off": {
            ...GOOD,
            waveEnabled: false,
            fusionEnabled: false,
            createNamespace: false,
            primary: false,
        },
        "a work directory that is the mount path": { ...GOOD, workDirectory: "/mnt", storage: { mountPath: "/mnt" } },
        "the cluster's own namespace, which exists": { ...GOOD, namespace: "default", createNamespace: false },
        "one service account that exists": {
            ...GOOD,
            serviceAccounts: Object.fromEntries(
                ["launcher", "head", "compute"].map((role) => [role, { name: "all", create: false }]),
            ),
        },
        "the launcher's name where there is no launcher": {
            ...EKS,
            serviceAccounts: { head: { name: "seqera-launcher" } },
        },
        "every resource that a quota counts and a container has": {
            ...GOOD,
            resourceQuota: {
                hard: {
                    ...{ "requests.cpu": 200, "limits.memory": "1Ti", pods: 300, "requests.ephemeral-storage": "1Ti" },
                    ...{ "requests.nvidia.com/gpu": "8", "count/jobs.batch": "50", "count/pods": "50" },
                    ...{ "hugepages-2Mi": "1Gi", "requests.hugepages-1Gi": "1Gi", "services.loadbalancers": "0" },
                    ...{ "gold.storageclass.storage.k8s.io/requests.storage": "1Ti" },
                    ...{ "gold.storageclass.storage.k8s.io/persistentvolumeclaims": "1" },
                    ...{ "gpu.deviceclass.resource.k8s.io/devices": "4" },
                },
            },
            limitRange: { max: { cpu: 8, "ephemeral-storage": "1Ti", "hugepages-2Mi": "1Gi", "nvidia.com/gpu": "1" } },
            computeResources: { cpuLimits: true },
        },
        "sizes in bytes": { ...GOOD, storage: { size: 107374182400 }, headJob: { memory: "1073741824" } },
        "affinity of every form": {
            ...GOOD,
            podOptions: {
                affinity: {
                    nodeAffinity: {
                        requiredDuringSchedulingIgnoredDuringExecution: {
                            nodeSelectorTerms: [
                                {
                                    matchExpressions: [
                                        { key: "gpu", operator: "DoesNotExist" },
                                        { key: "cores", operator: "Gt", values: ["8"] },
                                        { key: "zone", operator: "In", values: ["a", UNKNOWN] },
                                    ],
                                },
                                { matchFields: [{ key: "metadata.name", operator: "NotIn", values: ["node-1"] }] },
                            ],
                        },
                        preferredDuringSchedulingIgnoredDuringExecution: [
                            { weight: 100, preference: { matchExpressions: [{ key: "ssd", operator: "Exists" }] } },
                        ],
                    },
                    podAntiAffinity: {
                        requiredDuringSchedulingIgnoredDuringExecution: [
                            {
                                topologyKey: "kubernetes.io/hostname",
                                labelSelector: { matchLabels: { app: "nextflow" } },
                                namespaceSelector: {},
                                matchLabelKeys: ["team"],
                            },
                        ],
                    },
                },
            },
        },
        "25 labels": { ...GOOD, resourceLabels: MANY(24), labelIds: [7] },
        "dynamic label values": { ...GOOD, resourceLabels: { run: "${workflowId}" } },
        "a credential of another resource on EKS": { ...EKS, credentialsId: UNKNOWN },
        subjects: {
            ...GOOD,
            rbacSubjects: [{ kind: "Group", name: "seqera" }, { kind: "User", name: UNKNOWN }, UNKNOWN],
        },
    };
    for (const [what, args] of Object.entries(good)) {
        it(what, () => assert.deepEqual(lines(environmentRules, args), []));
    }

    it("a certificate authority in both spellings, with a credential of one's own", async () => {
        const { pem } = await makeAuthority();
        for (const certificateAuthority of [pem, base64(pem)]) {
            const args = { cluster: { server: SERVER, certificateAuthority }, credentialsId: "1a" };
            assert.deepEqual(lines(environmentRules, args), []);
        }
    });

    it("anything that is not known yet, wherever a value may be an output", () => {
        const members = {
            name: UNKNOWN,
            description: UNKNOWN,
            rbacSubjects: UNKNOWN,
            registries: UNKNOWN,
            imagePullSecrets: UNKNOWN,
            workDirectory: UNKNOWN,
            podCleanup: UNKNOWN,
            headJob: UNKNOWN,
            headPodSpec: UNKNOWN,
            servicePodSpec: UNKNOWN,
            stagingOptions: UNKNOWN,
            nextflowConfig: UNKNOWN,
            environmentVariables: UNKNOWN,
            waveEnabled: UNKNOWN,
            fusionEnabled: UNKNOWN,
            labelIds: UNKNOWN,
            adopt: UNKNOWN,
            createTimeoutSeconds: UNKNOWN,
            deleteTimeoutSeconds: UNKNOWN,
            storage: { size: UNKNOWN, mountPath: UNKNOWN, storageClassName: UNKNOWN, volumeName: UNKNOWN },
            resourceLabels: { team: UNKNOWN },
        };
        for (const cluster of [UNKNOWN, { platform: UNKNOWN, server: UNKNOWN, certificateAuthority: UNKNOWN }]) {
            assert.deepEqual(lines(environmentRules, { ...members, cluster }), []);
            assert.deepEqual(lines(environmentRules, { ...members, cluster, credentialsId: UNKNOWN }), []);
        }
    });
});

describe("the rules of a compute environment", () => {
    it("name a public source each", () => {
        for (const { property, source } of environmentRules) {
            assert.match(
                source,
                /^https:\/\/(docs\.seqera\.io|kubernetes\.io|www\.nextflow\.io|www\.pulumi\.com)\//,
                property,
            );
        }
    });

    /** The value at a path of arguments. Lists and maps cannot be told from each other by a path, so each step `*` is either. */
    function argumentsWith(path: string, value: unknown): unknown[] {
        return path
            .split(".")
            .reduceRight<unknown[]>(
                (all, step) =>
                    all.flatMap((inner) => (step === "*" ? [[inner], { entry: inner }] : [{ [step]: inner }])),
                [value],
            );
    }

    /** Whether some line matches that the rules about the same argument have for a value at a path. */
    function isTold(path: string, value: unknown, line: RegExp): boolean {
        const [argument] = path.split(".");
        const rules = environmentRules.filter(({ property }) => ["*", argument].includes(property.split(".")[0]));
        return argumentsWith(path, value).some((args) => lines(rules, args).some((each) => line.test(each)));
    }

    it("refuse a value of another kind, whatever the argument", () => {
        for (const { property } of environmentRules.filter(({ about }) => about === "kind")) {
            const path = property.replaceAll(".*", "(\\[0\\]|\\.entry)");
            const line = new RegExp(`^${path}: must be (a|an) \\w+, not (a|an) \\w+( \\(.+\\))?$`);
            assert.ok(
                [["list"], "text"].some((value) => isTold(property, value, line)),
                property,
            );
        }
    });

    it("refuse a member that a group does not have", () => {
        for (const { property } of environmentRules.filter(({ about }) => about === "members")) {
            const line = /nonsense: unknown argument \(use one of /;
            assert.ok(isTold(property.replace(/\*$/, "nonsense"), "text", line), property);
        }
    });

    it("have a case above each", () => {
        const told = new Set(REFUSED.flatMap(([, , texts]) => texts.map((text) => text.slice(0, text.indexOf(": ")))));
        const generic = (property: string) => property.replace(/\[\d+\]/g, ".*");
        const covered = new Set(
            [...told].map(generic).flatMap((property) => [property, property.replace(/\.[^.]+$/, ".*")]),
        );
        // What differs from a neighbour with a case in nothing but its name.
        const alike =
            /^(storage\.(protect|skipAwait)|serviceAccounts\.(launcher|compute)\.create|serviceAccounts\.\w+\.(labels|annotations)|registries\.\*\.(server|username)|(headPodOptions|servicePodOptions|processes\.\*)(\..*)?|podOptions\.affinity\.(podAntiAffinity|.*\.(preference|podAffinityTerm|namespaceSelector))\..*)$/;
        assert.deepEqual(
            environmentRules
                .filter(({ about }) => about === undefined)
                .map(({ property }) => property)
                .filter((property) => !covered.has(property) && !alike.test(property)),
            [],
        );
    });
});
