import { checkDnsSubdomain } from "./names";
import { RESERVED_POD_LABELS } from "../nextflow/podEntry";
import { type Check, quote, show } from "./problems";

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** A key of labels, annotations, node selectors and taints: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
export const checkQualifiedName: Check<string> = (key) => {
    const [name, prefix, ...rest] = key.split("/").reverse();
    if (rest.length > 0) {
        return `${show(key)} has more than one slash; write a prefix, one slash and a name, like "example.com/team"`;
    }
    const wrongPrefix = prefix === undefined ? undefined : checkDnsSubdomain(prefix);
    if (wrongPrefix !== undefined) {
        return `${show(key)} has a prefix that is not an RFC 1123 subdomain; write it like "example.com/${NAME.test(name) ? name : "team"}"`;
    }
    return NAME.test(name)
        ? undefined
        : `${show(key)} is not a name that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit`;
};

/** A label's or node selector's value, which may be empty. */
export const checkLabelText: Check<string> = (value) =>
    value === "" || NAME.test(value)
        ? undefined
        : `${show(value)} is not a label value that Kubernetes takes; write at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit`;

/** Nextflow takes an empty value for no option at all, and fails every task. */
export const checkPodText: Check<string> = (value) =>
    value === "" ? 'is empty, which Nextflow refuses; write a value, such as "true", or leave it out' : undefined;

export const checkPodLabelText: Check<string> = (value) => checkPodText(value) ?? checkLabelText(value);

export const checkPodLabel: Check<string> = (key) => {
    if (RESERVED_POD_LABELS.includes(key)) {
        return `${show(key)} is a label that Nextflow keeps for itself, and every task would fail; write ${quote(key === "app" ? "app.kubernetes.io/name" : "run-name")}`;
    }
    return key.startsWith("nextflow.io/")
        ? `${show(key)} is a label that Nextflow sets itself; leave it out, or write another prefix`
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
        ? `asks for a sidecar, beside which no task's pod ever ends; leave it out, or write ${quote(key.startsWith("linkerd") ? "disabled" : "false")}`
        : undefined;
}

/** Annotations that asked for what is now asked for elsewhere. */
const OBSOLETE: [prefix: string, remedy: string][] = [
    [
        "seccomp.security.alpha.kubernetes.io/",
        'is read by no Kubernetes since 1.27; leave it out, and set podOptions.securityContext.seccompProfile to { type: "RuntimeDefault" }',
    ],
    [
        "container.seccomp.security.alpha.kubernetes.io/",
        'is read by no Kubernetes since 1.27; leave it out, and set podOptions.securityContext.seccompProfile to { type: "RuntimeDefault" }',
    ],
    [
        "container.apparmor.security.beta.kubernetes.io/",
        "names a container, and those of tasks are named anew each time, so Kubernetes would refuse every task; leave it out, the container runtime's own profile is the default",
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
        : `${show(text)} is no duration that Nextflow reads; write it like "6h" or "90 min"`;

/** A path inside a volume. */
export const checkSubPath: Check<string> = (path) =>
    path === "" || path.startsWith("/") || path.split("/").includes("..")
        ? `${show(path)} is not a path inside the volume; write it like "data/2024", without a slash in front and without ".."`
        : undefined;

/** A resource of accelerators, such as a slice of a GPU. */
export const checkAcceleratorType: Check<string> = (type) =>
    type.includes("/")
        ? checkQualifiedName(type)
        : `${show(type)} is not the name of a resource, and Nextflow would ask for ${quote(`${type}${type.includes(".") ? "" : ".com"}/gpu`)}; write it like "nvidia.com/gpu", and choose a model with a node selector`;
