import { parse } from "yaml";
import type { KubernetesComputeEnvironmentArgs } from "../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { record, type Registration } from "./recorder";

/** What each place holds, as texts, of an environment with these arguments. */
export type Places = Map<string, string>;

export async function placesOf(args: KubernetesComputeEnvironmentArgs): Promise<Places> {
    const ran = await record(() => new KubernetesComputeEnvironment("prod", args));
    const texts = new Map<string, Set<string>>();
    for (const [place, value] of ran.all.filter(({ custom }) => custom).flatMap(placesOfOne)) {
        texts.set(place, (texts.get(place) ?? new Set()).add(JSON.stringify(value)));
    }
    return new Map([...texts].map(([place, values]) => [place, [...values].sort().join()]));
}

/** The places in which two environments differ, sorted; of an object that is there in one alone, the object. */
export function changed(a: Places, b: Places): string[] {
    const differing = [...new Set([...a.keys(), ...b.keys()])].filter((place) => a.get(place) !== b.get(place));
    // A volume's own name is made of all that it is.
    const renamed = differing.includes("PersistentVolume: metadata.name");
    const follows = ["PersistentVolume: metadata.name", "PersistentVolumeClaim: spec.volumeName"];
    return differing
        .filter((place) => !renamed || !follows.includes(place))
        .filter((place) => !differing.includes(place.replace(/: .*/, "")) || !place.includes(": "))
        .sort();
}

type Place = [place: string, value: unknown];

/** The names of a connection are the same in every object of the Platform. */
const CONNECTION = ["endpoint", "accessToken", "workspaceId", "allowInsecureEndpoint"];

function placesOfOne({ type, name, inputs, protect, retainOnDelete }: Registration): Place[] {
    const kind = type.split(":").at(-1)!;
    const places = type.startsWith("kubernetes:")
        ? objectPlaces(kind, roleOf(name), inputs)
        : platformPlaces(kind, inputs);
    return [
        ...places,
        ...(protect === true ? [["Pulumi: protect", `${kind} ${name}`] satisfies Place] : []),
        ...(retainOnDelete === true ? [["Pulumi: retainOnDelete", `${kind} ${name}`] satisfies Place] : []),
    ];
}

/** Which of several of a kind it is: the launcher's service account, the registries' Secret. */
function roleOf(name: string): string {
    const role = name.split("-").at(-1)!;
    return ["launcher", "head", "compute", "registries", "token"].includes(role) ? `${role} ` : "";
}

function objectPlaces(kind: string, role: string, inputs: Record<string, any>): Place[] {
    const object = role + kind;
    return [
        [object, "there"],
        ...Object.entries(inputs).flatMap(([key, value]): Place[] =>
            ["metadata", "spec"].includes(key)
                ? Object.entries(value).map(([inner, part]) => [`${object}: ${key}.${inner}`, part])
                : [[`${object}: ${key}`, value]],
        ),
    ];
}

/** What these have of the arguments only watches what the others become. */
const WATCHERS = ["PlatformPreflight", "Preflight", "ClaimGuard"];

function platformPlaces(kind: string, inputs: Record<string, any>): Place[] {
    if (WATCHERS.includes(kind)) {
        const atPreview: Place[] = "atPreview" in inputs ? [[`${kind}: atPreview`, inputs.atPreview]] : [];
        return kind === "ClaimGuard" ? [] : [[kind, "there"], ...atPreview];
    }
    const { config, __provider: _line, nameSeed: _seed, resourceUrn: _urn, ...own } = inputs;
    return [
        [kind, "there"],
        ...Object.entries(own).map(([key, value]): Place =>
            CONNECTION.includes(key)
                ? [`connection: ${key}`, value]
                : [`${kind}: ${key.replace("namePrefix", "name")}`, value],
        ),
        ...Object.entries(config ?? {}).flatMap(([key, value]) => configPlaces(key, value)),
    ];
}

function configPlaces(key: string, value: any): Place[] {
    if (value === undefined || value === null) {
        return [];
    }
    switch (key) {
        case "nextflowConfig":
            return nextflowPlaces(value);
        case "headPodSpec":
        case "servicePodSpec": {
            const pod = key === "headPodSpec" ? "head pod" : "service pod";
            return Object.entries(parse(value).spec).map(([inner, part]) => [`${pod}: ${inner}`, part]);
        }
        default:
            return [[`config: ${key}`, value]];
    }
}

/** The settings of a configuration that is all generated but for the user's own part behind the comment. */
function nextflowPlaces(text: string): Place[] {
    const [generated, own] = text.split("// nextflowConfig\n");
    const places: Place[] = own === undefined ? [] : [["config: nextflowConfig", own]];
    const scopes: string[] = [];
    for (const line of generated.split("\n").map((each) => each.trim())) {
        const opened = /^(.+?) (?:\{|= \[)$/.exec(line)?.[1];
        const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
        const entry = /^\[(\w+): /.exec(line)?.[1];
        if (opened !== undefined) {
            scopes.push(opened.replace(/: '.*'/, ""));
            places.push([`nextflow: ${scopes.join(".")}`, opened]);
        } else if (line === "}" || line === "]") {
            scopes.pop();
        } else if (entry !== undefined) {
            places.push([`nextflow: ${[...scopes, entry].join(".")}`, line.replace(/,$/, "")]);
        } else if (key !== undefined) {
            places.push([`nextflow: ${[...scopes, key].join(".")}`, value]);
        }
    }
    return places;
}
