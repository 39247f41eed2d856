/** The configuration of an environment under the API's own names, as the component makes it without further arguments. */
module.exports = (namespace, server, authority) => ({
    server,
    sslCert: authority,
    namespace,
    headServiceAccount: "nextflow-head",
    computeServiceAccount: "nextflow-task",
    storageClaimName: "nextflow-work",
    storageMountPath: "/scratch",
    workDir: "/scratch/work",
    podCleanup: "on_success",
});
