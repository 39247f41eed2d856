import { type Actor, ApiError, badRequest, forbidden, type Permission, type Scope } from "./api";
import type { IdSource } from "../state/ids";
import type { ResolvedOptions, WorkspaceRole } from "../options";

/** The permission table of the Platform's roles, for the operations that the emulator serves. */
const PERMISSIONS: Record<WorkspaceRole, ReadonlySet<Permission> | "all"> = {
    owner: "all",
    admin: "all",
    maintain: new Set<Permission>([
        "data_link:write",
        "data_link:delete",
        "dataset:write",
        "dataset:delete",
        "dataset:admin",
        "dataset_label:write",
        "label:write",
        "label:delete",
        "pipeline:write",
        "pipeline:delete",
        "action:write",
        "action:delete",
        "workflow:execute",
        "workflow_label:write",
    ]),
    launch: new Set<Permission>(["dataset:write", "workflow:execute"]),
    connect: new Set<Permission>(),
    view: new Set<Permission>(),
};

/** Knows tokens, roles and workspaces. */
export class Directory {
    private readonly actors = new Map<string, Actor>();

    constructor(
        private readonly options: ResolvedOptions,
        ids: IdSource,
    ) {
        options.accessTokens.forEach((given, index) => {
            const { token, userName = "emulator", userId, role = "owner", roles = {}, github = false } = given;
            this.actors.set(token, {
                userName,
                userId: userId ?? ids.derive("user", userName) % 1_000_000,
                tokenIndex: index,
                github,
                role: (workspaceId) => (workspaceId in roles ? roles[workspaceId] : role),
            });
        });
    }

    /** The user of an `Authorization` header; none for a missing or unknown token. */
    find(header: string | undefined): Actor | undefined {
        const token = /^Bearer +(\S+)$/i.exec(header ?? "")?.[1] ?? nextflowToken(header);
        return token === undefined ? undefined : this.actors.get(token);
    }

    /** The workspace named in the query, or the personal context. */
    scope(actor: Actor, workspaceId: string | null): Scope {
        if (workspaceId === null || workspaceId === "") {
            return { key: `user:${actor.userId}`, workspaceId: null, orgId: null };
        }
        if (!/^\d+$/.test(workspaceId)) {
            throw badRequest(`Query parameter 'workspaceId' must be a number`);
        }
        const workspace = this.options.workspaces.find(({ id }) => id === Number(workspaceId));
        if (!workspace || actor.role(workspace.id) === null) {
            throw forbidden();
        }
        return { key: `workspace:${workspace.id}`, workspaceId: workspace.id, orgId: workspace.organization.id };
    }

    /** Refuses a call that the actor's role does not allow. In the personal context a user owns everything. */
    require(actor: Actor, scope: Scope, permission: Permission): void {
        if (!this.allows(actor, scope, permission)) {
            throw new ApiError(403, `Forbidden. Missing permission(s): "${permission}"`);
        }
    }

    allows(actor: Actor, scope: Scope, permission: Permission): boolean {
        const role = scope.workspaceId === null ? "owner" : actor.role(scope.workspaceId);
        const granted = role === null ? new Set<Permission>() : PERMISSIONS[role];
        return granted === "all" || granted.has(permission);
    }
}

/** Nextflow sends a token that is no JWT as the password of a user named `@token`. */
function nextflowToken(header: string | undefined): string | undefined {
    const basic = /^Basic +(\S+)$/i.exec(header ?? "")?.[1] ?? "";
    return /^@token:(\S+)$/.exec(Buffer.from(basic, "base64").toString("utf8"))?.[1];
}
