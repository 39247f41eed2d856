import { UNKNOWN } from "../../../src/compile/rules/rules";
import { base64 } from "./authority";
import { type Case, EKS, GKE, GOOD, LATER, NO_SERVER, SERVER, SUBDOMAIN } from "./environmentCases";

const LABEL = "use lower-case letters, digits and dashes; begin and end with a letter or digit";
const NO_PEM =
    "is not a PEM certificate (write the text from the BEGIN CERTIFICATE line to the END CERTIFICATE line, or a kubeconfig's certificate-authority-data)";
const NO_AUTHORITY =
    "cluster.certificateAuthority: required with credentialsId, because no launcher token provides it (write the cluster's certificate authority as PEM, or a kubeconfig's certificate-authority-data)";
const NO_CLOUD_CREDENTIAL =
    "needs a cloud credential, not a launcher token (write the id of one, such as the credentialsId of a Credentials resource)";

const SHARED = (name: string, roles: string, effect: string) =>
    `"${name}" is the name of the service accounts ${roles}, so ${effect} (write another name)`;
const AS_LAUNCHER = "have the permissions of the launcher";

/** How the Platform gets into the cluster, and what it finds there. */
export const REFUSED_ACCESS: Case[] = [
    // What is made.
    [
        "a namespace that every cluster has",
        { namespace: "default" },
        ['namespace: "default" already exists in every cluster (write another name, or set createNamespace to false)'],
    ],
    ...["kube-system", "kube-public", "kube-node-lease"].map((namespace): Case => [
        `the namespace ${namespace}`,
        { namespace, createNamespace: true },
        [
            `namespace: "${namespace}" already exists in every cluster and is reserved for Kubernetes (write another name)`,
        ],
    ]),
    [
        "one service account for all",
        { serviceAccounts: { launcher: { name: "all" }, head: { name: "all" }, compute: { name: "all" } } },
        [
            `serviceAccounts.head.name: ${SHARED("all", "head and launcher", `head pods would ${AS_LAUNCHER}`)}`,
            `serviceAccounts.compute.name: ${SHARED("all", "compute and launcher", `task pods would ${AS_LAUNCHER}`)}`,
        ],
    ],
    [
        "a service account that has the name of another one by default",
        { serviceAccounts: { launcher: { name: "nextflow-head" } } },
        [
            `serviceAccounts.launcher.name: ${SHARED("nextflow-head", "head and launcher", `head pods would ${AS_LAUNCHER}`)}`,
        ],
    ],
    [
        "a service account of tasks by the other argument, which is that of head pods that are there already",
        { serviceAccounts: { head: { name: "runs", create: false } }, serviceAccount: "runs" },
        [`serviceAccount: ${SHARED("runs", "compute and head", "task pods would have the permissions of head pods")}`],
    ],
    // Names.
    [
        "a name with other characters",
        { name: "my env" },
        [
            'name: "my env" contains characters other than letters, digits, dashes and underscores (write it like "my-env")',
        ],
    ],
    [
        "a name that is too long",
        { name: "x".repeat(101) },
        ["name: has 101 characters; the Platform allows at most 100 (shorten it)"],
    ],
    [
        "an empty name",
        { name: "" },
        [
            "name: must not be empty (write 1 to 100 letters, digits, dashes or underscores, or leave it out to generate a name)",
        ],
    ],
    [
        "a name that is no text",
        { name: 5 },
        ["name: must be a string, not a number (write it in quotes, or add --type string to pulumi config set)"],
    ],
    [
        "a description that is too long",
        { description: "x".repeat(2001) },
        ["description: has 2001 characters; the Platform allows at most 2000 (shorten it)"],
    ],
    // The cluster.
    ["no arguments at all", { cluster: undefined }, [NO_SERVER]],
    ["no server", { cluster: {} }, [NO_SERVER]],
    ["no server on the platform that is named", { cluster: { platform: "k8s-platform" } }, [NO_SERVER]],
    [
        "a server without https",
        { cluster: { server: "http://10.0.0.1:8080" } },
        [
            'cluster.server: "http://10.0.0.1:8080" is not an https URL (write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443")',
        ],
    ],
    [
        "a server without scheme",
        { cluster: { server: "10.0.0.1:6443" } },
        ['cluster.server: "10.0.0.1:6443" has no scheme (write "https://10.0.0.1:6443")'],
    ],
    [
        "a platform that is none",
        { cluster: { platform: "kubernetes", server: SERVER } },
        [
            'cluster.platform: unsupported value "kubernetes" (use one of "k8s-platform", "eks-platform", "gke-platform")',
        ],
    ],
    [
        "a certificate authority that is no PEM",
        { cluster: { server: SERVER, certificateAuthority: "/etc/ca.crt" } },
        [`cluster.certificateAuthority: ${NO_PEM}`],
    ],
    [
        "a certificate authority in base64 of something else",
        { cluster: { server: SERVER, certificateAuthority: base64("x") } },
        [`cluster.certificateAuthority: ${NO_PEM}`],
    ],
    [
        "an EKS cluster without name",
        { ...EKS, cluster: { platform: "eks-platform", region: "eu-west-1" } },
        [
            'cluster.name: required because "eks-platform" finds the cluster by its name and region (write the cluster\'s name)',
        ],
    ],
    [
        "an EKS cluster without region",
        { ...EKS, cluster: { platform: "eks-platform", name: "production" } },
        [
            'cluster.region: required because "eks-platform" finds the cluster by its name and region (write the cluster\'s region)',
        ],
    ],
    [
        "a GKE cluster without region",
        { ...GKE, cluster: { platform: "gke-platform", name: "c" } },
        [
            'cluster.region: required because "gke-platform" finds the cluster by its name and region (write the cluster\'s region)',
        ],
    ],
    [
        "an EKS cluster with an empty name",
        { ...EKS, cluster: { ...EKS.cluster, name: "" } },
        ["cluster.name: must not be empty (write its value, or leave the argument out)"],
    ],
    // Credentials.
    [
        "credentialsId and credentials",
        { cluster: { server: SERVER, certificateAuthority: UNKNOWN }, credentialsId: "1a", credentials: { name: "x" } },
        [
            "credentialsId: cannot be used with credentials, which is for a credential that is created here (remove one of the two)",
        ],
    ],
    [
        "credentialsId and a rotation",
        {
            cluster: { server: SERVER, certificateAuthority: UNKNOWN },
            credentialsId: "1a",
            tokenRotation: { everyDays: 90 },
        },
        [
            "credentialsId: cannot be used with tokenRotation, which is for a credential that is created here (remove one of the two)",
        ],
    ],
    [
        "a rotation of half a day",
        { tokenRotation: { everyDays: 0.5 } },
        ["tokenRotation.everyDays: must be a whole number of days from 1 to 3650, not 0.5 (write it like 90)"],
    ],
    ["a rotation that another resource decides about", { tokenRotation: UNKNOWN }, [`tokenRotation: ${LATER}`]],
    [
        "a rotation of a text",
        { tokenRotation: { everyDays: "90" } },
        ["tokenRotation.everyDays: must be a number, not a string"],
    ],
    [
        "an empty request",
        { tokenRotation: { request: "" } },
        ["tokenRotation.request: must not be empty (write its value)"],
    ],
    [
        "a rotation by another name",
        { tokenRotation: { every_days: 90 } },
        ['tokenRotation.every_days: unknown argument (write "everyDays")'],
    ],
    [
        "credentialsId and a launcher",
        {
            cluster: { server: SERVER, certificateAuthority: UNKNOWN },
            credentialsId: "1a",
            serviceAccounts: { launcher: {} },
        },
        [
            "credentialsId: cannot be used with serviceAccounts.launcher, which is for a credential that is created here (remove one of the two)",
        ],
    ],
    [
        "credentialsId of another resource and credentials",
        { cluster: { server: SERVER, certificateAuthority: UNKNOWN }, credentialsId: UNKNOWN, credentials: {} },
        [
            "credentialsId: cannot be used with credentials, which is for a credential that is created here (remove one of the two)",
        ],
    ],
    ["credentialsId without the cluster's authority", { ...GOOD, credentialsId: "1a" }, [NO_AUTHORITY]],
    [
        "credentialsId of another resource without the cluster's authority",
        { ...GOOD, credentialsId: UNKNOWN },
        [NO_AUTHORITY],
    ],
    [
        "an empty credentialsId",
        { ...EKS, credentialsId: "" },
        ["credentialsId: must not be empty (write its value, or leave the argument out)"],
    ],
    [
        "EKS without a credential",
        { ...EKS, credentialsId: undefined },
        [`credentialsId: required because "eks-platform" ${NO_CLOUD_CREDENTIAL}`],
    ],
    [
        "GKE without a credential",
        { ...GKE, credentialsId: null },
        [`credentialsId: required because "gke-platform" ${NO_CLOUD_CREDENTIAL}`],
    ],
    // The namespace and the accounts in it.
    [
        "a namespace with capitals",
        { namespace: "Nextflow" },
        [`namespace: "Nextflow" is not an RFC 1123 label (${LABEL}, like "nextflow")`],
    ],
    [
        "a namespace with dots",
        { namespace: "a.b" },
        [`namespace: "a.b" is not an RFC 1123 label (${LABEL}, like "a-b")`],
    ],
    [
        "a namespace that is too long",
        { namespace: "x".repeat(64) },
        ["namespace: has 64 characters; Kubernetes allows at most 63 here (shorten it)"],
    ],
    ["createNamespace of another resource", { createNamespace: UNKNOWN }, [`createNamespace: ${LATER}`]],
    ["createNamespace as a text", { createNamespace: "false" }, ["createNamespace: must be a boolean, not a string"]],
    [
        "a launcher's name with an underscore",
        { serviceAccounts: { launcher: { name: "my_launcher" } } },
        [
            `serviceAccounts.launcher.name: "my_launcher" is not an RFC 1123 subdomain (${SUBDOMAIN}, like "my-launcher")`,
        ],
    ],
    [
        "a head's name with a slash",
        { serviceAccounts: { head: { name: "a/b" } } },
        [`serviceAccounts.head.name: "a/b" is not an RFC 1123 subdomain (${SUBDOMAIN}, like "a-b")`],
    ],
    [
        "the account that every namespace has",
        { serviceAccounts: { compute: { name: "default" } } },
        [
            'serviceAccounts.compute.name: "default" already exists in every namespace (write another name, or set serviceAccounts.compute.create to false)',
        ],
    ],
    [
        "a compute account's empty name",
        { serviceAccounts: { compute: { name: "" } } },
        [`serviceAccounts.compute.name: "" is not an RFC 1123 subdomain (${SUBDOMAIN})`],
    ],
    [
        "an account that another resource decides about",
        { serviceAccounts: { head: { create: UNKNOWN } } },
        [`serviceAccounts.head.create: ${LATER}`],
    ],
    ["accounts of another resource", { serviceAccounts: UNKNOWN }, [`serviceAccounts: ${LATER}`]],
    [
        "a subject of no kind",
        { rbacSubjects: [{ kind: "user", name: "a" }] },
        ['rbacSubjects[0].kind: unsupported value "user" (write "User")'],
    ],
    [
        "a subject without a name",
        { rbacSubjects: [{ kind: "User", name: "a" }, { kind: "Group" }] },
        ["rbacSubjects[1].name: required (write a string)"],
    ],
    [
        "a registry without a password",
        { registries: [{ server: "ghcr.io", username: "u" }] },
        ["registries[0].password: required (write a string)"],
    ],
    [
        "a registry with blanks",
        { registries: [{ server: "ghcr.io lab", username: "u", password: "p" }] },
        [
            'registries[0].server: "ghcr.io lab" contains white space (write the registry as it stands in the names of images, like "ghcr.io" or "registry.example.org:5000")',
        ],
    ],
    [
        "a pull Secret's name that is none",
        { imagePullSecrets: ["good", "Bad"] },
        [`imagePullSecrets[1]: "Bad" is not an RFC 1123 subdomain (${SUBDOMAIN}, like "bad")`],
    ],
];
