import type { IncomingMessage } from "node:http";
import { badRequest, type UploadedFile } from "./api";
import { readBytes } from "./server";

/** The Platform's own limit is the operation's to tell; this one keeps the emulator's memory. */
const FORM_BYTES = 32 * 1024 * 1024;

export function isForm(request: IncomingMessage): boolean {
    return /^multipart\/form-data\b/i.test(request.headers["content-type"] ?? "");
}

/** The files of a form, by the names of their fields. */
export async function readForm(request: IncomingMessage): Promise<Record<string, UploadedFile>> {
    const bytes = await readBytes(request, FORM_BYTES);
    const headers = { "content-type": request.headers["content-type"]! };
    const form = await new Response(bytes, { headers }).formData().catch(() => {
        throw badRequest("Invalid multipart form in the request body");
    });
    const files = [...form].map(async ([field, value]): Promise<[string, UploadedFile][]> =>
        typeof value === "string"
            ? []
            : [[field, { name: value.name, content: Buffer.from(await value.arrayBuffer()) }]],
    );
    return Object.fromEntries((await Promise.all(files)).flat());
}

/** The files as a body that can be checked and logged: what they contain may be secret. */
export function describedForm(files: Record<string, UploadedFile>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(files).map(([field, { name, content }]) => [field, `${name} (${content.length} bytes)`]),
    );
}
