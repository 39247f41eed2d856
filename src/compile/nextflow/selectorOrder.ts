/** A selector of processes with its settings, as they are written here: `  withLabel: 'gpu' {` to `  }`. */
interface Selector {
    lines: string[];
    kind: string;
    /** What it selects by; undefined is a pattern. */
    plain: string | undefined;
    keys: Set<string>;
}

const OPEN = /^ {2}(withLabel|withName): '((?:[^'\\]|\\.)*)' \{$/;
const CLOSE = "  }";

/**
 * The text with neighbouring selectors of processes in one order, as far as their order means nothing to Nextflow: by name always wins
 * over by label, two plain names are two processes, and what sets different things takes nothing from the other. Two labels may
 * be on one process, and so keep their order where both set the same thing.
 * https://www.nextflow.io/docs/latest/config.html#selector-priority
 */
export function inSelectorOrder(text: string): string {
    const lines = text.split("\n");
    const ordered: string[] = [];
    let neighbours: Selector[] = [];
    for (let index = 0; index < lines.length; index++) {
        const end = OPEN.test(lines[index]) ? lines.indexOf(CLOSE, index) : -1;
        const selector = end === -1 ? undefined : selectorOf(lines.slice(index, end + 1));
        if (selector === undefined) {
            ordered.push(...sorted(neighbours), lines[index]);
            neighbours = [];
        } else {
            neighbours.push(selector);
            index = end;
        }
    }
    return [...ordered, ...sorted(neighbours)].join("\n");
}

/** Nothing where the inner lines are no settings one level deeper: somebody else's text. */
function selectorOf(lines: string[]): Selector | undefined {
    const [, kind, by] = OPEN.exec(lines[0])!;
    const inner = lines.slice(1, -1);
    if (!inner.every((line) => line.startsWith("    "))) {
        return undefined;
    }
    const keys = inner.flatMap((line) => /^ {4}(\w+) = /.exec(line)?.[1] ?? []);
    return { lines, kind, plain: /^\w+$/.test(by) ? by : undefined, keys: new Set(keys) };
}

/** The least of those that nothing before them holds back, again and again. */
function sorted(selectors: Selector[]): string[] {
    const left = selectors.map((selector) => ({ selector, text: selector.lines.join("\n") }));
    const lines: string[] = [];
    while (left.length > 0) {
        const free = left.filter(({ selector }, index) =>
            left.slice(0, index).every((before) => areApart(before.selector, selector)),
        );
        const least = free.reduce((a, b) => (b.text < a.text ? b : a));
        lines.push(...least.selector.lines);
        left.splice(left.indexOf(least), 1);
    }
    return lines;
}

function areApart(a: Selector, b: Selector): boolean {
    const twoNames = a.kind === "withName" && a.plain !== undefined && b.plain !== undefined && a.plain !== b.plain;
    return a.kind !== b.kind || twoNames || ![...a.keys].some((key) => b.keys.has(key));
}
