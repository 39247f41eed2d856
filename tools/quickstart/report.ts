import { execFile } from "node:child_process";
import { promisify } from "node:util";
import Table from "cli-table3";
import type { Engine } from "../engine";
import { layout, STACK } from "./layout";
import { pulumi } from "./pulumi";

const run = promisify(execFile);

interface StackResource {
    type: string;
    id?: string;
    inputs?: { computeEnvId?: string };
    outputs?: { name?: string; status?: string };
}

interface KubernetesObject {
    kind: string;
    metadata: { name: string; namespace?: string };
    status?: { phase?: string };
}

type Row = [object: string, name: string, state: string];

export interface Outputs {
    computeEnvId: string;
    name: string;
    status: string;
    namespace: string;
    launchUrl: string;
}

export async function stackOutputs(engine: Engine): Promise<Outputs> {
    return JSON.parse(await pulumi(engine, ["stack", "output", "--json", "--stack", STACK])) as Outputs;
}

/** What there is now: each object of the stack as the cluster or the Platform shows it, and what the Platform made itself. */
export async function madeTable(engine: Engine, kubeconfig: string, { namespace }: Outputs): Promise<string> {
    const exported = await pulumi(engine, ["stack", "export", "--stack", STACK]);
    const { resources } = (JSON.parse(exported) as { deployment: { resources: StackResource[] } }).deployment;
    const live = await liveObjects(engine, kubeconfig, namespace);
    const table = new Table({ head: ["object", "name", "state"], style: { head: [], border: [] } });
    table.push(...resources.flatMap((resource) => stackRow(resource, live)), ...platformRows(live));
    return table.toString();
}

function stackRow({ type, id, inputs, outputs }: StackResource, live: KubernetesObject[]): Row[] {
    const kubernetes = /^kubernetes:.*:(\w+)$/.exec(type);
    if (kubernetes) {
        const name = id!.split("/").at(-1)!;
        const found = live.find((object) => object.kind === kubernetes[1] && object.metadata.name === name);
        return [[kubernetes[1], id!, found === undefined ? "missing" : (found.status?.phase ?? "present")]];
    }
    const seqera = /^pulumi-nodejs:dynamic\/seqera:(\w+)$/.exec(type);
    // What only looks, as the preflight and the claim's guard, is no object and has no name.
    const name = outputs?.name ?? inputs?.computeEnvId;
    return seqera && name !== undefined
        ? [[`Seqera ${seqera[1]}`, `${name} (${id})`, outputs?.status ?? "present"]]
        : [];
}

function platformRows(live: KubernetesObject[]): Row[] {
    return live
        .filter(({ kind }) => kind === "Deployment" || kind === "PodTemplate")
        .map(({ kind, metadata }) => [kind, `${metadata.namespace}/${metadata.name}`, "made by the Platform"]);
}

async function liveObjects(engine: Engine, kubeconfig: string, namespace: string): Promise<KubernetesObject[]> {
    const get = async (args: string[]): Promise<KubernetesObject[]> => {
        const { stdout } = await run(engine.programs.kubectl.path, [
            "--kubeconfig",
            kubeconfig,
            "get",
            ...args,
            "-o",
            "json",
        ]);
        return (JSON.parse(stdout) as { items: KubernetesObject[] }).items;
    };
    const kinds = "serviceaccounts,roles,rolebindings,secrets,persistentvolumeclaims,deployments,podtemplates";
    const all = await Promise.all([get(["namespaces"]), get(["--namespace", namespace, kinds])]);
    return all.flat();
}

/** What a person may want to do next. */
export function nextSteps(outputs: Outputs): string {
    return `
Compute environment ${outputs.name}
  id      ${outputs.computeEnvId}
  status  ${outputs.status}
  launch  ${outputs.launchUrl}
  state   ${layout.pulumiState}

Look around (first: . .quickstart/env)
  kubectl --namespace ${outputs.namespace} get all,serviceaccounts,roles,rolebindings,persistentvolumeclaims
  pulumi stack --stack ${STACK}

The same program on a real cluster and Seqera Cloud, with your own Pulumi and a new stack
  pulumi stack init production
  pulumi config set kubernetes:context <a context of your kubeconfig>
  pulumi config set --path cluster.server <the address of that cluster's API server>
  pulumi config set seqera:workspaceId <id of your workspace>
  pulumi config set --secret seqera:accessToken <a token of https://cloud.seqera.io/tokens>
  pulumi up

Remove everything: make quickstart-down
`;
}
