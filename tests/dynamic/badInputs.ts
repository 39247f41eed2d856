import { BAD_DATA_LINKS, BAD_DATASETS } from "./badData";
import { BAD_ENVIRONMENTS } from "./badEnvironments";
import { BAD_PIPELINES } from "./badPipelines";
import { CANARIES, CERTIFICATE, CREDENTIALS, GENERATED, PRIVATE_KEY, ROLE } from "./inputs";
import type { PlatformKind, Props } from "./support";

const TOKEN = CREDENTIALS["a Kubernetes token"].keys;
const NAME_REMEDY = "write 1 to 100 letters, digits, dashes or underscores, or leave it out to generate a name";
const KUBERNETES_KEYS = "must have either a token, or a certificate and its privateKey, but not both";
const AWS_KEYS = "must have an accessKey and its secretKey, or an assumeRoleArn, or all three";
const LABEL_REMEDY = "write 2 to 39 letters and digits, with single dashes or underscores between them";

export interface BadInput {
    what: string;
    inputs: Props;
    /** Property and reason of every failure. */
    faults: [string, string][];
}

/** Of the resources that refer to a compute environment. */
const NO_ENVIRONMENT: BadInput[] = [
    {
        what: "no environment",
        inputs: {},
        faults: [["computeEnvId", "required (write the id of the compute environment)"]],
    },
    {
        what: "an empty id",
        inputs: { computeEnvId: "" },
        faults: [["computeEnvId", "must not be empty (write the id of the compute environment)"]],
    },
];

