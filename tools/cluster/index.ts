/** A Kubernetes control plane on one machine. */
export { type AuditLevel, renderAuditPolicy } from "./audit";
export type { ClientIdentity, KeyedCertificate } from "./certificates";
export {
    attachControlPlane,
    type ControlPlaneProgram,
    startControlPlane,
    type StartOptions,
    stopControlPlane,
} from "./controlPlane";
export type { ControlPlane } from "./runningControlPlane";
export { type KubeconfigContent, renderKubeconfig } from "./kubeconfig";
export { type ClusterNode, type NodeOptions, type NodeProgram, startNode, stopNode } from "./node";
export { type NodeSupport, nodeSupport } from "./nodePackages";
