import { FilestoreConnection, FilestoreTier } from "./enums";

/** The storage driver of Filestore, which GKE runs. https://github.com/kubernetes-sigs/gcp-filestore-csi-driver */
export const FILESTORE_DRIVER = "filestore.csi.storage.gke.io";

/** The share of an instance that is made. */
export const SHARE = "work";

/** Sizes in GiB that a tier has, and what they are a multiple of. */
interface SizeRange {
    least: number;
    most: number;
    step: number;
}

const TIB = 1024;
const LARGE: SizeRange = { least: 10 * TIB, most: 100 * TIB, step: 2.5 * TIB };

/** https://cloud.google.com/filestore/docs/service-tiers, and what the driver knows of it. An instance never leaves its range. */
export const SIZES: Record<FilestoreTier, SizeRange[]> = {
    [FilestoreTier.BasicHdd]: [{ least: 100, most: Math.floor(63.9 * TIB), step: 1 }],
    [FilestoreTier.BasicSsd]: [{ least: 2.5 * TIB, most: Math.floor(63.9 * TIB), step: 1 }],
    [FilestoreTier.Zonal]: [{ least: TIB, most: 9.75 * TIB, step: 256 }, LARGE],
    [FilestoreTier.Regional]: [
        { least: 100, most: 9.75 * TIB, step: 1 },
        { ...LARGE, step: 1 },
    ],
    [FilestoreTier.Enterprise]: [{ least: TIB, most: 10 * TIB, step: 256 }],
};

/** The least that a tier has. */
export function leastSize(tier: FilestoreTier): number {
    return SIZES[tier][0].least;
}

/** Tiers that lie in several zones, so that a region is where they are. */
export function isRegional(tier: FilestoreTier): boolean {
    return tier === FilestoreTier.Regional || tier === FilestoreTier.Enterprise;
}

/** A network as `projects/…/global/networks/…`, an address of that, or a name alone. */
export function parseNetwork(network: string): { projectId?: string; name: string } | undefined {
    const [, projectId, long] =
        /^(?:https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/([^/]+)\/global\/networks\/([^/]+)$/.exec(
            network,
        ) ?? [];
    const name = long ?? network;
    return /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) ? { projectId, name } : undefined;
}

/** How Filestore names a network: one of its own project by its name, which is what it answers, and others in full. */
export function networkName(network: string, connection: FilestoreConnection): string {
    const { projectId, name } = parseNetwork(network)!;
    return connection === FilestoreConnection.PrivateServiceAccess && projectId !== undefined
        ? `projects/${projectId}/global/networks/${name}`
        : name;
}

/** A share of an instance as a volume made beforehand. */
export function filestoreVolume(location: string, instance: string, address: string) {
    return {
        volumeHandle: `modeInstance/${location}/${instance}/${SHARE}`,
        volumeAttributes: { ip: address, volume: SHARE },
    };
}

/** What a storage class says to the driver. Without a network it takes the one called `default`. */
export function filestoreClassParameters(
    tier: FilestoreTier,
    network: string,
    connection: FilestoreConnection,
    kmsKeyName: string | undefined,
): Record<string, string> {
    return {
        tier: tier.toLowerCase(),
        network: networkName(network, connection),
        "connect-mode": connection,
        ...(kmsKeyName === undefined ? {} : { "instance-encryption-kms-key": kmsKeyName }),
    };
}
