import { type Check, show } from "./problems";

/** The Platform takes a description of at most this many characters. */
const DESCRIPTION_MAX = 2000;

/** One of a closed set of choices. */
export const oneOf =
    (choices: Record<string, string>): Check<string> =>
    (given) =>
        Object.values(choices).includes(given)
            ? undefined
            : `${show(given)} is none of ${Object.values(choices).map(show).join(", ")}`;

export const checkServer: Check<string> = (server) => {
    if (!/^[a-z]+:\/\//i.test(server)) {
        return `${show(server)} has no scheme; write ${show(`https://${server}`)}`;
    }
    return /^https:\/\/[^/\s]+/i.test(server)
        ? undefined
        : `${show(server)} is not an https address; write the cluster's API server as in a kubeconfig, like "https://10.0.0.1:6443"`;
};

export const checkWholeCpus: Check<number> = (cpus) =>
    Number.isInteger(cpus) && cpus > 0
        ? undefined
        : `${cpus} is not a whole number of CPUs, which is all the Platform can take; write ${Math.max(1, Math.ceil(cpus))}`;

export const checkVariableName: Check<string> = (name) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
        ? undefined
        : `${show(name)} is not a name for an environment variable; use letters, digits and underscores, not beginning with a digit`;

export const checkSeconds: Check<number> = (seconds) =>
    Number.isFinite(seconds) && seconds > 0 ? undefined : `${seconds} is not a time in seconds; write a number above 0`;

export const checkDescription: Check<string> = (text) =>
    text.length <= DESCRIPTION_MAX
        ? undefined
        : `has ${text.length} characters; the Platform takes at most ${DESCRIPTION_MAX}`;
