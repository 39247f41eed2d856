const { ComputeEnv, Credentials } = require("pulumi-seqera-kubernetes");
const pulumi = require("@pulumi/pulumi");
const cluster = require("./cluster.cjs");
const configuration = require("./configuration.cjs");
const { namespaces, server } = require("./settings.cjs");

/** The same objects as the component's, one by one: without its guard of the claim and its preflight, which a program cannot have. */
for (const namespace of namespaces) {
    const { token, authority, ready } = cluster(namespace);
    const credentials = new Credentials(`${namespace}-credentials`, { kubernetes: { token } }, { dependsOn: ready });
    new ComputeEnv(
        namespace,
        {
            platform: "k8s-platform",
            credentialsId: credentials.credentialsId,
            config: configuration(namespace, server, pulumi.unsecret(authority)),
        },
        { dependsOn: ready },
    );
}