/** What is wrong with the inputs of each kind of resource, and how it is told. */
export const BAD_INPUTS: Record<PlatformKind, BadInput[]> = {
    dataLink: BAD_DATA_LINKS,
    dataset: BAD_DATASETS,
    credentials: [
        {
            what: "an empty name",
            inputs: { name: "", ...TOKEN },
            faults: [["name", `must not be empty (${NAME_REMEDY})`]],
        },
        {
            what: "a name that is too long",
            inputs: { name: "n".repeat(101), ...TOKEN },
            faults: [["name", "has 101 characters; the Platform allows at most 100 (shorten it)"]],
        },
        {
            what: "a name with other characters",
            inputs: { name: "my cluster", ...TOKEN },
            faults: [
                [
                    "name",
                    '"my cluster" contains characters other than letters, digits, dashes and underscores (write it like "my-cluster")',
                ],
            ],
        },
        {
            what: "a name that is no text",
            inputs: { name: 7, ...TOKEN },
            faults: [
                [
                    "name",
                    "must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
                ],
            ],
        },
        {
            what: "a description that is too long",
            inputs: { ...GENERATED, description: "d".repeat(2001), ...TOKEN },
            faults: [["description", "has 2001 characters; the Platform allows at most 2000 (shorten it)"]],
        },
        {
            what: "misspelt keys (case 10)",
            inputs: { ...GENERATED, kubernetes: { ...TOKEN.kubernetes, privatKey: "x" }, descripton: "d" },
            faults: [
                ["descripton", 'unknown argument (write "description")'],
                ["kubernetes.privatKey", 'unknown argument (write "privateKey")'],
            ],
        },
        {
            what: "no keys",
            inputs: GENERATED,
            faults: [["kubernetes", "one of kubernetes, aws and google is required (write exactly one of them)"]],
        },
        {
            what: "keys of two kinds",
            inputs: { ...GENERATED, ...TOKEN, aws: { assumeRoleArn: ROLE } },
            faults: [
                [
                    "kubernetes",
                    "only one of kubernetes, aws and google is allowed, not kubernetes and aws (remove all except one)",
                ],
            ],
        },
        {
            what: "Kubernetes keys with nothing in them",
            inputs: { ...GENERATED, kubernetes: {} },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "an empty token",
            inputs: { ...GENERATED, kubernetes: { token: "" } },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "a token that is still in base64",
            inputs: { ...GENERATED, kubernetes: { token: Buffer.from("eyJhbGciOi.x.y").toString("base64") } },
            faults: [["kubernetes.token", "is base64-encoded, as in the data of a Secret (write the decoded token)"]],
        },
        {
            what: "a token with a line break behind it",
            inputs: { ...GENERATED, kubernetes: { token: `${CANARIES.kubernetesToken}\n` } },
            faults: [["kubernetes.token", "contains spaces or line breaks (write only the token)"]],
        },
        {
            what: "a certificate and a private key that are not PEM",
            inputs: { ...GENERATED, kubernetes: { certificate: "MIIB", privateKey: CANARIES.privateKeyLine } },
            faults: [
                [
                    "kubernetes.certificate",
                    "is not a PEM certificate (write the text from the BEGIN CERTIFICATE line to the END CERTIFICATE line)",
                ],
                [
                    "kubernetes.privateKey",
                    "is not a PEM private key (write the text from its BEGIN line to its END line)",
                ],
            ],
        },
        {
            what: "a token and a certificate",
            inputs: {
                ...GENERATED,
                kubernetes: { token: CANARIES.kubernetesToken, certificate: CERTIFICATE, privateKey: PRIVATE_KEY },
            },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "a certificate without its key",
            inputs: { ...GENERATED, kubernetes: { certificate: CERTIFICATE } },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "a private key without its certificate",
            inputs: { ...GENERATED, kubernetes: { privateKey: PRIVATE_KEY } },
            faults: [["kubernetes", KUBERNETES_KEYS]],
        },
        {
            what: "an AWS key without its secret",
            inputs: { ...GENERATED, aws: { accessKey: "AKIAIOSFODNN7EXAMPLE" } },
            faults: [["aws", AWS_KEYS]],
        },
        {
            what: "an AWS secret without its key",
            inputs: { ...GENERATED, aws: { secretKey: CANARIES.awsSecretKey, assumeRoleArn: ROLE } },
            faults: [["aws", AWS_KEYS]],
        },
        { what: "empty AWS keys", inputs: { ...GENERATED, aws: {} }, faults: [["aws", AWS_KEYS]] },
        {
            what: "what is no ARN of a role",
            inputs: { ...GENERATED, aws: { assumeRoleArn: "arn:aws:iam::1234:user/me" } },
            faults: [
                [
                    "aws.assumeRoleArn",
                    '"arn:aws:iam::1234:user/me" is not the ARN of a role (write it like "arn:aws:iam::123456789012:role/name")',
                ],
            ],
        },
        {
            what: "a Google key that is no JSON",
            inputs: { ...GENERATED, google: { data: CANARIES.googlePrivateKey } },
            faults: [["google.data", "is not JSON (write the whole text of a service account key file)"]],
        },
        {
            what: "a Google key of another type",
            inputs: {
                ...GENERATED,
                google: { data: JSON.stringify({ type: "authorized_user", private_key: CANARIES.googlePrivateKey }) },
            },
            faults: [
                [
                    "google.data",
                    'is JSON, but not a service account key, because its "type" is not "service_account" (write the whole text of the key file)',
                ],
            ],
        },
        {
            what: "a Google key without data",
            inputs: { ...GENERATED, google: {} },
            faults: [["google.data", "required (write the whole text of a service account key file)"]],
        },
    ],
    computeEnv: BAD_ENVIRONMENTS,
    label: [
        {
            what: "a name that Nextflow keeps for itself",
            inputs: { name: "runName", value: "x1" },
            faults: [
                [
                    "name",
                    '"runName" is a label that Nextflow reserves, so every task would fail (write another name, such as "app-name")',
                ],
            ],
        },
        {
            what: "a name that is too short",
            inputs: { name: "t", value: "genomics" },
            faults: [["name", `"t" is not a valid name of a resource label (${LABEL_REMEDY})`]],
        },
        {
            what: "a name with double dashes",
            inputs: { name: "cost--centre", value: "genomics" },
            faults: [["name", `"cost--centre" is not a valid name of a resource label (${LABEL_REMEDY})`]],
        },
        {
            what: "a value that is too long",
            inputs: { name: "team", value: "v".repeat(40) },
            faults: [
                [
                    "value",
                    `"${"v".repeat(40)}" is not a valid value of a resource label (${LABEL_REMEDY}, or one of \${workflowId}, \${sessionId}, \${userName})`,
                ],
            ],
        },
        {
            what: "a value that is unknown to the Platform's own list",
            inputs: { name: "team", value: "${team}" },
            faults: [
                [
                    "value",
                    `"\${team}" is not a valid value of a resource label (${LABEL_REMEDY}, or one of \${workflowId}, \${sessionId}, \${userName})`,
                ],
            ],
        },
        {
            what: "neither name nor value",
            inputs: {},
            faults: [
                ["name", `required (${LABEL_REMEDY})`],
                ["value", `required (${LABEL_REMEDY})`],
            ],
        },
    ],
    primaryComputeEnv: NO_ENVIRONMENT,
    pipeline: BAD_PIPELINES,
    pipelineMove: NO_ENVIRONMENT,
};
