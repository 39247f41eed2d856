import assert from "node:assert/strict";
import { nextflowArguments } from "../../src/compile/nextflow/configRules";
import { environmentRules } from "../../src/compile/environmentRules";
import { launchConfig } from "../../src/compile/launch/launchConfig";
import { groovy, type GroovyValue } from "../../src/compile/nextflow/groovy";
import { nextflowConfig } from "../../src/compile/nextflow/nextflowConfig";
import { validate } from "../../src/compile/rules/rules";
import { problemLine } from "../../src/platform/problem";
import { terminalProgress } from "../../tools/engine";
import { type ParsedConfig, podsOf } from "../../tools/nextflow";
import { GOOD } from "../unit/compile/environmentCases";
import { requireJavaTools } from "./support/parsers";

type Args = Record<string, unknown>;

/** One way to say something about the pods of tasks. */
interface Way {
    title: string;
    /** True where it is about some processes, whose pods it may decide alone. */
    ofSome?: true;
    /** It, saying the first or the second of two different things. */
    args: (value: number) => Args;
    /** Whether a pod shows what was said. */
    shows: (pod: string, value: number) => boolean;
}

const words = ["first-word", "second-word"];
const numbers = [7771, 7772];
/** Never is what a pod says of its restarts. */
const policies = ["Always", "IfNotPresent"];

/** Every pod option by name: what decides it in Nextflow's own words, and which arguments and other settings decide it too. */
const OPTIONS: Record<
    string,
    { values?: unknown[]; entry: (value: never) => Args; others?: [title: string, args: (value: never) => Args][] }
> = {
    nodeSelector: {
        entry: (value: string) => ({ nodeSelector: { node: value } }),
        others: [
            ["podOptions.nodeSelector", (node: string) => ({ podOptions: { nodeSelector: { node } } })],
            ["processes[].nodeSelector", (node: string) => ({ processes: [{ label: "big", nodeSelector: { node } }] })],
        ],
    },
    toleration: {
        entry: (key: string) => ({ toleration: { key, operator: "Exists" } }),
        others: [
            [
                "podOptions.tolerations",
                (key: string) => ({ podOptions: { tolerations: [{ key, operator: "Exists" }] } }),
            ],
            [
                "processes[].tolerations",
                (key: string) => ({ processes: [{ label: "big", tolerations: [{ key, operator: "Exists" }] }] }),
            ],
        ],
    },
    securityContext: {
        values: numbers,
        entry: (fsGroup: number) => ({ securityContext: { fsGroup } }),
        others: [
            ["podOptions.securityContext", (fsGroup: number) => ({ podOptions: { securityContext: { fsGroup } } })],
            [
                "k8s.securityContext",
                (fsGroup: number) => ({ nextflowConfig: `k8s.securityContext = [fsGroup: ${fsGroup}]` }),
            ],
            [
                "k8s.securityContext {}",
                (id: number) => ({ nextflowConfig: `k8s { securityContext { runAsGroup = ${id} } }` }),
            ],
            ["k8s.runAsUser", (user: number) => ({ nextflowConfig: `k8s.runAsUser = ${user}` })],
            ["runAsUser in k8s.pod", (user: number) => ({ nextflowConfig: `k8s.pod = [[runAsUser: ${user}]]` })],
            [
                "runAsUser in process.pod",
                (user: number) => ({ nextflowConfig: `process.pod = [[runAsUser: ${user}]]` }),
            ],
            ["runAsUser in podOptions.extra", (runAsUser: number) => ({ podOptions: { extra: [{ runAsUser }] } })],
        ],
    },
    imagePullPolicy: {
        values: policies,
        entry: (imagePullPolicy: string) => ({ imagePullPolicy }),
        others: [
            ["advanced.imagePullPolicy", (imagePullPolicy: string) => ({ advanced: { imagePullPolicy } })],
            ["k8s.imagePullPolicy", (policy: string) => ({ nextflowConfig: `k8s.imagePullPolicy = '${policy}'` })],
            ["k8s.pullPolicy", (policy: string) => ({ nextflowConfig: `k8s.pullPolicy = '${policy}'` })],
        ],
    },
    imagePullSecret: {
        entry: (imagePullSecret: string) => ({ imagePullSecret }),
        others: [["imagePullSecrets", (name: string) => ({ imagePullSecrets: [name] })]],
    },
    label: {
        entry: (value: string) => ({ label: "kind", value }),
        others: [["podOptions.labels", (kind: string) => ({ podOptions: { labels: { kind } } })]],
    },
    annotation: {
        entry: (value: string) => ({ annotation: "kind", value }),
        others: [["podOptions.annotations", (kind: string) => ({ podOptions: { annotations: { kind } } })]],
    },
    affinity: {
        entry: (a: string) => ({ affinity: { podAffinity: { a } } }),
        others: [["podOptions.affinity", (a: string) => ({ podOptions: { affinity: { podAffinity: { a } } } })]],
    },
    priorityClassName: {
        entry: (priorityClassName: string) => ({ priorityClassName }),
        others: [
            ["podOptions.priorityClassName", (priorityClassName: string) => ({ podOptions: { priorityClassName } })],
        ],
    },
    schedulerName: {
        entry: (schedulerName: string) => ({ schedulerName }),
        others: [["podOptions.schedulerName", (schedulerName: string) => ({ podOptions: { schedulerName } })]],
    },
    volumeClaim: {
        entry: (volumeClaim: string) => ({ volumeClaim, mountPath: "/mnt" }),
        others: [
            ["storageClaims", (claimName: string) => ({ storageClaims: [{ claimName, mountPath: "/mnt" }] })],
            [
                "podOptions.scratchVolumes",
                (word: string) => ({
                    podOptions: {
                        scratchVolumes: [{ mountPath: "/mnt", sizeLimit: word === words[0] ? "5Gi" : "6Gi" }],
                    },
                }),
            ],
        ],
    },
    env: {
        entry: (secret: string) => ({ env: "WHICH", secret: `${secret}/key` }),
        others: [
            [
                "env[]",
                (name: string) => ({ env: [{ name: "WHICH", valueFrom: { secretKeyRef: { name, key: "key" } } }] }),
            ],
        ],
    },
};

