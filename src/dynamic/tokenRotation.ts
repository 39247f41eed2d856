import * as pulumi from "@pulumi/pulumi";
import { PlatformResource } from "./resource";
import type { TokenRotationArgs } from "../args/launcherToken";

/**
 * Remembers which token is in use and since which day (in UTC), and says when another one is due. It stands for nothing anywhere and
 * calls nobody. A preview says what the `up` of the same day does.
 */
export class TokenRotation extends PlatformResource {
    /** Seven hexadecimal digits that tell this token from all others: part of the name of its Secret. */
    declare public readonly generation: pulumi.Output<string>;
    /** The day on which it was asked for, such as `2026-11-26`. */
    declare public readonly since: pulumi.Output<string>;

    constructor(name: string, args: TokenRotationArgs, opts?: pulumi.CustomResourceOptions) {
        super("TokenRotation", name, args, opts, { outputs: ["generation", "since"] });
    }
}
