import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform } from "../args/enums";
import { needsPrivileged } from "../compile/namespace/guardRails";
import { environmentRules, environmentWarnings } from "../compile/environmentRules";
import { ComputeEnv } from "../dynamic/computeEnv";
import { Credentials } from "../dynamic/credentials";
import { Label } from "../dynamic/label";
import { PipelineMove } from "../dynamic/pipelineMove";
import { PlatformPreflight } from "../dynamic/platformPreflight";
import { PrimaryComputeEnv } from "../dynamic/primaryComputeEnv";
import { withSecretToken } from "../dynamic/resource";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { GuardArgs } from "../args/namespace";
import { assertNoClash } from "./clashes";
import { connectionProblems } from "./connection";
import { createClaimGuard, createClaims, lookUpExisting, lookUpStorageClass } from "./environmentClaims";
import { environmentConfig, environmentParts } from "./environmentConfig";
import { createPreflight } from "./environmentPreflight";
import { launcherSecretName, singlesOf } from "./environmentSingles";
import { type ClusterObject, member, nameOf, outputsOf, uidOf, valueAfter } from "./outputs";
import { makeLauncherToken, type TokenObjects } from "./launcherToken";
import { DEFAULT_NAMESPACE, makeNamespace, type NamespaceObjects } from "./nextflowNamespace";
import { makeRegistrySecret } from "./registrySecret";
import { accountName, makeServiceAccounts, type ServiceAccountObjects } from "./serviceAccounts";
import { validArguments, warnOf, warnOfUpsert } from "./validate";
import type { ConnectionArgs } from "../args/connection";
import type { ServiceAccountsByRole } from "../args/serviceAccounts";

/**
 * A working Seqera Platform compute environment on a Kubernetes cluster. In the cluster, the component creates the namespace, service
 * accounts, roles and role bindings, the launcher's token, pull Secrets and the work claim; in the Platform, the credential, the
 * resource labels and the compute environment, which is AVAILABLE when `pulumi up` ends. Deletion runs in exactly the opposite order,
 * so that the Platform can clean up after itself.
 *
 * Invalid arguments are errors at preview, all of them at once. Pass the cluster's provider as `{ provider: cluster }`; otherwise the
 * ambient kubeconfig is used. The option `deletedWith`, such as the cluster itself, applies to objects in the cluster; objects in the
 * Platform are always deleted there. See https://docs.seqera.io/platform-cloud/compute-envs/k8s
 */
export class KubernetesComputeEnvironment extends pulumi.ComponentResource {
    /** Id of the compute environment. */
    public readonly computeEnvId: pulumi.Output<string>;
    /** Name of the compute environment in the workspace. */
    public readonly name: pulumi.Output<string>;
    /** Status of the compute environment when it was last read; `AVAILABLE` after a successful `pulumi up`. */
    public readonly status: pulumi.Output<string>;
    /** Message of the Platform about the status; empty without one. */
    public readonly message: pulumi.Output<string>;
    /** Time at which the compute environment was created, in ISO 8601. */
    public readonly dateCreated: pulumi.Output<string>;
    /** Time of the last change of the compute environment, in ISO 8601. */
    public readonly lastUpdated: pulumi.Output<string>;
    /** Id of the credential that the Platform reaches the cluster with. */
    public readonly credentialsId: pulumi.Output<string>;
    /** Namespace of all pods. */
    public readonly namespace: pulumi.Output<string>;
    /** Service account that the Platform acts as; empty with a `credentialsId` of your own. */
    public readonly launcherServiceAccount: pulumi.Output<string>;
    /** Service account of the head pods. */
    public readonly headServiceAccount: pulumi.Output<string>;
    /** Service account of the task pods. */
    public readonly computeServiceAccount: pulumi.Output<string>;
    /** Name of the work claim; empty without one. */
    public readonly claimName: pulumi.Output<string>;
    /** Address of the page in the Platform where the workspace's pipelines are launched. */
    public readonly launchUrl: pulumi.Output<string>;
    /**
     * Pipelines and actions that the last replacement moved, such as `pipeline "rnaseq" (version "rnaseq-4" after "rnaseq-3")` and
     * `action "nightly"`.
     */
    public readonly movedLaunches: pulumi.Output<string[]>;
    /** Pipelines and actions that the last replacement could not move, each with the reason. */
    public readonly unmovedLaunches: pulumi.Output<string[]>;
    /** Command line that shows what runs in the namespace. */
    public readonly kubectlCommand: pulumi.Output<string>;

