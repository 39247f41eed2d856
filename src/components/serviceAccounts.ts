import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { serviceAccountRules } from "../compile/namespace/partRules";
import {
    completeSubject,
    DEFAULT_SERVICE_ACCOUNTS,
    headRules,
    launcherRules,
    type PolicyRule,
} from "../compile/namespace/rbac";
import { type ClusterObject, nameOf } from "./outputs";
import { validArguments } from "./validate";
import { SubjectKind } from "../args/enums";
import type { RbacSubjectArgs, ServiceAccountsArgs, ServiceAccountsByRole } from "../args/serviceAccounts";

/**
 * Service accounts, roles and role bindings of a compute environment, each with the least rights that its work requires: the Platform's
 * has the role that Seqera documents, that of head pods has what Nextflow calls, that of task pods has no rights.
 * See https://docs.seqera.io/platform-cloud/compute-envs/k8s
 */
export class ServiceAccounts extends pulumi.ComponentResource {
    /** Service account that the Platform acts as; empty without one. */
    public readonly launcher: pulumi.Output<string>;
    /** Service account of the head pods. */
    public readonly head: pulumi.Output<string>;
    /** Service account of the task pods. */
    public readonly compute: pulumi.Output<string>;

    constructor(name: string, args: ServiceAccountsArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validArguments(`ServiceAccounts "${name}"`, serviceAccountRules, args);
        super("pulumi-seqera-kubernetes:index:ServiceAccounts", name, args, opts);
        const { launcher, head, compute } = makeServiceAccounts(name, args, { parent: this });
        this.launcher = launcher;
        this.head = head;
        this.compute = compute;
        this.registerOutputs({ launcher, head, compute });
    }
}

/** Name of the service account of a role. */
export function accountName(accounts: ServiceAccountsByRole | undefined, role: keyof ServiceAccountsByRole): string {
    return accounts?.[role]?.name ?? DEFAULT_SERVICE_ACCOUNTS[role];
}

/** Names of service accounts, known once those are there, and all that is made except roles, which their bindings depend on. */
export interface ServiceAccountObjects extends Record<keyof ServiceAccountsByRole, pulumi.Output<string>> {
    made: ClusterObject[];
}

/** Makes what {@link ServiceAccounts} consist of. */
export function makeServiceAccounts(
    name: string,
    args: ServiceAccountsArgs,
    opts: pulumi.CustomResourceOptions,
): ServiceAccountObjects {
    const made: ClusterObject[] = [];
    const namespace = pulumi.output(args.namespace);

    const launcher = args.withoutLauncher ? undefined : account("launcher", false);
    const head = account("head", undefined);
    const compute = account("compute", false);

    if (launcher !== undefined || args.rbacSubjects !== undefined) {
        grant("launcher", launcherRules(), launcherSubjects());
    }
    grant("head", headRules(), pulumi.output([serviceAccount("head")]));
    return { launcher: launcher ?? pulumi.output(""), head, compute, made };

    /** `automount` is left to Kubernetes where it is undefined: the head pod needs its token. */
    function account(role: keyof ServiceAccountsByRole, automount: false | undefined): pulumi.Output<string> {
        const given = args.accounts?.[role] ?? {};
        const named = accountName(args.accounts, role);
        if (given.create === false) {
            return pulumi.output(named);
        }
        const own = new kubernetes.core.v1.ServiceAccount(
            `${name}-${role}`,
            {
                metadata: { name: named, namespace, annotations: given.annotations, labels: given.labels },
                automountServiceAccountToken: automount,
                imagePullSecrets: pullSecrets(),
            },
            opts,
        );
        made.push(own);
        return nameOf(own, named);
    }

    function pullSecrets() {
        return args.imagePullSecrets === undefined
            ? undefined
            : pulumi.output(args.imagePullSecrets).apply((names) => names?.map((secret) => ({ name: secret })));
    }

    /** By its plain name, since a binding may come before its subjects. */
    function serviceAccount(role: keyof ServiceAccountsByRole) {
        return { kind: SubjectKind.ServiceAccount, name: accountName(args.accounts, role) };
    }

    function launcherSubjects() {
        const own = launcher === undefined ? [] : [serviceAccount("launcher")];
        return pulumi.all([own, args.rbacSubjects]).apply(([ours, given]) => [...ours, ...(given ?? [])]);
    }

    /** Roles and bindings keep generated names: nothing outside refers to them, and two environments can share a namespace. */
    function grant(
        role: "launcher" | "head",
        rules: PolicyRule[],
        subjects: pulumi.Output<pulumi.Unwrap<RbacSubjectArgs>[]>,
    ): void {
        const own = new kubernetes.rbac.v1.Role(`${name}-${role}`, { metadata: { namespace }, rules }, opts);
        const binding = new kubernetes.rbac.v1.RoleBinding(
            `${name}-${role}`,
            {
                metadata: { namespace },
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: own.metadata.name },
                subjects: pulumi
                    .all([subjects, namespace])
                    .apply(([each, inNamespace]) => each.map((subject) => completeSubject(subject, inNamespace))),
            },
            opts,
        );
        made.push(binding);
    }
}
