import { isDeepStrictEqual } from "node:util";
import Table from "cli-table3";
import type { AcceptedPods } from "./accepted";
import type { PipelineResult } from "./run";
import { podsOf, type RunPods, SHOWN } from "./shown";

/** What was seen in the API server, for people. */
export function report({ pods, audit, serviceAccounts, workflow }: PipelineResult): string {
    const calls = new Table({ head: ["identity", "call", "times"], style: { head: [], border: [] } });
    for (const [role, account] of Object.entries(serviceAccounts)) {
        const made = Object.entries(audit.calls[account] ?? {}).sort(([one], [other]) => one.localeCompare(other));
        made.forEach(([call, times]) => calls.push([`${role} (${account})`, call, times]));
        if (made.length === 0) {
            calls.push([`${role} (${account})`, "none", 0]);
        }
    }
    const names = pods.tasks.map(({ metadata }) => `${metadata.labels?.["nextflow.io/taskName"]} (${metadata.name})`);
    return [
        shown(pods),
        `Head pod ${pods.head?.metadata.name ?? "missing"}`,
        `Task pods:\n  ${names.join("\n  ")}`,
        calls.toString(),
        `Workflow ${workflow.id}: ${workflow.status}`,
    ].join("\n");
}

/** What was let in, and what was not tried. */
export function reportAccepted({ pods }: AcceptedPods): string {
    return `${shown(pods)}\nPods were let in by the API server; none ran, so no run was finished (skipped, not passed).`;
}

/** Every argument, and where in which pod it was seen. */
function shown(pods: RunPods): string {
    const table = new Table({ head: ["argument", "pod", "seen in", ""], style: { head: [], border: [] } });
    for (const each of SHOWN) {
        const where = podsOf(each, pods);
        const right = where.every((pod) => isDeepStrictEqual(each.see(pod), each.expected));
        const which = each.process === undefined ? each.pod : `${each.pod} ${each.process}`;
        table.push([each.argument, which, each.where, where.length === 0 ? "skipped" : right ? "✔" : "✘"]);
    }
    return table.toString();
}
