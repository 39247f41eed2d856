import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answer } from "./server";

/** From the compiled file and from its source it is the same way; the package has both. */
const PAGE = join(__dirname, "..", "..", "..", "src", "emulator", "page.html");

/** It needs nothing from anywhere else, and is not let. */
const POLICY = [
    "default-src 'none'",
    ...["script-src", "style-src"].map((each) => `${each} 'unsafe-inline'`),
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
].join("; ");

/** The page that shows what the emulator has. */
export async function pageAnswer(): Promise<Answer> {
    const headers = { "content-security-policy": POLICY, "cache-control": "no-store" };
    return { kind: "reply", status: 200, body: await readFile(PAGE, "utf8"), headers };
}
