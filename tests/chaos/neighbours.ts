import { apply, kubectl } from "../engine/support/cluster";
import { request } from "../engine/support/platform";
import type { CliWorld } from "./cliWorld";

/** On all that is theirs in the cluster, and a label of theirs in the Platform. */
export const LABEL = { name: "owner", value: "next-door" };

export const isTheirs = ({ metadata }: { metadata: { labels?: Record<string, string> } }): boolean =>
    metadata.labels?.[LABEL.name] === LABEL.value;

/** What is somebody else's, in the same workspace and the same cluster: nothing of it may ever change. */
export class Neighbours {
    private before = "";

    private constructor(
        private readonly world: CliWorld,
        readonly namespace: string,
        readonly computeEnvId: string,
    ) {}

    static async movedIn(world: CliWorld): Promise<Neighbours> {
        const { platform } = world;
        const namespace = `${world.namespace}-next-door`;
        await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
        await apply({
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: { name: "nextflow-work", namespace, labels: { [LABEL.name]: LABEL.value } },
            spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } },
        });
        const keys = { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
        const { credentialsId } = await request(platform, "POST", "/credentials", {
            credentials: { name: "next-door", provider: "aws", keys },
        });
        const { id: label } = await request(platform, "POST", "/labels", {
            ...LABEL,
            resource: true,
        });
        const config = {
            discriminator: "eks-platform",
            region: "eu-west-1",
            clusterName: "next-door",
            namespace: "next-door",
            headServiceAccount: "head",
            storageClaimName: "nextflow-work",
            workDir: "/scratch/work",
        };
        const { computeEnvId } = await request(platform, "POST", "/compute-envs", {
            computeEnv: { name: "next-door", platform: "eks-platform", credentialsId, config },
            labelIds: [label],
        });
        for (let status = "CREATING"; status === "CREATING";) {
            ({ status } = (await request(platform, "GET", `/compute-envs/${computeEnvId}`)).computeEnv);
        }
        const launch = { computeEnvId, pipeline: "https://github.com/nextflow-io/hello", workDir: "/scratch/work" };
        await request(platform, "POST", "/pipelines", { name: "next-door", launch });
        await request(platform, "POST", "/actions", { name: "next-door", source: "tower", launch });
        world.others.add(computeEnvId).add(credentialsId);
        const neighbours = new Neighbours(world, namespace, computeEnvId);
        neighbours.before = await neighbours.look();
        return neighbours;
    }

    /** What was done to them. */
    async harm(): Promise<string[]> {
        const now = await this.look();
        return now === this.before ? [] : [`what is somebody else's was ${this.before} and is ${now}`];
    }

    async moveOut(): Promise<void> {
        await kubectl("delete", "namespace", this.namespace, "--wait=false");
    }

    private async look(): Promise<string> {
        const { computeEnvs, credentials, labels, pipelines, actions } = this.world.platform.state;
        const columns = "jsonpath={.items[*]['metadata.name','metadata.uid','spec.resources.requests.storage']}";
        const theirs = ["-n", this.namespace, "-l", `${LABEL.name}=${LABEL.value}`];
        return JSON.stringify({
            computeEnvs: computeEnvs
                .filter(({ id }) => id === this.computeEnvId)
                // Whichever is primary takes that from the one before.
                .map(({ primary: _primary, lastUpdated: _updated, ...env }) => env),
            credentials: credentials.filter(({ name }) => name === "next-door"),
            labels: labels.filter(({ value }) => value === LABEL.value),
            pipelines: pipelines.filter(({ name }) => name === "next-door"),
            actions: actions.filter(({ name }) => name === "next-door"),
            claims: await kubectl(...theirs, "get", "persistentvolumeclaims", "-o", columns),
        });
    }
}
