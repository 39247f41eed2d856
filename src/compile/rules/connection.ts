import type { ConnectionArgs } from "../../args/connection";
import { boolean, type Members, number, string } from "./shapes";

const CONNECTION = { source: "https://docs.seqera.io/platform-api" };

/** What the arguments about the Platform are. What they must say beyond that is the connection's own to judge. */
export const connection: Members<ConnectionArgs> = {
    endpoint: string(undefined, CONNECTION),
    accessToken: string(undefined, CONNECTION),
    workspaceId: number(undefined, CONNECTION),
    allowInsecureEndpoint: boolean(CONNECTION),
};
