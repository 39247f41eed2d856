import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { PACKAGE } from "./thunk";

/** Pulumi's own runner of programs. It runs them in the folder in which the engine starts the provider process; nothing else does. */
const RUNNER = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run[\\/]/;

/** A run looks once, and not for each of its resources. */
let isFound = false;

/**
 * Throws one line where the provider process would not find this package and end with Node's stack: it looks from the program's
 * folder, while the program itself may have the package from another one that depends on it
 * (https://github.com/pulumi/pulumi/issues/9085).
 */
export function assertFound(): void {
    const folder = process.cwd();
    if (isFound || !RUNNER.test(require.main?.filename ?? "")) {
        return;
    }
    try {
        createRequire(join(folder, "program.js")).resolve(`${PACKAGE}/package.json`);
        isFound = true;
    } catch {
        throw new pulumi.RunError(
            `${PACKAGE}: Pulumi runs its providers from the program's folder, where the package cannot be found (add "${PACKAGE}" to the dependencies in ${join(folder, "package.json")} and install it, also if another dependency brings it)`,
        );
    }
}
