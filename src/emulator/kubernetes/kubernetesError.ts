/** A failure that belongs in a compute environment's `message`. */
export class KubernetesError extends Error {}
