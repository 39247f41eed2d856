/** The installation, the token's owner, and the workspaces that the owner sees. */

import type { PlatformClient } from "./client";
import { PlatformError } from "./errors";
import { createRedactor } from "./redact";
import type { CallLimits } from "./settings";
import { list, object, segment, shaped } from "./shapes";
import type { OrgAndWorkspace, ServiceInfo, UserInfo } from "./types";

/** Version and features of the installation. Needs no token, so a failure is never the token's fault. */
export async function serviceInfo(client: PlatformClient, limits: CallLimits = {}): Promise<ServiceInfo> {
    return client.get("/service-info", {
        ...limits,
        scope: "anonymous",
        read: (body) => object(object(body).serviceInfo, "the service info") as ServiceInfo,
    });
}

/** Who the token belongs to: the cheapest call that proves it valid. */
export async function userInfo(client: PlatformClient, limits: CallLimits = {}): Promise<UserInfo> {
    return client.get("/user-info", {
        ...limits,
        scope: "none",
        read: (body) => {
            shaped(object(body).user, { id: "number" }, "the user");
            return body as UserInfo;
        },
    });
}

/** The organisations and workspaces that the token's owner sees. */
export async function userWorkspaces(client: PlatformClient, limits: CallLimits = {}): Promise<OrgAndWorkspace[]> {
    const { user } = await userInfo(client, limits);
    return client.get(`/user/${segment(user.id)}/workspaces`, {
        ...limits,
        scope: "none",
        read: (body) => list<OrgAndWorkspace>(body, "orgsAndWorkspaces", {}),
    });
}

/** The id of a workspace that is given as "organisation/workspace", the way Seqera's own tools write it. */
export async function workspaceIdByName(
    client: PlatformClient,
    reference: string,
    limits: CallLimits = {},
): Promise<number> {
    const [org, workspace, ...rest] = reference.split("/").map((part) => part.trim());
    const visible = (await userWorkspaces(client, limits)).filter((row) => typeof row.workspaceId === "number");
    const found = visible.find((row) => row.orgName === org && row.workspaceName === workspace && rest.length === 0);
    if (typeof found?.workspaceId === "number") {
        return found.workspaceId;
    }
    const names = visible.map((row) => `${row.orgName}/${row.workspaceName}`);
    throw new PlatformError(
        {
            kind: "notFound",
            operation: "GET /user/{userId}/workspaces",
            code: "WORKSPACE_NOT_FOUND",
            happened: `no workspace "${reference}" among those that this token sees`,
            remedy:
                names.length === 0
                    ? "The token's owner is a member of no workspace: ask an owner of the organisation."
                    : `Give "organisation/workspace" or the workspace's id. Visible are: ${names.slice(0, 20).join(", ")}.`,
        },
        createRedactor([]),
    );
}
