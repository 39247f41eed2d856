import * as pulumi from "@pulumi/pulumi";
import { PlatformResource } from "./resource";
import type { TokenRotationArgs } from "../args/launcherToken";

/**
 * Remembers which token is in use and since which day (in UTC), and when the next one is due. It has no object behind it and makes no
 * calls. A preview shows what an `up` of the same day does.
 */
export class TokenRotation extends PlatformResource {
    /** Seven hexadecimal digits that distinguish this token from all others: part of the name of its Secret. */
    declare public readonly generation: pulumi.Output<string>;
    /** Day on which the token was requested, such as `2026-11-26`. */
    declare public readonly since: pulumi.Output<string>;

    constructor(name: string, args: TokenRotationArgs, opts?: pulumi.CustomResourceOptions) {
        super("TokenRotation", name, args, opts, { outputs: ["generation", "since"] });
    }
}
