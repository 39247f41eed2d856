import type { Family } from "./catalogue";
import type { Platform } from "./platform";
import type { PassedOver } from "./programsOnPath";

/** Told before the work begins: what is got, from which hosts, and what that takes. */
export function needsOf(
    missing: readonly Family[],
    passedOver: readonly PassedOver[],
    platform: Platform,
    directory: string,
): string[] {
    const names = missing.flatMap(({ programs }) => programs.map(({ name }) => name));
    const urls = missing.flatMap((family) => family.downloads(platform).flatMap((one) => [one.url, one.checksumUrl]));
    const hosts = [...new Set(urls.map((url) => new URL(url).host))];
    const sum = (of: (family: Family) => number): number => missing.reduce((total, family) => total + of(family), 0);
    const building =
        `built from Go modules (go env GOPROXY): about ${sum((family) => family.buildMinutes)} minutes on two cores and ` +
        `${sum((family) => family.buildGigabytes)} GB of disk`;
    return [
        ...passedOver.map(({ program, reason }) => `${program} on PATH is passed over: ${reason}.`),
        `Needed: ${names.join(", ")}; ${sum(({ megabytes }) => megabytes)} MB in ${directory}.`,
        hosts.length === 0
            ? `They are ${building}.`
            : `They are downloaded from ${hosts.join(", ")}; what these refuse is ${building}.`,
    ];
}
