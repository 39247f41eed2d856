// Makes `node_modules/pulumi-seqera-kubernetes` this checkout, so that the program in Pulumi.yaml and the line that Pulumi
// keeps in state find the package by its name, as they do where it is installed. Node resolves a package's own name only
// from files inside it, and Pulumi runs that line as if it stood in the program's folder.
import { lstatSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const link = join(root, "node_modules", "pulumi-seqera-kubernetes");
const present = lstatSync(link, { throwIfNoEntry: false });
if (!present?.isSymbolicLink()) {
    rmSync(link, { recursive: true, force: true });
    symlinkSync("..", link, "dir");
}
