import type * as pulumi from "@pulumi/pulumi";

/** One service account, made or referred to. */
export interface ServiceAccountArgs {
    /** Name of the service account. Plain text, since cloud trust policies name it. */
    name?: string;
    /**
     * Make the service account; false refers to one that is there already, which keeps its own pull Secrets,
     * annotations and labels. Default: true.
     */
    create?: boolean;
    /** Annotations of a service account that is made, such as those of a cloud's workload identity. */
    annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Labels of a service account that is made, such as those of Azure's workload identity. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** The service accounts of a compute environment, apart from each other so that each has the rights of its own work only. */
export interface ServiceAccountsByRole {
    /** What the Platform itself acts as in the cluster. Name by default: `seqera-launcher`. */
    launcher?: ServiceAccountArgs;
    /** What Nextflow acts as in the head pod: it makes and removes task pods. Name by default: `nextflow-head`. */
    head?: ServiceAccountArgs;
    /** What the task pods are. They call no Kubernetes API, so it has no rights and no token. Name by default: `nextflow-task`. */
    compute?: ServiceAccountArgs;
}

/** A user, group or service account that gets the launcher's rights. */
export interface RbacSubjectArgs {
    /** `User`, `Group` or `ServiceAccount`. */
    kind: pulumi.Input<string>;
    /** Name of the subject, such as the e-mail address of a Google service account or a group of an EKS access entry. */
    name: pulumi.Input<string>;
    /** Namespace of a service account. Default: that of the compute environment. */
    namespace?: pulumi.Input<string>;
}

/** Arguments of {@link ServiceAccounts}. */
export interface ServiceAccountsArgs {
    /** Namespace of the service accounts and roles. */
    namespace: pulumi.Input<string>;
    /** The service accounts. */
    accounts?: ServiceAccountsByRole;
    /** Make no launcher service account: the Platform comes in as one of `rbacSubjects`. Default: false. */
    withoutLauncher?: boolean;
    /** Whoever else gets the launcher's rights: what the Platform's cloud identity is in the cluster. */
    rbacSubjects?: pulumi.Input<pulumi.Input<RbacSubjectArgs>[]>;
    /** Names of Secrets of type `kubernetes.io/dockerconfigjson` that the service accounts pull images with. */
    imagePullSecrets?: pulumi.Input<pulumi.Input<string>[]>;
}
