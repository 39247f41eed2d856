/** The installation, the token's owner, and the workspaces that the owner sees. */

import type { PlatformClient } from "./platformClient";
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
