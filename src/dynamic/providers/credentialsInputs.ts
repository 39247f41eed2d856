import { adoptedParts, adoptionRule, CREDENTIAL_PARTS } from "../../compile/adoption";
import { checkDescription, checkGiven } from "../../compile/rules/checks";
import { ADDED_BY_CLASS, connectionOfResource } from "../../compile/rules/connectionRules";
import { checkPlatformName } from "../../compile/rules/names";
import { at, type Rule, validate, whenKnown } from "../../compile/rules/rules";
import { argumentRules, type Members, object, string } from "../../compile/rules/shapes";
import type { AwsKeysArgs, CredentialsArgs, GoogleKeysArgs, KubernetesKeysArgs } from "../../args/credentials";
import type {
    AwsKeys,
    CredentialsDto,
    CredentialsKeys,
    CredentialsProvider,
    CredentialsSpec,
    GoogleKeys,
} from "../../platform/types";
import type { AdoptionInputs } from "./adoption";
import { observedText, sameText, without, withUnknown } from "./values";

interface KubernetesKeyInputs {
    token?: string;
    certificate?: string;
    privateKey?: string;
}

export interface CredentialsInputs extends AdoptionInputs {
    description?: string;
    kubernetes?: KubernetesKeyInputs;
    aws?: Pick<AwsKeys, "accessKey" | "secretKey" | "assumeRoleArn">;
    google?: Pick<GoogleKeys, "data">;
    /**
     * Why the credential may not have these keys any more. Only state has it, among the inputs, and never a program, so
     * that an update is due and a preview shows what for.
     */
    keysInDoubt?: string;
}

export interface CredentialsOutputs extends CredentialsInputs {
    provider: CredentialsProvider;
    externalId: string;
    /** When the Platform says that our last write was: empty for the create itself, left out when it is not known. */
    writtenAt?: string;
}

/** Which input makes which of the Platform's kinds of credential. */
const KINDS = { kubernetes: "k8s", aws: "aws", google: "google" } as const satisfies Record<
    string,
    CredentialsProvider
>;

type Kind = keyof typeof KINDS;

const KUBERNETES = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const EKS = "https://docs.seqera.io/platform-cloud/compute-envs/eks";
const GKE = "https://docs.seqera.io/platform-cloud/compute-envs/gke";

function kindsGiven(inputs: unknown): Kind[] {
    return (Object.keys(KINDS) as Kind[]).filter((kind) => at(inputs, kind) !== undefined);
}

const members: Members<CredentialsArgs> = {
    ...connectionOfResource,
    name: string(checkPlatformName),
    description: string(checkDescription),
    adopt: string(checkGiven),
    adoptWithout: adoptedParts(CREDENTIAL_PARTS),
    kubernetes: object<KubernetesKeysArgs>({
        token: string(tokenFault),
        certificate: string((text) =>
            /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.test(text) || text === ""
                ? undefined
                : "is not a PEM certificate (write the text from the BEGIN CERTIFICATE line to the END CERTIFICATE line)",
        ),
        privateKey: string((text) =>
            /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/.test(text) || text === ""
                ? undefined
                : "is not a PEM private key (write the text from its BEGIN line to its END line)",
        ),
    }),
    aws: object<AwsKeysArgs>(
        {
            accessKey: string(),
            secretKey: string(),
            assumeRoleArn: string((arn) =>
                /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(arn)
                    ? undefined
                    : `"${arn}" is not the ARN of a role (write it like "arn:aws:iam::123456789012:role/name")`,
            ),
        },
        { source: EKS },
    ),
    google: object<GoogleKeysArgs>(
        { data: string(googleFault, { missing: "write the whole text of a service account key file" }) },
        { source: GKE },
    ),
};

const together: Rule[] = [
    adoptionRule("", KUBERNETES),
    whenKnown(
        "kubernetes",
        ["aws", "google"],
        (inputs) => {
            const given = kindsGiven(inputs);
            return given.length === 1
                ? undefined
                : given.length === 0
                  ? "one of kubernetes, aws and google is required (write exactly one of them)"
                  : `only one of kubernetes, aws and google is allowed, not ${given.join(" and ")} (remove all except one)`;
        },
        KUBERNETES,
    ),
    whenKnown(
        "kubernetes",
        ["kubernetes.token", "kubernetes.certificate", "kubernetes.privateKey"],
        (inputs) => {
            const has = (key: string) => Boolean(at(inputs, `kubernetes.${key}`));
            const certificate = has("certificate") && has("privateKey");
            const anyOfIt = has("certificate") || has("privateKey");
            return at(inputs, "kubernetes") === undefined || (has("token") ? !anyOfIt : certificate)
                ? undefined
                : "must have either a token, or a certificate and its privateKey, but not both";
        },
        KUBERNETES,
    ),
    whenKnown(
        "aws",
        ["aws.accessKey", "aws.secretKey", "aws.assumeRoleArn"],
        (inputs) => {
            const has = (key: string) => Boolean(at(inputs, `aws.${key}`));
            return at(inputs, "aws") === undefined ||
                (has("accessKey") === has("secretKey") && (has("accessKey") || has("assumeRoleArn")))
                ? undefined
                : "must have an accessKey and its secretKey, or an assumeRoleArn, or all three";
        },
        EKS,
    ),
];

