import { badRequest, queryNumber } from "../http/api";

/** Characters in a page, where the call says nothing. */
const PAGE_LENGTH = 65_536;

interface Log {
    lines: string[];
    /** Whether there was more than what is kept. */
    isCut: boolean;
    /** Whether more may come. */
    pending: boolean;
    message: string | null;
}

/** `LogPage`: the lines after a token, up to a length. A token that comes again says that there is no more by now. */
export function logPage(query: URLSearchParams, { lines, isCut, pending, message }: Log): object {
    const maxLength = queryNumber(query, "maxLength") ?? PAGE_LENGTH;
    const from = position(query.get("next"));
    const entries: string[] = [];
    let length = 0;
    for (const line of lines.slice(from)) {
        length += line.length + 1;
        // One line at least, or a reader would never get on.
        if (entries.length > 0 && length > maxLength) {
            break;
        }
        entries.push(line);
    }
    const to = from + entries.length;
    return {
        entries,
        forwardToken: `f/${to}`,
        rewindToken: `b/${from}`,
        pending,
        truncated: to < lines.length || isCut,
        message,
        downloads: [],
    };
}

function position(token: string | null): number {
    if (token === null || token === "") {
        return 0;
    }
    const found = /^[fb]\/(\d+)$/.exec(token);
    if (found === null) {
        throw badRequest(`Invalid log token '${token}'`);
    }
    return Number(found[1]);
}
