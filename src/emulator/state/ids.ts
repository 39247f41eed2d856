import { createHash } from "node:crypto";

const BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * Ids in the Platform's shapes, derived from a seed and a counter instead of a random source: the same calls in the
 * same order give the same ids, and a restart that restores the counter continues the series without a collision.
 */
export class IdSource {
    constructor(
        private readonly seed: number,
        private readonly counter: { ids: number },
    ) {}

    /** 22 base62 characters, as compute environments, credentials, actions and launches have. */
    text(kind: string): string {
        let value = BigInt(`0x${this.digest(kind, ++this.counter.ids)}`);
        let id = "";
        while (id.length < 22) {
            id += BASE62[Number(value % 62n)];
            value /= 62n;
        }
        return id;
    }

    /** 15 digits, as workspaces, labels and pipelines have; always a safe JavaScript integer. */
    number(kind: string): number {
        return this.derive(kind, ++this.counter.ids);
    }

    /** A number that depends on the seed and a key alone, for things that the options describe. */
    derive(kind: string, key: string | number): number {
        const span = 900_000_000_000_000n;
        return Number(100_000_000_000_000n + (BigInt(`0x${this.digest(kind, key)}`) % span));
    }

    /** A version 4 shaped UUID, as AWS external ids have. */
    uuid(kind: string): string {
        const hex = this.digest(kind, ++this.counter.ids);
        return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    }

    private digest(kind: string, key: string | number): string {
        return createHash("sha256").update(`${this.seed}:${kind}:${key}`).digest("hex");
    }
}

/** The Platform's timestamps have whole seconds. */
export function timestamp(date: Date): string {
    return `${date.toISOString().slice(0, 19)}Z`;
}
