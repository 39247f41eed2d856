import { spawn } from "node:child_process";

/** kubectl as the cluster's administrator. */
export class Kubectl {
    constructor(
        private readonly command: string,
        private readonly kubeconfig: string,
    ) {}

    /** Makes objects, in the order given, or makes them as given. */
    async apply(objects: object[]): Promise<void> {
        await this.run(["apply", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
    }

    /** The objects of some kinds in a namespace. */
    async list<T>(namespace: string, kinds: string): Promise<T[]> {
        const text = await this.run(["--namespace", namespace, "get", kinds, "--output", "json"]);
        return (JSON.parse(text) as { items: T[] }).items;
    }

    run(args: string[], input = ""): Promise<string> {
        return new Promise((resolve, reject) => {
            const child = spawn(this.command, ["--kubeconfig", this.kubeconfig, ...args]);
            let [output, said] = ["", ""];
            child.stdout.on("data", (data: Buffer) => (output += data.toString()));
            child.stderr.on("data", (data: Buffer) => (said += data.toString()));
            child.once("error", reject);
            child.once("close", (code) =>
                code === 0 ? resolve(output) : reject(new Error(`kubectl ${args[0]} ended with ${code}: ${said}`)),
            );
            child.stdin.end(input);
        });
    }
}
