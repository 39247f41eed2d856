/** A case of what is wrong, beyond arguments that are right, and the exact lines that say so. */
export type Case = [what: string, args: object, lines: string[]];

export const SERVER = "https://10.0.0.1:6443";
export const GOOD = { cluster: { server: SERVER } };
export const EKS = { cluster: { platform: "eks-platform", name: "c", region: "eu-west-1" }, credentialsId: "1a2b" };
export const GKE = { cluster: { platform: "gke-platform", name: "c", region: "europe-west1" }, credentialsId: "1a2b" };
export const FUSION = { waveEnabled: true, fusionEnabled: true };

export const SUBDOMAIN = "use lower-case letters, digits, dashes and dots; begin and end with a letter or digit";
export const NO_SERVER =
    'cluster.server: required (write the address of the cluster\'s API server, like "https://10.0.0.1:6443"; "kubectl cluster-info" shows it)';
export const LATER = "must be known at preview; outputs are not allowed here (write a plain value)";
export const MANY = (count: number) =>
    Object.fromEntries([...Array(count).keys()].map((index) => [`label-${index}`, "value"]));
