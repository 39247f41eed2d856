import type { ConnectionArgs } from "../../args/connection";
import { boolean, type Members, number, type Shape, string } from "./shapes";

const CONNECTION = { source: "https://docs.seqera.io/platform-api" };

/** What the arguments about the Platform are. What they must say beyond that is the connection's own to judge. */
export const connection: Members<ConnectionArgs> = {
    endpoint: string(undefined, CONNECTION),
    accessToken: string(undefined, CONNECTION),
    workspaceId: number(undefined, CONNECTION),
    allowInsecureEndpoint: boolean(CONNECTION),
};

const elsewhere: Shape<unknown> = { rulesAt: () => [] };

/** The same of a resource. Its provider judges them, since it knows where each of them comes from. */
export const connectionOfResource: Members<ConnectionArgs> = {
    endpoint: elsewhere,
    accessToken: elsewhere,
    workspaceId: elsewhere,
    allowInsecureEndpoint: elsewhere,
};

/** What the class of a resource adds to its arguments. */
export const ADDED_BY_CLASS = ["__provider", "namePrefix", "nameSeed", "resourceUrn"];
