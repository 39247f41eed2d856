/** What the parts of a compute environment must fulfil, each where it is used alone and within the whole. */

import { SubjectKind } from "../../args/enums";
import type { LauncherTokenArgs, TokenRotationArgs } from "../../args/launcherToken";
import type { NextflowNamespaceArgs } from "../../args/namespace";
import type { RegistryArgs, RegistrySecretArgs } from "../../args/registries";
import type {
    RbacSubjectArgs,
    ServiceAccountArgs,
    ServiceAccountsArgs,
    ServiceAccountsByRole,
} from "../../args/serviceAccounts";
import { checkDays, checkFilled } from "../rules/checks";
import { checkDnsLabel, checkDnsSubdomain } from "../rules/names";
import { show } from "../rules/problems";
import { always, at, isGiven, noEffect, repeatedFault, type Rule } from "../rules/rules";
import { argumentRules, boolean, choice, list, map, number, object, plain, string } from "../rules/shapes";
import { guardRails } from "./guardRules";
import { DEFAULT_SERVICE_ACCOUNTS } from "./rbac";

const KUBERNETES_NAMES = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/";
const KUBERNETES_LABELS = "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/";
const KUBERNETES_RBAC = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects";
const KUBERNETES_REGISTRIES = "https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/";
const KUBERNETES_TOKENS = "https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets";
const KUBERNETES_RBAC_PRACTICES = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/";
const KUBERNETES_NAMESPACES =
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces";
const KUBERNETES_ACCOUNTS = "https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts";
const PULUMI_COMPONENTS = "https://www.pulumi.com/docs/iac/concepts/components/";

/** An argument that decides which resources there are, or how Pulumi treats them. */
export const decision = plain.boolean({ source: PULUMI_COMPONENTS });

/** The name of a namespace. */
export const namespaceName = plain.string(checkDnsLabel, { source: KUBERNETES_NAMES });

/** The namespaces of every cluster that are its own. */
const RESERVED = ["kube-system", "kube-public", "kube-node-lease"];

/** A namespace that every cluster has cannot be created. `name` and `create` are the arguments. */
export function existingNamespace(name: string, create: string): Rule {
    return always(
        name,
        (args) => {
            const given = at(args, name);
            if (at(args, create) === false) {
                return undefined;
            }
            if (given === "default") {
                return `"default" already exists in every cluster (write another name, or set ${create} to false)`;
            }
            return RESERVED.includes(given as string)
                ? `${show(given)} already exists in every cluster and is reserved for Kubernetes (write another name)`
                : undefined;
        },
        KUBERNETES_NAMESPACES,
    );
}

/** The name of another object. */
export const objectName = plain.string(checkDnsSubdomain, { source: KUBERNETES_NAMES });

const serviceAccount = plain.object<ServiceAccountArgs>(
    { name: objectName, create: decision, annotations: map({}), labels: map({}) },
    { source: PULUMI_COMPONENTS },
);

export const serviceAccounts = plain.object<ServiceAccountsByRole>(
    { launcher: serviceAccount, head: serviceAccount, compute: serviceAccount },
    { source: PULUMI_COMPONENTS },
);

const ROLES = ["launcher", "head", "compute"] as const;

type Role = (typeof ROLES)[number];

/** Roles that must not have the service account of another one, where one of the two is created here, and what would come of it. */
const APART: [role: Role, others: [other: Role, effect: string][]][] = [
    ["head", [["launcher", "head pods would have the permissions of the launcher"]]],
    [
        "compute",
        [
            ["launcher", "task pods would have the permissions of the launcher"],
            ["head", "task pods would have the permissions of head pods"],
        ],
    ],
];

/** Where else the name of a role's service account can stand. */
type OtherNames = Partial<Record<Role, string>>;

/** One name for the service accounts of two roles. Two that are there already have been made that way by others. */
function sharedFaults(accounts: string, otherNames: OtherNames, withoutLauncher: (args: unknown) => boolean): Rule[] {
    const pathOf = (args: unknown, role: Role) =>
        [`${accounts}.${role}.name`, otherNames[role]].find((path) => path !== undefined && isGiven(args, path));
    const nameOf = (args: unknown, role: Role) => {
        const path = pathOf(args, role);
        return path === undefined ? DEFAULT_SERVICE_ACCOUNTS[role] : at(args, path);
    };
    const isMade = (args: unknown, role: Role) => at(args, `${accounts}.${role}.create`) !== false;
    return APART.map(([role, others]) => ({
        property: `${accounts}.${role}.name`,
        source: KUBERNETES_RBAC_PRACTICES,
        validate: (args) => {
            const name = nameOf(args, role);
            const shared = others.find(
                ([other]) =>
                    nameOf(args, other) === name &&
                    (isMade(args, role) || isMade(args, other)) &&
                    !(other === "launcher" && withoutLauncher(args)),
            );
            const property = shared && (pathOf(args, role) ?? pathOf(args, shared[0]));
            return shared === undefined || property === undefined || typeof name !== "string"
                ? []
                : [
                      {
                          property,
                          reason: `${show(name)} is the name of the service accounts ${role} and ${shared[0]}, so ${shared[1]} (write another name)`,
                      },
                  ];
        },
    }));
}

