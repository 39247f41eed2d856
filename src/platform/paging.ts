/** Lists that the API answers page by page. */

import { object } from "./shapes";

/** The API's own limit on a page: a larger `max` is refused with 400. */
const PAGE = 100;

/** Every entry, once each. */
export async function allPages<T>(
    idOf: (entry: T) => string | number,
    getPage: (page: { max: number; offset: number }) => Promise<{ entries: T[]; totalSize: number }>,
): Promise<T[]> {
    const found = new Map<string | number, T>();
    for (let offset = 0; ; offset += PAGE) {
        const { entries, totalSize } = await getPage({ max: PAGE, offset });
        // By id: an entry made meanwhile shifts the pages, and one would come twice.
        entries.forEach((entry) => found.set(idOf(entry), entry));
        if (entries.length === 0 || offset + entries.length >= totalSize) {
            return [...found.values()];
        }
    }
}

/** The first entry that is so; later pages are asked for only without it. */
export async function firstOnPages<T>(
    isIt: (entry: T) => boolean,
    getPage: (page: { max: number; offset: number }) => Promise<{ entries: T[]; totalSize: number }>,
): Promise<T | undefined> {
    for (let offset = 0; ; offset += PAGE) {
        const { entries, totalSize } = await getPage({ max: PAGE, offset });
        const found = entries.find(isIt);
        if (found !== undefined || entries.length === 0 || offset + entries.length >= totalSize) {
            return found;
        }
    }
}

/** How many entries there are on all pages, as a page says. */
export function totalSize(body: unknown): number {
    const { totalSize: total } = object(body);
    return typeof total === "number" ? total : Number.POSITIVE_INFINITY;
}
