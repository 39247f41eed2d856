import { stringify } from "yaml";
import type { PlatformEmulator } from "../../../src/emulator";
import { testEngine } from "../../engine/support/engine";
import { environments } from "../../engine/support/platform";
import type { TestStack } from "../../engine/support/stack";

/** The mark of a secret in state, whose text is encrypted. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** What the cluster and the Platform were sent for a stack, as one text to be read by people. */
export async function sentText(stack: TestStack, platform: PlatformEmulator): Promise<string> {
    const { cluster } = await testEngine();
    const objects = stack
        .resources()
        // What is only looked up, such as a storage class, is not sent.
        .filter(({ type, external }) => type.startsWith("kubernetes:") && external !== true)
        .map(({ type, id, inputs }) => [`${type.split(":").at(-1)} ${id}`, objectOf(inputs)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    const text = stringify(
        {
            cluster: Object.fromEntries(objects),
            platform: {
                credentials: platform.state.credentials
                    .filter(({ deleted }) => !deleted)
                    .map(({ name, provider }) => ({ name, provider })),
                computeEnvs: environments(platform).map(({ name, platform: kind, config }) => ({
                    name,
                    platform: kind,
                    // On EKS and GKE the Platform finds both itself.
                    config: kind === "k8s-platform" ? { ...config, sslCert: "(the cluster's)" } : withoutFound(config),
                })),
            },
        },
        { lineWidth: 0, aliasDuplicateObjects: false },
    );
    return text.replaceAll(cluster.server, "https://10.0.0.1:6443").replaceAll(GENERATED, "-(generated)");
}

/** The ending of a name that Pulumi or this package made up. */
const GENERATED = /-[0-9a-f]{7,8}\b/g;

/** What the program said of an object, without what its name and kind say already. */
function objectOf(inputs: Record<string, any>): unknown {
    const { apiVersion: _version, kind: _kind, metadata, rules, ...others } = shown(inputs);
    const { name: _name, namespace: _namespace, annotations, ...about } = metadata;
    const { "pulumi.com/autonamed": _made, ...own } = annotations ?? {};
    return withoutEmpty({
        ...withoutEmpty({ ...about, annotations: own }),
        rules: rules?.map(ruleLine),
        ...others,
    });
}

/** A rule of a role in a line: what, then which verbs. */
function ruleLine({ apiGroups, resources, verbs }: Record<string, string[]>): string {
    return `${[...apiGroups.filter(Boolean), resources.join(", ")].join("/")}: ${verbs.join(", ")}`;
}

function shown(value: any): any {
    if (Array.isArray(value)) {
        return value.map(shown);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return SECRET in value
        ? "(secret)"
        : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}

function withoutEmpty(value: Record<string, any>): Record<string, any> {
    return Object.fromEntries(
        Object.entries(value).filter(([, inner]) => inner !== undefined && JSON.stringify(inner) !== "{}"),
    );
}

function withoutFound({ server: _server, sslCert: _authority, ...config }: Record<string, any>) {
    return config;
}
