import { checkDnsSubdomain } from "./names";
import { RESERVED_POD_LABELS } from "../nextflow/podEntry";
import { type Check, quote, show } from "./problems";

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** A key of labels, annotations, node selectors and taints: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
export const checkQualifiedName: Check<string> = (key) => {
    const [name, prefix, ...rest] = key.split("/").reverse();
    if (rest.length > 0) {
        return `${show(key)} has more than one slash (write a prefix, one slash and a name, like "example.com/team")`;
    }
    const wrongPrefix = prefix === undefined ? undefined : checkDnsSubdomain(prefix);
    if (wrongPrefix !== undefined) {
        return `${show(key)} has a prefix that is not an RFC 1123 subdomain (write it like "example.com/${NAME.test(name) ? name : "team"}")`;
    }
    return NAME.test(name)
        ? undefined
        : `${show(key)} is not a valid Kubernetes name (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)`;
};

/** A label's or node selector's value, which may be empty. */
export const checkLabelText: Check<string> = (value) =>
    value === "" || NAME.test(value)
        ? undefined
        : `${show(value)} is not a valid Kubernetes label value (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)`;

/** Nextflow takes an empty value for no option at all, and fails every task. */
export const checkPodText: Check<string> = (value) =>
    value === ""
        ? 'must not be empty, because Nextflow rejects an empty value (write a value, such as "true", or remove the key)'
        : undefined;

export const checkPodLabelText: Check<string> = (value) => checkPodText(value) ?? checkLabelText(value);

export const checkPodLabel: Check<string> = (key) => {
    if (RESERVED_POD_LABELS.includes(key)) {
        return `${show(key)} is a label that Nextflow reserves, so every task would fail (write ${quote(key === "app" ? "app.kubernetes.io/name" : "run-name")})`;
    }
    return key.startsWith("nextflow.io/")
        ? `${show(key)} is a label that Nextflow sets (remove it, or use another prefix)`
        : checkQualifiedName(key);
};

/** Sidecars never end, and so keep a task's pod from ever completing. */
const SIDECARS: Record<string, RegExp> = {
    "linkerd.io/inject": /^(enabled|ingress)$/,
    "sidecar.istio.io/inject": /^true$/,
    "vault.hashicorp.com/agent-inject": /^true$/,
};

/** What a label or annotation asks for by its key and value together. */
export function sidecarFault(key: string, value: string): string | undefined {
    return SIDECARS[key]?.test(value)
        ? `injects a sidecar, which keeps the pod of a task from completing (remove it, or write ${quote(key.startsWith("linkerd") ? "disabled" : "false")})`
        : undefined;
}

/** Annotations that asked for what is now asked for elsewhere. */
const OBSOLETE: [prefix: string, remedy: string][] = [
    [
        "seccomp.security.alpha.kubernetes.io/",
        'has no effect since Kubernetes 1.27 (remove it, and set podOptions.securityContext.seccompProfile to { type: "RuntimeDefault" })',
    ],
    [
        "container.seccomp.security.alpha.kubernetes.io/",
        'has no effect since Kubernetes 1.27 (remove it, and set podOptions.securityContext.seccompProfile to { type: "RuntimeDefault" })',
    ],
    [
        "container.apparmor.security.beta.kubernetes.io/",
        "names a container, but the containers of tasks have generated names, so Kubernetes would reject every task (remove it; the container runtime's profile is the default)",
    ],
];

export const checkAnnotation: Check<string> = (key) =>
    OBSOLETE.find(([prefix]) => key.startsWith(prefix))?.[1] ?? checkQualifiedName(key);

/** A duration as Nextflow reads it. https://www.nextflow.io/docs/latest/reference/stdlib-types.html#duration */
export const checkDuration: Check<string> = (text) =>
    /^\d+(\.\d+)?\s*(ms|millis?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)(\s*\d+(\.\d+)?\s*(ms|s|m|h|d|min|sec))*$/.test(
        text.trim(),
    )
        ? undefined
        : `${show(text)} is not a duration that Nextflow can read (write it like "6h" or "90 min")`;

/** A path inside a volume. */
export const checkSubPath: Check<string> = (path) =>
    path === "" || path.startsWith("/") || path.split("/").includes("..")
        ? `${show(path)} is not a path inside the volume (write it like "data/2024", without a leading slash and without "..")`
        : undefined;

/** A resource of accelerators, such as a slice of a GPU. */
export const checkAcceleratorType: Check<string> = (type) =>
    type.includes("/")
        ? checkQualifiedName(type)
        : `${show(type)} is not a valid resource name, so Nextflow would request ${quote(`${type}${type.includes(".") ? "" : ".com"}/gpu`)} (write it like "nvidia.com/gpu", and choose a model with a node selector)`;
