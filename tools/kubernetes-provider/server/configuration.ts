/** The provider's own configuration: its options with their environment variables, and when a change replaces it. */

import { activeCluster, clusterChoice } from "./kubeconfig";
import { equal, type Fields, isUnknown, plain, type Plain, type PlainFields } from "../../plugin/server/values";

export interface ProviderOptions {
    readonly namespace: string;
    readonly deleteUnreachable: boolean;
    readonly patchForce: boolean;
    readonly upsert: boolean;
    readonly mutableConfigMaps: boolean;
    readonly mutableSecrets: boolean;
}

/** An option given to the provider wins over its environment variable. SDKs send booleans as the texts of JSON. */
export function providerOptions(config: Fields, environment: NodeJS.ProcessEnv): ProviderOptions {
    const values = plain(config) as PlainFields;
    const flag = (name: string, variable: string): boolean => String(values[name] ?? environment[variable]) === "true";
    const namespace = values["namespace"];
    return {
        namespace: typeof namespace === "string" ? namespace : "",
        deleteUnreachable: flag("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE"),
        patchForce: flag("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
        upsert: flag("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
        mutableConfigMaps: flag("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
        mutableSecrets: flag("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
    };
}

export interface Unsupported {
    readonly option: string;
    readonly reason: string;
}

/** Options that would silently do something else than they say: the official plugin has them, this one has not. */
export function unsupportedOptions(config: Fields): readonly Unsupported[] {
    const values = plain(config) as PlainFields;
    const given = (name: string, ...meaningless: string[]): boolean => {
        const value = values[name];
        const text = typeof value === "string" || typeof value === "boolean" ? String(value) : "";
        return !["", ...meaningless].includes(text);
    };
    const refused = [
        given("renderYamlToDirectory") && "renderYamlToDirectory",
        given("enableServerSideApply", "true") && "enableServerSideApply",
        given("skipUpdateUnreachable", "false") && "skipUpdateUnreachable",
        given("strictMode", "false") && "strictMode",
    ].filter((option) => option !== false);
    return refused.map((option) => ({
        option,
        reason: "the stand-in for the Kubernetes plugin does not have this option: install the official plugin, or leave it out",
    }));
}

export interface ConfigDiff {
    readonly diffs: readonly string[];
    readonly replaces: readonly string[];
}

const clusterFields = ["kubeconfig", "context", "cluster"];
const identifier = "clusterIdentifier";

/**
 * Objects must be made anew when the provider points at another cluster. A kubeconfig does not say which cluster it
 * means, so a change of the active cluster's entry counts as another one, unless `clusterIdentifier` says otherwise.
 */
export function diffConfig(oldConfig: Fields, newConfig: Fields): ConfigDiff {
    const olds = plain(oldConfig) as PlainFields;
    const news = plain(newConfig) as PlainFields;
    const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
    const diffs = keys.filter((key) => !equal(olds[key], news[key]));
    if (diffs.length === 0) {
        return { diffs, replaces: [] };
    }
    const isSet = (value: Plain | undefined): boolean => value !== undefined && value !== null;
    if (isSet(news[identifier]) && equal(olds[identifier], news[identifier])) {
        return { diffs, replaces: [] };
    }
    const identified =
        diffs.includes(identifier) && isSet(olds[identifier]) && isSet(news[identifier]) ? [identifier] : [];
    const unknowns = clusterFields.filter((key) => isUnknown(news[key]));
    if (unknowns.length > 0) {
        return { diffs, replaces: [...identified, ...unknowns.slice(0, 1)] };
    }
    const oldCluster = activeCluster(clusterChoice(oldConfig));
    const newCluster = activeCluster(clusterChoice(newConfig));
    const moved =
        oldCluster !== undefined && newCluster !== undefined && !equal(asPlain(oldCluster), asPlain(newCluster));
    return { diffs, replaces: [...identified, ...(moved ? clusterFields.filter((key) => diffs.includes(key)) : [])] };
}

const asPlain = (value: object): Plain => JSON.parse(JSON.stringify(value)) as Plain;
