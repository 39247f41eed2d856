import { forbidden, type Call, type Operation, type Reply } from "../http/api";
import type { Actor } from "../http/api";
import type { Services } from "../state/services";

/** Versions that the emulator reports: the API is the one its behaviour was taken from. */
const VERSION = "26.1.0-emulator";
const API_VERSION = "1.187.0";

/** Service information, the user, organizations and workspaces, as far as look-ups need them. */
export function accountOperations({ options }: Services): Operation[] {
    const organizations = new Map(options.workspaces.map(({ organization }) => [organization.id, organization]));

    function visibleWorkspaces(actor: Actor): ResolvedWorkspace[] {
        return options.workspaces.filter(({ id }) => actor.role(id) !== null);
    }

    function visibleOrganizations(actor: Actor): { id: number; name: string }[] {
        const ids = new Set(visibleWorkspaces(actor).map(({ organization }) => organization.id));
        return [...organizations.values()].filter(({ id }) => ids.has(id));
    }

    function serviceInfo(): Reply {
        return {
            status: 200,
            body: {
                serviceInfo: {
                    version: VERSION,
                    apiVersion: API_VERSION,
                    commitId: "emulator",
                    authTypes: [],
                    waveEnabled: true,
                    seqeraCloud: false,
                    userWorkspaceEnabled: true,
                    allowInstanceCredentials: false,
                    heartbeatInterval: 60,
                    contentMaxFileSize: 26214400,
                    launchConfigTextMaxSize: 102400,
                    launchParamsTextMaxSize: 102400,
                    forgePrefix: "TowerForge",
                },
            },
        };
    }

    function userInfo({ actor }: Call): Reply {
        const user = {
            id: actor.userId,
            userName: actor.userName,
            email: `${actor.userName}@emulator.invalid`,
            firstName: null,
            lastName: null,
            deleted: null,
        };
        return { status: 200, body: { user, needConsent: false, defaultWorkspaceId: null } };
    }

    /** An organization's own row comes before the rows of its workspaces. */
    function userWorkspaces({ actor, params }: Call): Reply {
        if (params.userId !== String(actor.userId)) {
            throw forbidden();
        }
        const rows = visibleOrganizations(actor).flatMap((organization) => [
            orgRow(organization),
            ...visibleWorkspaces(actor)
                .filter((workspace) => workspace.organization.id === organization.id)
                .map((workspace) => ({
                    ...orgRow(organization),
                    workspaceId: workspace.id,
                    workspaceName: workspace.name,
                    workspaceFullName: workspace.fullName,
                    visibility: workspace.visibility,
                    roles: [actor.role(workspace.id)],
                })),
        ]);
        return { status: 200, body: { orgsAndWorkspaces: rows } };
    }

    function listOrganizations({ actor }: Call): Reply {
        const found = visibleOrganizations(actor).map(({ id, name }) => ({ orgId: id, name, fullName: name }));
        return { status: 200, body: { organizations: found, totalSize: found.length } };
    }

    function orgWorkspaces({ actor, params }: Call): ResolvedWorkspace[] {
        const found = visibleWorkspaces(actor).filter(({ organization }) => String(organization.id) === params.orgId);
        if (found.length === 0) {
            throw forbidden();
        }
        return found;
    }

    function listWorkspaces(call: Call): Reply {
        return { status: 200, body: { workspaces: orgWorkspaces(call).map(workspaceDto) } };
    }

    function describeWorkspace(call: Call): Reply {
        const found = orgWorkspaces(call).find(({ id }) => String(id) === call.params.workspaceId);
        if (!found) {
            throw forbidden();
        }
        return { status: 200, body: { workspace: workspaceDto(found) } };
    }

    return [
        { id: "Info", method: "GET", path: "/service-info", anonymous: true, handle: serviceInfo },
        { id: "UserInfo", method: "GET", path: "/user-info", handle: userInfo },
        { id: "ListWorkspacesUser", method: "GET", path: "/user/{userId}/workspaces", handle: userWorkspaces },
        { id: "ListOrganizations", method: "GET", path: "/orgs", handle: listOrganizations },
        { id: "ListWorkspaces", method: "GET", path: "/orgs/{orgId}/workspaces", handle: listWorkspaces },
        {
            id: "DescribeWorkspace",
            method: "GET",
            path: "/orgs/{orgId}/workspaces/{workspaceId}",
            handle: describeWorkspace,
        },
    ];
}

type ResolvedWorkspace = Services["options"]["workspaces"][number];

function orgRow(organization: { id: number; name: string }): object {
    return { orgId: organization.id, orgName: organization.name, workspaceId: null, workspaceName: null };
}

/** `WorkspaceDbDto`; everything is null that the emulator has no notion of. */
function workspaceDto({ id, name, fullName, visibility }: ResolvedWorkspace): object {
    return { id, name, fullName, visibility, description: null };
}
