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

    /** The value at a path of arguments, each step `*` of which is an entry of a list or, as `maps` has it, of a map. */
    function argumentsWith(path: string, value: unknown, maps: boolean): unknown {
        return path
            .split(".")
            .reduceRight(
                (inner, step) => (step !== "*" ? { [step]: inner } : maps ? { entry: inner } : [inner]),
                value,
            );
    }

    /** Lists and maps cannot be told from each other by a path. */
    function linesOf(path: string, value: unknown): string[] {
        return [false, true].flatMap((maps) => lines(environmentRules, argumentsWith(path, value, maps)));
    }

    it("refuse a value of another kind, whatever the argument", () => {
        for (const { property } of environmentRules.filter(({ about }) => about === "kind")) {
            const path = property.replaceAll(".*", "(\\[0\\]|\\.entry)");
            const told = [Symbol("none"), true, 1].map((value) =>
                linesOf(property, typeof value === "symbol" ? "text" : value),
            );
            assert.ok(
                told.some((each) =>
                    each.some((line) =>
                        new RegExp(`^${path}: must be (a|an) \\w+, not (a|an) \\w+( \\(.+\\))?$`).test(line),
                    ),
                ),
                property,
            );
        }
    });

    it("refuse a member that a group does not have", () => {
        for (const { property } of environmentRules.filter(({ about }) => about === "members")) {
            const path = property.replace(/\*$/, "nonsense");
            const told = linesOf(path, "text");
            assert.ok(
                told.some((line) => /nonsense: unknown argument \(use one of /.test(line)),
                property,
            );
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
            /^(storage\.(protect|skipAwait)|serviceAccounts\.(launcher|compute)\.create|serviceAccounts\.\w+\.(labels|annotations)|registries\.\*\.(server|username)|(headPodOptions|servicePodOptions|processes\.\*)(\..*)?)$/;
        assert.deepEqual(
            environmentRules
                .filter(({ about }) => about === undefined)
                .map(({ property }) => property)
                .filter((property) => !covered.has(property) && !alike.test(property)),
            [],
        );
    });
});
