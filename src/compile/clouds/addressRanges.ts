import { BlockList, isIP } from "node:net";
import { type Check, show } from "../rules/problems";

interface Range {
    address: string;
    bits: number;
    family: "ipv4" | "ipv6";
}

/** An address or a range in CIDR notation; `undefined` when the text is neither. */
function parse(text: string): Range | undefined {
    const [address, length, ...rest] = text.trim().split("/");
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
    return version === 0 || rest.length > 0 || !(bits <= most)
        ? undefined
        : { address, bits, family: version === 4 ? "ipv4" : "ipv6" };
}

/** True for an address, or a range in CIDR notation such as `18.169.21.18/32`. */
export function isAddressRange(text: string): boolean {
    return parse(text) !== undefined;
}

export const checkAddressRange: Check<string> = (text) =>
    isAddressRange(text) ? undefined : `${show(text)} is not a CIDR range (write it like "18.169.21.18/32")`;

/** Those of the wanted ranges that lie in none of the allowed ones. */
export function notCovered(wanted: string[], allowed: string[]): string[] {
    const ranges = allowed.map(parse).filter((range) => range !== undefined);
    return wanted.filter((text) => {
        const inner = parse(text);
        return inner !== undefined && !ranges.some((outer) => contains(outer, inner));
    });
}

function contains(outer: Range, inner: Range): boolean {
    const list = new BlockList();
    list.addSubnet(outer.address, outer.bits, outer.family);
    return outer.family === inner.family && outer.bits <= inner.bits && list.check(inner.address, inner.family);
}
