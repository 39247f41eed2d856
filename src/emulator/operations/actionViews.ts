import { labelDto } from "./labels";
import { launchDto } from "./launches";
import type { ActionSource } from "../options";
import type { Services } from "../state/services";
import type { ActionRecord } from "../state/store";

const TYPES: Record<ActionSource, { display: string; description: string }> = {
    tower: { display: "Tower launch hook", description: "Launches the pipeline by a call of a URL" },
    github: {
        display: "GitHub webhook",
        description: "Launches the pipeline when something is pushed to its repository",
    },
    bucket: { display: "Bucket event", description: "Launches the pipeline when something is put into a bucket" },
    cron: { display: "Schedule", description: "Launches the pipeline at the times of a cron expression" },
};

/** `EventType`s. Whoever did not sign in with GitHub has no use of its webhooks. */
export function eventTypes({ options }: Services, hasGithub: boolean): object[] {
    return options.actionSources.map((source) => ({
        source,
        ...TYPES[source],
        enabled: source !== "github" || hasGithub,
    }));
}

/** An element of `ListActionsResponse`. */
export function listedAction(services: Services, action: ActionRecord, labels: boolean): object {
    const endpoint = action.source === "tower" ? launchUrl(services, action) : null;
    return {
        ...summary(services, action, labels),
        pipeline: action.launch.pipeline,
        endpoint,
        usageCmd: endpoint === null ? null : usage(endpoint),
        hint: endpoint === null ? null : "Replace <YOUR_TOKEN> by a personal access token of the workspace",
    };
}

/** `ActionResponseDto`. */
export function describedAction(services: Services, action: ActionRecord, labels: boolean): object {
    const hookId = action.source === "github" ? String(parseInt(action.id.slice(0, 6), 36)) : null;
    const repository = String(action.launch.pipeline).replace("https://github.com/", "https://api.github.com/repos/");
    return {
        ...summary(services, action, labels),
        launch: launchDto(services, action.launch),
        hookId,
        hookUrl: hookId === null ? null : `${repository}/hooks/${hookId}`,
        lastUpdated: action.lastUpdated,
    };
}

function summary({ store }: Services, action: ActionRecord, labels: boolean): object {
    return {
        id: action.id,
        name: action.name,
        source: action.source,
        status: action.status,
        config: {
            ...action.cron,
            ...action.bucket,
            ...(action.source === "github" ? { events: ["push"] } : {}),
            discriminator: action.source,
        },
        labels: labels ? store.labels(action.scope, action.labelIds).map(labelDto) : null,
        event: action.event ?? null,
        error: action.error ?? null,
        lastSeen: action.lastSeen ?? null,
        nextExecution: action.status === "ACTIVE" ? (action.nextExecution ?? null) : null,
        dateCreated: action.dateCreated,
    };
}

function launchUrl(services: Services, { id, scope }: ActionRecord): string {
    const workspace = /^workspace:(\d+)$/.exec(scope)?.[1];
    const query = workspace === undefined ? "" : `?workspaceId=${workspace}`;
    return `${services.endpoint()}/actions/${id}/launch${query}`;
}

function usage(endpoint: string): string {
    return [
        'curl -H "Content-Type: application/json"',
        '-H "Authorization: Bearer <YOUR_TOKEN>"',
        `"${endpoint}"`,
        `--data '{"params":{"foo":"Hello world"}}'`,
    ].join(" ");
}
