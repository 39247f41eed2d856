/**
 * Whether a credential still has the keys that it was given. Nobody can read them back, but the Platform says when a
 * credential was last written, and whether its provider takes the keys. Use alone does not count as a write there:
 * Seqera's own samples have a `lastUsed` that is later than `lastUpdated`
 * (https://github.com/seqeralabs/tower-cli, `credentials_list.json`).
 */

import { createRedactor, type CredentialsDto } from "../../platform";
import type { CredentialsInputs, CredentialsOutputs } from "./credentialsInputs";
import { ANSWER_LOST } from "./keptTexts";

/** The Platform's times have whole seconds, and it may take those of one write one after the other. */
const SAME_WRITE_MS = 1_000;

const SECRET_KEYS = ["token", "privateKey", "secretKey", "data"];

const redact = createRedactor([]);

/** What state has of the last write, as the Platform shows it after one; unknown when it could not be asked. */
export function writtenAt(found: CredentialsDto | undefined): Pick<CredentialsOutputs, "writtenAt"> {
    return found?.lastUpdated ? { writtenAt: found.lastUpdated } : {};
}

/**
 * What state has of a credential that is read: the time of the last write that was ours, and why its keys are in doubt,
 * if they are. A state without a time, as older versions wrote it, takes what it finds for its own.
 */
export function observedDoubt(
    known: CredentialsOutputs,
    found: CredentialsDto,
): Pick<CredentialsOutputs, "writtenAt" | "keysInDoubt"> {
    const answerLost = known.keysInDoubt?.startsWith(ANSWER_LOST) === true;
    const ours = known.writtenAt === undefined && !answerLost ? writtenAt(found) : { writtenAt: known.writtenAt };
    const outside = ours.writtenAt !== undefined && hasSecretKeys(known) && isLaterWrite(ours.writtenAt, found);
    return {
        ...(ours.writtenAt === undefined ? {} : ours),
        ...doubt(answerLost ? ANSWER_LOST : outside ? `changed outside at ${found.lastUpdated}` : undefined, found),
    };
}

/** The doubt about keys that the Platform has shown to be refused, beside what is in doubt already. */
export function doubt(reason: string | undefined, found: CredentialsDto): Pick<CredentialsInputs, "keysInDoubt"> {
    const reasons = [reason, isInvalid(found) ? `INVALID: "${faultOf(found)}"` : undefined].filter(Boolean);
    return reasons.length === 0 ? {} : { keysInDoubt: reasons.join("; ") };
}

export function isInvalid({ status }: CredentialsDto): boolean {
    return status === "INVALID";
}

/** What the provider said against the keys, in one line. */
export function faultOf({ message }: CredentialsDto): string {
    return redact(message ?? "")
        .replace(/\s+/g, " ")
        .trim();
}

/** The keys of an AWS role are all shown, so that a change of them is seen as what it is. */
function hasSecretKeys({ kubernetes, aws, google }: CredentialsInputs): boolean {
    return SECRET_KEYS.some((key) => key in { ...kubernetes, ...aws, ...google });
}

/** Nobody else's write is the one that made the credential, which is known by the Platform's own time of it. */
function isLaterWrite(ours: string, { dateCreated, lastUpdated }: CredentialsDto): boolean {
    const [then, now] = [Date.parse(ours || (dateCreated ?? "")), Date.parse(lastUpdated ?? "")];
    // Not only later ones: a Platform that was restored from a backup has older keys, too.
    return Math.abs(now - then) > SAME_WRITE_MS;
}
