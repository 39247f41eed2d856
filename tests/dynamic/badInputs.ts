import { BAD_ENVIRONMENTS } from "./badEnvironments";
import { CANARIES, CERTIFICATE, CREDENTIALS, GENERATED, PRIVATE_KEY, ROLE } from "./inputs";
import type { PlatformKind, Props } from "./support";

const TOKEN = CREDENTIALS["a Kubernetes token"].keys;
const NAME_REMEDY =
    "write a name of 1 to 100 letters, digits, dashes or underscores, or leave it out to have one generated";
const KUBERNETES_KEYS = "needs either a token, or a certificate together with its privateKey, and not both";
const AWS_KEYS = "needs an accessKey together with its secretKey, or an assumeRoleArn, or all three";
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
        faults: [["computeEnvId", "is missing; give the id of the compute environment"]],
    },
    {
        what: "an empty id",
        inputs: { computeEnvId: "" },
        faults: [["computeEnvId", "is empty; give the id of the compute environment"]],
    },
];

/** What is wrong with the inputs of each kind of resource, and how it is told. */
export const BAD_INPUTS: Record<PlatformKind, BadInput[]> = {
    credentials: [
        {
            what: "an empty name",
            inputs: { name: "", ...TOKEN },
            faults: [["name", `is empty; ${NAME_REMEDY}`]],
        },
        {
            what: "a name that is too long",
            inputs: { name: "n".repeat(101), ...TOKEN },
            faults: [["name", "has 101 characters; the Platform takes at most 100: shorten it"]],
        },
        {
            what: "a name with other characters",
            inputs: { name: "my cluster", ...TOKEN },
            faults: [
                [
                    "name",
                    '"my cluster" has other characters than letters, digits, dashes and underscores; write "my-cluster", for example',
                ],
            ],
        },
        {
            what: "a name that is no text",
            inputs: { name: 7, ...TOKEN },
            faults: [["name", "is a number; write a string"]],
        },
        {
            what: "a description that is too long",
            inputs: { ...GENERATED, description: "d".repeat(2001), ...TOKEN },
            faults: [["description", "has 2001 characters; the Platform takes at most 2000: shorten it"]],
        },
        {
            what: "no keys",
            inputs: GENERATED,
            faults: [
                ["kubernetes", "is missing, and so are aws and google; give exactly one of kubernetes, aws and google"],
            ],
        },
        {
            what: "keys of two kinds",
            inputs: { ...GENERATED, ...TOKEN, aws: { assumeRoleArn: ROLE } },
            faults: [
                [
                    "kubernetes",
                    "is given together with others (kubernetes, aws); give exactly one of kubernetes, aws and google",
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
            faults: [["kubernetes.token", "is still in base64, as in the data of a Secret; decode it first"]],
        },
        {
            what: "a token with a line break behind it",
            inputs: { ...GENERATED, kubernetes: { token: `${CANARIES.kubernetesToken}\n` } },
            faults: [["kubernetes.token", "has spaces or line breaks; write the token alone"]],
        },
        {
            what: "a certificate and a private key that are not PEM",
            inputs: { ...GENERATED, kubernetes: { certificate: "MIIB", privateKey: CANARIES.privateKeyLine } },
            faults: [
                [
                    "kubernetes.certificate",
                    "is not a PEM certificate; write the text between and including the BEGIN CERTIFICATE and END CERTIFICATE lines",
                ],
                [
                    "kubernetes.privateKey",
                    "is not a PEM private key; write the text between and including its BEGIN and END lines",
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
                    '"arn:aws:iam::1234:user/me" is not the ARN of a role; write it like "arn:aws:iam::123456789012:role/name"',
                ],
            ],
        },
        {
            what: "a Google key that is no JSON",
            inputs: { ...GENERATED, google: { data: CANARIES.googlePrivateKey } },
            faults: [["google.data", "is not JSON; write the whole text of a service account key file"]],
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
                    'is JSON, but no service account key (its "type" is another one); write the key file\'s whole text',
                ],
            ],
        },
        {
            what: "a Google key without data",
            inputs: { ...GENERATED, google: {} },
            faults: [["google.data", "is missing; write the whole text of a service account key file"]],
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
                    '"runName" is a label that Nextflow keeps for itself, and every task would fail; write another name, such as "app-name"',
                ],
            ],
        },
        {
            what: "a name that is too short",
            inputs: { name: "t", value: "genomics" },
            faults: [["name", `"t" is not a label name that the Platform takes; ${LABEL_REMEDY}`]],
        },
        {
            what: "a name with double dashes",
            inputs: { name: "cost--centre", value: "genomics" },
            faults: [["name", `"cost--centre" is not a label name that the Platform takes; ${LABEL_REMEDY}`]],
        },
        {
            what: "a value that is too long",
            inputs: { name: "team", value: "v".repeat(40) },
            faults: [
                [
                    "value",
                    `"${"v".repeat(40)}" is not a label value that the Platform takes; ${LABEL_REMEDY}, or one of \${workflowId}, \${sessionId}, \${userName}`,
                ],
            ],
        },
        {
            what: "a value that is unknown to the Platform's own list",
            inputs: { name: "team", value: "${team}" },
            faults: [
                [
                    "value",
                    `"\${team}" is not a label value that the Platform takes; ${LABEL_REMEDY}, or one of \${workflowId}, \${sessionId}, \${userName}`,
                ],
            ],
        },
        {
            what: "neither name nor value",
            inputs: {},
            faults: [
                ["name", "is missing; " + LABEL_REMEDY],
                ["value", "is missing; " + LABEL_REMEDY],
            ],
        },
    ],
    primaryComputeEnv: NO_ENVIRONMENT,
    pipelineMove: NO_ENVIRONMENT,
};
