import { execFileSync } from "node:child_process";
import { startControlPlane, startNode } from "../../../tools/cluster";
import { ensureEngine } from "../../../tools/engine";
import { ensureBaseImages, TASK_IMAGE } from "../../../tools/images";

/** A process that has a node with a running pod, and waits to be killed. */
async function main(dir: string): Promise<void> {
    const engine = await ensureEngine({
        programs: ["etcd", "kube-apiserver", "kube-controller-manager", "kubectl", "kubelet", "kube-scheduler"],
    });
    const cluster = await startControlPlane({ dir, engine });
    await startNode({ cluster, engine, images: [await ensureBaseImages()] });
    const kubectl = (...args: string[]): string =>
        execFileSync(engine.programs.kubectl.path, ["--kubeconfig", cluster.kubeconfig, ...args], { encoding: "utf8" });
    kubectl("run", "sleeper", `--image=${TASK_IMAGE}`, "--restart=Never", "--", "sleep", "600");
    kubectl("wait", "--for=condition=Ready", "pod/sleeper", "--timeout=60s");
    console.log("running");
    setInterval(() => {}, 60_000);
}

void main(process.argv[2]);
