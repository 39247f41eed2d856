import { type Check, quote, show } from "./problems";

/** The Platform takes a description of at most this many characters. */
const DESCRIPTION_MAX = 2000;

/** One of a closed set of choices. */
export const oneOf =
    (choices: Record<string, string>): Check<string> =>
    (given) =>
        Object.values(choices).includes(given)
            ? undefined
            : `${show(given)} is no such choice; write one of ${Object.values(choices).map(quote).join(", ")}`;

/** A reference to something by its id or name, which an empty text is not. */
export const checkGiven: Check<string> = (text) =>
    text.trim() === "" ? "is empty; write its value, or leave the whole argument out" : undefined;

/** Likewise, where there is nothing to leave out. */
export const checkFilled: Check<string> = (text) => (text.trim() === "" ? "is empty; write its value" : undefined);

const SERVER_EXAMPLE = 'write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443"';

function isHttpsAddress(text: string): boolean {
    return !/\s/.test(text) && /^https:\/\//i.test(text) && URL.canParse(text);
}

export const checkServer: Check<string> = (server) => {
    // First, so that no other message repeats a password.
    if (/^([a-z]+:\/\/)?[^/]*@/i.test(server)) {
        return "holds a user name or password, which the Platform would store in plain text; leave that out, the credential is what lets the Platform in";
    }
    const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(server);
    if (!hasScheme && checkServer(`https://${server}`) === undefined) {
        return `${show(server)} has no scheme; write ${quote(`https://${server}`)}`;
    }
    if (!isHttpsAddress(server)) {
        return `${show(server)} is not an https address; ${SERVER_EXAMPLE}`;
    }
    return /[?#]/.test(server) ? `${show(server)} has a query or fragment; ${SERVER_EXAMPLE}` : undefined;
};

export const checkWholeCpus: Check<number> = (cpus) =>
    Number.isInteger(cpus) && cpus > 0
        ? undefined
        : `${cpus} is not a whole number of CPUs, which is all the Platform can take; write ${Number.isFinite(cpus) ? Math.max(1, Math.ceil(cpus)) : 1}`;

/** Memory in mebibytes, as the API has it. */
export const checkWholeMegabytes: Check<number> = (megabytes) =>
    Number.isInteger(megabytes) && megabytes > 0
        ? undefined
        : `${megabytes} is not a whole number of mebibytes; write it like 4096`;

export const checkVariableName: Check<string> = (name) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
        ? undefined
        : `${show(name)} is not a name for an environment variable; write letters, digits and underscores, not beginning with a digit`;

export const checkDays: Check<number> = (days) =>
    Number.isInteger(days) && days >= 1 && days <= 3650
        ? undefined
        : `${days} is not a number of whole days from 1 to 3650; write 90, for example`;

export const checkSeconds: Check<number> = (seconds) =>
    Number.isFinite(seconds) && seconds > 0 ? undefined : `${seconds} is not a time in seconds; write a number above 0`;

export const checkDescription: Check<string> = (text) =>
    text.length <= DESCRIPTION_MAX
        ? undefined
        : `has ${text.length} characters; the Platform takes at most ${DESCRIPTION_MAX}: shorten it`;

/** A whole number that is not less than `least`. */
export const wholeFrom =
    (least: number, example: number): Check<number> =>
    (given) =>
        Number.isSafeInteger(given) && given >= least
            ? undefined
            : `${given} is not a whole number from ${least} up; write it like ${example}`;
