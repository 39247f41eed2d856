import { guardRules } from "./guardRules";
import { checkDnsLabel, checkDnsSubdomain } from "../rules/names";
import { SUBJECT_KINDS } from "./rbac";
import { decided, eachField, eachValue, onlyKeys, type Rule, value } from "../rules/rules";
import { checkDays, checkFilled, oneOf } from "../rules/checks";

/**
 * What the parts of a compute environment must fulfil, each where it is used alone and within the whole. `at` is the
 * path to a part's arguments within the whole's, with the dot behind it.
 */
const KUBERNETES_NAMES = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/";
const KUBERNETES_RBAC = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects";
const KUBERNETES_REGISTRIES = "https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/";
const KUBERNETES_TOKENS = "https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets";
const PULUMI_COMPONENTS = "https://www.pulumi.com/docs/iac/concepts/components/";

const ROLES = ["launcher", "head", "compute"];

/** Arguments that decide which resources there are, or how Pulumi treats them. */
export function switches(...properties: string[]): Rule[] {
    return properties.map((property) => decided(property, "boolean", PULUMI_COMPONENTS));
}

/** Such an argument with a closed choice. */
export function chosen(property: string, choices: Record<string, string>, source: string): Rule {
    return decided(property, "string", source, oneOf(choices));
}

/** Arguments with such switches in them. */
export function groups(...properties: string[]): Rule[] {
    return properties.map((property) => decided(property, "object", PULUMI_COMPONENTS));
}

export const namespaceName = (property: string): Rule => value(property, "string", checkDnsLabel, KUBERNETES_NAMES);

export const objectName = (property: string): Rule => value(property, "string", checkDnsSubdomain, KUBERNETES_NAMES);

export const namespaceRules: Rule[] = [
    namespaceName("name"),
    ...switches("create", "protect", "retainOnDelete"),
    ...guardRules,
];

/** `accounts` is what the launcher's, head's and task pods' accounts are called together. */
export function accountRules(accounts: string): Rule[] {
    return [
        ...groups(accounts),
        ...ROLES.flatMap((role) => [objectName(`${accounts}.${role}.name`), ...switches(`${accounts}.${role}.create`)]),
        eachField("rbacSubjects", "kind", oneOf(SUBJECT_KINDS), KUBERNETES_RBAC),
        eachField("rbacSubjects", "name", checkFilled, KUBERNETES_RBAC),
        eachValue("imagePullSecrets", checkDnsSubdomain, KUBERNETES_NAMES),
    ];
}

export const registryRules: Rule[] = ["server", "username", "password"].map((field) =>
    eachField("registries", field, checkFilled, KUBERNETES_REGISTRIES),
);

/** `rotation` is what the wish to replace the launcher's token is called. */
export function rotationRules(rotation: string): Rule[] {
    return [
        ...groups(rotation),
        value(`${rotation}.request`, "string", checkFilled, KUBERNETES_TOKENS),
        value(`${rotation}.everyDays`, "number", checkDays, KUBERNETES_TOKENS),
        onlyKeys(rotation, ["request", "everyDays"], KUBERNETES_TOKENS),
    ];
}

export const secretRules: Rule[] = [objectName("secretName"), ...rotationRules("rotation")];
