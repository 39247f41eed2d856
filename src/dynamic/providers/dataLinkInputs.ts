import { adoptedParts, adoptionRule, DATA_LINK_PARTS } from "../../compile/adoption";
import { checkDescription, checkGiven } from "../../compile/rules/checks";
import { ADDED_BY_CLASS, connectionOfResource } from "../../compile/rules/connectionRules";
import { PLATFORM_NAME_MAX } from "../../compile/rules/names";
import { type Check, quote, show } from "../../compile/rules/problems";
import { at, type Rule, validate, whenKnown } from "../../compile/rules/rules";
import { argumentRules, choice, type Members, string } from "../../compile/rules/shapes";
import type { DataLinkArgs } from "../../args/dataLink";
import { DataLinkProvider } from "../../args/enums";
import type { DataLinkDto, DataLinkProviderName, DataLinkSpec } from "../../platform";
import type { Problem } from "../../platform/problem";
import type { AdoptionInputs } from "./adoption";
import { observedText, withUnknown } from "./values";

export interface DataLinkInputs extends AdoptionInputs {
    description?: string;
    resourceRef: string;
    provider?: DataLinkProviderName;
    credentialsId?: string;
    /** Why the data-link may be another than state says. Only state has it, among the inputs, so that an update is due. */
    writeInDoubt?: string;
}

export interface DataLinkOutputs extends DataLinkInputs {
    provider: DataLinkProviderName;
    region: string;
}

const SOURCE = "https://docs.seqera.io/platform-cloud/data/data-explorer";

/** The schemes, each with the providers that have it; the first is the one that is meant where none is given. */
const PROVIDERS: Record<string, [DataLinkProviderName, ...DataLinkProviderName[]]> = {
    s3: ["aws", "s3", "seqeracompute"],
    gs: ["google"],
    az: ["azure", "azure_entra", "azure-cloud"],
};

const EXAMPLES = '"s3://bucket/folder", "gs://bucket" or "az://container"';

const checkName: Check<string> = (name) => {
    if (name.trim() === "") {
        return "must not be empty (write its value, or leave it out to generate a name)";
    }
    return name.length > PLATFORM_NAME_MAX
        ? `has ${name.length} characters; the Platform allows at most ${PLATFORM_NAME_MAX} (shorten it)`
        : undefined;
};

const checkResourceRef: Check<string> = (reference) => {
    const scheme = schemeOf(reference);
    if (scheme === undefined) {
        return `${show(reference)} has no scheme (write it like ${EXAMPLES})`;
    }
    if (!(scheme in PROVIDERS)) {
        return `${show(reference)} is not the address of a bucket (write it like ${EXAMPLES})`;
    }
    const [, rest] = reference.split("://");
    return /^[^/\s]+(\/[^\s]*)?$/.test(rest)
        ? undefined
        : `${show(reference)} has no bucket, or spaces in it (write it like ${EXAMPLES})`;
};

const members: Members<DataLinkArgs> = {
    ...connectionOfResource,
    name: string(checkName),
    description: string(checkDescription),
    resourceRef: string(checkResourceRef, { missing: `write the address of a bucket, like ${EXAMPLES}` }),
    provider: choice(DataLinkProvider),
    credentialsId: string(checkGiven),
    adopt: string(checkGiven),
    adoptWithout: adoptedParts(DATA_LINK_PARTS),
};

const together: Rule[] = [
    adoptionRule("", SOURCE),
    whenKnown(
        "provider",
        ["resourceRef"],
        (inputs) => {
            const [provider, reference] = [at(inputs, "provider"), at(inputs, "resourceRef")];
            const scheme = typeof reference === "string" ? schemeOf(reference) : undefined;
            const own = Object.keys(PROVIDERS).find((each) => (PROVIDERS[each] as unknown[]).includes(provider));
            return own === undefined || scheme === undefined || !(scheme in PROVIDERS) || own === scheme
                ? undefined
                : `${show(provider)} has resources with ${own}://, but resourceRef begins with ${scheme}:// (write ${PROVIDERS[scheme].map(quote).join(" or ")})`;
        },
        SOURCE,
    ),
    whenKnown(
        "credentialsId",
        ["provider", "resourceRef"],
        (inputs) =>
            at(inputs, "credentialsId") === undefined &&
            ["s3", "seqeracompute"].includes(String(at(inputs, "provider")))
                ? `required with the provider ${show(at(inputs, "provider"))}, which has no public buckets (write the id of a credential)`
                : undefined,
        SOURCE,
    ),
];

const RULES: Rule[] = argumentRules(members, SOURCE, together, ADDED_BY_CLASS);

function schemeOf(reference: string): string | undefined {
    return /^([a-z][a-z0-9+.-]*):\/\//i.exec(reference)?.[1];
}

export function dataLinkProblems(inputs: DataLinkInputs): Problem[] {
    return validate(RULES, withUnknown(inputs));
}

/** The provider: that of the program, or the one that the scheme means. Undefined where the reference is not known yet. */
export function providerOf({ provider, resourceRef }: DataLinkInputs): DataLinkProviderName | undefined {
    return provider ?? PROVIDERS[schemeOf(resourceRef) ?? ""]?.[0];
}

/** The data-link in the API's own shape. Without a credential it is a public bucket. */
export function dataLinkSpec(inputs: DataLinkInputs): DataLinkSpec {
    const { name, description, resourceRef, credentialsId } = inputs;
    return {
        name: name!,
        description,
        type: "bucket",
        provider: providerOf(inputs)!,
        resourceRef,
        credentialsId,
        publicAccessible: credentialsId === undefined,
    };
}

/** The inputs as the Platform shows them now. */
export function observedDataLink(inputs: DataLinkInputs, found: DataLinkDto): DataLinkInputs {
    const { description, credentialsId, provider: known, ...rest } = inputs;
    const resourceRef = found.resourceRef ?? inputs.resourceRef;
    const provider = (found.provider ?? known) as DataLinkProviderName | undefined;
    const shown = (found.credentials ?? []).map(({ id }) => id);
    const credential = credentialsId !== undefined && shown.includes(credentialsId) ? credentialsId : shown.at(0);
    return {
        ...rest,
        name: found.name,
        ...observedText("description", description, found.description),
        resourceRef,
        // The one that the scheme means is left out, as most programs do.
        ...(provider === providerOf({ resourceRef }) ? {} : { provider }),
        ...(credential === undefined ? {} : { credentialsId: credential }),
    };
}