    constructor(name: string, args: KubernetesComputeEnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `KubernetesComputeEnvironment "${name}"`;
        args = validArguments(label, environmentRules, args, connectionProblems);
        const advanced = args.advanced ?? {};
        // Children inherit `deletedWith`. An object of the Platform does not go with a cluster, so only those in it do.
        const own = { ...opts, deletedWith: undefined };
        super("pulumi-seqera-kubernetes:index:KubernetesComputeEnvironment", name, withSecrets(args), own);

        warnOf(label, environmentWarnings, args, this);
        warnOfUpsert(label, this);
        const cluster = this.getProvider("kubernetes:core/v1:Namespace") ?? "default";
        const accountArgs = accountsOf(args);
        const take = assertNoClash(label, singlesOf(args, accountArgs, cluster));

        const child = { parent: this };
        // Nothing is left to a deletion of the namespace alone: should that be refused, state would have lost what is still there.
        const inCluster = { ...child, deletedWith: opts?.deletedWith };
        const connection = connectionOf(withSecretToken(args));
        const namespaceName = args.namespace ?? DEFAULT_NAMESPACE;
        const storage = args.storage ?? {};

        const storageClass = lookUpStorageClass(name, args, inCluster);
        const existing = args.preflightAtPreview === true ? lookUpExisting(label, name, args, inCluster) : [];
        const platform = args.preflight === false ? undefined : createPlatformPreflight();
        const guard = createClaimGuard(name, args, storageClass, this);
        const namespace = createNamespace();
        const pullSecrets = createPullSecrets();
        const accounts = createServiceAccounts();
        const claims = createClaims(name, args, namespace.name, guard, inCluster);
        const token = args.credentialsId === undefined ? createToken() : undefined;
        const parts = environmentParts(args, {
            namespace: namespaceName,
            headServiceAccount: accountName(accountArgs, "head"),
            computeServiceAccount: accountName(accountArgs, "compute"),
            claimName: claims.workName,
        });
        const authority = pulumi
            .all([member(args.cluster, "certificateAuthority"), token?.certificateAuthority])
            .apply(([given, own]) => given ?? own);
        // All depend on the namespace.
        const clusterResources = [...namespace.guards, ...accounts.made, ...claims.made];
        const preflight =
            token === undefined || args.preflight === false
                ? []
                : [
                      createPreflight(
                          name,
                          args,
                          { parts, authority, token: token.token },
                          { ...child, dependsOn: clusterResources },
                      ),
                  ];
        const credentialsId = token === undefined ? pulumi.output(args.credentialsId!) : createCredentials(token);
        const labelIds = createLabels();
        const environment = createComputeEnv();
        const pipelines = createPipelineMove();
        if (args.primary) {
            createPrimary();
        }

        // Pipelines of the same program change after those of others have been moved, which lists all of them.
        this.computeEnvId = valueAfter(pipelines, environment.computeEnvId);
        this.name = environment.name;
        this.status = environment.status;
        this.message = environment.message;
        this.dateCreated = environment.dateCreated;
        this.lastUpdated = environment.lastUpdated;
        this.credentialsId = credentialsId;
        this.namespace = namespace.name;
        this.launcherServiceAccount = accounts.launcher;
        this.headServiceAccount = accounts.head;
        this.computeServiceAccount = accounts.compute;
        this.claimName = pulumi.output(claims.workName ?? "");
        this.launchUrl = environment.launchUrl;
        this.movedLaunches = pipelines.moved;
        this.unmovedLaunches = pipelines.notMoved;
        this.kubectlCommand = pulumi.interpolate`kubectl --namespace ${namespace.name} get deployments,pods,persistentvolumeclaims`;
        take();
        this.registerOutputs(outputsOf(this));

        function createPlatformPreflight() {
            // An output may be a credential that the same run creates, after this.
            const credentialsId = typeof args.credentialsId === "string" ? args.credentialsId : undefined;
            return new PlatformPreflight(
                `${name}-platform-preflight`,
                { ...connection, credentialsId, atPreview: args.preflightAtPreview },
                { ...child, dependsOn: [...storageClass, ...existing] },
            );
        }

        function createNamespace() {
            const made = makeNamespace(
                `${name}-namespace`,
                {
                    name: namespaceName,
                    create: args.createNamespace,
                    protect: storage.protect,
                    retainOnDelete: storage.retainOnDelete,
                    privileged: pulumi
                        .all([args.fusionEnabled, args.nextflowConfig])
                        .apply(([fusion, text]) => needsPrivileged(fusion, text)),
                    ...guardsOf(args),
                },
                { ...inCluster, dependsOn: [guard, platform].filter((each) => each !== undefined) },
            );
            // Everything in a namespace comes after its name; after this one, where the namespace exists already.
            return made.namespace !== undefined || platform === undefined
                ? made
                : { ...made, name: nameOf(platform, namespaceName) };
        }

        function createPullSecrets() {
            const given = args.imagePullSecrets ?? advanced.imagePullSecrets;
            if (args.registries === undefined) {
                return given;
            }
            const made = makeRegistrySecret(
                `${name}-registries`,
                { namespace: namespace.name, registries: args.registries },
                inCluster,
            );
            return pulumi.all([made, given]).apply(([own, others]) => [own, ...(others ?? [])]);
        }

        function createServiceAccounts() {
            return makeServiceAccounts(
                `${name}-accounts`,
                {
                    namespace: namespace.name,
                    accounts: accountArgs,
                    withoutLauncher: args.credentialsId !== undefined,
                    rbacSubjects: args.rbacSubjects,
                    imagePullSecrets: pullSecrets,
                },
                inCluster,
            );
        }

        function createToken() {
            return makeLauncherToken(
                `${name}-token`,
                {
                    namespace: namespace.name,
                    serviceAccount: accounts.launcher,
                    secretName: launcherSecretName(accountArgs),
                    rotation: args.tokenRotation,
                },
                inCluster,
            );
        }

        function createCredentials(launcher: TokenObjects) {
            const credentials = new Credentials(
                `${name}-credentials`,
                { ...connection, ...args.credentials, kubernetes: { token: launcher.token } },
                { ...child, dependsOn: preflight },
            );
            return credentials.credentialsId;
        }

        function createLabels() {
            const made = Object.entries(args.resourceLabels ?? {}).map(
                ([label, value]) =>
                    new Label(
                        `${name}-label-${label}`,
                        { ...connection, name: label, value },
                        { ...child, dependsOn: preflight.length > 0 ? preflight : platform },
                    ).labelId,
            );
            // A list of its own where nothing else is in it: at preview its length is known then.
            return args.labelIds === undefined
                ? made
                : pulumi.all([pulumi.all(made), args.labelIds]).apply(([own, given]) => [...own, ...(given ?? [])]);
        }

        function createComputeEnv() {
            const { description, adopt, adoptWithout, createTimeoutSeconds, deleteTimeoutSeconds, forceDelete } = args;
            return new ComputeEnv(
                name,
                {
                    ...connection,
                    name: args.name,
                    description,
                    platform: member(args.cluster, "platform").apply((given) => given ?? KubernetesPlatform.Kubernetes),
                    credentialsId,
                    config: environmentConfig(parts, authority),
                    labelIds,
                    objectUids: objectsOf(namespace, accounts).map(uidOf),
                    adopt,
                    adoptWithout,
                    createTimeoutSeconds,
                    deleteTimeoutSeconds,
                    forceDelete,
                },
                // There is no data edge from the bindings and the claim to the Platform, which needs them to create the
                // environment and, on the way back, to remove its own objects. The preflight comes after them all.
                { ...child, dependsOn: preflight.length > 0 ? preflight : clusterResources },
            );
        }

        function createPipelineMove() {
            return new PipelineMove(
                `${name}-pipelines`,
                { ...connection, computeEnvId: environment.computeEnvId, enabled: args.moveLaunches },
                child,
            );
        }

        function createPrimary() {
            return new PrimaryComputeEnv(
                `${name}-primary`,
                { ...connection, computeEnvId: environment.computeEnvId },
                child,
            );
        }
    }
}

