import { ClusterLayout } from "../../../../tools/cluster/layout";
import { startProcess } from "../../../../tools/cluster/processes";
import { writeState } from "../../../../tools/cluster/state";
import { startWatchdog } from "../../../../tools/cluster/watchdog";

/** Starts a process under a watchdog, as a control plane is, and waits to be killed: `<directory> everything|processes`. */
async function main(): Promise<void> {
    const [dir, removal] = process.argv.slice(2);
    const layout = new ClusterLayout(dir);
    const settings = {
        auditLevel: "None",
        featureGates: {},
        extraSubjectAltNames: [],
        apiServerArguments: [],
    } as const;
    await writeState(layout, {
        complete: false,
        settings: { ...settings, extraSubjectAltNames: [], apiServerArguments: [] },
    });
    await startWatchdog(layout, removal === "everything" ? "everything" : "processes");
    await startProcess(layout, { name: "sleeper", command: "sleep", arguments: ["600"] });
    console.log("started");
    setTimeout(() => {}, 600_000);
}

void main();
