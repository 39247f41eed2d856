import * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../args/connection";
import { UNKNOWN } from "../compile/rules/rules";
import { checkKnownConnection } from "../platform/connection";
import type { Problem } from "../platform/problem";

/**
 * The faults of the connection that the arguments, the stack's configuration and the environment make up, for the list of a component's
 * own, as far as the arguments are known. Its resources validate the connection as well, since each can be used alone.
 */
export function connectionProblems(args: ConnectionArgs): Problem[] {
    const config = new pulumi.Config("seqera");
    const isGiven = (args.accessToken ?? config.get("accessToken")) !== undefined;
    return checkKnownConnection(
        args,
        (value) => value === UNKNOWN,
        (key) => config.get(key.slice("seqera:".length)),
    ).filter(({ property }) => property !== "accessToken" || isGiven || sharesEnvironment());
}

/**
 * Whether the environment variables are those of the provider process, which calls the Platform: the CLI gives both the same, and sets
 * this one for a program. With an inline program of the Automation API it has `envVars` of its own, and a unit test needs no token.
 */
function sharesEnvironment(): boolean {
    return process.env.PULUMI_NODEJS_MONITOR !== undefined;
}
