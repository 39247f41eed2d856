import type { ClientIdentity, KeyedCertificate } from "./certificates";

/** A control plane that runs. */
export interface ControlPlane {
    dir: string;
    /** `https://127.0.0.1:<port>` */
    server: string;
    /** PEM. */
    certificateAuthority: string;
    /** The path of a kubeconfig of a cluster administrator. */
    kubeconfig: string;
    /** One JSON object a line: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/ */
    auditLog: string;
    /** Whether it was there, was started on what a reboot had left, or is new. */
    origin: "attached" | "resumed" | "new";
    /** A certificate for a user of any name and groups. */
    issueClientCertificate(identity: ClientIdentity): Promise<KeyedCertificate>;
    /** Ends its processes, and those only, and removes its directory. */
    stop(): Promise<void>;
}