const RULES: Rule[] = argumentRules(members, KUBERNETES, together, ADDED_BY_CLASS);

/** The text is a secret, so the message does not show it. A Secret's `data` has its token in base64. */
function tokenFault(text: string): string | undefined {
    if (/^ZXlK/.test(text)) {
        return "is base64-encoded, as in the data of a Secret (write the decoded token)";
    }
    return /\s/.test(text) ? "contains spaces or line breaks (write only the token)" : undefined;
}

/** The text is a secret, so the message does not show it. */
function googleFault(text: string): string | undefined {
    try {
        const key = JSON.parse(text) as { type?: unknown } | null;
        return key?.type === "service_account"
            ? undefined
            : 'is JSON, but not a service account key, because its "type" is not "service_account" (write the whole text of the key file)';
    } catch {
        return "is not JSON (write the whole text of a service account key file)";
    }
}

export function credentialsProblems(inputs: CredentialsInputs) {
    return validate(RULES, withUnknown(inputs));
}

/** The Platform's kind of credential. The rules see to it that there is exactly one. */
export function providerOf(inputs: CredentialsInputs): CredentialsProvider {
    return KINDS[kindsGiven(inputs)[0]];
}

/** A role alone is assumed with an external id of the Platform's own. */
export function usesExternalId({ aws }: CredentialsInputs): boolean {
    return aws?.assumeRoleArn !== undefined && !aws.accessKey;
}

/**
 * The credential as it has to be from now on: a description that is wanted no more is said to be empty, since whether
 * the Platform keeps what is left out is not documented.
 */
export function fullSpec(inputs: CredentialsInputs): CredentialsSpec {
    const spec = credentialsSpec(inputs);
    return { ...spec, description: spec.description ?? "" };
}

/**
 * The inputs as the Platform shows them now. It shows none of the secret keys, and an older one shows no keys at all, so
 * only a key that it shows can tell of a change.
 */
export function observedCredentials(inputs: CredentialsInputs, found: CredentialsDto): CredentialsInputs {
    const kind = (Object.keys(KINDS) as Kind[]).find((each) => KINDS[each] === found.provider);
    const given: Partial<Record<string, string>> = kind === undefined ? {} : { ...inputs[kind] };
    const keys = Object.fromEntries(
        (["certificate", "accessKey", "assumeRoleArn"] as const)
            .map((key) => [key, found.keys?.[key]] as const)
            .filter(([key, shown]) => shown && !sameText(shown, given[key])),
    );
    return {
        ...without(inputs, ["description"]),
        name: found.name,
        ...observedText("description", inputs.description, found.description),
        ...(kind === undefined || Object.keys(keys).length === 0 ? {} : { [kind]: { ...given, ...keys } }),
    };
}

/** Whether the keys that the Platform shows are the ones that were sent; what it does not show may be anything. */
export function sameKeys(sent: CredentialsKeys, shown: CredentialsDto["keys"]): boolean {
    const visible = { ...shown } as Record<string, string | null>;
    return Object.entries(sent as Record<string, string>).every(
        ([key, value]) => !(key in visible) || sameText(value, visible[key]),
    );
}

/** The credential in the API's own shape, always with the full set of keys: what a partial set does is not documented. */
export function credentialsSpec(inputs: CredentialsInputs): CredentialsSpec {
    const { name, description, kubernetes, aws, google } = inputs;
    const keys: CredentialsSpec["keys"] = kubernetes
        ? kubernetes.token
            ? { token: kubernetes.token }
            : { certificate: kubernetes.certificate!, privateKey: kubernetes.privateKey! }
        : google
          ? { data: google.data }
          : { mode: usesExternalId(inputs) ? "role" : "keys", ...aws };
    return { name: name!, provider: providerOf(inputs), description, keys };
}
