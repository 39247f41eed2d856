import { join } from "node:path";

/** Where things lie in a control plane's directory. */
export class ClusterLayout {
    constructor(readonly dir: string) {}

    /** Marks the directory as ours, to be removed as a whole, and says what runs in it. */
    readonly state = (): string => join(this.dir, "control-plane.json");
    /** Beside the directory, which comes and goes under it. */
    readonly lock = (): string => `${this.dir}.lock`;
    readonly pki = (name: string): string => join(this.dir, "pki", name);
    readonly etcdData = (): string => join(this.dir, "etcd");
    readonly auditPolicy = (): string => join(this.dir, "audit-policy.yaml");
    readonly auditLog = (): string => join(this.dir, "audit.log");
    readonly logs = (): string => join(this.dir, "log");
    readonly run = (): string => join(this.dir, "run");
    readonly kubeconfig = (name: string): string => join(this.dir, `${name}.kubeconfig`);
}
