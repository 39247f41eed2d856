import Table from "cli-table3";
import { stringify } from "yaml";
import type { Pod } from "./audit";
import type { PipelineResult } from "./run";

/** What was seen in the API server, for people. */
export function report({ head, tasks, audit, serviceAccounts, workflow }: PipelineResult): string {
    const calls = new Table({ head: ["identity", "call", "times"], style: { head: [], border: [] } });
    for (const [role, account] of Object.entries(serviceAccounts)) {
        const made = Object.entries(audit.calls[account] ?? {}).sort(([one], [other]) => one.localeCompare(other));
        made.forEach(([call, times]) => calls.push([`${role} (${account})`, call, times]));
        if (made.length === 0) {
            calls.push([`${role} (${account})`, "none", 0]);
        }
    }
    const pods = [`Head pod ${head?.metadata.name ?? "missing"}`, head && digest(head)];
    const names = tasks.map(({ metadata }) => `${metadata.labels?.["nextflow.io/taskName"]} (${metadata.name})`);
    return [
        ...pods,
        `Task pods:\n  ${names.join("\n  ")}`,
        ...(tasks.length > 0 ? [`The first of them`, digest(tasks[0])] : []),
        calls.toString(),
        `Workflow ${workflow.id}: ${workflow.status}`,
    ]
        .filter((part) => part !== undefined)
        .join("\n");
}

function digest({ metadata, spec }: Pod): string {
    const [container] = spec.containers;
    const shown = {
        serviceAccountName: spec.serviceAccountName,
        automountServiceAccountToken: spec.automountServiceAccountToken,
        labels: metadata.labels,
        annotations: metadata.annotations,
        nodeSelector: spec.nodeSelector,
        tolerations: spec.tolerations,
        securityContext: spec.securityContext,
        volumes: spec.volumes,
        image: container.image,
        imagePullPolicy: container.imagePullPolicy,
        resources: container.resources,
        volumeMounts: container.volumeMounts,
    };
    return stringify(shown, { lineWidth: 0 }).replaceAll(/^/gm, "  ").trimEnd();
}
