import { createHash } from "node:crypto";
import { badRequest } from "../http/api";

/** The rule of Nextflow and of the Platform (`nextflow.cli.CmdRun`, `RUN_NAME_PATTERN`). */
const RUN_NAME = /^[a-z](?:[a-z\d]|[-_](?=[a-z\d])){0,79}$/;

const ADJECTIVES = ["agitated", "boring", "clever", "distraught", "elegant", "friendly", "gigantic", "happy", "insane"];
const NAMES = ["albattani", "bose", "curie", "darwin", "euler", "fermat", "goodall", "hopper", "knuth", "lovelace"];

/** A name such as `happy_euler`, of whatever makes it different from others. */
export function randomRunName(seed: string): string {
    const [first, second, third] = createHash("sha256").update(seed).digest();
    return `${ADJECTIVES[first % ADJECTIVES.length]}_${NAMES[second % NAMES.length]}${third % 100}`;
}

export function checkRunName(name: string | null | undefined): asserts name is string {
    if (typeof name !== "string" || !RUN_NAME.test(name)) {
        throw badRequest(`Invalid workflow run name '${String(name)}'`);
    }
}

/** A UUID, as Nextflow's sessions have, that follows from a key. */
export function sessionIdOf(key: string): string {
    const hex = createHash("sha256").update(`session:${key}`).digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
