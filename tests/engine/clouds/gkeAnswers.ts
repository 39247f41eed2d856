import type { CloudAnswers, PlainFields, ResourceAnswer } from "../../../tools/cloud-provider";

export const PROJECT = "research-1";
export const UNIQUE_ID = "110312345678901234567";

/** What a key file of Google's holds, as far as anybody here reads it. */
export const keyOf = (email: string) =>
    JSON.stringify({
        type: "service_account",
        project_id: PROJECT,
        private_key: `-----BEGIN PRIVATE KEY-----\nkey of ${email}\n-----END PRIVATE KEY-----\n`,
        client_email: email,
        client_id: UNIQUE_ID,
    });

function text(value: unknown): string {
    return String(value);
}

/** A resource of the project, by the property that its own name is in. */
function named(kind: string, replaceOn: string[] = []): ResourceAnswer {
    return {
        autoname: "name",
        replaceOn: ["name", ...replaceOn],
        made: ({ name, project }) => ({
            id: `projects/${text(project ?? PROJECT)}/${kind}/${text(name)}`,
            outputs: { project: project ?? PROJECT },
        }),
    };
}

/** A grant: one member of one role. */
function grant(on: string): ResourceAnswer {
    return {
        replaceOn: [on, "role", "member"],
        made: (inputs) => ({ id: `${text(inputs[on])}/${text(inputs["role"])}/${text(inputs["member"])}` }),
    };
}

const workloadMetadataConfigs = [{ mode: "GKE_METADATA" }];

/** The cluster as Google describes it; what a test says of its cluster wins. */
function cluster({ name, location, project }: PlainFields, facts: PlainFields): PlainFields {
    const kubeconfig = text(facts["kubeconfig"]);
    return {
        id: `projects/${text(project)}/locations/${text(location)}/clusters/${text(name)}`,
        name: name!,
        location: location!,
        endpoint: /server: https:\/\/(\S+)/.exec(kubeconfig)![1],
        masterAuths: [{ clusterCaCertificate: /certificate-authority-data: (\S+)/.exec(kubeconfig)![1] }],
        masterVersion: "1.35.2-gke.1269000",
        network: `projects/${text(project)}/global/networks/nodes`,
        enableAutopilot: false,
        enableLegacyAbac: false,
        privateClusterConfigs: [{ enablePrivateEndpoint: false }],
        masterAuthorizedNetworksConfigs: [],
        workloadIdentityConfigs: [{ workloadPool: `${PROJECT}.svc.id.goog` }],
        addonsConfigs: [{ gcpFilestoreCsiDriverConfigs: [{ enabled: true }], gcsFuseCsiDriverConfigs: [] }],
        clusterAutoscalings: [{ enabled: false }],
        nodePools: [
            { name: "staying", nodeConfigs: [{ spot: false, taints: [], workloadMetadataConfigs }] },
            {
                name: "spot",
                nodeConfigs: [{ spot: true, taints: [{ effect: "NO_SCHEDULE" }], workloadMetadataConfigs }],
            },
        ],
        ...(facts["cluster"] as PlainFields),
    };
}

export const answers: CloudAnswers = {
    resources: {
        "gcp:compute/network:Network": named("global/networks"),
        "gcp:compute/subnetwork:Subnetwork": named("regions/subnetworks", ["network", "region"]),
        "gcp:compute/router:Router": named("regions/routers", ["network", "region"]),
        "gcp:compute/routerNat:RouterNat": named("regions/routers/nats", ["router", "region"]),
        "gcp:container/cluster:Cluster": named("locations/clusters", ["location"]),
        "gcp:container/nodePool:NodePool": named("locations/clusters/nodePools", ["cluster"]),
        "gcp:serviceaccount/account:Account": {
            replaceOn: ["accountId", "project"],
            made: ({ accountId, project }) => {
                const email = `${text(accountId)}@${text(project)}.iam.gserviceaccount.com`;
                const name = `projects/${text(project)}/serviceAccounts/${email}`;
                return {
                    id: name,
                    outputs: { email, name, member: `serviceAccount:${email}`, uniqueId: UNIQUE_ID },
                };
            },
        },
        "gcp:serviceaccount/key:Key": {
            replaceOn: ["serviceAccountId", "keepers"],
            made: ({ serviceAccountId, keepers }) => ({
                id: `${text(serviceAccountId)}/keys/${text((keepers as PlainFields | undefined)?.["version"] ?? "1")}`,
                outputs: {
                    privateKey: Buffer.from(keyOf(text(serviceAccountId).split("/").at(-1)!)).toString("base64"),
                },
            }),
        },
        "gcp:projects/iAMMember:IAMMember": grant("project"),
        "gcp:serviceaccount/iAMMember:IAMMember": grant("serviceAccountId"),
        "gcp:storage/bucketIAMMember:BucketIAMMember": grant("bucket"),
        "gcp:filestore/instance:Instance": {
            autoname: "name",
            replaceOn: ["name", "location", "tier", "project"],
            made: ({ name, location, project, networks }) => ({
                id: `projects/${text(project)}/locations/${text(location)}/instances/${text(name)}`,
                outputs: {
                    networks: (networks as PlainFields[]).map((each) => ({ ...each, ipAddresses: ["10.45.3.2"] })),
                },
            }),
        },
    },
    functions: {
        "gcp:container/getCluster:getCluster": (args, { facts }) => cluster(args, facts),
    },
};