/**
 * What is wrong with service accounts beside each other, and has no effect on those that are there already; `accounts` is where they
 * stand, `secrets` what names pull Secrets.
 */
export function accountFaults(
    accounts: string,
    secrets: string[],
    withoutLauncher: (args: unknown) => boolean,
    otherNames: OtherNames = {},
): Rule[] {
    const exists = (args: unknown, role: string) => at(args, `${accounts}.${role}.create`) === false;
    return [
        ...sharedFaults(accounts, otherNames, withoutLauncher),
        ...ROLES.map((role) =>
            always(
                `${accounts}.${role}.name`,
                (args) =>
                    at(args, `${accounts}.${role}.name`) === "default" && !exists(args, role)
                        ? `"default" already exists in every namespace (write another name, or set ${accounts}.${role}.create to false)`
                        : undefined,
                KUBERNETES_ACCOUNTS,
            ),
        ),
        ...ROLES.flatMap((role) =>
            ["annotations", "labels"].map((key) =>
                noEffect(
                    `${accounts}.${role}.${key}`,
                    (args) =>
                        exists(args, role)
                            ? `${accounts}.${role}.create is false and an existing service account keeps its own (remove it, and set it where the service account is created)`
                            : undefined,
                    PULUMI_COMPONENTS,
                ),
            ),
        ),
        ...secrets.map((property) =>
            noEffect(
                property,
                (args) =>
                    exists(args, "head") && exists(args, "compute")
                        ? `${accounts}.head.create and ${accounts}.compute.create are false and existing service accounts keep their own pull Secrets (remove it, and name the Secrets in imagePullSecrets of the service accounts where they are created)`
                        : undefined,
                KUBERNETES_REGISTRIES,
            ),
        ),
    ];
}

function subjectFault({ kind, namespace }: Record<string, unknown>): string | undefined {
    return namespace !== undefined && (kind === SubjectKind.User || kind === SubjectKind.Group)
        ? `has a namespace, which has no effect on the kind ${show(kind)} (remove it)`
        : undefined;
}

export const rbacSubjects = list(
    object<RbacSubjectArgs>(
        {
            kind: choice(SubjectKind, { missing: "write a string" }),
            name: string(checkFilled, { missing: "write a string" }),
            namespace: string(),
        },
        { faults: [subjectFault] },
    ),
    { source: KUBERNETES_RBAC },
);

export const imagePullSecrets = list(string(checkDnsSubdomain), { source: KUBERNETES_NAMES });

const filled = string(checkFilled, { missing: "write a string" });

const REGISTRY =
    'write the registry as it stands in the names of images, like "ghcr.io" or "registry.example.org:5000"';

/** The kubelet compares it with the names of images: https://kubernetes.io/docs/concepts/containers/images/#config-json */
function checkRegistry(server: string): string | undefined {
    return (
        checkFilled(server) ?? (/\s/.test(server) ? `${show(server)} contains white space (${REGISTRY})` : undefined)
    );
}

export const registries = list(
    object<RegistryArgs>({
        server: string(checkRegistry, { missing: "write a string" }),
        username: filled,
        password: filled,
    }),
    {
        source: KUBERNETES_REGISTRIES,
        fault: (given) =>
            repeatedFault(given, "server", "remove one of the two, since a Secret has one login a server"),
    },
);

export const tokenRotation = plain.object<TokenRotationArgs>(
    { request: string(checkFilled), everyDays: number(checkDays) },
    { source: KUBERNETES_TOKENS },
);

export const namespaceRules = argumentRules<NextflowNamespaceArgs>(
    {
        name: namespaceName,
        create: decision,
        protect: decision,
        retainOnDelete: decision,
        labels: map({}),
        annotations: map({}),
        privileged: boolean(),
        ...guardRails,
    },
    KUBERNETES_LABELS,
    [
        existingNamespace("name", "create"),
        ...(
            [
                ["protect", false],
                ["retainOnDelete", false],
                ["labels"],
                ["annotations"],
                ["privileged", false],
                ["podSecurity"],
            ] as [key: string, silent?: boolean][]
        ).map(([key, silent]) =>
            noEffect(
                key,
                (args) =>
                    at(args, "create") === false
                        ? "create is false and an existing namespace stays as it is (remove it, and set it where the namespace is created)"
                        : undefined,
                KUBERNETES_LABELS,
                silent,
            ),
        ),
    ],
);

export const serviceAccountRules = argumentRules<ServiceAccountsArgs>(
    {
        namespace: string(),
        accounts: serviceAccounts,
        rbacSubjects,
        imagePullSecrets,
        withoutLauncher: decision,
    },
    KUBERNETES_NAMES,
    accountFaults("accounts", ["imagePullSecrets"], (args) => at(args, "withoutLauncher") === true),
);

export const registrySecretRules = argumentRules<RegistrySecretArgs>(
    { namespace: string(), secretName: objectName, registries },
    KUBERNETES_REGISTRIES,
);

export const launcherTokenRules = argumentRules<LauncherTokenArgs>(
    { namespace: string(), serviceAccount: string(), secretName: objectName, rotation: tokenRotation },
    KUBERNETES_TOKENS,
);