/** Where Nextflow takes a list of pod options from. */
const LISTS: [title: string, ofSome: boolean, args: (entry: Args) => Args][] = [
    ["podOptions.extra", false, (entry) => ({ podOptions: { extra: [entry] } })],
    ["k8s.pod", false, (entry) => ({ nextflowConfig: `k8s.pod = [${groovy(entry as GroovyValue)}]` })],
    ["k8s.pod {}", false, (entry) => ({ nextflowConfig: `k8s { pod { ${assigned(entry, "")} } }` })],
    ["k8s.pod.x", false, (entry) => ({ nextflowConfig: assigned(entry, "k8s.pod.") })],
    ["process.pod", false, (entry) => ({ nextflowConfig: `process.pod = [${groovy(entry as GroovyValue)}]` })],
    [
        "process.withLabel.pod",
        true,
        (entry) => ({ nextflowConfig: `process { withLabel: big { pod = [${groovy(entry as GroovyValue)}] } }` }),
    ],
];

function assigned(entry: Args, above: string): string {
    return Object.entries(entry)
        .map(([key, value]) => `${above}${key} = ${groovy(value as GroovyValue)}`)
        .join("; ");
}

/** What of a pod shows a word: a size stands for a scratch volume's. */
function shows(pod: string, value: unknown): boolean {
    const sizes: Record<string, string> = { [words[0]]: '"5Gi"', [words[1]]: '"6Gi"' };
    return pod.includes(String(value)) || pod.includes(sizes[String(value)] ?? String(value));
}

const WAYS: [option: string, ways: Way[]][] = Object.entries(OPTIONS).map(
    ([option, { values = words, entry, others = [] }]) => {
        const said = (value: number) => values[value] as never;
        return [
            option,
            [
                ...LISTS.map(([title, ofSome, args]) => ({
                    title,
                    ...(ofSome ? { ofSome } : {}),
                    args: (value: number) => args(entry(said(value))),
                    shows: (pod: string, value: number) => shows(pod, said(value)),
                })),
                ...others.map(([title, args]) => ({
                    title,
                    ...(title.startsWith("processes") ? { ofSome: true as const } : {}),
                    args: (value: number) => args(said(value)),
                    // An account's pull Secrets reach a pod that names none.
                    shows: (pod: string, value: number) =>
                        title === "imagePullSecrets" ? !pod.includes('"imagePullSecrets"') : shows(pod, said(value)),
                })),
            ] as Way[],
        ];
    },
);

