import { isDeepStrictEqual } from "node:util";
import Table from "cli-table3";
import type { AcceptedPods } from "./accepted";
import type { Audit } from "./audit";
import { rightsTable } from "./rightsTable";
import { unlisted } from "./rights";
import type { PipelineResult } from "./run";
import { knowsWorkPath, podsOf, type RunName, type RunPods, type Shown, SHOWN } from "./podArguments";
import { NOT_SHOWN, SEEN_OTHERWISE } from "./otherArguments";

const PLAIN = { style: { head: [], border: [] } };

/** What was seen in the API server, for people. */
export function report(result: PipelineResult): string {
    const { runs, without } = result;
    const tasks = (Object.keys(runs) as RunName[]).map((name) => {
        const { head, tasks: pods, workflow } = runs[name];
        const names = pods.map(({ metadata }) => `${metadata.labels?.["nextflow.io/taskName"]} (${metadata.name})`);
        return `Workflow ${workflow.id}, tasks as ${name}, head pod ${head.metadata.name}: ${workflow.status}\n  ${names.join("\n  ")}`;
    });
    const outcomes = without.map(({ role, right, status, said }) => {
        const refusal = /[^\n"]*cannot [a-z]+ resource[^\n]*/.exec(said)?.[0] ?? "";
        return `  ${role} without "${right.verb} ${right.resource}": ${status} ${refusal.trim().slice(0, 200)}`;
    });
    return [
        argumentTable((shown) => shown.runs.map((name) => mark(shown, runs[name]))),
        seenOtherwise(),
        rightsInTable(result),
        ...(without.length === 0 ? [] : ["Rights taken away:", ...outcomes]),
        ...tasks,
    ].join("\n");
}

/** What was let in, and what was not tried. */
export function reportAccepted({ pods }: AcceptedPods): string {
    return [
        argumentTable((shown) =>
            shown.runs.map((name) => (name === "jobs" || knowsWorkPath(shown) ? "skipped" : mark(shown, pods))),
        ),
        ...Object.keys(SEEN_OTHERWISE).map((argument) => `${argument}: skipped`),
        "Pods were let in by the API server; none ran, so no run was finished (skipped, not passed).",
    ].join("\n");
}

/** Every argument, and where in which pod it was seen. */
function argumentTable(marks: (shown: Shown) => string[]): string {
    const table = new Table({ head: ["argument", "pod", "seen in", ""], ...PLAIN });
    for (const shown of SHOWN) {
        const { process, pod, where } = shown;
        const which = process === undefined ? pod : `${pod} ${process}`;
        const cells = [shown.arguments.join("\n"), which, where, [...new Set(marks(shown))].join("\n")];
        table.push(cells);
    }
    return table.toString();
}

function mark(shown: Shown, pods: RunPods): string {
    const those = podsOf(shown, pods);
    const wrong = those.find((pod) => !isDeepStrictEqual(shown.see(pod), shown.expected));
    if (wrong !== undefined) {
        return `✘ ${JSON.stringify(shown.see(wrong))}`;
    }
    return those.length === 0 ? "skipped" : "✔";
}

function seenOtherwise(): string {
    const lines = (table: Record<string, string>) =>
        Object.entries(table).map(([argument, how]) => `  ${argument}: ${how}`);
    return ["Seen otherwise:", ...lines(SEEN_OTHERWISE), "Not to be seen here:", ...lines(NOT_SHOWN)].join("\n");
}

/** What each identity may do, how often it did, and why it may if it did not. */
function rightsInTable({ audit, granted, serviceAccounts }: PipelineResult): string {
    const table = new Table({
        head: ["identity", "right", "granted", "used", "without it, or why it is granted"],
        wordWrap: true,
        colWidths: [10, 34, 9, 6, 70],
        ...PLAIN,
    });
    for (const { identity, verbs, resource, why } of rightsTable()) {
        const rules = granted[identity as keyof typeof granted];
        const calls = verbs.map((verb) =>
            times(audit, serviceAccounts[identity as keyof typeof granted], verb, resource),
        );
        const is = verbs.every((verb) =>
            rules.some((rule) => rule.resources.includes(resource) && rule.verbs.includes(verb)),
        );
        const used = calls.reduce((sum, each) => sum + each, 0);
        table.push([identity, `${verbs.join(", ")} ${resource}`, is ? "✔" : "✘", used === 0 ? "–" : used, why]);
    }
    const others = (["launcher", "head"] as const).flatMap((role) =>
        unlisted(role, granted[role]).map((right) => `${role}: ${right} is granted, and no table says why`),
    );
    const tasks = Object.keys(audit.calls[serviceAccounts.compute] ?? {});
    return [table.toString(), ...others, `Tasks asked the API server for ${tasks.join(", ") || "nothing"}.`].join("\n");
}

function times({ calls }: Audit, account: string, verb: string, resource: string): number {
    return calls[account]?.[`${verb} ${resource}`] ?? 0;
}
