const { ClaimGuard, ComputeEnv, Credentials, Preflight } = require("pulumi-seqera-kubernetes");
const pulumi = require("@pulumi/pulumi");
const cluster = require("./cluster.cjs");
const configuration = require("./configuration.cjs");
const { namespaces, server } = require("./settings.cjs");

/** The same resources as the component's, one by one. */
for (const namespace of namespaces) {
    const { token, authority, rights, ready } = cluster(namespace, (within) => [
        new ClaimGuard(
            `${namespace}-guard`,
            { namespace, claimName: "nextflow-work", size: "100Gi", accessModes: ["ReadWriteMany"] },
            within,
        ),
    ]);
    const preflight = new Preflight(
        `${namespace}-preflight`,
        {
            ...{ server, token, namespace, rights },
            certificateAuthority: pulumi.unsecret(authority),
            claims: [],
            headPod: pod(namespace, "head", "nextflow-head"),
            taskPod: pod(namespace, "task", "nextflow-task"),
        },
        { dependsOn: ready },
    );
    const credentials = new Credentials(
        `${namespace}-credentials`,
        { kubernetes: { token } },
        { dependsOn: [preflight] },
    );
    new ComputeEnv(
        namespace,
        {
            platform: "k8s-platform",
            credentialsId: credentials.credentialsId,
            config: configuration(namespace, server, pulumi.unsecret(authority)),
        },
        { dependsOn: [...ready, preflight] },
    );
}

function pod(namespace, kind, serviceAccountName) {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: `seqera-preflight-${kind}`, namespace },
        spec: {
            restartPolicy: "Never",
            serviceAccountName,
            containers: [{ name: kind, image: "registry.k8s.io/pause:3.10" }],
        },
    };
}
