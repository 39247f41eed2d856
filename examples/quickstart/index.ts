import * as pulumi from "@pulumi/pulumi";
import * as seqera from "pulumi-seqera-kubernetes";

// Every argument of the environment is a configuration key of the same name, so that no code has to be written:
//   pulumi config set --path cluster.server https://10.0.0.1:6443
//   pulumi config set --path storage.size 500Gi
const config = new pulumi.Config();

refuseAmbientCluster();
refuseConnection();

const environment = new seqera.KubernetesComputeEnvironment(config.require("resourceName"), {
    // A key that no line below reads is an argument that does not exist: the component refuses it, and says which one is meant.
    ...otherKeys(),
    name: config.get("name"),
    description: config.get("description"),
    cluster: config.requireObject<seqera.ClusterArgs>("cluster"),
    namespace: config.require("namespace"),
    createNamespace: config.getBoolean("createNamespace"),
    podSecurity: config.getObject<seqera.PodSecurityArgs>("podSecurity"),
    networkPolicy: config.getObject<seqera.NetworkPolicyArgs>("networkPolicy"),
    resourceQuota: config.getObject<seqera.ResourceQuotaArgs>("resourceQuota"),
    limitRange: config.getObject<seqera.LimitRangeArgs>("limitRange"),
    serviceAccount: config.get("serviceAccount"),
    serviceAccounts: config.getObject<seqera.ServiceAccountsByRole>("serviceAccounts"),
    rbacSubjects: config.getObject<seqera.RbacSubjectArgs[]>("rbacSubjects"),
    registries: config.getSecretObject<seqera.RegistryArgs[]>("registries"),
    imagePullSecrets: config.getObject<string[]>("imagePullSecrets"),
    storage: config.getObject<seqera.StorageArgs>("storage"),
    workDirectory: config.get("workDirectory"),
    credentialsId: config.get("credentialsId"),
    credentials: config.getObject<seqera.LauncherCredentialArgs>("credentials"),
    tokenRotation: config.getObject<seqera.TokenRotationArgs>("tokenRotation"),
    podCleanup: config.get<seqera.PodCleanup>("podCleanup"),
    headJob: config.getObject<seqera.HeadJobArgs>("headJob"),
    computeResources: config.getObject<seqera.ComputeResourcesArgs>("computeResources"),
    retries: config.getObject<seqera.RetriesArgs>("retries"),
    processes: config.getObject<seqera.ProcessArgs[]>("processes"),
    storageClaims: config.getObject<seqera.StorageClaimArgs[]>("storageClaims"),
    podOptions: config.getObject<seqera.PodOptionsArgs>("podOptions"),
    headPodOptions: config.getObject<seqera.PlatformPodOptionsArgs>("headPodOptions"),
    servicePodOptions: config.getObject<seqera.PlatformPodOptionsArgs>("servicePodOptions"),
    headPodSpec: config.get("headPodSpec"),
    servicePodSpec: config.get("servicePodSpec"),
    stagingOptions: config.getObject<seqera.StagingOptionsArgs>("stagingOptions"),
    nextflowConfig: config.get("nextflowConfig"),
    environmentVariables: config.getObject<Record<string, string>>("environmentVariables"),
    env: config.getObject<seqera.EnvVarArgs[]>("env"),
    waveEnabled: config.getBoolean("waveEnabled"),
    fusionEnabled: config.getBoolean("fusionEnabled"),
    advanced: config.getObject<seqera.AdvancedArgs>("advanced"),
    resourceLabels: config.getObject<Record<string, string>>("resourceLabels"),
    labelIds: config.getObject<number[]>("labelIds"),
    primary: config.getBoolean("primary"),
    moveLaunches: config.getBoolean("moveLaunches"),
    adopt: config.get("adopt"),
    adoptWithout: config.getObject<string[]>("adoptWithout"),
    preflight: config.getBoolean("preflight"),
    preflightAtPreview: config.getBoolean("preflightAtPreview"),
    createTimeoutSeconds: config.getNumber("createTimeoutSeconds"),
    deleteTimeoutSeconds: config.getNumber("deleteTimeoutSeconds"),
    forceDelete: config.getBoolean("forceDelete"),
});

export const computeEnvId = environment.computeEnvId;
export const name = environment.name;
export const status = environment.status;
export const message = environment.message;
export const credentialsId = environment.credentialsId;
export const namespace = environment.namespace;
export const serviceAccounts = {
    launcher: environment.launcherServiceAccount,
    head: environment.headServiceAccount,
    compute: environment.computeServiceAccount,
};
export const claimName = environment.claimName;
export const launchUrl = environment.launchUrl;
export const movedLaunches = environment.movedLaunches;
export const unmovedLaunches = environment.unmovedLaunches;
export const kubectlCommand = environment.kubectlCommand;

/** The connection has keys of its own, which all resources of the Platform read. */
function refuseConnection(): void {
    for (const key of ["endpoint", "accessToken", "workspaceId", "allowInsecureEndpoint"]) {
        if (config.get(key) !== undefined) {
            throw new pulumi.RunError(`${config.name}:${key}: unknown key (write seqera:${key})`);
        }
    }
}

/** All keys of the stack's configuration that have this project's namespace, but `resourceName`. */
function otherKeys(): Record<string, string> {
    const { [`${config.name}:resourceName`]: _, ...all } = pulumi.runtime.allConfig();
    const own = Object.entries(all).filter(([key]) => key.startsWith(`${config.name}:`));
    return Object.fromEntries(own.map(([key, value]) => [key.slice(config.name.length + 1), value]));
}

/** The current context of a kubeconfig is whatever was used last; a program should not act on it by accident. */
function refuseAmbientCluster(): void {
    const kubernetes = new pulumi.Config("kubernetes");
    if (kubernetes.get("kubeconfig") === undefined && kubernetes.get("context") === undefined) {
        throw new pulumi.RunError(
            "No cluster is chosen: run `pulumi config set kubernetes:context <context>` with a context of your kubeconfig " +
                "(`kubectl config get-contexts` lists them), or set kubernetes:kubeconfig to the path of a kubeconfig.",
        );
    }
}