/**
 * Objects by whose UIDs another namespace of the same name is recognized: all in it, or the namespace itself, and the binding that is
 * always made for the case that `createNamespace` changes.
 */
function objectsOf({ namespace }: NamespaceObjects, { made }: ServiceAccountObjects): ClusterObject[] {
    return namespace === undefined ? made : [namespace, made.at(-1)!];
}

/** What the component's own record in state has of its arguments: nothing secret in plain text. */
function withSecrets(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    const { registries } = args;
    return { ...withSecretToken(args), ...(registries === undefined ? {} : { registries: pulumi.secret(registries) }) };
}

/** The service accounts with their names in the design's own short form. */
function accountsOf({
    serviceAccounts,
    serviceAccount,
    advanced,
}: KubernetesComputeEnvironmentArgs): ServiceAccountsByRole {
    const { head, compute } = serviceAccounts ?? {};
    return {
        ...serviceAccounts,
        head: { ...head, name: head?.name ?? advanced?.headServiceAccount },
        compute: { ...compute, name: compute?.name ?? serviceAccount },
    };
}

function guardsOf({ podSecurity, networkPolicy, resourceQuota, limitRange }: GuardArgs): GuardArgs {
    return { podSecurity, networkPolicy, resourceQuota, limitRange };
}

function connectionOf({ endpoint, accessToken, workspaceId, allowInsecureEndpoint }: ConnectionArgs): ConnectionArgs {
    return { endpoint, accessToken, workspaceId, allowInsecureEndpoint };
}
