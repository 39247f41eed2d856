import { ApiError, badRequest, forbidden, type Reply } from "../http/api";
import { describeConfig } from "./computeConfig";
import { labelDto } from "./labels";
import type { Services } from "../state/services";
import type { ComputeEnvRecord } from "../state/store";

/**
 * What the Platform is presumed to fill in for EKS and GKE clusters from its cloud's API. The emulator has no cloud to
 * ask, so the values only have the right shape.
 */
function resolvedCluster(env: ComputeEnvRecord): Record<string, unknown> {
    if (env.platform === "k8s-platform" || env.status === "CREATING") {
        return {};
    }
    const { clusterName, region } = env.config;
    return {
        server: env.config.server ?? `https://${clusterName}.${region}.cluster.invalid`,
        sslCert: env.config.sslCert ?? Buffer.from(`certificate authority of ${clusterName}`).toString("base64"),
    };
}

/** `ComputeEnv_ComputeConfig_`, as a launch shows it; a deleted one shows too. */
export function launchComputeEnv(env: ComputeEnvRecord): object {
    return {
        id: env.id,
        name: env.name,
        description: env.description,
        platform: env.platform,
        config: { ...describeConfig(env.platform, env.config), ...resolvedCluster(env) },
        credentialsId: env.credentialsId,
        status: env.status,
        message: env.message,
        // The Platform answers these two as null rather than false.
        primary: env.primary || null,
        deleted: env.deleted || null,
        dateCreated: env.dateCreated,
        lastUpdated: env.lastUpdated,
        lastUsed: env.lastUsed,
        workspaceId: env.workspaceId,
        orgId: env.orgId,
    };
}

/** `ComputeEnvResponseDto`. */
export function computeEnvDto(services: Services, env: ComputeEnvRecord, attributes: string[]): object {
    return {
        ...launchComputeEnv(env),
        fusionMetricsCollectionEnabled: env.fusionMetricsCollectionEnabled,
        managedIdentityId: null,
        awsAccountId: null,
        labels: attributes.includes("labels") ? services.store.labels(env.scope, env.labelIds).map(labelDto) : null,
        resources: null,
    };
}

/** `ListComputeEnvsResponse.Entry`. */
export function computeEnvEntry(services: Services, env: ComputeEnvRecord, attributes: string[]): object {
    const workspace = services.options.workspaces.find(({ id }) => id === env.workspaceId);
    return {
        id: env.id,
        name: env.name,
        platform: env.platform,
        status: env.status,
        message: env.message,
        lastUsed: env.lastUsed,
        primary: env.primary || null,
        workspaceName: workspace?.name ?? null,
        visibility: workspace?.visibility ?? null,
        credentialsId: env.credentialsId,
        description: env.description,
        region: env.config.region ?? null,
        workDir: env.config.workDir ?? null,
        fusion2Enabled: env.config.fusion2Enabled ?? null,
        waveEnabled: env.config.waveEnabled ?? null,
        schedEnabled: null,
        labels: attributes.includes("labels") ? services.store.labels(env.scope, env.labelIds).map(labelDto) : null,
        resources: null,
    };
}

/** The answer for a compute environment whose deletion has ended: Platforms of different age answer differently. */
export function deletedAnswer(services: Services, env: ComputeEnvRecord): Reply {
    switch (services.options.deletedAnswer) {
        case "403":
            throw forbidden();
        case "404":
            throw new ApiError(404, `Unknown compute environment with ID '${env.id}'`);
        case "400":
            throw badRequest(`Unknown compute environment with ID '${env.id}'`);
        case "200-deleted-available":
            return { status: 200, body: { computeEnv: { ...computeEnvDto(services, env, []), status: "AVAILABLE" } } };
        default:
            return { status: 200, body: { computeEnv: computeEnvDto(services, env, []) } };
    }
}
