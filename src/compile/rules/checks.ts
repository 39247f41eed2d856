import { type Check, quote, show } from "./problems";

/** The Platform takes a description of at most this many characters. */
const DESCRIPTION_MAX = 2000;

/** One of a closed set of choices. */
export const oneOf =
    (choices: Record<string, string>): Check<string> =>
    (given) => {
        const values = Object.values(choices);
        if (values.includes(given)) {
            return undefined;
        }
        const meant = values.find((value) => value.toLowerCase() === given.toLowerCase());
        return `unsupported value ${show(given)} (${meant === undefined ? `use one of ${values.map(quote).join(", ")}` : `write ${quote(meant)}`})`;
    };

/** A reference to something by its id or name, which an empty text is not. */
export const checkGiven: Check<string> = (text) =>
    text.trim() === "" ? "must not be empty (write its value, or leave the argument out)" : undefined;

/** Likewise, where there is nothing to leave out. */
export const checkFilled: Check<string> = (text) =>
    text.trim() === "" ? "must not be empty (write its value)" : undefined;

const SERVER_EXAMPLE = 'write the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443"';

function isHttpsAddress(text: string): boolean {
    return !/\s/.test(text) && /^https:\/\//i.test(text) && URL.canParse(text);
}

export const checkServer: Check<string> = (server) => {
    // First, so that no other message repeats a password.
    if (/^([a-z]+:\/\/)?[^/]*@/i.test(server)) {
        return "must not contain a user name or password: the Platform would store them in plain text (leave them out; the Platform uses the credential)";
    }
    const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(server);
    if (!hasScheme && checkServer(`https://${server}`) === undefined) {
        return `${show(server)} has no scheme (write ${quote(`https://${server}`)})`;
    }
    if (!isHttpsAddress(server)) {
        return `${show(server)} is not an https URL (${SERVER_EXAMPLE})`;
    }
    return /[?#]/.test(server) ? `${show(server)} has a query or fragment (${SERVER_EXAMPLE})` : undefined;
};

export const checkWholeCpus: Check<number> = (cpus) =>
    Number.isInteger(cpus) && cpus > 0
        ? undefined
        : `must be a whole number of CPUs greater than zero, not ${cpus} (write ${Number.isFinite(cpus) ? Math.max(1, Math.ceil(cpus)) : 1})`;

/** Memory in mebibytes, as the API has it. */
export const checkWholeMegabytes: Check<number> = (megabytes) =>
    Number.isInteger(megabytes) && megabytes > 0
        ? undefined
        : `must be a whole number of mebibytes greater than zero, not ${megabytes} (write it like 4096)`;

export const checkVariableName: Check<string> = (name) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
        ? undefined
        : `${show(name)} is not a valid environment variable name (use letters, digits and underscores; do not begin with a digit)`;

export const checkDays: Check<number> = (days) =>
    Number.isInteger(days) && days >= 1 && days <= 3650
        ? undefined
        : `must be a whole number of days from 1 to 3650, not ${days} (write it like 90)`;

export const checkSeconds: Check<number> = (seconds) =>
    Number.isFinite(seconds) && seconds > 0
        ? undefined
        : `must be greater than zero, not ${seconds} (write a number of seconds)`;

export const checkDescription: Check<string> = (text) =>
    text.length <= DESCRIPTION_MAX
        ? undefined
        : `has ${text.length} characters; the Platform allows at most ${DESCRIPTION_MAX} (shorten it)`;

/** A whole number that is not less than `least`. */
export const wholeFrom =
    (least: number, example: number): Check<number> =>
    (given) =>
        Number.isSafeInteger(given) && given >= least
            ? undefined
            : `must be a whole number of at least ${least}, not ${given} (write it like ${example})`;