/** Lists one behind the other, texts line by line, and objects member by member. */
function both(one: unknown, other: unknown): unknown {
    if (typeof one === "string" && typeof other === "string") {
        return `${one}\n${other}`;
    }
    if (Array.isArray(one) && Array.isArray(other)) {
        return [...(one as unknown[]), ...(other as unknown[])];
    }
    if (typeof one !== "object" || typeof other !== "object") {
        return other ?? one;
    }
    const keys = [...new Set([...Object.keys(one!), ...Object.keys(other!)])];
    return Object.fromEntries(keys.map((key) => [key, both((one as Args)[key], (other as Args)[key])]));
}

interface Pair {
    title: string;
    ways: [Way, Way];
    args: Args;
}

/** Every two ways to say one thing; an argument's other half in the same argument is no other way. */
function pairs(): Pair[] {
    return WAYS.flatMap(([option, ways]) =>
        ways.flatMap((one, index) =>
            ways.slice(one.title === "podOptions.extra" ? index : index + 1).map((other): Pair => {
                const args = both(one.args(0), other.args(1)) as Args;
                return { title: `${option}: ${one.title} and ${other.title}`, ways: [one, other], args };
            }),
        ),
    );
}

/** What is left of both in the pod that Nextflow makes. */
function left({ ways: [one, other] }: Pair, made: ParsedConfig): string {
    const pod = made.ok ? JSON.stringify(made.config) : "";
    const seen = [made.ok && one.shows(pod, 0), made.ok && other.shows(pod, 1)];
    return seen[0] ? (seen[1] ? "both" : "the first") : seen[1] ? "the second" : "none";
}

/** What is added up, so that both are in a pod which the API server refuses, or which has a variable twice. */
const ADDED_UP = /^(volumeClaim|env):/;

const secretOf = (name: string) => ({ name, valueFrom: { secretKeyRef: { name: name.toLowerCase(), key: "key" } } });

/** An environment's configuration, and below it that of a launch, as Nextflow merges the two. */
const LAUNCHES = [{}, { processes: [{ label: "big", tolerations: [{ key: "spot", operator: "Exists" }] }] }].map(
    (more) =>
        [
            nextflowConfig({ podOptions: { labels: { team: "rna" } }, env: [secretOf("OF_ENVIRONMENT")] }),
            launchConfig({ env: [secretOf("OF_LAUNCH"), { name: "MODE", value: "fast" }], queueSize: 5, ...more }),
        ].join("\n"),
);

/** The rules agree with the pods that Nextflow's own classes make. */
export function podPairsTests(): void {
    const all = pairs();
    let launched: ParsedConfig[];
    let rows: { title: string; left: string; refused: string | undefined; ofSome: string | undefined }[];

    before(async function () {
        this.timeout(1_200_000);
        requireJavaTools(this);
        const texts = all.map(({ args }) => nextflowConfig(nextflowArguments({ ...GOOD, ...args })) ?? "");
        const made = await podsOf([...texts, ...LAUNCHES], terminalProgress());
        launched = made.slice(texts.length);
        rows = all.map((pair, index) => ({
            title: pair.title,
            left: left(pair, made[index]),
            refused: validate(environmentRules, { ...GOOD, ...pair.args }).map(problemLine)[0],
            ofSome: ["the first", "the second"].find((_, way) => pair.ways[way].ofSome && !pair.ways[1 - way].ofSome),
        }));
    });

    const shown = (some: typeof rows) =>
        some.map((row) => `${row.title}: leaves ${row.left}; ${row.refused ?? "taken"}`);

    it("a launch's own variables reach the pods beside all that its environment gives them (issue 18)", () => {
        for (const each of launched) {
            const pod = JSON.stringify(each.ok ? each.config : each.error);
            for (const part of ['"team":"rna"', "of_environment", "of_launch"]) {
                assert.ok(pod.includes(part), pod);
            }
        }
        assert.match(JSON.stringify(launched[1]), /"key":"spot"/);
    });

    it("where both have an effect, or one is there to go before the other, they are taken", () =>
        assert.deepEqual(
            shown(rows.filter((row) => row.refused === undefined && row.left !== "both" && row.left !== row.ofSome)),
            [],
        ));

    it("where one would lose its effect, they are refused", () =>
        assert.deepEqual(
            shown(rows.filter((row) => row.refused !== undefined && row.left === "both" && !ADDED_UP.test(row.title))),
            [],
        ));

    it("a third is not what it seems to be, so the table is no idle one", () => {
        const lost = rows.filter((row) => row.left !== "both").length;
        assert.ok(lost > rows.length / 3 && lost < rows.length, `${lost} of ${rows.length}`);
    });
}
