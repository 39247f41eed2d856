import type * as pulumi from "@pulumi/pulumi";
import type { SubjectKind } from "./enums";

/** A service account, created or existing. */
export interface ServiceAccountArgs {
    /**
     * Name of the service account: an RFC 1123 subdomain. Plain text, since the trust policies of clouds name it. Two roles cannot have
     * one service account, unless it exists already (`create: false` for both). Default: `seqera-launcher`, `nextflow-head` or
     * `nextflow-task`, by its role.
     */
    name?: string;
    /**
     * Whether to create the service account. False refers to an existing one, which keeps its own pull Secrets, annotations and labels;
     * those given here are errors. Default: true.
     */
    create?: boolean;
    /**
     * Annotations of a service account that is created, such as those of a cloud's workload identity:
     * `{ "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/nextflow" }`. Default: none.
     */
    annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Labels of a service account that is created, such as those of Azure's workload identity. Default: none. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Service accounts of a compute environment, one for each role, so that each has only the rights that its work requires. */
export interface ServiceAccountsByRole {
    /** Service account that the Platform acts as in the cluster. Default: `seqera-launcher`, created. */
    launcher?: ServiceAccountArgs;
    /**
     * Service account that Nextflow acts as in head pods, where it creates and removes task pods. Default: `nextflow-head`, created.
     */
    head?: ServiceAccountArgs;
    /**
     * Service account of the task pods. Tasks do not call the Kubernetes API, so it has no rights and no token. Default:
     * `nextflow-task`, created.
     */
    compute?: ServiceAccountArgs;
}

/** A user, group or service account that gets the launcher's rights. */
export interface RbacSubjectArgs {
    /** Kind of the subject: `User`, `Group` or `ServiceAccount`. */
    kind: pulumi.Input<SubjectKind>;
    /** Name of the subject, such as the e-mail address of a Google service account or the group of an EKS access entry. */
    name: pulumi.Input<string>;
    /** Namespace of a subject of the kind `ServiceAccount`. Default: that of the compute environment. */
    namespace?: pulumi.Input<string>;
}

/** Arguments of {@link ServiceAccounts}. */
export interface ServiceAccountsArgs {
    /** Namespace of the service accounts, roles and role bindings. */
    namespace: pulumi.Input<string>;
    /** Service accounts of the launcher, the head pods and the task pods, each created or existing. */
    accounts?: ServiceAccountsByRole;
    /** Whether to leave out the launcher's service account, where the Platform acts as one of `rbacSubjects`. Default: false. */
    withoutLauncher?: boolean;
    /**
     * Users, groups and service accounts that get the launcher's rights, such as the identity that the Platform's cloud credential has
     * in the cluster. Default: none.
     */
    rbacSubjects?: pulumi.Input<pulumi.Input<RbacSubjectArgs>[]>;
    /**
     * Names of Secrets of type `kubernetes.io/dockerconfigjson` that pods of the created service accounts pull images with. Default:
     * none.
     */
    imagePullSecrets?: pulumi.Input<pulumi.Input<string>[]>;
}
