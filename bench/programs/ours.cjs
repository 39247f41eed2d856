const { KubernetesComputeEnvironment } = require("pulumi-seqera-kubernetes");
const { namespaces, server } = require("./settings.cjs");

for (const namespace of namespaces) {
    new KubernetesComputeEnvironment(namespace, { namespace, cluster: { server } });
}
