import { type PlatformClient, type OrgAndWorkspace, userWorkspaces } from "../../platform";

/** How long a look-up may hold up a create that is otherwise done, in milliseconds. */
const PATIENCE_MS = 10_000;

/** One look-up a client, since every environment of a process asks the same. */
const lookUps = new WeakMap<PlatformClient, Promise<OrgAndWorkspace[]>>();

/** Where the web interface of a Platform is, given where its API is. */
function webAddress(endpoint: string): string {
    const url = new URL(endpoint);
    const host = url.host.replace(/^api\.(cloud\.seqera\.io|tower\.nf)$/, "$1");
    return `${url.protocol}//${host}${url.pathname.replace(/\/(api\/?)?$/, "")}`;
}

/**
 * The launchpad of the workspace. Its address has the names of organization and workspace, which take two calls once a
 * process; where they are refused, the front page has to do, since nothing that works should fail for a link.
 */
export async function launchUrl(client: PlatformClient): Promise<string> {
    const web = webAddress(client.endpoint);
    if (client.workspaceId === undefined) {
        return `${web}/launchpad`;
    }
    const lookUp =
        lookUps.get(client) ?? userWorkspaces(client, { deadline: Date.now() + PATIENCE_MS }).catch(() => []);
    lookUps.set(client, lookUp);
    const row = (await lookUp).find(({ workspaceId }) => workspaceId === client.workspaceId);
    return row === undefined ? web : `${web}/orgs/${row.orgName}/workspaces/${row.workspaceName}/launchpad`;
}
